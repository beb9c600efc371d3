"""A note is quoted alike in every format: its prose in quotation marks, and what it lists after them."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace

import docx
import pytest

from kb.citing.csl_item import CslItem
from kb.citing.elements.quoted_words import QuotedWords, quoted_text, quoted_words, words_alone
from kb.citing.exports.briefing import BriefEntry, BriefSection, briefing
from kb.citing.exports.footnoted_text import markdown
from kb.citing.exports.registry import FORMATS
from kb.citing.exports.word import write_docx
from kb.citing.records import RecordMaker
from kb.citing.styles.registry import STYLES
from kb.citing.works.work_records import work_records
from kb.ids import WordRange
from kb.model import NOTE, Document, Passage, Provision
from kb.text.fingerprint import fingerprint

OURS = Document("aid", "Aid", kind=NOTE)
LISTED = ("TIP Protocol (2000), article 6: Assistance", "TIP Protocol (2000), article 8: Return")
FIRST = Passage(
    "aid",
    "care",
    "A service\nmeets a need.\n\n" + "\n".join(LISTED),
    heading="Care",
    provisions=(
        Provision("TIP Protocol (2000)", "6", "Assistance"),
        Provision("TIP Protocol (2000)", "8", "Return"),
    ),
)
PLAIN = Passage("aid", "plain", "No list here.", heading="Plain")
RECORDS = RecordMaker("https://kb.example", datetime.date(2026, 11, 27))
WHOLE = RECORDS(OURS, FIRST)
PROSE = QuotedWords("A service\nmeets a need.", LISTED)
MARKED = "“A service\nmeets a need.”\n\n- TIP Protocol (2000), article 6: Assistance\n- TIP Protocol"


def test_a_note_is_quoted_as_its_prose_and_the_list_behind_it() -> None:
    assert quoted_words(WHOLE) == (PROSE,)
    assert quoted_text(WHOLE).startswith(MARKED)
    assert words_alone(WHOLE) == quoted_text(WHOLE).replace("“", "").replace("”", "")


def test_the_fingerprint_is_that_of_the_words_and_the_list() -> None:
    ((words, listed),) = quoted_words(WHOLE)
    assert WHOLE["custom"]["fingerprint"] == fingerprint("\n".join((words, *listed)))


def test_of_several_notes_each_has_its_own_list() -> None:
    span = RECORDS.of_span(OURS, (PLAIN, FIRST, replace(PLAIN, id="last")))
    assert quoted_words(span) == (QuotedWords("No list here."), PROSE, QuotedWords("No list here."))
    assert quoted_text(span).startswith(f"“No list here.”\n\n{MARKED}")
    assert quoted_text(span).endswith("Return\n\n“No list here.”")


@pytest.mark.parametrize("passages", [(PLAIN,), (PLAIN, PLAIN)])
def test_notes_without_lists_are_one_quotation(passages: tuple[Passage, ...]) -> None:
    made = RECORDS.of_span(OURS, passages)
    assert quoted_words(made) == (QuotedWords("\n".join(each.text for each in passages)),)


def test_some_words_of_a_note_and_a_document_have_no_list() -> None:
    some = RECORDS.of_excerpt(OURS, (FIRST,), WordRange(2, 5))
    assert quoted_text(some) == "“service\nmeets a need”"
    assert quoted_words(RECORDS.of_excerpt(OURS, (FIRST,), WordRange(1, len(FIRST.text.split())))) == (PROSE,)
    assert (quoted_words(RECORDS.of_document(OURS)), quoted_text(RECORDS.of_document(OURS))) == ((), "")


def written(item: CslItem, name: str) -> str:
    return FORMATS[name].write([item], STYLES["oscola"])


def test_files_of_a_citation_set_only_the_prose_as_a_quotation() -> None:
    assert written(WHOLE, "text").startswith(f"{MARKED} (2000), article 8: Return\n\n")
    html = (
        "<p>A service<br>\nmeets a need.</p>\n<ul>\n<li>TIP Protocol (2000), article 6: Assistance</li>\n<li>"
    )
    assert html in written(WHOLE, "html")
    lines = written(WHOLE, "markdown").split("\n")
    assert lines[:4] == [
        "> A service\\",
        "> meets a need.",
        ">",
        "> - TIP Protocol (2000), article 6: Assistance",
    ]
    (record,) = work_records([(WHOLE, "")])
    assert record["custom"]["quotations"][0].startswith(MARKED)


def test_a_brief_quotes_it_alike() -> None:
    made = briefing("B", [BriefSection("", (BriefEntry(WHOLE),))], STYLES["oscola"])
    assert (
        "> “A service\\\n> meets a need.”[^1]\n>\n> - TIP Protocol (2000), article 6: Assistance\n"
        in markdown(made)
    )
    paragraphs = docx.Document(io.BytesIO(write_docx(made))).paragraphs
    kinds = [(each.style.name, each.text) for each in paragraphs if each.style]
    at = kinds.index(("Quote", "A service\nmeets a need."))
    assert kinds[at + 1 : at + 3] == [("List Bullet", line) for line in LISTED]
    assert fingerprint(FIRST.text) in markdown(made)
