"""Passages by year: how many each year and each span has, and how years are grouped."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.facets import FEW_YEARS, MAX_YEAR_SPANS, year_spans
from index.query.filters.year_filter import is_year_filter
from index.request import FacetName, Request
from index.results import Results, YearSpan
from tests.engines import Snapshot, snapshot_of
from tests.index.samples import collection, document

YEARS = st.lists(st.integers(-400, 2100), max_size=300).map(sorted)

CONTENT = collection(
    document("old", date="1998", kind="report"),
    document("long", date="2001/2004", kind="report"),
    document("new", date="2015-03", kind="treaty"),
    document("gone", date="1990", status="superseded"),
    document("undated"),
    old=["law one", "law two"],
    long=["law three"],
    new=["law four", "sea"],
    gone=["law five"],
    undated=["law six"],
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(CONTENT, tmp_path_factory.mktemp("index"))


def ask(snapshot: Snapshot, text: str = "", hidden: bool = False, **filters: str) -> Results:
    chosen: dict[FacetName, tuple[str, ...]] = {name: (value,) for name, value in filters.items()}  # type: ignore[misc]
    return snapshot.search(Request(text, chosen, hidden=hidden))


def test_every_year_is_counted_that_has_passages(snapshot: Snapshot) -> None:
    every = ((1998, 2), (2001, 1), (2002, 1), (2003, 1), (2004, 1))
    assert ask(snapshot, "law").years == (*every, (2015, 1))
    assert ask(snapshot, "sea").years == ((2015, 1),)
    assert ask(snapshot, "law", hidden=True).years == ((1990, 1), *every, (2015, 1))


def test_years_are_counted_whatever_years_are_chosen(snapshot: Snapshot) -> None:
    for chosen in ("2015", "2001..2003", "undated"):
        assert ask(snapshot, "law", year=chosen).years == ask(snapshot, "law").years
    assert ask(snapshot, "law", year="2015", kind="report").years == ask(snapshot, "law", kind="report").years


@pytest.mark.parametrize("filters", [{}, {"kind": "report"}, {"document": "long"}, {"year": "1998"}])
def test_the_count_of_a_span_is_what_choosing_it_gives(snapshot: Snapshot, filters: dict[str, str]) -> None:
    for text in ("", "law", "sea", "xyzzy"):
        results = ask(snapshot, text, **filters)
        assert [(span.first, span.last) for span in results.year_spans][0::8] == [(1990, 1991), (2006, 2007)]
        for span in results.year_spans:
            chosen = ask(snapshot, text, **{**filters, "year": span.value})
            assert chosen.total == span.count, (text, span)


def test_a_passage_of_several_years_counts_once_in_a_span(snapshot: Snapshot) -> None:
    counts = {span.value: span.count for span in ask(snapshot, "three").year_spans if span.count}
    assert counts == {"2000..2001": 1, "2002..2003": 1, "2004..2005": 1}


def test_where_each_document_has_one_year_spans_are_sums_of_years(tmp_path: Path) -> None:
    dated = [document(f"d{year}", date=str(year)) for year in (1950, 1951, 1999, 2015)]
    snapshot = snapshot_of(
        collection(*dated, **{each.id: ["law"] * int(each.id[-1]) for each in dated}), tmp_path
    )
    found = ask(snapshot, "law")
    assert found.years == ((1951, 1), (1999, 9), (2015, 5))
    assert {span.value: span.count for span in found.year_spans if span.count} == {
        "1950..1954": 1, "1995..1999": 9, "2015..2019": 5,
    }  # fmt: skip


@pytest.mark.parametrize(("last", "bars"), [("2014", 0), ("2015", 6)])
def test_five_years_need_no_bars_and_six_do(tmp_path: Path, last: str, bars: int) -> None:
    snapshot = snapshot_of(
        collection(document("a", date="2010"), document("b", date=last), a=["law"], b=["law"]), tmp_path
    )
    assert len(ask(snapshot).year_spans) == bars


def test_without_dates_there_are_neither_years_nor_spans(tmp_path: Path) -> None:
    snapshot = snapshot_of(collection(a=["law"]), tmp_path)
    found = ask(snapshot)
    assert (found.years, found.year_spans) == ((), ())


@given(YEARS)
@example([1215, *[1990 + n % 30 for n in range(120)]])
@example([*[1990 + n % 30 for n in range(120)], 9999])
@example([0] + [10_000] * 5)
def test_spans_hold_every_year_once_and_in_order_and_are_few(years: list[int]) -> None:
    made = year_spans(years)
    if not years or years[-1] - years[0] < FEW_YEARS:
        assert made == []
        return
    assert len(made) <= MAX_YEAR_SPANS
    assert made[0][0] <= years[0]
    assert made[-1][1] >= years[-1]
    assert all(first <= last for first, last in made)
    assert all(before[1] + 1 == after[0] for before, after in pairwise(made))


@given(YEARS)
def test_all_spans_but_the_first_and_the_last_are_of_one_length(years: list[int]) -> None:
    assert len({last - first for first, last in year_spans(years)[1:-1]}) <= 1


def test_one_old_document_does_not_squeeze_the_others_into_one_bar() -> None:
    recent = [1990 + n % 30 for n in range(120)]
    assert len(year_spans(recent)) == 15
    assert year_spans([1215, *sorted(recent)])[:2] == [(1215, 1989), (1990, 1991)]
    assert len(year_spans([1215, *recent[:10]])) < 18  # one of eleven is none to be set aside


def test_a_span_names_the_filter_that_chooses_it() -> None:
    assert YearSpan(2010, 2014, 1).value == "2010..2014"
    assert YearSpan(2010, 2010, 1).value == "2010"
    assert is_year_filter(YearSpan(-400, 0, 1).value)
