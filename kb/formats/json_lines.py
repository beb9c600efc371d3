"""Files of JSON objects, one a line, gzipped or not: hostile ones give faults, never a traceback."""

from __future__ import annotations

import gzip
import json
import math
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from kb.errors import Fault
from kb.messages import Message

__all__ = ["MOST_FAULTS", "Lines", "Object", "Refused", "dump"]

MOST_FAULTS = 200
LONGEST_LINE = 10_000_000
"""Bytes."""

BOM = b"\xef\xbb\xbf"
Object = Mapping[str, Any]


class Refused(Exception):
    """What is wrong with one object; the line is added where it is caught."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.code)


@dataclass(slots=True)
class Lines:
    """The objects of one file. What is wrong with it gathers in `faults`, 200 at most.

    `refused` holds the objects that were refused, an empty one for each that could not be read.
    """

    path: Path
    faults: list[Fault] = field(default_factory=list)
    refused: list[Object] = field(default_factory=list)
    line: int = 0

    def each(self, take: Callable[[Object, int], None]) -> None:
        """Give every object, with its line, to `take`, which may raise Refused."""
        for raw in self._raw():
            found: Object = {}
            try:
                if found := _object(raw):
                    take(found, self.line)
            except Refused as exc:
                self.refused.append(found)
                self.fault(self.line, exc.message)
                if len(self.faults) >= MOST_FAULTS:
                    self.stop(Message("too-many-faults", faults=MOST_FAULTS))
                    return

    def stop(self, message: Message) -> None:
        """Say why the file is not read beyond this line."""
        self.refused.append({})
        self.fault(self.line, message)

    def fault(self, line: int, message: Message) -> None:
        self.faults.append(Fault(self.path, max(line, 1), message))

    def _raw(self) -> Iterator[bytes]:
        try:
            with self._open() as file:
                yield from self._split(file)
        except (OSError, EOFError, zlib.error) as exc:
            self.line += 1
            self.stop(Message("broken-file", reason=str(exc)))

    def _open(self) -> IO[bytes] | gzip.GzipFile:
        return gzip.open(self.path, "rb") if self.path.suffix == ".gz" else self.path.open("rb")

    def _split(self, file: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
        while raw := file.readline(LONGEST_LINE):
            self.line += 1
            if self.line == 1:
                raw = raw.removeprefix(BOM)
            if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
                self.stop(Message("line-too-long", bytes=LONGEST_LINE))
                return
            yield raw


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in found if keys.count(key) > 1)
        raise Refused(Message("duplicate-key", key=twice[:80]))
    return found


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise Refused(Message("not-finite", number=number[:80]))
    return value


READER = json.JSONDecoder(object_pairs_hook=_distinct, parse_constant=_finite, parse_float=_finite)


def _object(raw: bytes) -> Object:
    try:
        found = READER.decode(raw.decode()) if raw.strip() else {}
    except UnicodeDecodeError:
        raise Refused(Message("not-utf8")) from None
    except RecursionError:
        raise Refused(Message("json-too-deep")) from None
    except ValueError as exc:
        raise Refused(Message("invalid-json", reason=str(exc))) from None
    if not isinstance(found, dict):
        raise Refused(Message("not-json-object"))
    if b"\\ud" in raw.lower():
        _whole(found)
    return found


def _whole(found: Object) -> None:
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Refused(Message("lone-surrogate")) from None


def dump(objects: Iterable[Object]) -> Iterator[str]:
    """Each object as a line of JSON, with its line feed."""
    for one in objects:
        yield json.dumps(one, ensure_ascii=False) + "\n"
