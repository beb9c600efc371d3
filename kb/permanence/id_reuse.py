"""Checks that published ids keep their meaning: none is reused or renumbered."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb.draft import UnreadNames
from kb.errors import ANY_NAME, Fault
from kb.ids import IdPair, address
from kb.messages import Message
from kb.model import Collection, Document, Passage
from kb.permanence.history import CurrentPassages
from kb.permanence.ledger import STANDING_STATES, LedgerEntry, last_entries
from kb.permanence.moves import Moves
from kb.text.fingerprint import fingerprint
from kb.text.similarity import amended

__all__ = ["IdReuse", "check_id_reuse"]

MIN_WORDS_WITHIN = 3
"""Texts of fewer words (“[Reserved]”, “Use”) may well occur several times in a document."""

MIN_WORDS_ACROSS = 20
"""Only texts of this many words show that a document was renamed."""


@dataclass(frozen=True, slots=True)
class IdReuse:
    """Faults, and the ids that are missing for the same reason.

    `repeating` are documents with words published in another document, which is not a
    fault as long as that document still has them.
    """

    faults: Sequence[Fault] = ()
    missed: UnreadNames = field(default_factory=UnreadNames)
    repeating: frozenset[str] = frozenset()


def check_id_reuse(
    entries: Sequence[LedgerEntry],
    collection: Collection,
    documents: Sequence[Document],
    places: Mapping[str, Path],
    present: CurrentPassages,
    moves: Moves,
    is_unread: Callable[[IdPair], bool] = lambda key: False,
) -> IdReuse:
    """Compares documents with what was published.

    `entries` are by date, and include all those on the ids and words of the documents; `places`
    gives each document's file. Notes may be rewritten under the same id, since a note's id is the
    slug of its sub-point. Ids may be missing if they moved, or if they could not be read.
    """
    if not entries:
        return IdReuse()
    history = _LastEntries(entries, present, lambda key: bool(moves.step(key)) or is_unread(key))
    notes = {document.id for document in documents if document.is_note}
    faults: list[Fault] = []
    repeating: set[str] = set()
    for document in documents:
        for passage in collection.passages.get(document.id, ()):  # one at a time: there may be millions
            if message := history.finding(passage, notes):
                faults.append(Fault(places.get(passage.document, Path()), passage.line, message))
            if history.repeats(passage):
                repeating.add(document.id)
    return IdReuse(faults, UnreadNames(frozenset(history.missed)), frozenset(repeating))


class _LastEntries:
    """The last entry of every id, compared with the present passages."""

    def __init__(
        self,
        entries: Sequence[LedgerEntry],
        present: CurrentPassages,
        may_be_missing: Callable[[IdPair], bool],
    ) -> None:
        self.last = last_entries(entries)
        self.present = present
        self.published = {entry.fingerprint for entry in self.last.values()}
        self.openings = {_opening(entry.text) for entry in self.last.values()}
        self.missed: set[tuple[str, str]] = set()
        self.origins: dict[str, dict[str, list[IdPair]]] = {}
        self.kept: set[str] = set()
        for key, entry in self.last.items():
            if present.print(key) == entry.fingerprint:
                self.kept.add(entry.fingerprint)
            elif not may_be_missing(key):
                self.origins.setdefault(entry.fingerprint, {}).setdefault(key[0], []).append(key)

    def repeats(self, passage: Passage) -> bool:
        """Whether its words were published only elsewhere, and are too many for a coincidence."""
        old, print_ = self.of(passage)
        if (old and old.fingerprint == print_) or not self.begins(passage.text):
            return False
        words = len(passage.text.split())
        return words >= MIN_WORDS_ACROSS and (print_ or fingerprint(passage.text)) in self.published

    def of(self, passage: Passage) -> tuple[LedgerEntry | None, str]:
        """The last entry of its id and its present fingerprint; None and empty for an id never published."""
        key = (passage.document, passage.id)
        old = self.last.get(key)
        return old, self.present.print(key) if old else ""

    def begins(self, text: str) -> bool:
        """Whether any published words begin like this text: a quick test that rules out most texts.

        An entry with only a fingerprint matches any text.
        """
        return "" in self.openings or _opening(text) in self.openings

    def finding(self, passage: Passage, notes: set[str]) -> Message | None:
        old, print_ = self.of(passage)
        same = old is not None and old.fingerprint == print_
        if old and same and old.status != "moved":
            return None
        if origin := self.origin(passage, print_):
            inside = origin[0] == passage.document
            self.missed.add(("passages", address(origin[0], origin[1] if inside else ANY_NAME)))
            return _renumbered(passage, origin)
        reused = old and not same and passage.document not in notes and _reused(passage, old)
        return Message("id-reused", id=passage.id) if reused else None

    def origin(self, passage: Passage, print_: str) -> IdPair | None:
        """The id under which these words were published, if it no longer has them."""
        words = len(passage.text.split())
        if not self.origins or words < MIN_WORDS_WITHIN:
            return None
        print_ = print_ or fingerprint(passage.text)
        return next(self._origins(passage, print_, words), None)

    def _origins(self, passage: Passage, print_: str, words: int) -> Iterator[IdPair]:
        """Origins in its own document first. A generator, as only the first is ever needed."""
        own, by_document = (passage.document, passage.id), self.origins.get(print_, {})
        yield from (key for key in by_document.get(passage.document, ()) if key != own)
        if words >= MIN_WORDS_ACROSS and print_ not in self.kept:
            yield from (key for keys in by_document.values() for key in keys if key != own)


def _opening(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split(None, MIN_WORDS_WITHIN)[:MIN_WORDS_WITHIN]))


def _reused(passage: Passage, old: LedgerEntry) -> bool:
    return old.status not in STANDING_STATES or not amended(passage.text, old.text)


def _renumbered(passage: Passage, origin: IdPair) -> Message:
    document, id = origin
    if document == passage.document:
        return Message("id-renumbered", old=id, new=passage.id)
    old, new = address(*origin), passage.address
    if id == passage.id:
        return Message("document-renamed", old=old, new=new, document=document, id=id)
    return Message("words-moved", old=old, new=new, document=document, id=id)
