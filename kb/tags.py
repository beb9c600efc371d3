"""What a passage is about: `slug` and `slug/subpoint`, each theme directly before its sub-points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kb.attributes import is_id
from kb.model import Passage, SubPoint, Theme

__all__ = ["Order", "is_tag", "made", "normal"]


def is_tag(text: str) -> bool:
    """Whether the text has the form `slug` or `slug/subpoint`."""
    return all(map(is_id, text.split("/"))) and text.count("/") <= 1


def normal(tags: Iterable[str]) -> tuple[str, ...]:
    """The tags without repetition; a sub-point brings its theme, and stands directly after it."""
    return _normal(tuple(tags))


@lru_cache(maxsize=4096)
def _normal(tags: tuple[str, ...]) -> tuple[str, ...]:
    themes: dict[str, dict[str, None]] = {}
    for tag in tags:
        theme, slash, _ = tag.partition("/")
        below = themes.setdefault(theme, {})
        if slash:
            below[tag] = None
    return tuple(tag for theme, below in themes.items() for tag in (theme, *below))


def made(passages: Mapping[str, Sequence[Passage]], path: Path) -> tuple[Theme, ...]:
    """Themes from the tags that passages have, in the order of their first appearance."""
    used = dict.fromkeys(tag for found in passages.values() for one in found for tag in one.themes)
    themes: dict[str, list[SubPoint]] = {}
    for tag in normal(used):
        theme, _, subpoint = tag.partition("/")
        points = themes.setdefault(theme, [])
        if subpoint:
            points.append(SubPoint(subpoint, _title(subpoint)))
    return tuple(
        Theme(slug, _title(slug), _title(slug), order, subpoints=tuple(points), path=path)
        for order, (slug, points) in enumerate(themes.items(), 1)
    )


def _title(slug: str) -> str:
    words = slug.replace("-", " ").replace("_", " ").strip() or slug
    return words[0].upper() + words[1:]


class Order:
    """Puts tags in the order of the themes; unknown ones come last, as they stood."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        self.rank = {tag: number for number, tag in enumerate(_all(themes))}
        self.known: dict[tuple[str, ...], tuple[str, ...]] = {}

    def sort(self, tags: tuple[str, ...]) -> tuple[str, ...]:
        if tags not in self.known:
            last = len(self.rank)
            self.known[tags] = normal(sorted(tags, key=lambda tag: self.rank.get(tag, last)))
        return self.known[tags]

    def apply(self, passage: Passage) -> Passage:
        """The passage with its tags in order."""
        found = self.sort(passage.themes)
        return passage if found == passage.themes else replace(passage, themes=found)

    def unknown(self, tags: Iterable[str]) -> list[str]:
        return [tag for tag in tags if tag not in self.rank]


def _all(themes: Sequence[Theme]) -> Iterable[str]:
    for theme in themes:
        yield theme.slug
        yield from (f"{theme.slug}/{subpoint.slug}" for subpoint in theme.subpoints)
