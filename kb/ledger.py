"""The ledger: every passage id that was ever published, with its words, so that citations last."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Literal

from kb import jsonl
from kb.errors import Fault, KbError
from kb.jsonl import Lines, Object, Refused
from kb.model import Passage, Withdrawal
from kb.objects import identifier, text, verbatim
from kb.provenance import fingerprint

__all__ = ["NAME", "Entry", "append", "is_day", "pending", "read", "standing", "withdrawals"]

NAME = "ledger.jsonl"

State = Literal["published", "amended", "withdrawn"]
STATES: tuple[State, ...] = ("published", "amended", "withdrawn")
Key = tuple[str, str]
"""Document and passage id."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what happened to a passage on a day (YYYY-MM-DD), and its words then.

    A withdrawal repeats the words that were withdrawn.
    """

    document: str
    id: str
    fingerprint: str
    date: str
    status: State
    text: str
    line: int = field(default=1, compare=False)

    @property
    def key(self) -> Key:
        return self.document, self.id


@dataclass(slots=True)
class _Reader:
    entries: list[Entry] = field(default_factory=list)
    last: dict[Key, Entry] = field(default_factory=dict)

    def take(self, found: Object, line: int) -> None:
        status = text(found, "status", required=True)
        if status not in STATES:
            raise Refused(f"“{status[:80]}” is not a status", f"use one of: {', '.join(STATES)}")
        entry = Entry(
            document=identifier(found, "document"),
            id=identifier(found, "id"),
            fingerprint=text(found, "fingerprint", required=True),
            date=text(found, "date", required=True),
            status=status,
            text=verbatim(found, "text", required=True),
            line=line,
        )
        self.check(entry)
        self.entries.append(entry)
        self.last[entry.key] = entry

    def check(self, entry: Entry) -> None:
        if fingerprint(entry.text) != entry.fingerprint:
            raise Refused("the fingerprint is not that of the text", RESTORE)
        if not is_day(entry.date):
            raise Refused(f"“{entry.date[:80]}” is not a day", "write it as 2015-03-25")
        if entry.date > _latest():
            raise Refused(f"{entry.date} has not come yet", RESTORE)
        if self.entries and entry.date < self.entries[-1].date:
            raise Refused(f"{entry.date} is earlier than the line before it", RESTORE)
        if problem := _out_of_turn(entry, self.last.get(entry.key)):
            raise Refused(f"“{entry.document}/{entry.id}” {problem}", RESTORE)


RESTORE = "restore the ledger as kb publish wrote it"


def _out_of_turn(entry: Entry, last: Entry | None) -> str:
    """What is wrong with the entry coming after the last one of the same id; empty if nothing."""
    here = last is not None and last.status != "withdrawn"
    if entry.status == "published":
        return "is published a second time" if here else ""
    if last is None or not here:
        return f"is {entry.status}, but was not published"
    if entry.status == "amended" and entry.fingerprint == last.fingerprint:
        return "is amended without a change"
    return ""


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


def standing(entries: Iterable[Entry]) -> Mapping[Key, Entry]:
    """The last entry of every id."""
    return {entry.key: entry for entry in entries}


def pending(entries: Sequence[Entry], passages: Iterable[Passage], date: str) -> tuple[Entry, ...]:
    """What is new, changed or withdrawn since, as entries of that date (YYYY-MM-DD)."""
    last = standing(entries)
    here = {(passage.document, passage.id): passage for passage in passages}
    changed = [_entry(passage, last.get(key), date) for key, passage in here.items()]
    gone = [entry for key, entry in last.items() if key not in here and entry.status != "withdrawn"]
    withdrawn = [Entry(*old.key, old.fingerprint, date, "withdrawn", old.text) for old in gone]
    return (*filter(None, changed), *withdrawn)


def _entry(passage: Passage, last: Entry | None, date: str) -> Entry | None:
    print_ = fingerprint(passage.text)
    status: State = "published" if last is None or last.status == "withdrawn" else "amended"
    if last and status == "amended" and last.fingerprint == print_:
        return None
    return Entry(passage.document, passage.id, print_, date, status, passage.text)


def withdrawals(entries: Iterable[Entry]) -> tuple[Withdrawal, ...]:
    """The passages that were published and do not stand any more."""
    last = standing(entries).values()
    gone = [entry for entry in last if entry.status == "withdrawn"]
    return tuple(Withdrawal(*entry.key, entry.fingerprint, entry.date) for entry in gone)


def append(path: Path, entries: Sequence[Entry], before: Sequence[Entry]) -> None:
    """Add entries at the end, all or none of them, even if the machine stops meanwhile.

    `before` are the entries that were read when the new ones were decided on. Raises KbError where
    the ledger has other ones by now, where it is being written, and where it cannot be written.
    """
    with _only_writer(path) as (file, temporary):
        if read(path)[0] != tuple(before):
            raise KbError(f"the ledger {path} changed meanwhile; run kb publish again")
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
        remedy = f"wait until it ends, or delete {temporary} if none is running"
        raise KbError(f"another kb publish is writing {path}; {remedy}") from None
    except OSError as exc:
        remedy = "check that its folder may be written to and that the disk is not full"
        raise KbError(f"{path} cannot be written: {exc.strerror or exc}; {remedy}") from exc


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
    return before + line_end + "".join(jsonl.dump(_bare(entry) for entry in entries)).encode()


def _bare(entry: Entry) -> dict[str, str]:
    return {key: value for key, value in asdict(entry).items() if key != "line"}
