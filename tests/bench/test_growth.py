"""Growth is compared with the matches at every step, and shown if it was measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bench.bars import NOT_MEASURED, verdicts
from tests.bench.plots import draw
from tests.bench.table import markdown

GROWTH = "Growth, page time from each size to the next"


def _step(passages: int, matches: int, p50: float, p95: float, *others: str) -> dict[str, Any]:
    times = {"p50": p50, "p95": p95}
    points = [[matches, p50], [10 * matches, p95]]
    return {
        "passages": passages,
        "matches": matches,
        "engines": dict.fromkeys(("kb", *others), times),
        "points": dict.fromkeys(("kb", *others), points),
    }


@pytest.mark.parametrize(
    ("last", "verdict", "figure"),
    [
        ((4.0, 9.0), "meets", "page 2.0 times, matches 3.0 times (p50, from 1,000 to 3,000 passages)"),
        ((7.0, 9.0), "misses", "page 3.5 times, matches 3.0 times (p50, from 1,000 to 3,000 passages)"),
        ((4.0, 25.0), "misses", "page 3.1 times, matches 3.0 times (p95, from 1,000 to 3,000 passages)"),
    ],
)
def test_growth_is_held_against_the_matches_at_every_step(
    last: tuple[float, float], verdict: str, figure: str
) -> None:
    steps = [_step(100, 2, 1.8, 7.5), _step(1_000, 20, 2.0, 8.0), _step(3_000, 60, *last)]
    (found,) = [each for each in verdicts({"growth": steps}) if each.bar.name == GROWTH]
    assert (found.verdict, found.figure) == (verdict, f"at most: {figure}")


def test_growth_of_one_size_alone_is_not_measured() -> None:
    (found,) = [each for each in verdicts({"growth": [_step(100, 2, 1.0, 2.0)]}) if each.bar.name == GROWTH]
    assert found.verdict == NOT_MEASURED


def test_an_engine_that_was_not_built_at_a_size_has_no_figure_there(measured_growth: dict[str, Any]) -> None:
    written = markdown(measured_growth, {})
    assert "| 1,000 | 20 | 2.00 / 8.00 | 2.00 / 8.00 |" in written
    assert "| 3,000 | 60 | 4.00 / 9.00 |  |" in written


def test_pages_of_all_sizes_are_compared_where_as_many_passages_match(
    measured_growth: dict[str, Any],
) -> None:
    written = markdown(measured_growth, {})
    assert "| 10 to 99 | 2.00 (1) | 4.00 (1) |" in written
    assert "| 100 to 999 | 8.00 (1) | 9.00 (1) |" in written


def test_a_plot_says_how_far_an_engine_was_measured(measured_growth: dict[str, Any], tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    assert "growth-passages.svg" in draw(measured_growth, tmp_path)
    drawn = (tmp_path / "growth-passages.svg").read_text(encoding="utf-8")
    assert ">kb<" in drawn
    assert ">stock Whoosh, to 1,000<" in drawn


@pytest.fixture
def measured_growth() -> dict[str, Any]:
    return {
        "machine": dict.fromkeys(("cores", "processor", "memory", "system", "day"), ""),
        "versions": {},
        "collection": {"passages": 1_000, "documents": 1, "text_mb": 1.0, "questions": 2},
        "growth": [_step(1_000, 20, 2.0, 8.0, "stock Whoosh"), _step(3_000, 60, 4.0, 9.0)],
    }
