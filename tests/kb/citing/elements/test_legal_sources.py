"""Parts of legal citations: symbols, case numbers, the Official Journal, editions and pages."""

from __future__ import annotations

import datetime

import pytest

from kb.citing.csl_item import document_item
from kb.citing.elements import legal_sources, publication
from kb.citing.elements.citation_elements import CitationElements
from kb.citing.styles.oscola import OSCOLA
from kb.model import Document
from tests.tables import table


def elements(**fields: str) -> CitationElements:
    document = Document("d", fields.pop("title", "T"), "case", further=tuple(fields.items()))
    return CitationElements(document_item(document, "", datetime.date(2026, 11, 23)), OSCOLA)


@pytest.mark.parametrize(
    ("symbol", "organ", "number", "short"),
    [
        ("A/RES/55/25", "General Assembly", "55/25", "55/25"),
        ("S/RES/2331(2016)", "Security Council", "2331 (2016)", "2331"),
        ("A/RES/217 (III)", "General Assembly", "217 (III)", "217 (III)"),
        ("A/HRC/RES/35/5", "Human Rights Council", "35/5", "35/5"),
        ("E/RES/2002/68", "Economic and Social Council", "2002/68", "2002/68"),
        ("CTOC/RES/1", "", "1", "1"),
    ],
)
def test_a_symbol_says_whose_resolution_it_is(symbol: str, organ: str, number: str, short: str) -> None:
    p = elements(symbol=symbol)
    assert legal_sources.resolution_organ(p).name == organ
    assert legal_sources.resolution_number(p) == number
    assert legal_sources.resolution_number(p, has_year=False) == short


@pytest.mark.parametrize(
    ("docket", "application", "luxembourg"),
    [
        ("73316/01", "73316/01", ""),
        ("Application no. 73316/01", "73316/01", ""),
        ("C-176/03", "", "Case C-176/03"),
        ("Joined Cases C-1/03 and C-2/03", "", "Joined Cases C-1/03 and C-2/03"),
        ("S 12/2019", "", ""),
        ("", "", ""),
    ],
)
def test_a_case_number_says_before_which_court_it_was(docket: str, application: str, luxembourg: str) -> None:
    p = elements(docket=docket)
    assert legal_sources.application_number(p) == application
    assert legal_sources.luxembourg_case(p) == luxembourg


@pytest.mark.parametrize(
    "journal",
    [
        "[2011] OJ L101/1",
        "2011 OJ L 101/1",
        "[2011] OJ L 101, p. 1",
        "OJ L 101, 15.4.2011, p. 1",
        "OJ L 101, 15.4.2011, p. 1–11",
        "2011 OJ (L 101) 1",
    ],
)
def test_a_place_in_the_official_journal_is_read_however_it_is_written(journal: str) -> None:
    assert legal_sources.journal_place(elements(official_journal=journal)) == ("2011", "L", "101", "1")
    assert legal_sources.journal_place(elements(official_journal="OJ L, 2024/1712")) is None


def test_parties_are_listed_in_any_of_the_forms_that_files_have() -> None:
    for given in (
        "Australia, Thailand",
        "Australia; Thailand",
        '["Australia", "Thailand"]',
        "Australia and Thailand",
    ):
        assert legal_sources.parties(elements(parties=given)) == ["Australia", "Thailand"]


def test_numbers_of_statutes_take_full_stops_where_a_style_has_them() -> None:
    assert legal_sources.statute_number(elements(number="c 30")) == "c. 30"
    assert legal_sources.statute_number(elements(number="Pub. L. No 106-386")) == "Pub. L. No. 106-386"


@table(
    ("given", "british", "american"),
    [
        ("2", "2nd edn", "2d ed."),
        ("3rd", "3rd edn", "3d ed."),
        ("11", "11th edn", "11th ed."),
        ("1", "", ""),
        ("revised", "revised edn", "revised ed."),
        ("rev edn", "rev edn", "rev edn"),
        ("", "", ""),
    ],
)
def test_an_edition_is_an_ordinal_and_the_first_is_none(given: str, british: str, american: str) -> None:
    p = elements(edition=given)
    assert publication.edition(p, "edn") == british
    assert publication.edition(p, "ed.", american=True) == american


def test_pages_have_an_en_dash_and_may_be_shortened() -> None:
    assert publication.page_range(elements(pages="345-360")) == "345–360"
    assert publication.short_page_range(elements(pages="345-360")) == "345–60"
    assert publication.short_page_range(elements(pages="75-98")) == "75–98"
    assert publication.first_page(elements(pages="345-360")) == "345"
