"""Votes on where a quotation begins: along diagonals, or within windows in any order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.quotation_votes import Voter, collect_votes

PLACES = st.lists(st.integers(0, 60), min_size=1, max_size=12, unique=True)
VOTERS = st.lists(st.tuples(PLACES, st.integers(1, 5)), min_size=1, max_size=6)


@given(VOTERS, st.integers(1, 20))
def test_each_word_votes_once_in_a_window_of_any_order(drawn: list[tuple[list[int], int]], size: int) -> None:
    voters = [Voter(np.array(sorted(places), np.int64), [0], float(weight)) for places, weight in drawn]
    votes = collect_votes(voters, size, ordered=False)
    for at, begin in enumerate(votes.diagonals.tolist()):
        inside = (weight for places, weight in drawn if any(begin <= one < begin + size for one in places))
        assert votes.totals[at] == pytest.approx(sum(inside))


def test_in_order_words_vote_for_the_beginning_that_they_agree_on() -> None:
    voters = [Voter(np.array([7, 90], np.int64), [2], 1.0), Voter(np.array([9], np.int64), [4, 0], 2.0)]
    votes = collect_votes(voters, 5, ordered=True)
    assert votes.diagonals.tolist() == [5, 5, 9, 88]
    assert votes.totals.tolist() == [5.0, 4.0, 2.0, 1.0]
    assert votes.voter_count == 3
