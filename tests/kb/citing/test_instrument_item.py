"""Instruments of the registry as CSL items, whole and by article."""

from __future__ import annotations

import datetime

from kb.citing.csl_item import CslItem
from kb.citing.instrument_item import article_to_cite
from kb.citing.records import RecordMaker
from kb.citing.styles.registry import STYLES, cite
from kb.messages import Message
from kb.sources.instrument import Article, Instrument
from tests.tables import table

MAKE = RecordMaker("https://kb.example", datetime.date(2026, 3, 4))
TREATY = Instrument(
    "pact",
    "Pact on Trafficking",
    ("Pact (2000)", "the Pact"),
    "treaty",
    url="https://treaties.example/pact",
    facts=(
        ("date", "2000-11-15"),
        ("place", "New York"),
        ("entry_into_force", "2003-09-29"),
        ("treaty_series", "2225 UNTS 209"),
    ),
    articles=(Article("6", "Assistance"), Article("Guideline 4")),
)


def oscola(item: CslItem) -> str:
    return cite(item, STYLES["oscola"]).plain


def test_an_instrument_is_cited_as_a_document_of_its_kind_is() -> None:
    assert oscola(MAKE.of_instrument(TREATY)) == (
        "Pact on Trafficking (adopted 15 November 2000, entered into force 29 September 2003) 2225 UNTS 209 "
        "(Pact) <https://kb.example/instruments/pact> accessed 4 March 2026."
    )


def test_an_article_is_its_pinpoint_and_the_address_that_of_the_one_listed() -> None:
    item = MAKE.of_instrument(TREATY, "6(3)")
    assert "(Pact) art 6(3) <https://kb.example/instruments/pact#article-6>" in oscola(item)
    assert (item["id"], item["custom"]["label"]) == ("pact/6(3)", "article-locator")
    assert MAKE.of_instrument(TREATY, "9")["URL"] == "https://kb.example/instruments/pact"
    assert "(Pact) Preamble <" in oscola(MAKE.of_instrument(TREATY, "Preamble"))
    guideline = MAKE.of_instrument(TREATY, "Guideline 4")
    assert "(Pact) Guideline 4 <https://kb.example/instruments/pact#guideline-4>" in oscola(guideline)


def test_without_an_address_here_it_has_the_official_one() -> None:
    assert RecordMaker("", MAKE.accessed).of_instrument(TREATY, "6")["URL"] == TREATY.url


def test_a_short_title_of_its_own_is_kept() -> None:
    named = Instrument("pact", "Pact on Trafficking", ("Pact",), facts=(("short_title", "TIP Pact"),))
    assert MAKE.of_instrument(named)["title-short"] == "TIP Pact"
    assert "title-short" not in MAKE.of_instrument(Instrument("pact", "Pact"))


@table(
    ("words", "number"),
    [
        ("16", "16"),
        (" 6 (3) (a) ", "6(3)(a)"),
        ("art. 6(3)", "6(3)"),
        ("Articles 5–8", "5-8"),
        ("guideline 4", "Guideline 4"),
        ("III", "III"),
        ("iv", "IV"),
        ("xiv (2)", "XIV(2)"),
        ("article iv", "IV"),
        ("6(iv)", "6(iv)"),
        ("Article IV(2)", "IV(2)"),
        ("12bis", "12bis"),
        ("preamble", "Preamble"),
    ],
)
def test_an_article_is_read_as_people_write_it(words: str, number: str) -> None:
    assert article_to_cite(words) == number


@table(
    "words",
    ["x", "iiii", "civic", "6(", "<b>16</b>", "16\n17", "٦", "1" * 50, "6" + "(1)" * 30, "p4..p6"],
)
def test_anything_else_is_refused(words: str) -> None:
    assert isinstance(article_to_cite(words), Message)
