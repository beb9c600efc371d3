"""The memory and processor time of processes, as reported by the kernel (Linux only)."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["Peak", "anonymous_mb", "cpu_seconds", "descendants", "watching"]

_PROC = Path("/proc")
_EVERY = 0.1
"""Seconds between two looks."""


def anonymous_mb(process: int | str = "self") -> float | None:
    """Memory without file-backed pages, in MB; None if the system does not say."""
    return _megabytes(process, "Anonymous")


def _megabytes(process: int | str, kind: str) -> float | None:
    try:
        said = (_PROC / str(process) / "smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return None
    found = re.search(rf"^{kind}:\s+(\d+) kB", said, re.MULTILINE)
    return int(found[1]) / 1024 if found else None


def cpu_seconds(process: int) -> float:
    """CPU seconds of all threads of a process so far (proc(5): utime and stime, fields 14 and 15)."""
    try:
        said = (_PROC / str(process) / "stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    fields = said.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / float(os.sysconf("SC_CLK_TCK"))


def descendants(process: int) -> list[int]:
    """The process, its children and their descendants."""
    found = [process]
    for each in found:
        try:
            said = (_PROC / str(each) / "task" / str(each) / "children").read_text(encoding="ascii")
        except OSError:
            continue
        found += map(int, said.split())
    return found


class Peak:
    """The most memory that a process and its children had together: proportional set size, in MB.

    Pages shared by several count once; pages of mapped files count too.
    """

    def __init__(self) -> None:
        self.mb: float | None = None

    def look(self, process: int) -> None:
        sizes = [_megabytes(each, "Pss") for each in descendants(process)]
        total = sum(size for size in sizes if size is not None)
        if total:
            self.mb = max(self.mb or 0.0, total)


@contextmanager
def watching(process: int, every: float = _EVERY) -> Iterator[Peak]:
    """Samples the process every `every` seconds for as long as the block runs."""
    peak, over = Peak(), threading.Event()

    def watch() -> None:
        while not over.wait(every):
            peak.look(process)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()
