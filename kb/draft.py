"""Content as it was read, before its parts are checked against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import Fault
from kb.model import Document, Move, Passage, Published, Theme, Withdrawal

__all__ = ["ANY_NAME", "Draft", "UnreadNames"]

ANY_NAME = "*"
"""Stands for any name, where the name is not known."""


@dataclass(frozen=True, slots=True)
class UnreadNames:
    """What could not be read, so that references to it are not reported as faults.

    `names` holds pairs of a part (documents, themes, passages) and a name in it; `DOCUMENT/*` and
    `THEME/*` stand for everything in that document or theme.
    """

    names: frozenset[tuple[str, str]] = frozenset()

    def excuses(self, part: str, name: str) -> bool:
        """Whether the name may be missing because it was not read."""
        begin = name.partition("/")[0]
        return any((part, one) in self.names for one in (name, begin, f"{begin}/{ANY_NAME}", ANY_NAME))

    def __or__(self, other: UnreadNames) -> UnreadNames:
        return UnreadNames(self.names | other.names)


@dataclass(frozen=True, slots=True)
class Draft:
    """The content of one folder in one form.

    `made` are themes derived from the tags of passages where none are defined; `places` gives the file
    that holds a document's passages.
    """

    themes: tuple[Theme, ...] = ()
    made: tuple[Theme, ...] = ()
    documents: tuple[Document, ...] = ()
    passages: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    places: Mapping[str, Path] = field(default_factory=dict)
    withdrawn: tuple[Withdrawal, ...] = ()
    moves: tuple[Move, ...] = ()
    published: tuple[Published, ...] = ()
    instruments: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    unread: UnreadNames = UnreadNames()
