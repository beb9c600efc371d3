"""Word documents: the numbers that Word computes, notes, headings, contents, tables; hostile packages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from kb.errors import SourceUnreadable
from kb.importers.blocks import SourceDocument
from kb.importers.segmenting.segmenter import segmented
from kb.importers.word.reader import read_word
from kb.sources.lines import replayed
from tests.kb.formats.word_files import RELATIONSHIPS, W, document

DOCUMENT = "word/document.xml"

LINES = "single", "wave", "none"


def packed(body: str, **parts: str) -> bytes:
    """A package whose body this is; other parts by the name of their file in word/."""
    names = {f"word/{name}.xml": text for name, text in parts.items()}
    return packed_parts({DOCUMENT: document(body), **names})


def packed_parts(parts: Mapping[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return file.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def item(text: str, list_id: int, level: int = 0) -> str:
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(text, number)


def level(number: int, text: str, form: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def numbering(levels: str, *lists: str) -> str:
    """One abstract list, and lists on it with what they override."""
    nums = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>{override}</w:num>'
        for number, override in enumerate(lists or ("",), start=1)
    )
    return f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{nums}</w:numbering>'


def read(body: str, **parts: str) -> SourceDocument:
    return read_word(packed(body, **parts), "a.docx")


def labels(body: str, **parts: str) -> list[str]:
    return [block.item.label if block.item else "" for block in read(body, **parts).blocks]


LEGAL = level(0, "%1.") + level(1, "%1.%2") + level(2, "(%3)", "lowerLetter") + level(3, "(%4)", "lowerRoman")


def test_levels_count_within_those_above() -> None:
    body = "".join(item("x", 1, at) for at in (0, 1, 1, 2, 2, 3, 1, 2, 0, 1))
    found = labels(body, numbering=numbering(LEGAL))
    assert found == ["1.", "1.1", "1.2", "(a)", "(b)", "(i)", "1.3", "(a)", "2.", "2.1"]


def test_lists_on_one_abstract_list_count_on() -> None:
    body = item("x", 1) + item("x", 2) + item("x", 1) + item("x", 2)
    assert labels(body, numbering=numbering(LEGAL, "", "")) == ["1.", "2.", "3.", "4."]


def test_a_list_that_starts_anew_does_so_once() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = item("x", 1) + item("x", 1) + item("x", 2) + item("x", 2)
    assert labels(body, numbering=numbering(LEGAL, "", anew)) == ["1.", "2.", "1.", "2."]


def test_a_list_may_have_levels_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "[%1]", "upperRoman")}</w:lvlOverride>'
    assert labels(item("x", 1) + item("x", 2), numbering=numbering(LEGAL, "", own)) == ["1.", "[II]"]


@pytest.mark.parametrize(
    ("restart", "last"),
    [("", "(a)"), ('<w:lvlRestart w:val="0"/>', "(b)"), ('<w:lvlRestart w:val="1"/>', "(b)")],
)
def test_a_level_says_after_which_it_starts_anew(restart: str, last: str) -> None:
    levels = level(0, "%1.") + level(1, "%1.%2") + level(2, "(%3)", "lowerLetter", restart)
    body = "".join(item("x", 1, at) for at in (0, 1, 2, 1, 2))
    assert labels(body, numbering=numbering(levels))[-1] == last


def test_empty_items_count_and_deleted_ones_do_not() -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    )
    body = item("x", 1) + item("", 1) + gone + item("y", 1)
    assert labels(body, numbering=numbering(LEGAL)) == ["1.", "3."]


STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Base"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Intense Quote"/></w:style>
</w:styles>"""


def styled(text: str, style: str, more: str = "") -> str:
    return paragraph(text, f'<w:pStyle w:val="{style}"/>{more}')


def test_numbers_come_from_styles_and_list_zero_takes_them_away() -> None:
    levels = level(0, "%1.", more='<w:pStyle w:val="Base"/>') + level(
        1, "%1.%2", more='<w:pStyle w:val="Sub"/>'
    )
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = styled("x", "Base") + styled("x", "Sub") + styled("x", "Base", none) + styled("x", "Sub")
    assert labels(body, numbering=numbering(levels), styles=STYLES) == ["1.", "1.1", "", "1.2"]


def test_headings_are_told_by_their_outline_level_unless_they_are_sentences() -> None:
    sentence = "The Court finds that the appeal must be dismissed."
    blocks = read(styled("Facts", "H1") + styled(sentence, "H1") + styled("q", "Q"), styles=STYLES).blocks
    assert [block.style.heading for block in blocks] == [1, 0, 0]
    assert [block.style.quoted for block in blocks] == [False, False, True]


def test_notes_are_apart_and_their_marks_out_of_the_words() -> None:
    body = (
        '<w:p><w:r><w:t>Victims</w:t></w:r><w:r><w:footnoteReference w:id="9"/></w:r>'
        "<w:r><w:t> spoke.</w:t></w:r>"
        '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="4"/><w:t>*</w:t></w:r></w:p>'
    )
    notes = f"""<w:footnotes {W}><w:footnote w:type="separator" w:id="-1">{paragraph("-")}</w:footnote>
<w:footnote w:id="4">{paragraph("As amended.")}</w:footnote>
<w:footnote w:id="9">{paragraph("See para. 3.")}</w:footnote></w:footnotes>"""
    found = read(body, footnotes=notes)
    block = found.blocks[0]
    assert block.text == "Victims spoke."
    assert [(note.mark, note.offset) for note in block.notes] == [("1", 7), ("*", 14)]
    assert {note.mark: note.words.text for note in found.footnotes} == {
        "1": "See para. 3.",
        "*": "As amended.",
    }


def test_contents_are_dropped_and_said() -> None:
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Facts 1</w:t></w:r></w:p>'
        '<w:p><w:r><w:t>Law 2</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    linked = '<w:p><w:hyperlink w:anchor="_Toc1"><w:r><w:t>Order 3</w:t></w:r></w:hyperlink></w:p>'
    found = read(styled("Contents", "H1") + field + linked + styled("Facts", "H1"), styles=STYLES)
    assert [block.text for block in found.blocks] == ["Facts"]
    assert [(one.reason, one.text) for one in found.dropped] == [
        ("contents", text) for text in ("Contents", "Facts 1", "Law 2", "Order 3")
    ]


def test_rows_have_their_header_and_one_column_is_no_table() -> None:
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    table = row(bold.format("State"), bold.format("Date")) + row(paragraph("Chad"), paragraph("2009"))
    found = read(f"<w:tbl>{table}</w:tbl><w:tbl>{row(paragraph('Alone'))}</w:tbl>").blocks
    assert [block.row.header if block.row else None for block in found] == [(), ("State", "Date"), None]
    assert found[1].text == "Chad 2009"


def test_every_unit_is_replayed_from_its_lines() -> None:
    body = item("Introduction", 1) + item("  The  Committee\u00a0met: ", 1, 1) + item("in Geneva;", 1, 2)
    found = read(body, numbering=numbering(LEGAL))
    units = segmented(found).units
    assert [replayed(found.lines, unit.spans) for unit in units] == [unit.text for unit in units]
    assert [unit.locator for unit in units][1:] == ["para 1.1", "para 1.1(a)"]


def test_heads_and_comments_are_said_to_be_left_out() -> None:
    related = "".join(
        f'<Relationship Id="{part}" Type="x/{kind}" Target="{part}.xml"/>'
        for kind, part in (("header", "header1"), ("comments", "comments"))
    )
    parts = {
        DOCUMENT: document(paragraph("Words.")),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONSHIPS}">{related}</Relationships>',
        "word/header1.xml": f"<w:hdr {W}>{paragraph('A/HRC/1')}</w:hdr>",
        "word/comments.xml": f"<w:comments {W}/>",
    }
    found = read_word(packed_parts(parts), "a.docx")
    assert [(one.reason, one.text) for one in found.dropped] == [("running-head", "A/HRC/1")]
    assert [remark.code for remark in found.remarks] == ["word-comments-left-out"]


BOMB = f'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>{document("<w:p/>")}'


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 no package",
        packed_parts({"word/other.xml": "<a/>"}),
        packed_parts({DOCUMENT: ""}),
        packed_parts({DOCUMENT: "<w:document"}),
        packed_parts({DOCUMENT: f"<w:document {W}/>"}),
        packed_parts({DOCUMENT: BOMB}),
        packed_parts({DOCUMENT: document("<w:p>" * 5000 + "</w:p>" * 5000)}),
        packed("<w:p/>", numbering="<broken"),
        packed("<w:p/>" * 10)[:-40],
    ],
    ids=("no-zip", "no-part", "empty", "cut", "no-body", "entities", "deep", "numbering", "truncated"),
)
def test_a_hostile_package_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(SourceUnreadable) as refusal:
        read_word(data, "a.docx")
    assert "\n" not in str(refusal.value)


def test_a_part_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.formats.ooxml_package.MAX_UNPACKED_BYTES", 10_000)
    with pytest.raises(SourceUnreadable):
        read_word(packed(paragraph("x" * 20_000)), "a.docx")


@pytest.mark.parametrize("number", ["-5", "99999999999", "x", "", "2147483647", "\u0663"])
def test_absurd_numbers_harm_nothing(number: str) -> None:
    levels = level(0, "%1.", "lowerLetter").replace('w:start w:val="1"', f'w:start w:val="{number}"')
    style = f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="1"/></w:numPr><w:ind w:left="{number}"/>'
    assert len(read(paragraph("x", style), numbering=numbering(levels)).blocks) == 1


def test_words_are_underlined_unless_the_line_is_none() -> None:
    runs = (f'<w:p><w:r><w:rPr><w:u w:val="{line}"/></w:rPr><w:t>Facts</w:t></w:r></w:p>' for line in LINES)
    assert [block.style.underlined for block in read("".join(runs)).blocks] == [True, True, False]
