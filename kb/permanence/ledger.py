"""The ledger: every passage id that was ever published, with its words, so that citations last."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import IO, Literal

from kb.errors import Fault, KbError
from kb.formats import json_lines
from kb.formats.json_fields import identifier, text, verbatim
from kb.formats.json_lines import Lines, Object, Refused
from kb.ids import IdPair, address, is_address
from kb.messages import Message
from kb.model import Passage
from kb.text.fingerprint import fingerprint

__all__ = ["HERE", "NAME", "Entry", "append", "is_day", "pending", "read", "standing"]

NAME = "ledger.jsonl"

State = Literal["published", "amended", "withdrawn", "moved"]
STATES: tuple[State, ...] = ("published", "amended", "withdrawn", "moved")
HERE: tuple[State, ...] = STATES[:2]
"""What an id that stands was last."""

NOWHERE: Mapping[IdPair, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what happened to a passage on a day (YYYY-MM-DD), and its words then.

    A withdrawal or move repeats the words that went; `to` is the address where a move led.
    """

    document: str
    id: str
    fingerprint: str
    date: str
    status: State
    text: str
    to: str = ""
    line: int = field(default=1, compare=False)

    @property
    def address(self) -> str:
        return address(self.document, self.id)

    @property
    def key(self) -> IdPair:
        return self.document, self.id


@dataclass(slots=True)
class _Reader:
    entries: list[Entry] = field(default_factory=list)
    last: dict[IdPair, Entry] = field(default_factory=dict)

    def take(self, found: Object, line: int) -> None:
        status = text(found, "status", required=True)
        if status not in STATES:
            raise Refused(Message("unknown-status", status=status[:80], known=", ".join(STATES)))
        entry = Entry(
            document=identifier(found, "document"),
            id=identifier(found, "id"),
            fingerprint=text(found, "fingerprint", required=True),
            date=text(found, "date", required=True),
            status=status,
            text=verbatim(found, "text", required=True),
            to=text(found, "to", required=status == "moved"),
            line=line,
        )
        self.check(entry)
        self.entries.append(entry)
        self.last[entry.key] = entry

    def check(self, entry: Entry) -> None:
        if fingerprint(entry.text) != entry.fingerprint:
            raise Refused(Message("ledger-wrong-fingerprint"))
        if not is_day(entry.date):
            raise Refused(Message("bad-day", date=entry.date[:80]))
        if entry.date > _latest():
            raise Refused(Message("ledger-future-date", date=entry.date))
        if self.entries and entry.date < self.entries[-1].date:
            raise Refused(Message("ledger-out-of-order", date=entry.date))
        if entry.to and not (entry.status == "moved" and is_address(entry.to)):
            raise Refused(Message("ledger-bad-target", to=entry.to[:80]))
        if message := _out_of_turn(entry, self.last.get(entry.key)):
            raise Refused(message)


def _out_of_turn(entry: Entry, last: Entry | None) -> Message | None:
    """What is wrong with the entry coming after the last one of the same id, if anything."""
    here = last is not None and last.status in HERE
    if entry.status == "published":
        return Message("ledger-published-twice", address=entry.address) if here else None
    if last is None or not (here or entry.status == "moved"):
        return Message("ledger-never-published", address=entry.address, status=entry.status)
    unchanged = entry.fingerprint == last.fingerprint if entry.status == "amended" else entry.to == last.to
    if entry.status != "withdrawn" and unchanged:
        return Message("ledger-no-change", address=entry.address, status=entry.status)
    return None


def _latest() -> str:
    """Tomorrow: east of here that day may have begun, and a ledger written there is none the worse."""
    return (datetime.date.today() + datetime.timedelta(days=1)).isoformat()


def is_day(date: str) -> bool:
    """Whether this is a day of the calendar, written YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(date).isoformat() == date
    except ValueError:
        return False


def read(path: Path) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """The entries of a ledger in order, none where there is no file, and what is wrong with them."""
    if not path.exists():
        return (), ()
    reader, lines = _Reader(), Lines(path)
    lines.each(reader.take)
    return tuple(reader.entries), tuple(lines.faults)


def standing(entries: Iterable[Entry]) -> Mapping[IdPair, Entry]:
    """The last entry of every id."""
    return {entry.key: entry for entry in entries}


def pending(
    entries: Sequence[Entry], passages: Iterable[Passage], date: str, moved: Mapping[IdPair, str] = NOWHERE
) -> tuple[Entry, ...]:
    """What is new, changed or gone since, as entries of that date (YYYY-MM-DD).

    `moved` gives the address where the words are of ids that are gone, but not withdrawn.
    """
    last = standing(entries)
    here = {(passage.document, passage.id): passage for passage in passages}
    changed = [_entry(passage, last.get(key), date) for key, passage in here.items()]
    gone = [_gone(old, moved.get(key, ""), date) for key, old in last.items() if key not in here]
    return tuple(filter(None, (*changed, *gone)))


def _entry(passage: Passage, last: Entry | None, date: str) -> Entry | None:
    print_ = fingerprint(passage.text)
    status: State = "amended" if last and last.status in HERE else "published"
    if last and status == "amended" and last.fingerprint == print_:
        return None
    return Entry(passage.document, passage.id, print_, date, status, passage.text)


def _gone(old: Entry, to: str, date: str) -> Entry | None:
    if to and to != old.to:
        return Entry(*old.key, old.fingerprint, date, "moved", old.text, to)
    return None if to or old.status not in HERE else replace(old, date=date, status="withdrawn")


def append(path: Path, entries: Sequence[Entry], before: Sequence[Entry]) -> None:
    """Add entries at the end, all or none of them, even if the machine stops meanwhile.

    `before` are the entries that were read when the new ones were decided on. Raises KbError where
    the ledger has other ones by now, where it is being written, and where it cannot be written.
    """
    with _only_writer(path) as (file, temporary):
        if read(path)[0] != tuple(before):
            raise KbError(Message("ledger-changed", path=str(path)))
        with file:
            file.write(_with(path, entries))
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode if path.exists() else 0o644)
        temporary.replace(path)


@contextmanager
def _only_writer(path: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """A new file beside the ledger, to become the ledger, that no second writer gets meanwhile."""
    temporary = path.with_name(f".{path.name}.new")
    try:
        with temporary.open("xb") as file, _removed_on_failure(temporary):
            yield file, temporary
    except FileExistsError:
        message = Message("ledger-busy", path=str(path), temporary=str(temporary))
        raise KbError(message) from None
    except OSError as exc:
        message = Message("ledger-unwritable", path=str(path), reason=exc.strerror or str(exc))
        raise KbError(message) from exc


@contextmanager
def _removed_on_failure(temporary: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        # only then: once it is the ledger, a file of this name is the next writer's
        temporary.unlink(missing_ok=True)
        raise


def _with(path: Path, entries: Sequence[Entry]) -> bytes:
    before = path.read_bytes() if path.exists() else b""
    line_end = b"\n" if before and not before.endswith(b"\n") else b""
    return before + line_end + "".join(json_lines.dump(_bare(entry) for entry in entries)).encode()


def _bare(entry: Entry) -> dict[str, str]:
    return {key: value for key, value in asdict(entry).items() if key != "line" and (value or key != "to")}
