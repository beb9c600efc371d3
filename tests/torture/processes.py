"""The descendants of a process, and their memory (Linux)."""

from __future__ import annotations

from pathlib import Path

__all__ = ["descendants", "private_bytes"]


def _parents() -> dict[int, int]:
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended
            continue
    return found


def descendants(process: int) -> set[int]:
    """The processes that this one started, and those that they started."""
    parents, below = _parents(), {process}
    while more := {child for child, parent in parents.items() if parent in below} - below:
        below |= more
    return below - {process}


def private_bytes(process: int) -> int:
    """The private memory of a process and its descendants, without mapped files."""
    total = 0
    for each in {process, *descendants(process)}:
        try:
            status = Path(f"/proc/{each}/status").read_text(encoding="ascii", errors="replace")
        except OSError:
            continue
        total += sum(
            int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("RssAnon")
        )
    return total
