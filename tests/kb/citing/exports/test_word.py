"""Sets of passages as Word documents, read back by python-docx and by mammoth, which knows footnotes."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import mammoth
import pytest

from kb.citing.csl_item import CslItem, passage_item
from kb.citing.exports.briefing import ANNEX, ANNEX_OF_ADDRESSES, BriefEntry, BriefSection, briefing
from kb.citing.exports.word import write_docx
from kb.citing.styles.registry import STYLES
from kb.model import Document, Passage
from kb.quoting.manuscript import read_manuscript
from kb.text.fingerprint import fingerprint
from tests.tables import table

DAY = datetime.date(2026, 11, 23)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REPORT = Document("r", "A & B <stocktake> 人身取引", "report", date="2016", issuers=("Office B",))
OTHER = Document("o", "Another", "report", date="2017", issuers=("Office A",))
FIRST = Passage("r", "p1", "Words & <b>more</b>,\non two lines.", "para 1")
SECOND = Passage("o", "p2", "Bad \x00 and \ud800 signs", "p 2")


def record(document: Document, passage: Passage) -> CslItem:
    return passage_item(document, passage, f"https://kb.example/{passage.address}", DAY)


SECTIONS = (
    BriefSection(
        "Findings", (BriefEntry(record(REPORT, FIRST), "A note of mine."), BriefEntry(record(OTHER, SECOND)))
    ),
    BriefSection("", (BriefEntry(record(REPORT, FIRST)),)),
)


def made(style: str, sections: tuple[BriefSection, ...] = SECTIONS) -> bytes:
    return write_docx(briefing("A brief", sections, STYLES[style]))


def html(data: bytes) -> str:
    result = mammoth.convert_to_html(io.BytesIO(data))
    assert [message.message for message in result.messages if message.type == "error"] == []
    return str(result.value)


@table("style", STYLES)
def test_headings_notes_and_quotations_stand_in_order(style: str) -> None:
    paragraphs = docx.Document(io.BytesIO(made(style))).paragraphs
    shown = [(each.style.name, each.text) for each in paragraphs[:6] if each.style]
    assert shown[0] == ("Title", "A brief")
    assert shown[1] == ("Heading 1", "Findings")
    assert shown[2] == ("Normal", "A note of mine.")
    quoted = [text for name, text in shown if name == "Quote"]
    assert quoted[:2] == ["Words & <b>more</b>,\non two lines.", "Bad \ufffd and \ufffd signs"]


@pytest.mark.slow
@pytest.mark.parametrize("style", ["oscola", "aglc", "bluebook", "chicago", "un"])
def test_each_quotation_has_a_footnote_of_its_own_in_the_style(style: str) -> None:
    read = html(made(style))
    notes = re.findall(r'<li id="footnote-\d+">(.*?)</li>', read)
    assert len(notes) == 3
    assert len(re.findall('<sup><a href="#footnote-', read)) == 3
    assert "fingerprint" not in read.partition(ANNEX)[2].partition("<ol>")[2].lower()
    assert "A &amp; B &lt;stocktake&gt; 人身取引" in notes[0]
    assert "https://kb.example/r/p1" in notes[0]
    assert ("<em>" in notes[0]) == (style in ("aglc", "bluebook", "chicago"))


@pytest.mark.parametrize("style", ["apa", "mla", "harvard"])
def test_styles_that_cite_in_the_text_have_a_list_of_references_in_place_of_footnotes(style: str) -> None:
    data = made(style)
    assert "footnote" not in html(data)
    paragraphs = docx.Document(io.BytesIO(data)).paragraphs
    at, end = (
        next(n for n, each in enumerate(paragraphs) if each.text == heading)
        for heading in (STYLES[style].parts[1], ANNEX)
    )
    assert paragraphs[4].style.name == "Reference in text"
    assert re.search(r"^\(Office B,.* par?a?\. 1\)$", paragraphs[4].text)
    listed = [each.text for each in paragraphs[at + 1 : end]]
    assert [text.partition(" ")[0] for text in listed] == ["Office", "Office"]
    assert [text[:8] for text in listed] == ["Office A", "Office B"]  # each once, in the alphabet's order


def test_chicago_has_a_bibliography_besides() -> None:
    texts = [each.text for each in docx.Document(io.BytesIO(made("chicago"))).paragraphs]
    at = texts.index("Bibliography")
    assert texts[at + 1].startswith("Office A. Another. 2017.")
    assert texts[at + 3] == ANNEX


def test_where_each_quotation_is_found_is_listed_at_the_end() -> None:
    texts = [each.text for each in docx.Document(io.BytesIO(made("oscola"))).paragraphs]
    first, second, again = texts[texts.index(ANNEX) + 1 :]
    assert first == f"1. https://kb.example/r/p1 sha256:{fingerprint(FIRST.text)}"
    assert second.startswith("2. https://kb.example/o/p2 sha256:")
    assert again == first.replace("1.", "3.", 1)


def test_fingerprints_are_in_the_annex_or_nowhere() -> None:
    parts = [("word/document.xml", 3), ("word/footnotes.xml", 0)]
    with zipfile.ZipFile(io.BytesIO(made("oscola"))) as file:
        assert [file.read(name).decode().count("sha256:") for name, _ in parts] == [n for _, n in parts]
    without = write_docx(briefing("A brief", SECTIONS, STYLES["oscola"], has_fingerprints=False))
    with zipfile.ZipFile(io.BytesIO(without)) as file:
        assert "sha256:" not in "".join(file.read(name).decode() for name, _ in parts)
    texts = [each.text for each in docx.Document(io.BytesIO(without)).paragraphs]
    assert texts[texts.index(ANNEX_OF_ADDRESSES) + 1] == "1. https://kb.example/r/p1"


@table("style", ["oscola", "apa"])
def test_the_block_quotations_are_those_that_were_quoted_and_nothing_else(style: str, tmp_path: Path) -> None:
    (tmp_path / "brief.docx").write_bytes(made(style))
    lines = read_manuscript(tmp_path / "brief.docx").text.splitlines()
    first = "> Words & <b>more</b>, on two lines."
    quoted = [line.rstrip("\u200b") for line in lines if line.startswith(">")]
    assert quoted == [first, "> Bad \ufffd and \ufffd signs", first]


def test_the_footnotes_are_what_the_standard_asks_for() -> None:
    with zipfile.ZipFile(io.BytesIO(made("oscola"))) as file:
        names = file.namelist()
        notes = ElementTree.fromstring(file.read("word/footnotes.xml"))  # noqa: S314 - made above
        body = ElementTree.fromstring(file.read("word/document.xml"))  # noqa: S314
        settings = ElementTree.fromstring(file.read("word/settings.xml"))  # noqa: S314
        types = file.read("[Content_Types].xml").decode()
        related = file.read("word/_rels/document.xml.rels").decode()
    assert names.count("word/footnotes.xml") == 1
    assert [note.get(f"{W}id") for note in notes] == ["-1", "0", "1", "2", "3"]
    assert [note.get(f"{W}type") for note in notes][:3] == ["separator", "continuationSeparator", None]
    assert [each.get(f"{W}id") for each in body.iter(f"{W}footnoteReference")] == ["1", "2", "3"]
    assert "wordprocessingml.footnotes+xml" in types
    assert "relationships/footnotes" in related
    order = [each.tag.removeprefix(W) for each in settings]
    assert order.index("footnotePr") + 1 == order.index("compat")


def test_the_number_of_an_earlier_note_is_a_field_that_follows_it() -> None:
    with zipfile.ZipFile(io.BytesIO(made("oscola"))) as file:
        notes = ElementTree.fromstring(file.read("word/footnotes.xml"))  # noqa: S314 - made above
        body = ElementTree.fromstring(file.read("word/document.xml"))  # noqa: S314
    assert [each.get(f"{W}name") for each in body.iter(f"{W}bookmarkStart")][::2] == [
        "_Ref_note_1",
        "_Ref_note_3",
    ]
    (field,) = notes.iter(f"{W}fldSimple")
    assert field.get(f"{W}instr") == " NOTEREF _Ref_note_1 \\h "
    last = "".join(text.text or "" for text in list(notes)[-1].iter(f"{W}t"))
    assert last == " Office B (n 1) para 1."


def test_the_file_says_whose_it_is() -> None:
    properties = docx.Document(io.BytesIO(made("oscola"))).core_properties
    assert properties.title == "A brief"
    assert properties.author == "Knowledge Base"


def test_nothing_quoted_is_a_document_with_a_title_alone() -> None:
    paragraphs = docx.Document(io.BytesIO(made("oscola", ()))).paragraphs
    assert [each.text for each in paragraphs] == ["A brief"]
