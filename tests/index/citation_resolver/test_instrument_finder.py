"""Instruments and articles that queries and texts name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.citation_resolver.instrument_finder import InstrumentFinder
from kb.curated.instruments_file import INSTRUMENTS_FILE, read_instruments
from kb.settings import shipped_content
from kb.sources.instrument import Article, Instrument
from tests.tables import table

SHIPPED = InstrumentFinder({one.id: one for one in read_instruments(shipped_content() / INSTRUMENTS_FILE)[0]})
TIP, UNTOC, GUIDELINES = "tip-protocol", "untoc", "ohchr-principles"


@table(
    ("query", "places"),
    [
        ("UNTOC 16", [(UNTOC, "16")]),
        ("untoc (2000) art. 16", [(UNTOC, "16")]),
        ("article 16 of the UN Convention against Transnational Organized Crime", [(UNTOC, "16")]),
        ("UNTOC arts 5, 6 and 8", [(UNTOC, "5"), (UNTOC, "6"), (UNTOC, "8")]),
        ("UNTOC 34(2)", [(UNTOC, "34")]),
        ("extradition UNTOC 16", [(UNTOC, "16")]),
        ("article 6(3) Palermo", [(TIP, "6"), (UNTOC, "6")]),
        ("Palermo Protocol art 3", [(TIP, "3")]),
        ("P029 1(3)", [("ilo-p029", "1(3)")]),
        ("P029 2(d)", [("ilo-p029", "2(d)")]),
        ("OHCHR Guideline 4", [(GUIDELINES, "Guideline 4")]),
        ("CETS 197 26", [("cets-197", "26")]),
        ("untoc", [(UNTOC, None)]),
        ("UNTOC article 99", [(UNTOC, None)]),
        ("Directive 2011/36/EU", [("directive-2011-36", None)]),
    ],
)
def test_a_query_that_names_an_instrument_is_answered(
    query: str, places: list[tuple[str, str | None]]
) -> None:
    found = SHIPPED.answers(query)
    assert [(one.instrument.id, one.article and one.article.number) for one in found] == places


@table(
    "query",
    [
        "",
        "victims",
        "article 6",
        "palermo",
        "Guideline 4",
        "UNTOC victims",
        "UNTOC article 99 victims",
        "16",
        "x" * 400,
    ],
)
def test_a_query_about_anything_else_is_not(query: str) -> None:
    assert SHIPPED.answers(query) == ()


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("See article 5 of the Trafficking in Persons Protocol. Article 3 is elsewhere.", {(TIP, "5")}),
        (
            "Under UNTOC, articles 16 and 18, and article 6 of the Palermo Protocol",
            {(UNTOC, "16"), (UNTOC, "18"), (TIP, "6")},
        ),
        ("UNTOC applies. Article 5 of the Constitution does not.", set()),
        ("C29 art. 2(1)", {("ilo-c29", "2(1)")}),
        ("Guideline 4 of the Recommended Principles and Guidelines", {(GUIDELINES, "Guideline 4")}),
        ("The crc is a checksum, article 3.", set()),
    ],
)
def test_an_article_belongs_to_the_instrument_beside_it(text: str, cited: set[tuple[str, str]]) -> None:
    assert {(one.instrument.id, one.number) for one in SHIPPED.mentions(text) if one.number} == cited


def test_of_two_names_the_longer_is_meant() -> None:
    found = list(
        SHIPPED.mentions("the ASEAN Convention Against Trafficking in Persons, Especially Women and Children")
    )
    assert [one.instrument.id for one in found] == ["actip"]


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_is_read_whatever_the_names_are(text: str, name: str) -> None:
    finder = InstrumentFinder(
        {"a": Instrument("a", name or "x", (name,), articles=(Article("1"), Article(name)))}
    )
    finder.answers(text + name)
    list(finder.mentions(text + name))
