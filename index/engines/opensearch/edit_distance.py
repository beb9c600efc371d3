"""The edit distance of two words."""

from __future__ import annotations

__all__ = ["edit_distance"]


def edit_distance(one: str, other: str, most: int, *, swaps: bool = True) -> int:
    """How many letters must be inserted, deleted, replaced or swapped with the next; `most` + 1 for more.

    Without `swaps`, a swap is two edits.
    Neither of two swapped letters is edited again (restricted Damerau distance).
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [at]
        for place, sign in enumerate(other, start=1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != sign))
            if swaps and earlier and place > 1 and letter == other[place - 2] and sign == one[at - 2]:
                cost = min(cost, earlier[place - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)
