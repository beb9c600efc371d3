"""Files with one JSON object per line, gzipped or not; hostile files give faults, never a traceback."""

from __future__ import annotations

import gzip
import io
import json
import math
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from kb.english import ENGLISH
from kb.errors import Fault, FaultTally
from kb.files.reading import NotRegularFile, open_regular
from kb.formats.json.objects import BadObject, JsonObject, read_object
from kb.messages import Message, advice

__all__ = ["JsonLines", "Restore", "dump_lines", "problem"]

MAX_LINE_BYTES = 10_000_000
MAX_BLANK_LINES = 100_000
MAX_REFUSED = 100_000
"""Objects with faults; a file with more is no such file."""

MAX_UNPACKING, FREE_BYTES = 200, 50_000_000
"""How many times its size a packed file may unpack to, beyond what any may; text takes about five times."""

_BUFFER_BYTES = 1 << 18

BOM = b"\xef\xbb\xbf"
Restore = Callable[[str], Message]
Survey = Callable[[IO[bytes]], Mapping[int, tuple[int, int]]]


@dataclass(slots=True)
class JsonLines:
    """The objects of one file, and its faults.

    `refused` holds the objects that were refused, empty for unreadable lines, each with its fault. `data`
    are the bytes of the file, where they were read before. `survey` is handed the open file first, and tells
    which stretches to skip: the bytes and lines of each, by where it begins. `raw` is the line that is being
    read.
    `restore` says, with the problem of a line that cannot be read, to restore a file that programs write:
    nobody should mend it by hand.
    """

    path: Path
    data: bytes | None = None
    tally: FaultTally = field(default_factory=FaultTally)
    refused: list[tuple[JsonObject, Fault]] = field(default_factory=list)
    line: int = 0
    survey: Survey | None = None
    raw: bytes = b""
    restore: Restore | None = None

    @property
    def faults(self) -> tuple[Fault, ...]:
        return self.tally.faults()

    def each(self, take: Callable[[JsonObject, int], None]) -> None:
        """Pass each object and its line to `take`, which may raise BadObject."""
        for raw in self._raw():
            self.raw = raw
            record: JsonObject = {}
            try:
                if record := read_object(raw):
                    take(record, self.line)
            except BadObject as exc:
                if record:
                    self.refuse(record, exc.message)
                else:
                    self._unreadable(exc.message)

    def refuse(self, record: JsonObject, message: Message) -> None:
        """Note what is wrong with an object, or with a line that holds none."""
        fault = Fault(self.path, max(self.line, 1), message)
        self.refused.append((record, fault))
        self.tally.add(fault)

    def _unreadable(self, message: Message) -> None:
        self.refuse({}, self.restore(problem(message)) if self.restore else message)

    def _raw(self) -> Iterator[bytes]:
        try:
            with open_regular(self.path) if self.data is None else io.BytesIO(self.data) as file:
                yield from self._split(file)
        except (OSError, EOFError, zlib.error) as exc:
            self.line += 1
            if isinstance(exc, NotRegularFile):
                self.refuse({}, exc.message)
            else:
                self._unreadable(Message("broken-file", reason=str(exc)))

    def _split(self, file: IO[bytes]) -> Iterator[bytes]:
        limits = _FileLimits(_unpacked_limit(self.path, file), MAX_BLANK_LINES)
        with _unpacked(self.path, file) as lines:
            skipped = self._surveyed(file)
            at = self._skip(lines, 0, skipped)
            while raw := lines.readline(MAX_LINE_BYTES):
                self.line += 1
                if message := limits.exceeded_by(raw, len(self.refused)):
                    self._unreadable(message)
                    return
                yield raw.removeprefix(BOM) if self.line == 1 else raw
                if skipped:
                    at = self._skip(lines, at + len(raw), skipped)

    def _surveyed(self, file: IO[bytes]) -> Mapping[int, tuple[int, int]]:
        """What to skip. The file stays open: by now, its name may be that of another."""
        if not self.survey:
            return {}
        skipped = self.survey(file)
        file.seek(0)
        return skipped

    def _skip(
        self, file: IO[bytes] | io.BufferedReader, at: int, skipped: Mapping[int, tuple[int, int]]
    ) -> int:
        """Goes past what is skipped here; tells where the next line begins."""
        begin = at
        while stretch := skipped.get(at):
            at += stretch[0]
            self.line += stretch[1]
        if at > begin:
            file.seek(at)
        return at


def problem(message: Message) -> str:
    """What is wrong, without what to do about it."""
    return advice(message, ENGLISH)[0]


def _unpacked(path: Path, file: IO[bytes]) -> IO[bytes] | io.BufferedReader:
    # readline of a gzip file takes as long as parsing a short line
    return io.BufferedReader(_Unpacking(file), _BUFFER_BYTES) if path.suffix == ".gz" else file


class _Unpacking(io.RawIOBase):
    """A gzip file, a stretch at a time: what comes before the place at which it is broken is not lost."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = gzip.GzipFile(fileobj=file)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _unpacked_limit(path: Path, file: IO[bytes]) -> float:
    """How many bytes a file may unpack to; one that is not packed may have any size."""
    packed = path.suffix == ".gz"
    return FREE_BYTES + MAX_UNPACKING * os.fstat(file.fileno()).st_size if packed else math.inf


@dataclass(slots=True)
class _FileLimits:
    """What one file may hold: bytes, blank lines, objects with faults."""

    bytes_left: float
    blank_lines_left: int

    def exceeded_by(self, raw: bytes, refused: int) -> Message | None:
        """Which limit a line exceeds, after so many objects with faults."""
        self.bytes_left -= len(raw)
        self.blank_lines_left -= raw.isspace()
        if len(raw) == MAX_LINE_BYTES and not raw.endswith(b"\n"):
            return Message("line-too-long", bytes=MAX_LINE_BYTES)
        if self.bytes_left < 0:
            return Message("unpacks-too-far", times=MAX_UNPACKING)
        if self.blank_lines_left < 0:
            return Message("too-many-blank-lines", count=MAX_BLANK_LINES)
        return Message("too-many-refused", count=MAX_REFUSED) if refused >= MAX_REFUSED else None


def dump_lines(objects: Iterable[JsonObject]) -> Iterator[str]:
    """Each object as a line of JSON that ends with a line feed."""
    for one in objects:
        yield json.dumps(one, ensure_ascii=False) + "\n"
