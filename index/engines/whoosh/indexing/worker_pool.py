"""Writes batches of passages as segment files, in several processes at once."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from index.engines.whoosh.indexing.inverter import Batch, write_batch
from index.engines.whoosh.indexing.lexicon import Lexicon
from index.engines.whoosh.indexing.parent_process import watch_parent
from index.engines.whoosh.malloc import keep_freed_memory
from index.english import ENGLISH
from kb.errors import IndexUnusable
from kb.messages import Message

__all__ = ["MIN_PARALLEL_PASSAGES", "write_segments"]

MIN_PARALLEL_PASSAGES = 20_000
"""From this many passages on, starting processes saves more time than it takes."""

_MAX_WORKERS = 8


def write_segments(batches: Iterator[Batch], folder: Path, passages: int) -> Iterator[tuple[Path, int]]:
    """Writes each batch as a segment file in `folder`; yields the files in order, with their sizes.

    `passages` is the total; below MIN_PARALLEL_PASSAGES this process writes them all.
    """
    numbered = ((folder / f"{number}.kb", batch) for number, batch in enumerate(batches))
    if passages < MIN_PARALLEL_PASSAGES or (os.cpu_count() or 1) < 2:
        lexicon = Lexicon()
        for path, batch in numbered:
            yield write_batch(path, batch, lexicon), len(batch)
        return
    workers = min(os.cpu_count() or 1, _MAX_WORKERS)
    context = multiprocessing.get_context("spawn")  # the parent has threads, which a fork would break
    with ProcessPoolExecutor(workers, context, _begin) as pool:
        waiting: deque[tuple[Future[Path], int]] = deque()
        for path, batch in numbered:
            waiting.append((pool.submit(_write, path, batch), len(batch)))
            if len(waiting) > workers:  # keep no more batches in memory than there are workers
                yield _done(*waiting.popleft())
        while waiting:
            yield _done(*waiting.popleft())


def _done(future: Future[Path], passages: int) -> tuple[Path, int]:
    try:
        return future.result(), passages
    except BrokenProcessPool as exc:
        raise IndexUnusable(Message("build-process-killed"), ENGLISH) from exc


_lexicon = Lexicon()
"""This process's lexicon, for all of its batches."""


def _write(path: Path, batch: Batch) -> Path:
    return write_batch(path, batch, _lexicon)


def _begin() -> None:
    gc.disable()  # batches hold no cycles
    keep_freed_memory()
    watch_parent()
