"""What a passage is about: `slug` and `slug/subpoint`, each theme directly before its sub-points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from kb.attributes import is_id
from kb.model import Passage, Theme

__all__ = ["Order", "is_tag", "normal"]


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
