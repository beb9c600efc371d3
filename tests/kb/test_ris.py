"""RIS records."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.citation import SITE
from kb.model import NOTE, Document, Passage
from kb.provenance import fingerprint
from kb.ris import record

DAY = datetime.date(2026, 11, 23)
URL = "https://example.org/passages/d/p4"
PASSAGE = Passage("d", "p4", "abc", locator="para 4")
DOCUMENT = Document("d", "A treaty", "treaty")


def fields(document: Document, passage: Passage = PASSAGE) -> list[tuple[str, str]]:
    lines = record(document, passage, URL, DAY).split("\r\n")
    return [(line[:2], line[6:]) for line in lines if line]


def test_a_record_holds_everything_a_citation_needs() -> None:
    document = Document(
        "d",
        "The Symposium",
        "communique",
        date="2015-03-25",
        issuers=("Ministry", "Department"),
        language="en",
        numbering="added by this site",
        supplied=("title", "date"),
    )
    assert fields(document) == [
        ("TY", "RPRT"),
        ("TI", "The Symposium"),
        ("AU", "Ministry"),
        ("AU", "Department"),
        ("PY", "2015"),
        ("DA", "2015/03/25/"),
        ("SP", "para 4"),
        ("AB", "abc"),
        ("LA", "en"),
        ("UR", URL),
        ("Y2", "2026/11/23/"),
        ("N1", f"Fingerprint sha256:{fingerprint('abc')}"),
        ("N1", "Date: 25 March 2015"),
        ("N1", "Numbering added by this site"),
        ("N1", "Not stated in the source, supplied: title, date"),
        ("ER", ""),
    ]


def test_a_note_is_ours_and_says_so() -> None:
    found = fields(replace(DOCUMENT, kind=NOTE), replace(PASSAGE, locator="Extradition"))
    assert ("AU", SITE) in found
    assert ("TI", "Extradition: A treaty (editorial note)") in found


@pytest.mark.parametrize(
    ("edtf", "year", "day", "words"),
    [
        ("", None, None, None),
        ("2015", "2015", None, None),
        ("2015-03", "2015", "2015/03//", "Date: March 2015"),
        ("201X", None, None, "Date: 2010s"),
        ("2015?", "2015", None, "Date: perhaps 2015"),
        ("2014/2016", None, None, "Date: 2014-2016"),
    ],
)
def test_a_date_says_no_more_than_is_known(
    edtf: str, year: str | None, day: str | None, words: str | None
) -> None:
    found = fields(replace(DOCUMENT, date=edtf))
    dates = [value.replace("–", "-") for tag, value in found if tag == "N1" and value.startswith("Date")]
    assert dates == ([words] if words else [])
    assert dict(found).get("PY") == year
    assert dict(found).get("DA") == day


@pytest.mark.parametrize(
    ("status", "words"), [("superseded", "Superseded by e"), ("withdrawn", "Withdrawn by its issuer")]
)
def test_the_status_is_said(status: str, words: str) -> None:
    document = replace(DOCUMENT, status=status, superseded_by="e")  # type: ignore[arg-type]
    assert ("N1", words) in fields(document)


@given(st.text(), st.text(), st.text())
def test_no_value_breaks_out_of_its_line(title: str, words: str, locator: str) -> None:
    text = record(replace(DOCUMENT, title=title), Passage("d", "p", words, locator), URL, DAY)
    lines = text.split("\r\n")
    assert lines[-3:] == ["ER  - ", "", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-2])
    assert text.splitlines() == lines[:-1]
    assert [line[:2] for line in lines].count("TY") == 1
