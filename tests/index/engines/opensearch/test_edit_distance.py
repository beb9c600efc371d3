"""Edit distances with swaps."""

from __future__ import annotations

from index.engines.opensearch.edit_distance import edit_distance
from tests.tables import table


@table(
    ("one", "other", "edits"),
    [
        ("extradition", "extradition", 0),
        ("extraditoin", "extradition", 1),
        ("extradtion", "extradition", 1),
        ("victem", "victims", 2),
        ("ab", "ba", 1),
        ("ca", "abc", 3),  # unrestricted, it would be 2
        ("", "abc", 3),
        ("ตำรวด", "ตำรวจ", 1),
    ],
)
def test_a_swap_is_one_edit_and_its_letters_are_not_edited_again(one: str, other: str, edits: int) -> None:
    assert edit_distance(one, other, 3) == edits
    assert edit_distance(other, one, 3) == edits


def test_without_swaps_a_swap_is_two_edits() -> None:
    assert edit_distance("extraditoin", "extradition", 3, swaps=False) == 2


def test_distances_beyond_the_most_are_not_told_apart() -> None:
    assert edit_distance("law", "trafficking", 2) == 3
