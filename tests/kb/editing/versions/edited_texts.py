"""Versions of a text, edited at random."""

from __future__ import annotations

import random
from collections.abc import Callable

__all__ = ["EDITS", "Version", "passage"]

SYLLABLES = [f"{onset}{vowel}" for onset in "bdfgklmnprstv" for vowel in "aeiou"]

Version = list[tuple[str, str]]
"""Texts, each with the one that it came from."""


def passage(draw: random.Random, words: int) -> str:
    return " ".join("".join(draw.choices(SYLLABLES, k=2)) for _ in range(words)).capitalize() + "."


def amended(text: str, draw: random.Random) -> str:
    """The text with a few words changed: at most one in ten."""
    words = text.split()
    for _ in range(max(len(words) // 10, 1)):
        words[draw.randrange(len(words))] = draw.choice(["payment", "housing", "notice", "seldom"])
    return " ".join(words)


def _insert(version: Version, draw: random.Random) -> Version:
    at = draw.randrange(len(version) + 1)
    return [*version[:at], (passage(draw, draw.randrange(3, 40)), ""), *version[at:]]


def _delete(version: Version, draw: random.Random) -> Version:
    at = draw.randrange(len(version))
    return version[:at] + version[at + 1 :] if len(version) > 1 else version


def _reorder(version: Version, draw: random.Random) -> Version:
    return draw.sample(version, len(version))


def _amend(version: Version, draw: random.Random) -> Version:
    at = draw.randrange(len(version))
    text, origin = version[at]
    return [*version[:at], (amended(text, draw), origin), *version[at + 1 :]]


def _split(version: Version, draw: random.Random) -> Version:
    at = draw.randrange(len(version))
    text, origin = version[at]
    words = text.split()
    middle = len(words) // 2
    halves = [(" ".join(words[:middle]) + ".", origin), (" ".join(words[middle:]).capitalize(), origin)]
    return [*version[:at], *halves, *version[at + 1 :]] if middle > 2 else version


def _join(version: Version, draw: random.Random) -> Version:
    at = draw.randrange(len(version))
    both = version[at : at + 2]
    if len(both) < 2:
        return version
    text, origin = f"{both[0][0]} {both[1][0]}", f"{both[0][1]}\n{both[1][1]}"
    return [*version[:at], (text, origin), *version[at + 2 :]]


EDITS: dict[str, Callable[[Version, random.Random], Version]] = {
    "insert": _insert,
    "delete": _delete,
    "reorder": _reorder,
    "amend": _amend,
    "split": _split,
    "join": _join,
}
