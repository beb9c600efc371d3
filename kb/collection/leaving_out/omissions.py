"""The records left out, each with its fault, and the names that are missing because of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kb.draft import UnreadNames
from kb.errors import ANY_NAME, Fault, FaultyRecord, RecordPart
from kb.ids import address
from kb.messages import Message
from kb.permanence.ledger import LedgerEntry
from kb.published import LeftOutPassage

__all__ = ["DUPLICATES", "Omissions"]

DUPLICATES = frozenset({"duplicate-id", "duplicate-subpoint", "duplicate-document", "theme-defined-twice"})
"""Faults of the second of two records with one name; the first stays."""

_MERGING = frozenset({"heading-in-note", "text-after-table", "bad-provision-table"})
"""Faults of a note that may have run into the next one, because of a damaged heading."""

_CAUSES: tuple[RecordPart, ...] = ("passages", "subpoints", "documents", "themes")


@dataclass(slots=True)
class Omissions:
    """Collects the records left out; `names` is what is missing so far."""

    faults: dict[tuple[str, ...], Fault] = field(default_factory=dict)
    by_name: dict[tuple[str, str], Fault] = field(default_factory=dict)
    missing: set[tuple[str, str]] = field(default_factory=set)
    unread_file: Fault | None = None

    @property
    def names(self) -> UnreadNames:
        return UnreadNames(self.missing)

    def in_order(self) -> tuple[Fault, ...]:
        """The faults, one for each record: those of records themselves before what depends on others."""
        return tuple(sorted(self.faults.values(), key=_order))

    def add(self, fault: Fault) -> bool:
        """Leave out the fault's record; false if that was done before. The first fault of a record counts."""
        record = fault.record
        if record is None:
            raise ValueError(fault)
        line = "" if record.read else str(fault.line)
        key = (record.part, record.name, str(fault.path), line)
        if key in self.faults:
            return False
        self.faults[key] = fault
        if fault.message.code not in DUPLICATES:
            self.by_name.setdefault((record.part, record.meant), fault)
        if record.part == "files":
            self.unread_file = self.unread_file or fault
        self.missing.update(_missing(fault))
        return True

    def add_former(self, part: RecordPart, former: Iterable[str], fault: Fault) -> None:
        """Add the former ids of a record left out, which lead nowhere either."""
        for name in former:
            self.by_name.setdefault((part, name), fault)
            self.missing.add((part, name))

    def cause(self, name: str) -> Fault | None:
        """Why a theme, sub-point, document or passage of this name is missing, if that is known."""
        begin = name.partition("/")[0]
        names = (name, begin, f"{begin}/{ANY_NAME}", ANY_NAME)
        found = (self.by_name.get((part, one)) for one in names for part in _CAUSES)
        return next(filter(None, found), self.unread_file)

    def root(self, name: str) -> Message | None:
        """The fault that is the ultimate reason for leaving out a dependent record."""
        cause = self.cause(name)
        return (cause.root or cause.message) if cause else None

    def passage(self, last: LedgerEntry) -> LeftOutPassage:
        """A published passage that is left out, with the reason."""
        cause = self.cause(last.address)
        reason = _reason(last, cause.record if cause else None)
        if cause and reason is None:
            return _left_out(last, cause.message, cause.root)
        return _left_out(
            last, reason or Message("may-be-unread"), (cause.root or cause.message) if cause else None
        )


def _reason(last: LedgerEntry, record: FaultyRecord | None) -> Message | None:
    """How a passage depends on the record that it is left out for; None if it is that record."""
    match record:
        case FaultyRecord(part="passages", name=name) if name == last.address:
            return None
        case FaultyRecord(part="documents" | "themes", name=name, meant=meant) if name == meant:
            return Message("document-left-out", document=name)
        case FaultyRecord(part="subpoints", name=name) if name == last.address:
            return Message("subpoint-left-out", subpoint=name)
        case FaultyRecord(part="passages", name=name, meant=meant) if name == meant and ANY_NAME not in name:
            return Message("moved-to-left-out", address=name)
        case _:
            return Message("may-be-unread")


def _left_out(last: LedgerEntry, reason: Message, root: Message | None) -> LeftOutPassage:
    return LeftOutPassage(last.document, last.id, last.fingerprint, last.date, reason, root)


def _order(fault: Fault) -> tuple[bool, bool, str, int, str]:
    part, name = (fault.record.part, fault.record.name) if fault.record else ("", "")
    return part == "references", fault.root is not None, str(fault.path), fault.line, name


def _likely_missing(fault: Fault, record: FaultyRecord) -> Iterator[tuple[str, str]]:
    """What is missing besides the record itself: notes that ran together, and what is referred to."""
    values = dict(fault.message.values)
    match fault.message.code:
        case code if code in _MERGING:
            every = address(record.name.partition("/")[0], ANY_NAME)
            yield from (("themes", every), ("passages", every))
        case "unknown-tag":
            yield "passages", str(values["tag"])
        case "unknown-quoted-passage":
            yield "passages", str(values["address"])


def _missing(fault: Fault) -> Iterator[tuple[str, str]]:
    """What references may no longer find because the record is left out."""
    record = fault.record
    if record is None:
        return
    name, whole = record.meant, address(record.meant, ANY_NAME)
    if fault.message.code in DUPLICATES:
        if fault.message.code == "duplicate-document":
            yield "passages", whole
        return
    yield from _likely_missing(fault, record)
    match record.part:
        case "themes":
            yield from (("themes", name), ("themes", whole), ("documents", name), ("passages", whole))
        case "subpoints":
            yield from (("themes", name), ("passages", name))
        case "documents":
            yield from (("documents", name), ("passages", whole))
        case "passages":
            yield "passages", name
        case "files":
            yield from ((part, ANY_NAME) for part in ("themes", "documents", "passages"))
