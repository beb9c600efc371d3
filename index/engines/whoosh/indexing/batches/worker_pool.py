"""Writes batches of passages as segment files, in several processes at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from index.engines.processes.pool import BuildProcesses
from index.engines.whoosh.indexing.batches.inverter import Batch, passages_in, write_batch
from index.engines.whoosh.indexing.batches.lexicon import Lexicon
from index.engines.whoosh.malloc import keep_freed_memory

__all__ = ["segment_processes", "write_segments", "write_there"]

_Part = tuple[Path, Batch]


def segment_processes() -> BuildProcesses:
    """Processes that write segment files."""
    return BuildProcesses(_begin)


def _begin() -> None:
    """Imports this module, so that a process has what it needs before the first batch comes."""
    keep_freed_memory()


def write_segments(
    processes: BuildProcesses, batches: Iterator[Batch], folder: Path, first: int = 0
) -> Iterator[tuple[Path, int]]:
    """Writes each batch as a segment file in `folder`, numbered from `first`.

    Yields the files in order, with their sizes.
    """
    parts = ((folder / f"{number}.kb", batch) for number, batch in enumerate(batches, first))
    yield from processes.each(write_there, parts, partial(_written, Lexicon()))


_lexicon = Lexicon()
"""This process's lexicon, for all of its batches."""


def write_there(part: _Part) -> tuple[Path, int]:
    """Writes a batch, in one of the processes."""
    return _written(_lexicon, part)


def _written(lexicon: Lexicon, part: _Part) -> tuple[Path, int]:
    path, batch = part
    return write_batch(path, batch, lexicon), passages_in(batch)
