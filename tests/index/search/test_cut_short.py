"""With too small a budget of work, a search returns less than the full one, and says that it was cut."""

from __future__ import annotations

from itertools import count
from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.whoosh.engine import WhooshGenerations
from index.query.compiled import Adjacent, All, Any, Query, Term
from index.request import Request
from index.results import Results
from kb.errors import WorkCutShort
from kb.messages import Message
from kb.work.budget import Budget, limited, was_cut
from tests.budgets import looks
from tests.engines import Snapshot, build, open_engine
from tests.index.samples import collection, document
from tests.tables import table

WORDS = (
    "victim protection trafficking smuggling extradition assistance article state party law".split()  # noqa: SIM905
)
SAMPLE = collection(
    document("treaty"),
    document("report"),
    treaty=[f"{one} of {other} and the {one}s {at}" for at, one in enumerate(WORDS) for other in WORDS],
    report=[" ".join(WORDS[at:] + WORDS[:at]) for at in range(len(WORDS))],
)
LETTERS = "vptseal"
QUERIES = [
    "victim protection",
    "extradision asistance",
    " ".join(f"{letter}*" for letter in LETTERS),
    " OR ".join(f"{letter}*" for letter in LETTERS),
    "law -" + " -".join(f"{letter}*" for letter in LETTERS),
    " ".join(f"*{letter}?*" for letter in LETTERS),
    " ".join(f"{word}~" for word in WORDS),
    " ".join(f'"{one} {other}"~9' for one in WORDS for other in WORDS),
    " ".join(f"{letter}-{number}" for letter in "abcdefgh" for number in range(200)),
    "NOT (victim OR (state -law))",
    "人口贩运受害者" * 60,
    " ".join(WORDS * 50),
    "",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index")
    build(SAMPLE, path)
    return path


@pytest.fixture(scope="module")
def snapshot(folder: Path) -> Snapshot:
    return open_engine(folder).snapshot()


@pytest.fixture(scope="module")
def every(folder: Path) -> dict[str, tuple[Results, set[str]]]:
    """The full answer to each query, and the addresses of all that it finds."""
    whole = open_engine(folder).snapshot()
    answers = {text: whole.search(Request(text)) for text in QUERIES}
    return {
        text: (found, {hit.passage.address for hit in whole.every_hit(Request(text))})
        for text, found in answers.items()
    }


def counts(results: Results) -> dict[tuple[str, str], int]:
    return {(name, one.value): one.count for name, values in results.facets.items() for one in values}


@pytest.mark.slow
@given(number=st.integers(0, 300), text=st.sampled_from(QUERIES))
def test_with_any_budget_a_search_says_no_more_than_the_full_one(
    snapshot: Snapshot, every: dict[str, tuple[Results, set[str]]], number: int, text: str
) -> None:
    full, addresses = every[text]
    with limited(looks(number)):
        cut = snapshot.search(Request(text))
    if not cut.cut:
        assert (cut.hits, cut.facets, cut.notices) == (full.hits, full.facets, full.notices)
        assert (cut.total, cut.total_some, cut.suggestions) == (full.total, full.total_some, full.suggestions)
        return
    assert cut.notices[0] == Message("search-cut-short")
    assert {hit.passage.address for hit in cut.hits} <= addresses
    assert cut.total <= full.total
    assert cut.total + cut.total_some <= full.total + full.total_some
    assert set(cut.suggestions) <= set(full.suggestions)
    assert set(cut.missing) <= set(full.missing)
    if cut.total + cut.total_some == full.total + full.total_some:
        assert counts(cut) == counts(full)
    else:
        known = counts(full)
        assert all(count <= known.get(value, 0) for value, count in counts(cut).items() if cut.total)


@table("text", QUERIES)
def test_what_was_cut_short_is_kept_nowhere(
    snapshot: Snapshot, every: dict[str, tuple[Results, set[str]]], text: str
) -> None:
    for number in (0, 3, 9, 30):
        with limited(looks(number)):
            snapshot.search(Request(text))
            snapshot.complete(text[:8])
    again = snapshot.search(Request(text))
    assert (again.hits, again.facets, again.total) == (
        every[text][0].hits,
        every[text][0].facets,
        every[text][0].total,
    )
    assert not again.cut


def test_what_cannot_be_given_in_part_is_refused(snapshot: Snapshot) -> None:
    request = Request("victim protection")
    for ask in (
        lambda: snapshot.every_hit(request),
        lambda: snapshot.matrix(request),
        lambda: snapshot.count(request),
        lambda: snapshot.found_in("treaty", "victim"),
        lambda: snapshot.marks("victim", snapshot.passages("treaty")),
    ):
        with limited(Budget(0)), pytest.raises(WorkCutShort):
            ask()


def test_autocomplete_offers_nothing_and_that_is_known(snapshot: Snapshot) -> None:
    with limited(Budget(0)):
        assert snapshot.complete("victim pro") == ()
        assert was_cut()
    assert snapshot.complete("vict")


@pytest.mark.parametrize(
    ("query", "least"),
    [
        (Any(tuple(Term("text", word) for word in WORDS * 20)), 25),
        (All(tuple(Term("text", word) for word in WORDS[:5])), 5),
        (Any(tuple(Adjacent("text", (one, other)) for one in WORDS for other in WORDS)), len(WORDS) ** 2),
        (Adjacent("text", tuple(WORDS)), len(WORDS)),
    ],
)
def test_scoring_looks_at_the_budget_term_by_term(folder: Path, query: Query, least: int) -> None:
    clock = count()
    matches = WhooshGenerations(folder).newest().match(query, Request())
    assert matches.total
    with limited(Budget(inf, lambda: 0.0, lambda: float(next(clock)))):
        matches.page("relevance", 0, 10)
    assert next(clock) > least
