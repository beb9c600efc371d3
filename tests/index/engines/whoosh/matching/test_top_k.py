"""The first so many, by score or count: what sorting everything would give."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.engines.whoosh.arrays import largest
from index.engines.whoosh.matching.top_k import _last

FEW = st.integers(1, 30)


@given(st.lists(st.integers(-20, 20), min_size=31, max_size=700), FEW, st.booleans())
def test_the_last_of_the_smallest_keys_is_that_of_all_in_order(
    found: list[int], most: int, whole: bool
) -> None:
    keys = np.array(found, np.int64 if whole else np.float64)
    assert _last(keys, most) == sorted(found)[most - 1]


@given(st.lists(st.integers(0, 5), max_size=200), FEW)
def test_the_largest_counts_come_first_and_of_more_than_asked_for_none_is_0(
    counts: list[int], most: int
) -> None:
    ordered = sorted(range(len(counts)), key=lambda at: -counts[at])
    expected = ordered if len(counts) <= most else [at for at in ordered if counts[at]][:most]
    assert largest(np.array(counts, np.int64), most) == expected
