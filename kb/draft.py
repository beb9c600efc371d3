"""Content as it was read, before its parts are checked against each other."""

from __future__ import annotations

from collections.abc import Container, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import ANY_NAME, Fault
from kb.ids import IdPair, address
from kb.model import Document, Passage, Theme
from kb.published import Move, Published, Withdrawal
from kb.sources.instrument import Instrument

__all__ = ["Draft", "LineRun", "UnreadNames"]


@dataclass(frozen=True, slots=True)
class UnreadNames:
    """What could not be read; references to it are not reported as faults.

    `names` holds pairs of a part (documents, themes, passages) and a name in it; `DOCUMENT/*` and
    `THEME/*` stand for everything in that document or theme.
    """

    names: Set[tuple[str, str]] = frozenset()

    def excuses(self, part: str, name: str) -> bool:
        """Whether the name may be missing because it was not read."""
        begin = name.partition("/")[0]
        return any((part, one) in self.names for one in (name, begin, f"{begin}/{ANY_NAME}", ANY_NAME))

    def may_have(self, key: IdPair) -> bool:
        """Whether a passage may be missing because it, or its document, was not read."""
        return self.excuses("passages", address(*key)) or self.excuses("documents", key[0])

    def names_passage(self, key: IdPair, documents: Container[str]) -> bool:
        """Whether this passage was not read, or its document was not and is not among the `documents`."""
        unread = ("passages", address(*key)) in self.names
        return unread or (("documents", key[0]) in self.names and key[0] not in documents)

    def __or__(self, other: UnreadNames) -> UnreadNames:
        return UnreadNames(self.names | other.names)


@dataclass(frozen=True, slots=True)
class LineRun:
    """Consecutive lines of a file of passages, all of one document: their size in bytes and their number.

    `head` is a digest of the first line, `print` of all. `quotes` tells whether any line quotes a passage.
    """

    document: str
    size: int
    lines: int
    head: str
    print: str
    quotes: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """The content of one folder in one form.

    `made` are themes derived from the tags of passages where none are defined; `places` gives the file
    that holds a document's passages. `faults` lists the first 200 of each file and counts the rest;
    `refused` lists every fault of records that are not in the draft. `orphans` are sound records whose
    document was refused. `runs` are the parts of its file of passages; after an edit, `changed` are the
    documents whose passages or entry in the list changed, and unchanged documents come without passages.
    """

    themes: tuple[Theme, ...] = ()
    made: tuple[Theme, ...] = ()
    documents: tuple[Document, ...] = ()
    passages: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    places: Mapping[str, Path] = field(default_factory=dict)
    withdrawn: tuple[Withdrawal, ...] = ()
    moves: tuple[Move, ...] = ()
    published: tuple[Published, ...] = ()
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    refused: tuple[Fault, ...] = ()
    orphans: tuple[Fault, ...] = ()
    unread: UnreadNames = UnreadNames()
    runs: tuple[LineRun, ...] = ()
    changed: Set[str] = frozenset()

    @property
    def every_fault(self) -> tuple[Fault, ...]:
        """The faults, listed one by one."""
        others = (fault for fault in self.faults if fault.record is None)
        return (*others, *self.refused) if self.refused else self.faults
