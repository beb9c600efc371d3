from __future__ import annotations

import pytest

from kb.model import Passage, SubPoint, Theme
from kb.tags import TagOrder, ThemeNames, normalized

THEMES = (
    Theme("b", "Victim assistance and protection", "Victims", 1, subpoints=(SubPoint("x", "Aftercare"),)),
    Theme("a", "Cooperation", "", 2),
)
NAMES = ThemeNames.of(THEMES)


def test_titles_are_those_of_themes_and_sub_points_in_their_order() -> None:
    assert list(NAMES.titles.items()) == [
        ("b", "Victim assistance and protection"),
        ("b/x", "Aftercare"),
        ("a", "Cooperation"),
    ]
    assert NAMES.subpoint_titles == {"b/x": "Aftercare"}


def test_a_theme_is_called_by_its_title_and_an_unknown_value_by_itself() -> None:
    assert (NAMES["b"], NAMES["nowhere/at-all"]) == ("Victim assistance and protection", "nowhere/at-all")


@pytest.mark.parametrize(
    ("document", "id", "shown"),
    [("b", "introduction", True), ("b", "x", True), ("b", "y", False), ("c", "introduction", False)],
)
def test_a_theme_shows_its_introduction_and_the_notes_on_its_sub_points(
    document: str, id: str, shown: bool
) -> None:
    assert NAMES.has_note(Passage(document, id, "Words.")) is shown


def test_a_sub_point_brings_its_theme_directly_before_it() -> None:
    assert normalized(["a/y", "b", "a/x", "a/y"]) == ("a", "a/y", "a/x", "b")


def test_tags_are_put_in_the_order_of_the_themes() -> None:
    order = TagOrder(THEMES)
    assert order.sort(("a", "b/x", "c")) == ("b", "b/x", "a", "c")
    assert order.unknown(["a", "c", "b/z"]) == ["c", "b/z"]
