from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.matrix import HEAT_STEPS, MatrixRow, heat_scale, sorted_rows
from index.request import Request
from kb.errors import BadRequest
from tests.engines import Snapshot, open_engine, snapshot_of
from tests.web import site_samples

COUNTS = st.lists(st.integers(0, 40), min_size=3, max_size=3).map(tuple)
ROWS = st.lists(COUNTS, max_size=12).map(
    lambda rows: [MatrixRow(str(n), one, sum(one)) for n, one in enumerate(rows)]
)


@pytest.fixture(scope="module", params=["shipped", "samples"])
def snapshot(
    request: pytest.FixtureRequest, shipped_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Snapshot:
    if request.param == "shipped":
        return open_engine(shipped_index).snapshot()
    return snapshot_of(site_samples.collection(), tmp_path_factory.mktemp("index"))


@pytest.mark.slow
@pytest.mark.parametrize("text", ["", "extradition", "victims", "smuggling -item", "zzzz"])
@pytest.mark.parametrize("notes", [False, True])
def test_every_cell_counts_what_its_search_finds(snapshot: Snapshot, text: str, notes: bool) -> None:
    for theme in ("", *(theme.slug for theme in snapshot.themes)):
        found = snapshot.matrix(Request(text), theme, notes)
        for row in (*found.rows[:3], *found.rows[-1:]):
            for value, count in zip(found.values, row.counts, strict=True):
                filters = {"document": (row.document,), "theme": (value,)}
                assert snapshot.search(Request(text, filters)).total == count
            assert snapshot.search(Request(text, {"document": (row.document,)})).total == row.total


def test_sources_and_notes_are_counted_apart_and_in_the_order_of_the_collection(
    snapshot: Snapshot,
) -> None:
    for notes in (False, True):
        current = [one.id for one in snapshot.documents.values() if one.status == "current"]
        wanted = [id for id in current if snapshot.documents[id].is_note == notes]
        assert [row.document for row in snapshot.matrix(Request(), notes=notes).rows] == wanted


def test_filters_leave_documents_and_a_search_leaves_the_silent_ones(snapshot: Snapshot) -> None:
    every = snapshot.matrix(Request(hidden=True))
    assert {row.document for row in every.rows} == {
        one.id for one in snapshot.documents.values() if not one.is_note
    }
    some = snapshot.matrix(Request("zzzz", {"year": ("2014..2015",)}, hidden=True))
    assert [snapshot.documents[row.document].date for row in some.rows] in (["2014"], ["2015"])
    assert some.total == 0
    assert some.gaps == (1,) * len(some.values)
    none = snapshot.matrix(Request(filters={"kind": ("nothing",)}))
    assert (none.rows, none.totals, none.gaps) == ((), (0,) * len(none.values), (0,) * len(none.values))


def test_sums_are_those_of_the_rows(snapshot: Snapshot) -> None:
    found = snapshot.matrix(Request())
    assert sum(found.totals) == sum(sum(row.counts) for row in found.rows)
    assert sum(found.gaps) == sum(row.gaps for row in found.rows)


def test_an_unknown_theme_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(BadRequest, match="“nothing” is not a theme of this collection"):
        snapshot.matrix(Request(), "nothing")


def test_a_query_that_cannot_be_parsed_is_said(snapshot: Snapshot) -> None:
    assert snapshot.matrix(Request("year:soon")).notices


@given(ROWS)
def test_heat_grows_with_the_count_and_silence_is_cold(rows: list[MatrixRow]) -> None:
    step = heat_scale(rows)
    counts = sorted({count for row in rows for count in row.counts if count})
    steps = [step(count) for count in counts]
    assert steps == sorted(steps)
    assert all(1 <= each <= HEAT_STEPS for each in steps)
    assert step(0) == 0


def test_steps_hold_as_many_cells_each() -> None:
    rows = [MatrixRow("a", tuple(range(1, 11)), 55)]
    steps = [heat_scale(rows)(count) for count in range(1, 11)]
    assert steps[0] == 1
    assert steps[-1] == HEAT_STEPS
    assert all(1 <= steps.count(step) <= 3 for step in range(1, HEAT_STEPS + 1))


@given(ROWS)
def test_rows_are_ordered_by_silence_or_by_what_is_said_and_none_is_lost(rows: list[MatrixRow]) -> None:
    silent = sorted_rows(rows, "silent")
    assert [row.gaps for row in silent] == sorted((row.gaps for row in rows), reverse=True)
    most = [sum(row.counts) for row in sorted_rows(rows, "most")]
    assert most == sorted(most, reverse=True)
    covered = sorted_rows(rows, "covered")
    assert [row.gaps for row in covered] == sorted(row.gaps for row in rows)
    assert [row.counts[1] for row in sorted_rows(rows, "fewest", 1)] == sorted(row.counts[1] for row in rows)
    assert sorted_rows(rows, "document") == rows
    assert {row.document for row in silent} == {row.document for row in rows}
