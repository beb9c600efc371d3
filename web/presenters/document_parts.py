"""Long documents are opened at a passage with what stands around it, not whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.model import Passage

__all__ = ["LONG", "Part", "part"]

LONG = 500
"""Passages of a document from which on a hit opens a part of it: whole, it would be over 500 KB."""

SHOWN = 200
"""Passages of a part."""

BEFORE = 40
"""Passages of a part that stand before the one at which it is opened."""


@dataclass(frozen=True, slots=True)
class Part:
    """The passages from `start` to `stop` of a document; `earlier` and `later` are ids just outside."""

    start: int
    stop: int
    total: int
    earlier: str = ""
    later: str = ""

    @property
    def is_whole(self) -> bool:
        return self.stop - self.start == self.total


def part(passages: Sequence[Passage], at: str) -> Part | None:
    """The part of a document that is opened at the passage `at`, for no id the whole; None for an unknown."""
    total = len(passages)
    if not at:
        return Part(0, total, total)
    place = next((place for place, passage in enumerate(passages) if passage.id == at), None)
    if place is None:
        return None
    start = max(0, min(place - BEFORE, total - SHOWN))
    stop = min(total, start + SHOWN)
    earlier = passages[start - 1].id if start else ""
    return Part(start, stop, total, earlier, passages[stop].id if stop < total else "")
