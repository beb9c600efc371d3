"""How items move past each other in a brief with the reader's own headings."""

from __future__ import annotations

from dataclasses import replace

from kb.briefs.brief import Brief, ChosenPassage, PlacedHeading
from kb.briefs.order import move_heading, move_passage
from tests.tables import table


def made(items: str) -> Brief:
    """A brief of passages (small letters) and headings (capitals)."""
    parts = (PlacedHeading(0, one) if one.isupper() else ChosenPassage("d", one) for one in items)
    return Brief().arranged(parts)


def shown(brief: Brief) -> str:
    return "".join(one.words if isinstance(one, PlacedHeading) else one.passage for one in brief.items)


@table(
    ("before", "at", "step", "after"),
    [
        ("aBc", 1, -1, "acB"),
        ("aBc", 0, 1, "Bac"),
        ("aBc", 0, -1, "aBc"),
        ("Abc", 0, -1, "bAc"),
        ("aBCd", 1, -1, "aBdC"),
        ("abC", 1, 1, "aCb"),
    ],
)
def test_a_passage_moves_past_headings(before: str, at: int, step: int, after: str) -> None:
    brief = made(before)
    assert shown(move_passage(brief, ["1"] * len(brief.passages), at, step)) == after


@table(
    ("before", "number", "step", "after"),
    [
        ("aBc", 0, -1, "Bac"),
        ("aBc", 0, 1, "acB"),
        ("BAc", 0, 1, "ABc"),
        ("Bac", 0, -1, "Bac"),
        ("axB", 0, -1, "Bxa"),
    ],
)
def test_a_heading_moves_past_what_is_shown(before: str, number: int, step: int, after: str) -> None:
    brief = made(before)
    keys = ["" if one.passage == "x" else "1" for one in brief.passages]
    assert shown(move_heading(brief, keys, number, step)) == after


def test_headings_stay_where_they_are_as_passages_come_and_go() -> None:
    brief = made("aBbCc")
    assert shown(brief.without(0)) == "BbCc"
    assert shown(brief.without(1)) == "aBCc"
    assert shown(brief.without(1).holding(ChosenPassage("d", "b"), 2)) == "aBbCc"
    assert shown(brief.holding(ChosenPassage("d", "z"))) == "aBbCcz"
    assert shown(brief.headed(1, "X")) == "aBXbCc"
    assert shown(brief.without_heading(0)) == "abCc"
    grouped = replace(brief, group="theme")
    assert shown(move_passage(grouped, ["t", "t", "t"], 0, 1)) == "bBaCc"
