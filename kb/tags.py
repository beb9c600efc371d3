"""What a passage is about: `slug` and `slug/subpoint`, each theme directly before its sub-points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kb.model import Collection, Passage, SubPoint, Theme

__all__ = [
    "INTRODUCTION",
    "Order",
    "ThemeLabels",
    "made",
    "normal",
    "subpoint_titles",
    "themes_by_value",
]


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


INTRODUCTION = "introduction"
"""The passage id, and in the page the heading, of what stands before the first section."""


def themes_by_value(themes: Iterable[Theme]) -> dict[str, str]:
    """The title of each theme and sub-point by its value, `slug` or `slug/subpoint`."""
    titles = {}
    for theme in themes:
        titles[theme.slug] = theme.title
        titles |= {f"{theme.slug}/{subpoint.slug}": subpoint.title for subpoint in theme.subpoints}
    return titles


def subpoint_titles(collection: Collection) -> dict[str, str]:
    """The title of each sub-point, by `slug/subpoint`."""
    return {
        f"{theme.slug}/{subpoint.slug}": subpoint.title
        for theme in collection.themes
        for subpoint in theme.subpoints
    }


@dataclass(frozen=True, slots=True)
class ThemeLabels:
    """What themes and sub-points are called: labels by `slug` and `slug/subpoint`."""

    labels: Mapping[str, str]

    @classmethod
    def of(cls, themes: Iterable[Theme]) -> ThemeLabels:
        labels: dict[str, str] = {}
        for theme in themes:
            labels[theme.slug] = theme.label or theme.title
            labels |= {f"{theme.slug}/{each.slug}": each.title for each in theme.subpoints}
        return cls(labels)

    def __getitem__(self, value: str) -> str:
        return self.labels.get(value, value)

    def has_note(self, passage: Passage) -> bool:
        """Whether the page of a theme shows a note: its introduction, and one on each sub-point."""
        return passage.address in self.labels or (
            passage.id == INTRODUCTION and passage.document in self.labels
        )

    def themes(self, passage: Passage) -> tuple[str, ...]:
        """The themes of a passage, each once, without their sub-points."""
        return tuple(dict.fromkeys(value.partition("/")[0] for value in passage.themes))

    def subpoints(self, passage: Passage) -> tuple[str, ...]:
        """The sub-points of a passage, as `slug/subpoint`."""
        return tuple(value for value in passage.themes if "/" in value)
