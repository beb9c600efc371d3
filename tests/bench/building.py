"""Building: ours with `kb build` in a separate process, the peers' from words analysed beforehand."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kb.interchange.writer import write_interchange
from kb.model import Collection
from tests.bench import ours
from tests.bench.memory import watching
from tests.bench.pages import shelve
from tests.bench.peers import PEERS
from tests.bench.peers.peer import Peer
from tests.bench.rows import Row, load, save
from tests.bench.timing import apart, say

__all__ = ["ROOT", "Indexes", "build_all", "folder_mb", "kb_build"]

ROOT = Path(__file__).parents[2]
"""Where `python -m` finds the program and the benchmark."""

_AT_ONCE = 1_000
"""Rows read ahead."""


@dataclass(frozen=True, slots=True)
class Indexes:
    """The same passages in every engine: the folder of each index and the figures of its build, by engine.

    `rows` is the file of the words that peers index.
    """

    rows: Path
    folders: dict[str, Path]
    builds: dict[str, dict[str, Any]]


def build_all(
    folder: Path,
    collection: Collection,
    found: Iterable[Row],
    peers: Sequence[str],
    content: Sequence[Path] = (),
) -> Indexes:
    """Builds every index below `folder`, one after another; `content` already holds the collection."""
    folder.mkdir(parents=True, exist_ok=True)
    if not content:
        write_interchange(collection, folder / "content")
        content = [folder / "content"]
    passages = sum(map(len, collection.passages.values()))
    say(f"{passages:,} passages: kb build")
    folders, builds = {ours.NAME: folder / "kb"}, {ours.NAME: kb_build(content, folder / "kb")}
    kept = folder / "rows.pickle"
    save(found, kept)
    for peer in peers:
        say(f"{passages:,} passages: building {peer}")
        folders[peer] = folder / PEERS[peer][0]
        folders[peer].mkdir()
        builds[peer] = apart(_build_peer, peer, kept, folders[peer])
        builds[peer]["index_mb"] = folder_mb(folders[peer])
        shelve(collection, folders[peer])
    for build in builds.values():
        build["passages_per_s"] = passages / build["wall_s"]
    return Indexes(kept, folders, builds)


def _build_peer(name: str, kept: Path, folder: Path) -> dict[str, Any]:
    module, kind, _ = PEERS[name]
    peer: type[Peer] = getattr(import_module(f"tests.bench.peers.{module}"), kind)
    found = _Reading(load(kept))
    began, worked = time.perf_counter(), time.process_time()
    peer.build(found, folder)
    wall, cpu = time.perf_counter() - began, time.process_time() - worked
    return {"wall_s": wall - found.wall_s, "cpu_s": cpu - found.cpu_s}


class _Reading:
    """The rows, and the time that reading them took, which is not part of a build."""

    def __init__(self, found: Iterator[Row]) -> None:
        self._found = found
        self.wall_s = self.cpu_s = 0.0

    def __iter__(self) -> Iterator[Row]:
        while some := self._some():
            yield from some

    def _some(self) -> list[Row]:
        began, worked = time.perf_counter(), time.process_time()
        some = list(islice(self._found, _AT_ONCE))
        self.wall_s += time.perf_counter() - began
        self.cpu_s += time.process_time() - worked
        return some


_NONE: Mapping[str, str] = MappingProxyType({})


def kb_build(content: Sequence[Path], index: Path, settings: Mapping[str, str] = _NONE) -> dict[str, Any]:
    """`kb build` end to end: wall and processor time in seconds, peak memory and index size in MB.

    `peak_mb` is sampled for all processes together; `largest_mb` is that of the largest one alone, as the
    system reports it; None if it does not. `settings` are added to the environment.
    """
    named = [part for path in content for part in ("--content", str(path))]
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "kb", "build", *named, "--index", str(index)],
        cwd=ROOT,
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    with watching(process.pid) as peak:
        cpu, largest = _wait(process)
    wall = time.perf_counter() - began
    return {
        "wall_s": wall,
        "cpu_s": cpu,
        "peak_mb": peak.mb,
        "largest_mb": largest,
        "index_mb": folder_mb(index),
    }


def _wait(process: subprocess.Popen[bytes]) -> tuple[float | None, float | None]:
    """Processor seconds and the size of the largest process, if the system reports them."""
    assert process.stderr
    said = process.stderr.read()
    cpu = largest = None
    if sys.platform == "win32":
        process.wait()
    else:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu = used.ru_utime + used.ru_stime
        largest = used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    process.stderr.close()
    if process.returncode:
        raise RuntimeError(said.decode(errors="replace"))
    return cpu, largest


def folder_mb(folder: Path) -> float:
    """The size of all files in a folder, in MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20
