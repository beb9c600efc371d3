"""Right-to-left words in an English citation are isolated in every style, for every kind of source."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from kb.citing.csl_item import CslItem
from kb.citing.records import RecordMaker
from kb.citing.styles.registry import STYLES, cite
from kb.citing.works.cited_text import cite_in_order
from kb.languages.direction import has_rtl, isolates
from kb.model import Document, Passage
from kb.sources.kinds import KINDS
from kb.sources.person_name import PersonName

TITLE = "قانون مكافحة الاتجار بالأشخاص (رقم 64)"
BODY = "مجلس الشعب"
PERSON = PersonName(family="محمود", given="أحمد")
FURTHER = {
    "container": "مجلة القانون",
    "court": "المحكمة العليا",
    "docket": "رقم 3",
    "edition": "ط 2",
    "event": "مؤتمر",
    "institution": "جامعة القاهرة",
    "issue": "ع 2",
    "jurisdiction": "مصر",
    "neutral_citation": "[2010] م 3",
    "number": "رقم 64",
    "official_journal": "ع 3",
    "organ": "مجلس الأمن",
    "pages": "ص 1",
    "parties": "مصر, السودان",
    "publisher": "دار النشر",
    "registration": "س-3",
    "reporter": "ج 3",
    "series": "سلسلة",
    "session": "دورة",
    "short_title": "القانون",
    "symbol": "و/64",
    "thesis_type": "رسالة",
    "translated_title": "القانون 64",
    "treaty_series": "سلسلة 3",
    "volume": "م 1",
}
MAKE = RecordMaker("https://kb.example.org", datetime.date(2026, 11, 27))


def sources(kind: str) -> Iterator[CslItem]:
    """Sources of one kind in Arabic: each field alone; none and all of them, whoever wrote them."""
    most = {name: value for name, value in FURTHER.items() if name != "symbol"}
    for name, value in FURTHER.items():
        yield source(kind, {name: value})
    for fields in ({}, most):
        yield source(kind, fields, issuers=(BODY,))
        yield source(kind, fields, authors=(PERSON,), editors=(PERSON,), supplied=("title",))


def source(kind: str, fields: Mapping[str, str], **others: Any) -> CslItem:
    document = Document(
        "ar",
        TITLE,
        kind,
        date="2010",
        place="القاهرة",
        language="ar",
        further=tuple(fields.items()),
        **others,
    )
    return MAKE(document, Passage("ar", "a1", "نص", locator="المادة 3"))


def outside(runs: tuple[tuple[str, bool], ...]) -> list[str]:
    """What runs from right to left in a citation without being isolated."""
    pieces = [piece for text, _ in runs for piece, is_isolated in isolates(text) if not is_isolated]
    return [piece for piece in pieces if has_rtl(piece)]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_citation_isolates_all_words_of_its_source(kind: str, style: str) -> None:
    for item in sources(kind):
        citation = cite(item, STYLES[style])
        assert [outside(part.runs) for part in (*citation.parts, *citation.further)] == [
            [] for _ in (*citation.parts, *citation.further)
        ]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", KINDS)
def test_so_does_one_of_a_work_cited_before(kind: str, style: str) -> None:
    other = MAKE(
        Document("en", "A report", "report", date="2011"), Passage("en", "p1", "Text", locator="para 1")
    )
    for item in sources(kind):
        text = cite_in_order([item, item, other, item], STYLES[style])
        assert [found for each in text.passages for found in outside(each.runs)] == []
        assert [
            found for each in text.works.groups for one in each.entries for found in outside(one.runs)
        ] == []
