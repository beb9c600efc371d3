"""Which lines of a file of passages are as they were in the last build, so that only the others are read.

Consecutive lines of one document are a run. A run that is found again, byte for byte, begins where a line
does and ends with one, so that the lines around it are read as they would be without it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import IO

from kb.draft import LineRun
from kb.formats.json.lines import BOM, MAX_LINE_BYTES
from kb.formats.json.objects import BadObject, read_object
from kb.model import Document

__all__ = ["LINES", "KeptLines", "KnownLines", "RunRecorder", "kept_lines"]

LINES = "passages.jsonl"
"""Only the plain file, as a gzipped one can only be read whole."""

_MAX_RUN_BYTES = 1 << 20
"""A longer run is ended, as runs are compared whole; a document may have several."""


@dataclass(frozen=True, slots=True)
class KnownLines:
    """The runs of the last build's file, and the documents to be read even if theirs are found again.

    `documents` are those of the last build; None where the file that lists them has not changed.
    """

    runs: Sequence[LineRun]
    touched: Container[str]
    documents: Mapping[str, Document] | None = None


@dataclass(frozen=True, slots=True)
class KeptLines:
    """The runs that need not be read, by where each begins, and the documents that are not as they were."""

    runs: Mapping[int, LineRun]
    changed: Set[str]

    @property
    def documents(self) -> Set[str]:
        return {run.document for run in self.runs.values()}

    @property
    def skipped(self) -> Mapping[int, tuple[int, int]]:
        """The bytes and lines of each run, by where it begins."""
        return {at: (run.size, run.lines) for at, run in self.runs.items()}


@dataclass(slots=True)
class RunRecorder:
    """Makes runs of sound lines, one after another."""

    runs: list[LineRun] = field(default_factory=list)
    _document: str = ""
    _raw: list[bytes] = field(default_factory=list)
    _size: int = 0
    _next: int = 0
    _quotes: bool = False

    def add(self, document: str, raw: bytes, line: int, quotes: bool) -> None:
        if line != self._next or document != self._document or self._size > _MAX_RUN_BYTES:
            self._close()
        self._document, self._next = document, line + 1
        self._raw.append(raw)
        self._size += len(raw)
        self._quotes |= quotes

    def finished(self) -> tuple[LineRun, ...]:
        self._close()
        return tuple(self.runs)

    def _close(self) -> None:
        """Ends the run. A last line without a line feed is part of none: another may be joined to it."""
        if self._raw and not self._raw[-1].endswith(b"\n"):
            self._size -= len(self._raw.pop())
        if self._raw:
            head, whole = _print(self._raw[0]), _print(b"".join(self._raw))
            self.runs.append(LineRun(self._document, self._size, len(self._raw), head, whole, self._quotes))
        self._raw, self._size, self._quotes = [], 0, False


def _print(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def kept_lines(file: IO[bytes], known: KnownLines, documents: Mapping[str, Document]) -> KeptLines:
    """The runs of an open file that need not be read, given the present documents.

    A document has changed unless it and its runs, in order, are as they were and no other line names it.
    One that quotes is read again, as what it quotes may have changed.
    """
    places, loose = _found(file, {run.head: run for run in known.runs})
    then, now = _by_document(known.runs), _by_document(places.values())
    changed = {one for one in loose if one in documents}
    changed |= {one for one in then if then[one] != now.get(one) or one not in documents}
    if known.documents is not None:
        changed |= {id for id, one in documents.items() if one != known.documents.get(id)}
    read = changed | {run.document for run in known.runs if run.quotes}
    kept = {
        at: run
        for at, run in places.items()
        if run.document not in read and run.document not in known.touched
    }
    return KeptLines(kept, changed)


def _by_document(runs: Iterable[LineRun]) -> Mapping[str, Sequence[LineRun]]:
    found: dict[str, list[LineRun]] = {}
    for run in runs:
        found.setdefault(run.document, []).append(run)
    return found


def _found(file: IO[bytes], by_head: dict[str, LineRun]) -> tuple[Mapping[int, LineRun], Set[str]]:
    """The runs that are in a file, by where they begin, and the documents that other lines name.

    Each is looked for only where its first line first occurs; copies of that line are faults.
    """
    places: dict[int, LineRun] = {}
    loose: set[str] = set()
    at = 0
    while raw := file.readline(MAX_LINE_BYTES):
        run = by_head.pop(_print(raw), None)
        if run and _print(raw + file.read(run.size - len(raw))) == run.print:
            places[at] = run
            at += run.size
            continue
        loose.update(_named(raw if at else raw.removeprefix(BOM)))
        at += len(raw)
        if run:
            file.seek(at)
    return places, loose


def _named(raw: bytes) -> Iterator[str]:
    """The document of a line, if it has one; what is wrong with the line is found when it is read."""
    try:
        match read_object(raw):
            case {"document": str(document)}:
                yield document
    except BadObject:
        return
