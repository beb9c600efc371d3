"""Partial sorting gives what sorting everything would give."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.engines.whoosh.arrays import largest
from index.engines.whoosh.matching.top_k import _kth_smallest

FEW = st.integers(1, 30)


@given(st.lists(st.integers(-20, 20), min_size=31, max_size=700), FEW, st.booleans())
def test_the_kth_smallest_key_is_that_of_the_sorted_list(values: list[int], k: int, whole: bool) -> None:
    keys = np.array(values, np.int64 if whole else np.float64)
    assert _kth_smallest(keys, k) == sorted(values)[k - 1]


@given(st.lists(st.integers(0, 5), max_size=200), FEW)
def test_the_largest_counts_come_first_and_zeros_are_left_out_beyond_the_limit(
    counts: list[int], limit: int
) -> None:
    ordered = sorted(range(len(counts)), key=lambda at: -counts[at])
    expected = ordered if len(counts) <= limit else [at for at in ordered if counts[at]][:limit]
    assert largest(np.array(counts, np.int64), limit) == expected
