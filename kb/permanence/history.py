"""What became of published passages: which were withdrawn, moved or amended."""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from kb.draft import UnreadNames
from kb.ids import IdPair, address, split_address
from kb.model import Collection
from kb.permanence.former_ids import PublicationRecord
from kb.permanence.ledger import STANDING_STATES, LedgerEntry
from kb.permanence.moves import Moves
from kb.published import Move, Published, Withdrawal
from kb.text.fingerprint import fingerprint

__all__ = ["CurrentPassages", "History", "history_of"]

NOTHING_UNREAD = UnreadNames()


@dataclass(frozen=True, slots=True)
class History:
    """The history of a collection, each part in the order of addresses.

    `left_out` are passages that are published and not withdrawn, but could not be read now.
    """

    withdrawn: tuple[Withdrawal, ...] = ()
    moves: tuple[Move, ...] = ()
    published: Mapping[str, tuple[Published, ...]] = field(default_factory=lambda: MappingProxyType({}))
    left_out: tuple[LedgerEntry, ...] = ()

    def after(self, record: PublicationRecord, present: CurrentPassages, documents: Names[str]) -> History:
        """The history after a change to these documents; moves stay as they were."""
        now = history_of(record, present, self.moves)
        withdrawn = [one for one in self.withdrawn if one.document not in documents]
        withdrawn += [one for one in now.withdrawn if one.document in documents]
        kept = {at: texts for at, texts in self.published.items() if _document(at) not in documents}
        new = {at: texts for at, texts in now.published.items() if _document(at) in documents}
        return History(_ordered(withdrawn), self.moves, _sorted(kept | new))


class CurrentPassages:
    """The present passages of a collection: whether an id exists, and its fingerprint.

    Documents are read when asked for, and each fingerprint is computed once.
    """

    def __init__(self, collection: Collection) -> None:
        self._passages = collection.passages
        self._texts: dict[str, dict[str, str]] = {}
        self._prints: dict[IdPair, str] = {}

    def has(self, key: IdPair) -> bool:
        """Whether there is a passage with this id."""
        return key[1] in self._of(key[0])

    def print(self, key: IdPair) -> str:
        """The fingerprint of the passage with this id; empty if there is none."""
        if key not in self._prints:
            text = self._of(key[0]).get(key[1])
            self._prints[key] = "" if text is None else fingerprint(text)
        return self._prints[key]

    def _of(self, document: str) -> dict[str, str]:
        if document not in self._texts:
            self._texts[document] = {one.id: one.text for one in self._passages.get(document, ())}
        return self._texts[document]


def history_of(
    record: PublicationRecord,
    present: CurrentPassages,
    moved: tuple[Move, ...] | None = None,
    unread: UnreadNames = NOTHING_UNREAD,
) -> History:
    """The history that a record of publication tells; `moved` are its moves, if already known.

    A published passage that may be among the `unread` does not count as withdrawn.
    """
    moved = record.moved(present.has) if moved is None else moved
    moves = Moves(moved, present.has)
    missing = [last for key, last in record.last.items() if not (present.has(key) or moves.step(key))]
    left_out = [one for one in missing if one.status in STANDING_STATES and unread.may_have(one.key)]
    gone = [
        Withdrawal(*one.key, one.fingerprint, one.date if one.status == "withdrawn" else "")
        for one in missing
        if one.status not in STANDING_STATES or not unread.may_have(one.key)
    ]
    entered = [entry for entry in record.entries if entry.status in STANDING_STATES]
    told = {(entry.key, entry.fingerprint, entry.date) for entry in entered}
    listed = (one for one in record.published if (one.key, one.fingerprint, one.date) not in told)
    every: list[LedgerEntry | Published] = [*listed, *entered]
    published = _sorted(_other(every, present, moves))
    return History(_ordered(gone), moved, published, tuple(sorted(left_out, key=lambda one: one.key)))


def _other(
    every: Sequence[LedgerEntry | Published], present: CurrentPassages, moves: Moves
) -> dict[str, tuple[Published, ...]]:
    """All published words of passages that have changed since, by their present address."""
    homes = [moves.target(one.key) or one.key for one in every]
    differing = {
        home for home, one in zip(homes, every, strict=True) if one.fingerprint != present.print(home)
    }
    texts: dict[IdPair, list[LedgerEntry | Published]] = {home: [] for home in differing}
    for home, one in zip(homes, every, strict=True):
        if home in differing:
            texts[home].append(one)
    return {address(*home): _distinct(ones) for home, ones in texts.items()}


def _document(at: str) -> str:
    return split_address(at)[0]


def _distinct(texts: Iterable[LedgerEntry | Published]) -> tuple[Published, ...]:
    """The texts by date, without those that repeat the words before."""
    ordered = sorted(texts, key=lambda one: one.date)
    before = ["", *(one.fingerprint for one in ordered)]
    pairs = zip(ordered, before, strict=False)
    distinct = (one for one, last in pairs if one.fingerprint != last)
    return tuple(Published(*one.key, one.fingerprint, one.date, one.text) for one in distinct)


def _sorted(texts: Mapping[str, tuple[Published, ...]]) -> dict[str, tuple[Published, ...]]:
    return dict(sorted(texts.items()))


def _ordered(withdrawals: Iterable[Withdrawal]) -> tuple[Withdrawal, ...]:
    return tuple(sorted(withdrawals, key=lambda one: (one.document, one.passage)))
