"""Sets of passages as Markdown with footnotes, read back by other people's Markdown parsers."""

from __future__ import annotations

import datetime

import markdown as reader
from hypothesis import given
from hypothesis import strategies as st

from kb.citing.csl_item import CslItem, passage_item
from kb.citing.exports.briefing import BriefEntry, BriefSection, briefing
from kb.citing.exports.footnoted_text import markdown
from kb.citing.records import RecordMaker
from kb.citing.styles.registry import STYLES
from kb.model import Document, Passage
from tests.tables import table

DAY = datetime.date(2026, 11, 23)
REPORT = Document("r", "A *report*", "report", date="2016", issuers=("Office B",))
OTHER = Document("o", "Another", "report", date="2017", issuers=("Office A",))
OURS = Document("n", "Notes", "note")
FIRST = Passage("r", "p1", "Words # of <b>one</b>,\n(a) on two lines.", "para 1")


def record(document: Document, passage: Passage) -> CslItem:
    return passage_item(document, passage, f"https://kb.example/{passage.id}", DAY)


SECTIONS = (
    BriefSection(
        "Findings [1]",
        (BriefEntry(record(REPORT, FIRST), "Mine, *so*.\n\nTwice."), BriefEntry(record(OTHER, FIRST))),
    ),
    BriefSection("", (BriefEntry(record(OURS, Passage("n", "s", "Said by us."))),)),
)


def made(style: str, remarks: tuple[str, ...] = ()) -> str:
    text = briefing("A brief", SECTIONS, STYLES[style])
    return markdown(text, remarks)


def test_quotations_notes_and_footnotes_stand_in_order() -> None:
    blocks = made("oscola", ("Left out: x/y.",)).strip().split("\n\n")
    assert blocks[:2] == ["# A brief", "## Findings \\[1\\]"]
    assert blocks[2] == "> “Words # of &lt;b&gt;one&lt;/b&gt;,\\\n> (a) on two lines.”[^1]"
    assert blocks[3] == "**Reader’s note:** Mine, \\*so\\*.\\\nTwice."
    assert blocks[5:7] == ["*Editorial note: our words*", "> “Said by us.”[^3]"]
    assert blocks[7] == "## Bibliography"
    assert blocks[11] == "## Annex: addresses and fingerprints"
    assert [line[:28] for line in blocks[12].splitlines()][::2] == [
        "1. https://kb.example/p1 sha",
        "3. https://kb.example/s sha2",
    ]
    assert blocks[13] == "*Left out: x/y.*"
    assert [block[:6] for block in blocks[14:]] == ["[^1]: ", "[^2]: ", "[^3]: "]
    assert "https://kb.example/p1" in blocks[14]
    assert "23 November 2026" in blocks[14]
    assert "ingerprint" not in "".join(blocks[14:])


def test_a_work_cited_as_a_whole_is_named_not_quoted() -> None:
    whole = RecordMaker("https://kb.example", DAY).of_document(REPORT)
    text = markdown(briefing("A brief", [BriefSection("", (BriefEntry(whole),))], STYLES["oscola"]))
    assert "\n\nA \\*report\\*[^1]\n\n" in text
    assert "1. https://kb.example/documents/r\n" in text


@table("style", STYLES)
def test_every_style_is_read_as_footnotes_or_as_references(style: str) -> None:
    html = reader.markdown(made(style), extensions=["footnotes"])
    assert html.count("<blockquote>") == 3
    assert html.count('class="footnote-ref"') == (0 if STYLES[style].in_text else 3)
    if len(STYLES[style].parts) > 1:
        listed = html.partition(f"<h2>{STYLES[style].parts[1]}</h2>")[2]
        assert listed.index("Office A") < listed.index("Office B")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1, max_size=60))
def test_no_title_or_note_breaks_out_of_its_place(words: str) -> None:
    sections = [BriefSection("", (BriefEntry(record(REPORT, FIRST), words),))]
    text = briefing(words, sections, STYLES["oscola"])
    html = reader.markdown(markdown(text), extensions=["footnotes"])
    assert html.count("<h1") == 1
    assert html.count('class="footnote-ref"') == 1
    assert html.count("<blockquote>") == 1
