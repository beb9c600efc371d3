"""Dunning's test, against figures worked out by hand and against chance."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.collocation import log_likelihood


def test_the_ratio_by_hand() -> None:
    cells, margins = (10, 10, 20, 60), (20, 30, 80, 70)
    by_hand = 2 * (sum(n * log(n) for n in cells) - sum(n * log(n) for n in margins) + 100 * log(100))
    assert float(log_likelihood(10, 20, 30, 100)) == pytest.approx(by_hand)


def test_words_together_less_often_than_by_chance_do_not_belong_together() -> None:
    assert log_likelihood([1, 0, 6], [50, 50, 20], [50, 50, 30], 100).tolist() == [0.0, 0.0, 0.0]


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_words_that_are_always_together_score_highest(together: int, more: int, others: int) -> None:
    apart, always = (
        log_likelihood(together, together + more, together + others, 200),
        log_likelihood(together, together, together, 200),
    )
    assert 0 <= float(apart) <= float(always) + 1e-9
