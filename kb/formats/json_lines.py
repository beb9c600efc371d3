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

__all__ = ["MOST_FAULTS", "Lines", "Object", "Refused", "dump"]

MOST_FAULTS = 200
LONGEST_LINE = 10_000_000
"""Bytes."""

BOM = b"\xef\xbb\xbf"
Object = Mapping[str, Any]


class Refused(Exception):
    """What is wrong with one object, and what to do about it; the line is added where it is caught."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(problem)


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
                self.fault(self.line, exc.problem, exc.remedy)
                if len(self.faults) >= MOST_FAULTS:
                    self.stop(f"{MOST_FAULTS} faults so far; the rest is not read", "mend these")
                    return

    def stop(self, problem: str, remedy: str) -> None:
        """Say that the file is not read beyond this line."""
        self.refused.append({})
        self.fault(self.line, problem, remedy)

    def fault(self, line: int, problem: str, remedy: str) -> None:
        self.faults.append(Fault(self.path, max(line, 1), problem, remedy))

    def _raw(self) -> Iterator[bytes]:
        try:
            with self._open() as file:
                yield from self._split(file)
        except (OSError, EOFError, zlib.error) as exc:
            self.line += 1
            self.stop(f"the file cannot be read on from here: {exc}", "make or copy it again")

    def _open(self) -> IO[bytes] | gzip.GzipFile:
        return gzip.open(self.path, "rb") if self.path.suffix == ".gz" else self.path.open("rb")

    def _split(self, file: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
        while raw := file.readline(LONGEST_LINE):
            self.line += 1
            if self.line == 1:
                raw = raw.removeprefix(BOM)
            if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
                self.stop(f"this line is longer than {LONGEST_LINE:,} bytes", "split it")
                return
            yield raw


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in found if keys.count(key) > 1)
        raise Refused(f"the key “{twice[:80]}” stands here twice", "keep one of the two")
    return found


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise Refused(f"{number[:80]} is not a number that JSON has", "write null, or a number")
    return value


READER = json.JSONDecoder(object_pairs_hook=_distinct, parse_constant=_finite, parse_float=_finite)


def _object(raw: bytes) -> Object:
    try:
        found = READER.decode(raw.decode()) if raw.strip() else {}
    except UnicodeDecodeError:
        raise Refused("this line is not text in UTF-8", "save the file with UTF-8 encoding") from None
    except RecursionError:
        raise Refused("this line is nested too deeply", "write one flat object a line") from None
    except ValueError as exc:
        raise Refused(f"this line is not JSON: {exc}", "write one object {...} on one line") from None
    if not isinstance(found, dict):
        raise Refused("this line is not a JSON object", "write one object {...} on one line")
    if b"\\ud" in raw.lower():
        _whole(found)
    return found


def _whole(found: Object) -> None:
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Refused("half a character (a surrogate) stands here", "write the whole character") from None


def dump(objects: Iterable[Object]) -> Iterator[str]:
    """Each object as a line of JSON, with its line feed."""
    for one in objects:
        yield json.dumps(one, ensure_ascii=False) + "\n"
