"""The examples of the help page, tried in the collection that is served: what each one gives here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from index.engine import Request, Snapshot
from index.sample import sample
from web import help

__all__ = ["Tried", "tried"]


@dataclass(frozen=True, slots=True)
class Tried:
    """A query of an example, and how many passages have all its words, and some of them."""

    request: Request
    meaning: str
    all: int
    some: int


Sections = tuple[tuple[help.Section, tuple[Tried, ...]], ...]

_KEPT: WeakKeyDictionary[Snapshot, Sections] = WeakKeyDictionary()
"""What was counted in a generation goes with it."""


def tried(snapshot: Snapshot) -> Sections:
    """The sections of the help page, each with its examples counted in this generation, once.

    An example that finds nothing is made anew of the collection's own words, where these give one
    that finds something; what still finds nothing says so.
    """
    if snapshot not in _KEPT:
        own = _Own(snapshot)
        _KEPT[snapshot] = tuple(
            (section, tuple(_try(snapshot, example, own) for example in section.examples))
            for section in help.SECTIONS
        )
    return _KEPT[snapshot]


class _Own:
    """The words of a collection, gathered when the first example needs them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._words: Mapping[str, str] | None = None

    def fill(self, template: str) -> str:
        """The query made of the collection's words, empty where it lacks one of them."""
        if self._words is None:
            self._words = sample(self._snapshot)
        try:
            return template.format_map(self._words)
        except KeyError:
            return ""


def _try(snapshot: Snapshot, example: help.Example, own: _Own) -> Tried:
    found = _counted(snapshot, example, example.query)
    if not (found.all or found.some) and example.own and (query := own.fill(example.own)):
        instead = _counted(snapshot, example, query)
        return instead if instead.all or instead.some or not example.finds else found
    return found


def _counted(snapshot: Snapshot, example: help.Example, query: str) -> Tried:
    request = Request(query, expand=example.expand)
    return Tried(request, example.meaning, *snapshot.count(request))
