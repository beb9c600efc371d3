"""Files with one JSON object per line, gzipped or not; hostile files give faults, never a traceback."""

from __future__ import annotations

import gzip
import json
import math
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from kb.errors import Fault, FaultTally
from kb.messages import Message

__all__ = ["BadObject", "JsonLines", "JsonObject", "dump_lines"]

MAX_LINE_BYTES = 10_000_000

BOM = b"\xef\xbb\xbf"
JsonObject = Mapping[str, Any]


class BadObject(Exception):
    """An object that cannot be used; whoever catches it knows the line."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.code)


@dataclass(slots=True)
class JsonLines:
    """The objects of one file, and its faults.

    `refused` holds the objects that were refused, empty for unreadable lines, each with its fault.
    """

    path: Path
    tally: FaultTally = field(default_factory=FaultTally)
    refused: list[tuple[JsonObject, Fault]] = field(default_factory=list)
    line: int = 0

    @property
    def faults(self) -> tuple[Fault, ...]:
        return self.tally.faults()

    def each(self, take: Callable[[JsonObject, int], None]) -> None:
        """Pass each object and its line to `take`, which may raise BadObject."""
        for raw in self._raw():
            record: JsonObject = {}
            try:
                if record := _object(raw):
                    take(record, self.line)
            except BadObject as exc:
                self.refuse(record, exc.message)

    def refuse(self, record: JsonObject, message: Message) -> None:
        """Note what is wrong with an object, or with a line that holds none."""
        fault = Fault(self.path, max(self.line, 1), message)
        self.refused.append((record, fault))
        self.tally.add(fault)

    def _raw(self) -> Iterator[bytes]:
        try:
            with self._open() as file:
                yield from self._split(file)
        except (OSError, EOFError, zlib.error) as exc:
            self.line += 1
            self.refuse({}, Message("broken-file", reason=str(exc)))

    def _open(self) -> IO[bytes] | gzip.GzipFile:
        return gzip.open(self.path, "rb") if self.path.suffix == ".gz" else self.path.open("rb")

    def _split(self, file: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
        while raw := file.readline(MAX_LINE_BYTES):
            self.line += 1
            if self.line == 1:
                raw = raw.removeprefix(BOM)
            if len(raw) == MAX_LINE_BYTES and not raw.endswith(b"\n"):
                self.refuse({}, Message("line-too-long", bytes=MAX_LINE_BYTES))
                return
            yield raw


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in record if keys.count(key) > 1)
        raise BadObject(Message("duplicate-key", key=twice[:80]))
    return record


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise BadObject(Message("not-finite", number=number[:80]))
    return value


# not strict: control characters may be written as they are, too
DECODER = json.JSONDecoder(
    object_pairs_hook=_distinct, parse_constant=_finite, parse_float=_finite, strict=False
)


def _object(raw: bytes) -> JsonObject:
    try:
        record = DECODER.decode(raw.decode()) if raw.strip() else {}
    except UnicodeDecodeError:
        raise BadObject(Message("not-utf8")) from None
    except RecursionError:
        raise BadObject(Message("json-too-deep")) from None
    except ValueError as exc:
        raise BadObject(Message("invalid-json", reason=str(exc))) from None
    if not isinstance(record, dict):
        raise BadObject(Message("not-json-object"))
    if b"\\ud" in raw.lower():
        _whole(record)
    return record


def _whole(record: JsonObject) -> None:
    try:
        json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise BadObject(Message("lone-surrogate")) from None


def dump_lines(objects: Iterable[JsonObject]) -> Iterator[str]:
    """Each object as a line of JSON that ends with a line feed."""
    for one in objects:
        yield json.dumps(one, ensure_ascii=False) + "\n"
