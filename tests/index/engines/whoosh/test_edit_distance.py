from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.whoosh.edit_distance import within

word = st.text("abc", max_size=8)


def distance(left: str, right: str, swaps: bool) -> int:
    """The full dynamic programming table, cell by cell."""
    table = {(0, column): column for column in range(len(right) + 1)}
    for row in range(1, len(left) + 1):
        table[row, 0] = row
        for column in range(1, len(right) + 1):
            differ = left[row - 1] != right[column - 1]
            ways = [
                table[row - 1, column] + 1,
                table[row, column - 1] + 1,
                table[row - 1, column - 1] + differ,
            ]
            if swaps and min(row, column) > 1 and left[row - 2 : row] == right[column - 2 : column][::-1]:
                ways.append(table[row - 2, column - 2] + 1)
            table[row, column] = min(ways)
    return table[len(left), len(right)]


@given(st.lists(word, max_size=12), word, st.integers(1, 3), st.booleans())
def test_words_within_the_edits_are_found_with_their_distances(
    others: list[str], wanted: str, edits: int, swaps: bool
) -> None:
    others = [other for other in others if abs(len(other) - len(wanted)) <= edits]
    ends = np.cumsum([len(other) for other in others], dtype=np.int64)
    starts = ends - np.array([len(other) for other in others], np.int64)
    codes = np.frombuffer("".join(others).encode(), np.uint8)
    found, far = within(codes, starts, ends, [ord(sign) for sign in wanted], edits, swaps)
    expected = [distance(other, wanted, swaps) for other in others]
    assert found.tolist() == [at for at, edits_of in enumerate(expected) if edits_of <= edits]
    assert far.tolist() == [edits_of for edits_of in expected if edits_of <= edits]


@pytest.mark.parametrize(("swaps", "edits"), [(False, 2), (True, 1)])
def test_a_transposition_is_one_edit_with_swaps(swaps: bool, edits: int) -> None:
    codes = np.frombuffer(b"form", np.uint8)
    _, far = within(codes, np.array([0]), np.array([4]), [ord(sign) for sign in "from"], 2, swaps)
    assert far.tolist() == [edits]
