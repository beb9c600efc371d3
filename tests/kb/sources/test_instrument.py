"""Legal instruments, their names and their articles."""

from __future__ import annotations

from kb.sources.instrument import Article, Instrument, article_in, articles_cited, merge_instruments
from tests.tables import table

LISTED = {number: Article(number) for number in ("6", "6(3)", "16", "Guideline 4")}


@table(
    ("number", "listed"),
    [
        ("6", "6"),
        ("6(3)", "6(3)"),
        ("6 (3)(a)", "6(3)"),
        ("6(2)", "6"),
        ("guideline 4", "Guideline 4"),
        ("1", None),
        ("16bis", None),
        ("", None),
        ("()", None),
    ],
)
def test_a_part_of_an_article_belongs_to_the_article(number: str, listed: str | None) -> None:
    found = article_in(LISTED, number)
    assert (found.number if found else None) == listed


@table(
    ("cited", "articles"),
    [
        ("16", ["16"]),
        ("5, 6 and 8", ["5", "6", "8"]),
        ("5–8", ["5", "8"]),
        ("5-8", ["5", "8"]),
        ("6(3)(a)", ["6(3)(a)"]),
        ("Guideline 4", ["Guideline 4"]),
        ("Non-binding annex", ["Non-binding annex"]),
    ],
)
def test_a_provision_may_cite_several_articles(cited: str, articles: list[str]) -> None:
    assert list(articles_cited(cited)) == articles


def test_of_several_registries_the_first_of_an_id_or_name_counts() -> None:
    first = Instrument("a", "First", ("A", "Alpha"))
    same_id, same_name, other = (
        Instrument("a", "Second"),
        Instrument("b", "B", ("Alpha",)),
        Instrument("c", "C"),
    )
    assert merge_instruments(((first,), (same_id, same_name, other))) == {"a": first, "c": other}
