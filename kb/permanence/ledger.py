"""The ledger: every passage id that was ever published, with its words, so that citations last.

`kb publish` alone writes to it: `kb.collection.publication` works out the entries, and `append_entries`
here makes them durable (a locked new file, fsync, one rename, fsync of the folder).
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import IO, Literal

from kb.errors import ContentError, Fault, KbError
from kb.files.durable import sync, sync_folder
from kb.files.lock import locked
from kb.files.reading import read_regular
from kb.formats.json.fields import id_field, text_field
from kb.formats.json.lines import JsonLines, dump_lines, problem
from kb.formats.json.objects import BadObject, JsonObject
from kb.ids import IdPair, address, is_address
from kb.messages import Message
from kb.model import Passage
from kb.text.fingerprint import fingerprint

__all__ = [
    "LEDGER_FILE",
    "STANDING_STATES",
    "LedgerEntry",
    "append_entries",
    "dump_entries",
    "is_day",
    "last_entries",
    "new_entries",
    "read_ledger",
]

LEDGER_FILE = "ledger.jsonl"

EntryState = Literal["published", "amended", "withdrawn", "moved"]
ENTRY_STATES: tuple[EntryState, ...] = ("published", "amended", "withdrawn", "moved")
STANDING_STATES: tuple[EntryState, ...] = ENTRY_STATES[:2]
"""The states of an id that exists."""

NO_MOVES: Mapping[IdPair, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line: what happened to a passage on a day (YYYY-MM-DD), and its words at the time.

    A withdrawal or move repeats the last words; `to` is the new address of a moved passage.
    """

    document: str
    id: str
    fingerprint: str
    date: str
    status: EntryState
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
class _LedgerReader:
    entries: list[LedgerEntry] = field(default_factory=list)
    last: dict[IdPair, LedgerEntry] = field(default_factory=dict)

    def take(self, record: JsonObject, line: int) -> None:
        try:
            entry = _read_entry(record, line)
        except BadObject as exc:  # its remedy tells a program what to write, but nobody should edit a ledger
            raise BadObject(_restore(problem(exc.message))) from None
        self.check(entry)
        self.entries.append(entry)
        self.last[entry.key] = entry

    def check(self, entry: LedgerEntry) -> None:
        if fingerprint(entry.text) != entry.fingerprint:
            raise BadObject(Message("ledger-wrong-fingerprint"))
        if self.entries and entry.date < self.entries[-1].date:
            raise BadObject(Message("ledger-out-of-order", date=entry.date))
        if entry.to and not (entry.status == "moved" and is_address(entry.to)):
            raise BadObject(Message("ledger-bad-target", to=entry.to[:80]))
        if message := _out_of_turn(entry, self.last.get(entry.key)):
            raise BadObject(message)


def _restore(problem: str) -> Message:
    return Message("ledger-damaged", problem=problem)


def _read_entry(record: JsonObject, line: int) -> LedgerEntry:
    status = text_field(record, "status", required=True)
    if status not in ENTRY_STATES:
        raise BadObject(Message("unknown-status", status=status[:80], known=", ".join(ENTRY_STATES)))
    date = text_field(record, "date", required=True)
    if not is_day(date):
        raise BadObject(Message("bad-day", date=date[:80]))
    return LedgerEntry(
        document=id_field(record, "document"),
        id=id_field(record, "id"),
        fingerprint=text_field(record, "fingerprint", required=True),
        date=date,
        status=status,
        text=text_field(record, "text", required=True),
        to=text_field(record, "to", required=status == "moved"),
        line=line,
    )


def _out_of_turn(entry: LedgerEntry, last: LedgerEntry | None) -> Message | None:
    """Why this entry cannot follow the last one of the same id; None if it can."""
    here = last is not None and last.status in STANDING_STATES
    if entry.status == "published":
        return Message("ledger-published-twice", address=entry.address) if here else None
    if last is None or not (here or entry.status == "moved"):
        return Message("ledger-never-published", address=entry.address, status=entry.status)
    unchanged = entry.fingerprint == last.fingerprint if entry.status == "amended" else entry.to == last.to
    if entry.status != "withdrawn" and unchanged:
        return Message("ledger-no-change", address=entry.address, status=entry.status)
    return None


def is_day(date: str) -> bool:
    """Whether this is a calendar day, written YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(date).isoformat() == date
    except ValueError:
        return False


def read_ledger(path: Path) -> tuple[tuple[LedgerEntry, ...], tuple[Fault, ...]]:
    """The entries of a ledger in order, none if there is no file, and its faults.

    A date in the future is not a fault: this computer's clock may be years behind, and the words are sound.
    """
    if not path.exists():
        return (), ()
    reader, lines = _LedgerReader(), JsonLines(path, restore=_restore)
    lines.each(reader.take)
    return tuple(reader.entries), tuple(lines.faults)


def last_entries(entries: Iterable[LedgerEntry]) -> Mapping[IdPair, LedgerEntry]:
    """The last entry of every id."""
    return {entry.key: entry for entry in entries}


def new_entries(
    entries: Sequence[LedgerEntry],
    passages: Iterable[Passage],
    date: str,
    moved: Mapping[IdPair, str] = NO_MOVES,
) -> tuple[LedgerEntry, ...]:
    """The entries for what is new, changed or gone, with this date (YYYY-MM-DD).

    `moved` gives the new address of ids that are gone but not withdrawn.
    """
    last = last_entries(entries)
    here = {(passage.document, passage.id): passage for passage in passages}
    changed = [_entry(passage, last.get(key), date) for key, passage in here.items()]
    gone = [_gone(old, moved.get(key, ""), date) for key, old in last.items() if key not in here]
    return tuple(filter(None, (*changed, *gone)))


def _entry(passage: Passage, last: LedgerEntry | None, date: str) -> LedgerEntry | None:
    print_ = fingerprint(passage.text)
    status: EntryState = "amended" if last and last.status in STANDING_STATES else "published"
    if last and status == "amended" and last.fingerprint == print_:
        return None
    return LedgerEntry(passage.document, passage.id, print_, date, status, passage.text)


def _gone(old: LedgerEntry, to: str, date: str) -> LedgerEntry | None:
    if to and to != old.to:
        return LedgerEntry(*old.key, old.fingerprint, date, "moved", old.text, to)
    return None if to or old.status not in STANDING_STATES else replace(old, date=date, status="withdrawn")


def append_entries(path: Path, entries: Sequence[LedgerEntry], before: Sequence[LedgerEntry]) -> None:
    """Appends entries, all or none, even if the machine stops midway.

    `before` are the entries on which the new ones are based. Raises KbError if the ledger has changed
    since, if another process is writing it, or if it cannot be written; ContentError if it has faults.
    """
    with _only_writer(path) as (file, temporary):
        now, faults = read_ledger(path)
        if faults:
            raise ContentError(faults)
        if now != tuple(before):
            raise KbError(Message("ledger-changed", path=str(path)))
        temporary.chmod(path.stat().st_mode if path.exists() else 0o644)
        file.truncate()  # a killed writer may have left something in it
        file.write(_with(path, entries))
        sync(file)
        if sys.platform == "win32":  # there an open file cannot be renamed
            file.close()
        temporary.replace(path)


@contextmanager
def _only_writer(path: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """A temporary file beside the ledger that only one process can have at a time."""
    temporary = path.with_name(f".{path.name}.new")
    try:
        with locked(temporary) as file, _removed_on_failure(temporary):
            yield file, temporary
        sync_folder(path.parent)
    except BlockingIOError:
        raise KbError(Message("ledger-busy", path=str(path))) from None
    except OSError as exc:
        message = Message("ledger-unwritable", path=str(path), reason=exc.strerror or str(exc))
        raise KbError(message) from exc


@contextmanager
def _removed_on_failure(temporary: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        # only on failure: once this is the ledger, a file of this name is the next writer's
        temporary.unlink(missing_ok=True)
        raise


def _with(path: Path, entries: Sequence[LedgerEntry]) -> bytes:
    before = read_regular(path) if path.exists() else b""
    line_end = b"\n" if before and not before.endswith(b"\n") else b""
    return before + line_end + "".join(dump_entries(entries)).encode()


def dump_entries(entries: Iterable[LedgerEntry]) -> Iterator[str]:
    """The lines of a ledger with these entries."""
    return dump_lines(_bare(entry) for entry in entries)


def _bare(entry: LedgerEntry) -> dict[str, str]:
    return {key: value for key, value in asdict(entry).items() if key != "line" and (value or key != "to")}
