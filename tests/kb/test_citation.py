"""Plain citations."""

from __future__ import annotations

import datetime
from dataclasses import replace

from kb.citation import SITE, cite, supplied_words
from kb.model import NOTE, Document, Passage

DAY = datetime.date(2026, 11, 23)
URL = "https://example.org/passages/d/p4"
PASSAGE = Passage("d", "p4", "abc", locator="para 4")


def test_what_the_site_supplied_stands_in_brackets() -> None:
    document = Document(
        id="d",
        title="The Symposium",
        kind="communique",
        date="2015",
        issuers=("Ministry", "Department"),
        supplied=("title", "issuers", "date"),
        numbering="added by this site",
    )
    assert cite(document, PASSAGE, URL, DAY) == (
        "[Ministry and Department], [The Symposium] [2015], para 4 (numbering added by this site), "
        f"<{URL}>, accessed 23 November 2026, fingerprint sha256:ba7816bf8f01."
    )


def test_what_the_source_states_stands_without_brackets() -> None:
    document = Document("d", "A treaty", date="2000-11-15", issuers=("A", "B", "C"))
    assert cite(document, PASSAGE, URL, DAY).startswith("A, B and C, A treaty (15 November 2000), para 4, <")


def test_absent_issuers_and_date_leave_no_empty_brackets() -> None:
    document = Document("d", "A treaty", supplied=("issuers",))
    assert cite(document, replace(PASSAGE, locator=""), URL, DAY).startswith("A treaty (undated), p4, <")


def test_a_note_is_cited_as_a_note() -> None:
    document = Document("d", "Cooperation", NOTE)
    note = replace(PASSAGE, locator="Extradition")
    head = f"Editorial note, {SITE}, Cooperation, “Extradition”, <{URL}>"
    assert cite(document, note, URL, DAY).startswith(head)


def test_the_status_is_said() -> None:
    document = Document("d", "A treaty")
    superseded = replace(document, status="superseded", superseded_by="e")
    assert ", superseded by e, <" in cite(superseded, PASSAGE, URL, DAY)
    assert ", withdrawn, <" in cite(replace(document, status="withdrawn"), PASSAGE, URL, DAY)
    assert "withdrawn" not in cite(document, PASSAGE, URL, DAY)


def test_what_this_site_supplied_is_said_in_words() -> None:
    document = Document("d", "Title", supplied=("title", "date", "kind"))
    assert supplied_words(document, "title", "kind", "date") == "title, kind and date supplied by this site"
    assert supplied_words(document, "title") == "title supplied by this site"
    assert supplied_words(document, "place") == ""
