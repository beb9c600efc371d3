"""Ids that were given up for others: where they lead, what content says of them, and whether that is so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kb.errors import Fault
from kb.formats.front_matter import line_of_key
from kb.ids import IdPair, address, split_address
from kb.messages import Message
from kb.model import Collection, Document, Move, Passage, Published
from kb.permanence.ledger import LedgerEntry, last_entries
from kb.text.similarity import amended
from kb.text.source_match import occurs

__all__ = ["Claim", "Moves", "Told", "check", "claims"]

Stands = Callable[[IdPair], bool]
"""Whether a passage stands today."""


class Moves:
    """Where former ids lead. What a move says of a document holds for its passages, each by its id."""

    def __init__(self, moves: Iterable[Move], stands: Stands) -> None:
        self._to = {(one.document, one.passage): one.to for one in moves}
        self._stands = stands

    def step(self, key: IdPair) -> IdPair | None:
        """The id for which this one was given up; None for one that stands, or was not given up."""
        if self._stands(key):
            return None
        if to := self._to.get(key):
            return split_address(to)
        onward = (self.document(key[0]), key[1])
        return onward if onward[0] and (onward in self._to or self._stands(onward)) else None

    def last(self, key: IdPair) -> IdPair | None:
        """Where the words of an id that was given up are to be found now; None as for `step`."""
        trail = {key: None}
        while step := self.step(key):
            if step in trail:  # only moves that nobody made lead in a circle
                return None
            trail[step] = None
            key = step
        return key if len(trail) > 1 else None

    def of(self, document: str) -> list[tuple[str, IdPair]]:
        """The ids that passages of a document gave up, each with where its words are now."""
        ids = [passage for id, passage in self._to if id == document and passage]
        return [(passage, last) for passage in ids if (last := self.last((document, passage)))]

    def document(self, id: str) -> str:
        """The id that a document has now; empty for one whose id is not known to have changed."""
        return self._to.get((id, ""), "")


@dataclass(frozen=True, slots=True)
class Claim:
    """What content says of a former id, and where it says so; `text` are a passage's words."""

    move: Move
    path: Path
    line: int
    text: str = ""
    note: bool = False

    @property
    def key(self) -> IdPair:
        return self.move.document, self.move.passage

    @property
    def former(self) -> str:
        return address(*self.key) if self.move.passage else self.move.document


@dataclass(frozen=True)
class Told:
    """What is told of the past: by ledgers, in the order of their days; by lists; by the content itself."""

    entries: tuple[LedgerEntry, ...]
    moves: tuple[Move, ...]
    published: tuple[Published, ...]
    claims: tuple[Claim, ...]

    @cached_property
    def last(self) -> Mapping[IdPair, LedgerEntry]:
        """The last entry of every id in the ledgers."""
        return last_entries(self.entries)

    @property
    def known(self) -> Set[IdPair]:
        """All ids that were ever published."""
        moved = {(one.document, one.passage) for one in self.moves}
        return self.last.keys() | moved | {one.key for one in self.published}

    def moved(self, stands: Stands) -> tuple[Move, ...]:
        """Where former ids lead: as content says, else as it was published; none that stands again."""
        entered = [Move(*one.key, one.to) for one in self.last.values() if one.status == "moved"]
        # of two claims to one id, which is a fault, the first counts
        every = [*self.moves, *entered, *(claim.move for claim in reversed(self.claims))]
        last = {(one.document, one.passage): one for one in every}
        return tuple(one for key, one in sorted(last.items()) if not stands(key))


def claims(documents: Iterable[Document], collection: Collection, places: Mapping[str, Path]) -> list[Claim]:
    """All that these documents say of former ids, their own and those of their passages."""
    found = []
    for document in documents:
        place = places.get(document.id, document.path)
        found += [_of_document(document, former) for former in document.formerly]
        for passage in collection.passages.get(document.id, ()):
            if passage.formerly:
                found += _of_passage(passage, place, document.is_note)
    return found


def _of_document(document: Document, former: str) -> Claim:
    line = line_of_key(document.path, "formerly") if document.path.suffix == ".md" else document.line
    return Claim(Move(former, "", document.id), document.path, line)


def _of_passage(passage: Passage, place: Path, note: bool) -> Iterator[Claim]:
    for former in passage.formerly:
        yield Claim(Move(*split_address(former), passage.address), place, passage.line, passage.text, note)


def check(told: Told, collection: Collection, stands: Stands) -> list[Fault]:
    """What is wrong with claims. Where nothing was published, nothing is known of former ids."""
    if not told.claims:
        return []
    held = _Held(told, stands, frozenset(document.id for document in collection.documents))
    faults = [Fault(one.path, one.line, message) for one in told.claims if (message := held.finding(one))]
    renamed = [one for one in told.claims if not one.move.passage]
    return faults + [fault for one in renamed for fault in held.changed(one, collection)]


def _of_one_kind(text: str, other: str) -> bool:
    """Whether one is an amendment of the other, or has it whole, as where passages are split or merged."""
    return amended(text, other) or occurs(text, other) or occurs(other, text)


class _Held:
    """Claims held to what was published and to each other, one after the other."""

    def __init__(self, told: Told, stands: Stands, documents: Set[str]) -> None:
        self.last, self.known = told.last, told.known
        self.known_documents = {document for document, _ in self.known}
        self.stands, self.documents = stands, documents
        self.first: dict[IdPair, Claim] = {}

    def finding(self, claim: Claim) -> Message | None:
        """What is wrong with a claim, if anything."""
        first = self.first.setdefault(claim.key, claim)
        document, passage = claim.key
        if first is not claim:
            return Message("former-id-twice", former=claim.former, other=first.move.to)
        if self.stands(claim.key) if passage else document in self.documents:
            return Message("former-id-in-use", former=claim.former)
        if self.known and not (claim.key in self.known if passage else document in self.known_documents):
            return Message("former-id-unpublished", former=claim.former)
        if passage and not claim.note and self.unlike(claim.key, claim.text):
            return Message("former-id-other-words", former=claim.former)
        return None

    def unlike(self, key: IdPair, text: str) -> bool:
        """Whether other words were published under the id; of some only the fingerprint is known."""
        old = self.last.get(key)
        return old is not None and old.text != "" and not _of_one_kind(text, old.text)

    def changed(self, claim: Claim, collection: Collection) -> Iterator[Fault]:
        """Passages of a renamed document with other words than stood under the same id."""
        for passage in collection.passages.get(claim.move.to, ()):
            key = (claim.move.document, passage.id)
            if key not in self.first and self.unlike(key, passage.text):
                message = Message("renamed-with-other-words", old=address(*key), id=passage.id)
                yield Fault(claim.path, passage.line, message)
