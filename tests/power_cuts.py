"""What a power cut may leave of a folder: a program's system calls, recorded and replayed up to any point.

The model is POSIX's, which allows more than ext4 does (Pillai et al., OSDI 2014): what was written to a
file since it was last synced is there whole, in part, as zeros or not at all; what was created, renamed and
removed since the folder was last synced is done in any combination.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Literal

__all__ = ["Call", "Disk", "lay_out", "record"]

_TRACED = (
    "openat,creat,write,pwrite64,writev,read,pread64,lseek,fsync,fdatasync,rename,renameat,renameat2,unlink,"
    "unlinkat,mkdir,mkdirat,rmdir,ftruncate,truncate"
)
_LINE = re.compile(r"^(\d+) +(\w+)\((.*)\) += +(-?\d+)(?:<([^>]*)>)?.*$")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FILE = re.compile(r"^(\d+)<((?:\\x[0-9a-f]{2})*)>")

_READING = ("read", "pread64", "lseek")
"""Calls that change nothing: what was read, all of Python among it, need not be known."""

MAX_PENDING_ENUMERATED = 5
"""Up to so many changes to a folder, every combination is tried; of more, a sample."""


@dataclass(frozen=True, slots=True)
class Call:
    """One change to a folder: names are relative to it; `said` is what the program printed.

    `at` is where the data is written, or the size that a file is cut to.
    """

    kind: Literal["create", "write", "truncate", "sync", "sync folder", "rename", "remove", "said"]
    name: str = ""
    to: str = ""
    at: int = 0
    data: bytes = b""


def record(command: Sequence[str], folder: Path, log: Path, cwd: Path) -> list[Call]:
    """Runs a program under strace; returns what it did to files directly in `folder`, and what it printed."""
    traced = ["strace", "-f", "--seccomp-bpf", "-y", "-xx", "-s", "100000000", "-e", f"trace={_TRACED}"]
    subprocess.run([*traced, "-o", str(log), *command], check=True, capture_output=True, cwd=cwd)
    return list(_Reader(folder).calls(_whole_lines(log.read_text(encoding="ascii").splitlines())))


def _whole_lines(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a log, with those that another thread interrupted joined again."""
    unfinished: dict[str, str] = {}
    for line in lines:
        process = line.split(" ", 1)[0]
        if line.endswith("<unfinished ...>"):
            unfinished[process] = line.removesuffix("<unfinished ...>").rstrip()
        elif "resumed>" in line and process in unfinished:
            yield unfinished.pop(process) + line.split("resumed>", 1)[1]
        else:
            yield line


def _bytes(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


@dataclass(slots=True)
class _Reader:
    """Tracks the position in each open file."""

    folder: Path
    places: dict[str, int] = field(default_factory=dict)

    def calls(self, lines: Iterator[str]) -> Iterator[Call]:
        for line in lines:
            match = _LINE.match(line)
            if match and int(match[4]) >= 0:
                yield from self._call(match[2], match[3], int(match[4]))

    def _name(self, path: bytes) -> str:
        """The name of a file directly in the folder; empty for any other."""
        whole = Path(path.decode())
        return whole.name if whole.parent == self.folder else ""

    def _call(self, kind: str, given: str, result: int) -> Iterator[Call]:
        strings = [] if kind in _READING else [_bytes(each) for each in _STRING.findall(given)]
        opened = _FILE.match(given)
        number, path = (opened[1], _bytes(opened[2])) if opened else ("", b"")
        name = self._name(path)
        match kind:
            case "openat" if (made := self._name(strings[0])) and "O_CREAT" in given:
                self.places[str(result)] = 0
                yield Call("create", made)
                if "O_TRUNC" in given:
                    yield Call("truncate", made)
            case "openat" if self._name(strings[0]):
                self.places[str(result)] = 0
            case "write" if name:
                yield Call("write", name, at=self.places[number], data=strings[-1][:result])
                self.places[number] += result
            case "write" if number == "1":
                yield Call("said", data=strings[-1])
            case "read" if name:
                self.places[number] += result
            case "lseek" if name:
                self.places[number] = result
            case "fsync" | "fdatasync" if name:
                yield Call("sync", name)
            case "fsync" if path == str(self.folder).encode():
                yield Call("sync folder")
            case "rename" | "renameat" | "renameat2" if self._name(strings[-1]):
                yield Call("rename", self._name(strings[0]), self._name(strings[-1]))
            case "unlink" | "unlinkat" if strings and self._name(strings[0]):
                if "AT_REMOVEDIR" not in given:
                    yield Call("remove", self._name(strings[0]))
            case "ftruncate" if name:
                yield Call("truncate", name, at=int(given.rpartition(",")[2]))
            case "pwrite64" | "writev" | "truncate" if name or any(map(self._name, strings)):
                raise NotImplementedError(kind)


@dataclass(slots=True)
class _Data:
    """A file's bytes, as last synced and as they are now."""

    synced: bytes = b""
    now: bytes = b""

    def left_behind(self) -> list[bytes]:
        """What a power cut may leave of the file."""
        if self.synced == self.now:
            return [self.now]
        half = len(self.now) // 2
        zeros = bytes(len(self.now))
        return list(
            dict.fromkeys(
                [self.synced, self.now, b"", self.now[:half], self.now[:half] + zeros[half:], zeros]
            )
        )


@dataclass(frozen=True, slots=True)
class _Change:
    """A change to the folder that is not yet synced: `gone` is removed, then any `name` is the file."""

    gone: str
    name: str = ""
    data: _Data | None = None


@dataclass(slots=True)
class Disk:
    """The folder as programs see it, and as it may be on disk."""

    names: dict[str, _Data] = field(default_factory=dict)
    synced: dict[str, _Data] = field(default_factory=dict)
    pending: list[_Change] = field(default_factory=list)

    def apply(self, call: Call) -> None:
        match call.kind:
            case "create" if call.name not in self.names:
                self.names[call.name] = made = _Data()
                self.pending.append(_Change("", call.name, made))
            case "truncate":
                data = self.names[call.name]
                data.now = data.now[: call.at].ljust(call.at, b"\0")
            case "write":
                data = self.names[call.name]
                data.now = (
                    data.now[: call.at].ljust(call.at, b"\0")
                    + call.data
                    + data.now[call.at + len(call.data) :]
                )
            case "sync":
                data = self.names[call.name]
                data.synced = data.now
            case "sync folder":
                self.synced, self.pending = dict(self.names), []
            case "rename":
                self.names[call.to] = moved = self.names.pop(call.name)
                self.pending.append(_Change(call.name, call.to, moved))
            case "remove":
                del self.names[call.name]
                self.pending.append(_Change(call.name))

    def left_behind(self, chance: random.Random) -> Iterator[dict[str, bytes]]:
        """Every state of the folder after a power cut now; a sample if there are very many."""
        for done in self._combinations(chance):
            names = dict(self.synced)
            for change in done:
                names.pop(change.gone, None)
                if change.data:
                    names[change.name] = change.data
            yield from _contents(names, chance)

    def _combinations(self, chance: random.Random) -> Iterator[list[_Change]]:
        pending = self.pending
        if len(pending) <= MAX_PENDING_ENUMERATED:
            for choice in product((False, True), repeat=len(pending)):
                yield [change for change, done in zip(pending, choice, strict=True) if done]
            return
        for at in range(len(pending) + 1):
            yield pending[:at]
            yield pending[at : at + 1]
            yield pending[:at] + pending[at + 1 :]
            yield [change for change in pending if chance.random() < 0.5]


def _contents(names: Mapping[str, _Data], chance: random.Random) -> Iterator[dict[str, bytes]]:
    """Every file as it may be; if several are uncertain, all in the same way, and a sample of mixtures."""
    kinds = {name: data.left_behind() for name, data in names.items()}
    most = max(map(len, kinds.values()), default=1)
    for at in range(most):
        yield {name: versions[min(at, len(versions) - 1)] for name, versions in kinds.items()}
    if sum(len(versions) > 1 for versions in kinds.values()) > 1:
        for _ in range(most):
            yield {name: chance.choice(versions) for name, versions in kinds.items()}


def lay_out(state: Mapping[str, bytes], folder: Path) -> Path:
    """A folder with these files and no others."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in state.items():
        (folder / name).write_bytes(data)
    return folder
