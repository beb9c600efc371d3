"""What a reader of content found, before anything is checked against anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import Fault
from kb.model import Document, Move, Passage, Published, Theme, Withdrawal

__all__ = ["ANY_NAME", "Draft", "UnreadNames"]

ANY_NAME = "*"
"""In place of a name that cannot be told."""


@dataclass(frozen=True, slots=True)
class UnreadNames:
    """What could not be read: nothing else is a fault only because that is not there.

    `names` holds pairs of a part (documents, themes, passages) and a name in it; `DOCUMENT/*` and
    `THEME/*` stand for whatever is in that document or theme.
    """

    names: frozenset[tuple[str, str]] = frozenset()

    def excuses(self, part: str, name: str) -> bool:
        """Whether the absence of that name from that part says nothing."""
        begin = name.partition("/")[0]
        return any((part, one) in self.names for one in (name, begin, f"{begin}/{ANY_NAME}", ANY_NAME))

    def __or__(self, other: UnreadNames) -> UnreadNames:
        return UnreadNames(self.names | other.names)


@dataclass(frozen=True, slots=True)
class Draft:
    """The content of one folder in one form.

    `made` are themes nobody described, made from the tags of the passages; `places` gives the file
    in which a document's passages stand.
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
