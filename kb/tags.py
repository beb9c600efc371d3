"""What a passage is about: `slug` and `slug/subpoint`, each theme directly before its sub-points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kb.model import Passage, SubPoint, Theme

__all__ = [
    "INTRODUCTION",
    "TagOrder",
    "ThemeNames",
    "normalized",
    "themes_from_tags",
]


def normalized(tags: Iterable[str]) -> tuple[str, ...]:
    """The tags without repetition; each sub-point directly follows its theme, which is added if missing."""
    return _normalized(tuple(tags))


@lru_cache(maxsize=4096)
def _normalized(tags: tuple[str, ...]) -> tuple[str, ...]:
    themes: dict[str, dict[str, None]] = {}
    for tag in tags:
        theme, slash, _ = tag.partition("/")
        below = themes.setdefault(theme, {})
        if slash:
            below[tag] = None
    return tuple(tag for theme, below in themes.items() for tag in (theme, *below))


def themes_from_tags(passages: Mapping[str, Sequence[Passage]], path: Path) -> tuple[Theme, ...]:
    """Themes from the tags that passages have, in the order of their first appearance."""
    used = dict.fromkeys(tag for found in passages.values() for one in found for tag in one.themes)
    themes: dict[str, list[SubPoint]] = {}
    for tag in normalized(used):
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


class TagOrder:
    """Puts tags in the order of the themes; unknown ones come last, as they stood."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        self.rank = {tag: number for number, tag in enumerate(ThemeNames.of(themes).titles)}
        self.known: dict[tuple[str, ...], tuple[str, ...]] = {}

    def sort(self, tags: tuple[str, ...]) -> tuple[str, ...]:
        if tags not in self.known:
            last = len(self.rank)
            self.known[tags] = normalized(sorted(tags, key=lambda tag: self.rank.get(tag, last)))
        return self.known[tags]

    def apply(self, passage: Passage) -> Passage:
        """The passage with its tags in order."""
        found = self.sort(passage.themes)
        return passage if found == passage.themes else replace(passage, themes=found)

    def unknown(self, tags: Iterable[str]) -> list[str]:
        return [tag for tag in tags if tag not in self.rank]


INTRODUCTION = "introduction"
"""The passage id, and the heading on the page, of what comes before the first section."""


@dataclass(frozen=True, slots=True)
class ThemeNames:
    """What themes and sub-points are called: titles by `slug` and `slug/subpoint`, in the themes' order.

    `names[value]` is the title, or the value itself if it is unknown.
    """

    titles: Mapping[str, str]

    @classmethod
    def of(cls, themes: Iterable[Theme]) -> ThemeNames:
        titles: dict[str, str] = {}
        for theme in themes:
            titles[theme.slug] = theme.title
            titles |= {f"{theme.slug}/{each.slug}": each.title for each in theme.subpoints}
        return cls(titles)

    @property
    def subpoint_titles(self) -> dict[str, str]:
        """The titles of sub-points alone, by `slug/subpoint`."""
        return {value: title for value, title in self.titles.items() if "/" in value}

    def __getitem__(self, value: str) -> str:
        return self.titles.get(value, value)

    def has_note(self, passage: Passage) -> bool:
        """Whether a theme's page shows this note: the introduction, or one on a sub-point."""
        return passage.address in self.titles or (
            passage.id == INTRODUCTION and passage.document in self.titles
        )

    def themes(self, passage: Passage) -> tuple[str, ...]:
        """The themes of a passage, each once, without their sub-points."""
        return tuple(dict.fromkeys(value.partition("/")[0] for value in passage.themes))

    def subpoints(self, passage: Passage) -> tuple[str, ...]:
        """The sub-points of a passage, as `slug/subpoint`."""
        return tuple(value for value in passage.themes if "/" in value)
