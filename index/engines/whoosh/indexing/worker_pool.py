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

__all__ = ["MIN_PARALLEL_PASSAGES", "SegmentWorkers"]

MIN_PARALLEL_PASSAGES = 20_000
"""From this many passages on, starting processes saves more time than it takes."""

_MAX_WORKERS = 8


class SegmentWorkers:
    """Processes that write segment files; the calling process does so itself if few are expected."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._count = min(os.cpu_count() or 1, _MAX_WORKERS)

    def expect(self, passages: int) -> None:
        """Starts the processes, without waiting for them, if so many passages are worth it."""
        if self._pool or passages < MIN_PARALLEL_PASSAGES or self._count < 2:
            return
        context = multiprocessing.get_context("spawn")  # the parent has threads, which a fork would break
        self._pool = ProcessPoolExecutor(self._count, context, _begin)
        for _ in range(self._count):  # a process starts when there is something to do
            self._pool.submit(os.getpid)

    def write(self, batches: Iterator[Batch], folder: Path) -> Iterator[tuple[Path, int]]:
        """Writes each batch as a segment file in `folder`; yields the files in order, with their sizes."""
        numbered = ((folder / f"{number}.kb", batch) for number, batch in enumerate(batches))
        if not self._pool:
            lexicon = Lexicon()
            for path, batch in numbered:
                yield write_batch(path, batch, lexicon), len(batch)
            return
        waiting: deque[tuple[Future[Path], int]] = deque()
        for path, batch in numbered:
            waiting.append((self._pool.submit(_write, path, batch), len(batch)))
            if len(waiting) > self._count:  # keep no more batches in memory than there are workers
                yield _done(*waiting.popleft())
        while waiting:
            yield _done(*waiting.popleft())

    def __enter__(self) -> SegmentWorkers:
        return self

    def __exit__(self, *error: object) -> None:
        if self._pool:
            self._pool.shutdown()


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
