"""Batches of passages to segment files, in several processes at once."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from index.engines.whoosh.indexing.inverter import Batch, write_batch
from index.engines.whoosh.indexing.lexicon import Lexicon
from index.engines.whoosh.malloc import keep_freed_memory
from index.english import ENGLISH
from kb.errors import IndexUnusable
from kb.messages import Message
from kb.parent_process import watch_parent

__all__ = ["MIN_PARALLEL_PASSAGES", "written"]

MIN_PARALLEL_PASSAGES = 20_000
"""Passages from which on starting processes takes less time than it saves."""

_MAX_WORKERS = 8


def written(batches: Iterator[Batch], folder: Path, passages: int) -> Iterator[tuple[Path, int]]:
    """Writes each batch as a segment file in `folder`; gives the files in order, and their passages.

    `passages` is how many there are in all; few are written in this process.
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
            if len(waiting) > workers:  # no more batches in memory than are being worked at
                yield _done(*waiting.popleft())
        while waiting:
            yield _done(*waiting.popleft())


def _done(future: Future[Path], passages: int) -> tuple[Path, int]:
    try:
        return future.result(), passages
    except BrokenProcessPool as exc:
        raise IndexUnusable(Message("build-process-killed"), ENGLISH) from exc


_lexicon = Lexicon()
"""Of this process, for all batches that it is given."""


def _write(path: Path, batch: Batch) -> Path:
    return write_batch(path, batch, _lexicon)


def _begin() -> None:
    keep_freed_memory()
    watch_parent()
