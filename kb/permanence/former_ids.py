"""Former ids that content states: where they lead, and whether that agrees with what was published.

What happens to a renamed id: an editor writes `formerly`; `kb.collection.loader` collects these claims and
has them checked here; the moves go into the history (`history`) and with it into the index; `kb publish`
(`kb.collection.publication`) enters them in the ledger as moved; `location.locate` then says where a
former address leads, and the site answers 308.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kb.errors import Fault
from kb.formats.front_matter import line_of_key
from kb.ids import IdPair, address, split_address
from kb.messages import Message
from kb.model import Collection, Document, Passage
from kb.permanence.ledger import LedgerEntry, last_entries
from kb.permanence.moves import IsCurrent
from kb.published import Move, Published
from kb.text.similarity import amended
from kb.text.source_match import occurs

__all__ = ["FormerIdClaim", "PublicationRecord", "akin", "check_former_ids", "former_id_claims"]


@dataclass(frozen=True, slots=True)
class FormerIdClaim:
    """A former id that content states, and where; `text` has the words of the passage that states it."""

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
class PublicationRecord:
    """What is known of the past: from ledgers, by date; from lists; from the content itself."""

    entries: tuple[LedgerEntry, ...]
    moves: tuple[Move, ...]
    published: tuple[Published, ...]
    claims: tuple[FormerIdClaim, ...]

    @cached_property
    def last(self) -> Mapping[IdPair, LedgerEntry]:
        """The last entry of every id in the ledgers."""
        return last_entries(self.entries)

    @property
    def known(self) -> Set[IdPair]:
        """All ids that were ever published."""
        moved = {(one.document, one.passage) for one in self.moves}
        return self.last.keys() | moved | {one.key for one in self.published}

    def moved(self, is_current: IsCurrent) -> tuple[Move, ...]:
        """Where former ids lead: as content states, else as published; not those that are in use again."""
        entered = [Move(*one.key, one.to) for one in self.last.values() if one.status == "moved"]
        # two claims to one id are a fault; the first counts
        every = [*self.moves, *entered, *(claim.move for claim in reversed(self.claims))]
        last = {(one.document, one.passage): one for one in every}
        return tuple(one for key, one in sorted(last.items()) if not is_current(key))


def former_id_claims(
    documents: Iterable[Document], collection: Collection, places: Mapping[str, Path]
) -> list[FormerIdClaim]:
    """The former ids that these documents state, their own and those of their passages."""
    found = []
    for document in documents:
        place = places.get(document.id, document.path)
        found += [_of_document(document, former) for former in document.formerly]
        for passage in collection.passages.get(document.id, ()):
            if passage.formerly:
                found += _of_passage(passage, place, document.is_note)
    return found


def _of_document(document: Document, former: str) -> FormerIdClaim:
    line = line_of_key(document.path, "formerly") if document.path.suffix == ".md" else document.line
    return FormerIdClaim(Move(former, "", document.id), document.path, line)


def _of_passage(passage: Passage, place: Path, note: bool) -> Iterator[FormerIdClaim]:
    for former in passage.formerly:
        yield FormerIdClaim(
            Move(*split_address(former), passage.address), place, passage.line, passage.text, note
        )


def check_former_ids(record: PublicationRecord, collection: Collection, is_current: IsCurrent) -> list[Fault]:
    """What is wrong with the former ids that content states. If nothing was published, no id is unknown.

    A passage that could not be read counts as current.
    """
    if not record.claims:
        return []
    checker = _ClaimChecker(record, is_current, frozenset(document.id for document in collection.documents))
    faults = [
        Fault(one.path, one.line, message) for one in record.claims if (message := checker.finding(one))
    ]
    renamed = [one for one in record.claims if not one.move.passage]
    return faults + [fault for one in renamed for fault in checker.changed(one, collection)]


def akin(text: str, other: str) -> bool:
    """Whether one text amends the other or contains it whole, as when passages are split or merged."""
    return amended(text, other) or occurs(text, other) or occurs(other, text)


class _ClaimChecker:
    """Compares claims with what was published and with each other, one after another."""

    def __init__(self, record: PublicationRecord, is_current: IsCurrent, documents: Set[str]) -> None:
        self.last, self.known = record.last, record.known
        self.known_documents = {document for document, _ in self.known}
        self.is_current, self.documents = is_current, documents
        self.first: dict[IdPair, FormerIdClaim] = {}

    def finding(self, claim: FormerIdClaim) -> Message | None:
        """What is wrong with a claim, if anything."""
        first = self.first.setdefault(claim.key, claim)
        document, passage = claim.key
        if first is not claim:
            return Message("former-id-twice", former=claim.former, other=first.move.to)
        if self.is_current(claim.key) if passage else document in self.documents:
            return Message("former-id-in-use", former=claim.former)
        if self.known and not (claim.key in self.known if passage else document in self.known_documents):
            return Message("former-id-unpublished", former=claim.former)
        if passage and not claim.note and self.unlike(claim.key, claim.text):
            return Message("former-id-other-words", former=claim.former)
        return None

    def unlike(self, key: IdPair, text: str) -> bool:
        """Whether the words last published under these ids, if known, are others."""
        old = self.last.get(key)
        return old is not None and old.text != "" and not akin(text, old.text)

    def changed(self, claim: FormerIdClaim, collection: Collection) -> Iterator[Fault]:
        """Passages of a renamed document whose words are not those published under the same id."""
        for passage in collection.passages.get(claim.move.to, ()):
            key = (claim.move.document, passage.id)
            if key not in self.first and self.unlike(key, passage.text):
                message = Message("renamed-with-other-words", old=address(*key), id=passage.id)
                yield Fault(claim.path, passage.line, message)
