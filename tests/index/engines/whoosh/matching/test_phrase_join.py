"""Adjacent positions, found by flags, by merging or by binary search."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.engines.whoosh.matching import phrase_join

POSITIONS = st.lists(st.integers(0, 300), unique=True, max_size=60).map(sorted)


@pytest.mark.parametrize(("few", "scattered"), [(0, 1_000), (0, 0), (4_096, 0)])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(positions=POSITIONS, others=POSITIONS, step=st.integers(-5, 5))
def test_whichever_way_the_same_positions_are_found(
    monkeypatch: pytest.MonkeyPatch,
    few: int,
    scattered: int,
    positions: list[int],
    others: list[int],
    step: int,
) -> None:
    monkeypatch.setattr(phrase_join, "_FEW_POSITIONS", few)
    monkeypatch.setattr(phrase_join, "_SPARSE", 1_000)
    monkeypatch.setattr(phrase_join, "_SCATTERED", scattered)
    monkeypatch.setattr(phrase_join, "_BLOCK", 64)
    mine, theirs = (np.array(each, np.uint32) for each in (positions, others))
    expected = [position + step in set(others) for position in positions]
    assert phrase_join.among(mine, theirs, step).tolist() == expected
