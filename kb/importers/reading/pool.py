"""Reads many files in a few processes, as many as there are cores, each of which reads file after file."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from threading import Lock
from types import TracebackType

from kb.errors import SourceUnreadable
from kb.files.reading import why_unreadable
from kb.importers.draft import ImportDraft
from kb.importers.draft_json import parse_answer
from kb.importers.reading.limits import MAX_CPU_SECONDS, MAX_MEMORY_BYTES, MAX_SECONDS
from kb.importers.reading.process import ReadingEnded, ReadingProcess
from kb.messages import Message
from kb.work.cores import usable_cores

__all__ = ["Outcome", "ReadingPool", "read_draft", "read_drafts"]

Outcome = ImportDraft | SourceUnreadable
"""What became of one file."""

AHEAD_PER_CORE = 8
"""How many files to read ahead, so that a slow one does not keep the others waiting."""


def read_drafts(paths: Iterable[Path]) -> Generator[tuple[Path, Outcome], None, None]:
    """Each file with its draft, or with why there is none, in order.

    Only a few are read ahead, so that memory does not grow with their number.
    """
    cores = usable_cores()
    waiting = iter(paths)
    with ReadingPool(cores) as pool:
        reading = deque((path, pool.submit(path)) for path in islice(waiting, AHEAD_PER_CORE * cores))
        while reading:
            path, answer = reading.popleft()
            yield path, _outcome(path, answer)
            reading.extend((path, pool.submit(path)) for path in islice(waiting, 1))


def _outcome(path: Path, answer: Future[bytes]) -> Outcome:
    try:
        return _draft(path, answer.result())
    except SourceUnreadable as exc:
        return exc
    except OSError as exc:  # no process could be started
        return SourceUnreadable(why_unreadable(exc))


def read_draft(path: Path, seconds: float = MAX_SECONDS) -> ImportDraft:
    """The draft of a file. Raises SourceUnreadable, also if reading it exceeded a limit."""
    with ReadingPool(1, seconds) as pool:
        return _draft(path, pool.submit(path).result())


class ReadingPool:
    """At most `size` processes, started when they are needed; each file may take `seconds`.

    A process that ends takes only its file with it. Leaving the pool by an exception ends them all at once.
    """

    def __init__(self, size: int, seconds: float = MAX_SECONDS) -> None:
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(size)
        self._lock = Lock()
        self._running: set[ReadingProcess] = set()
        self._idle: list[ReadingProcess] = []
        self._stopped = False

    def __enter__(self) -> ReadingPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, where: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=kind is None, cancel_futures=True)
        with self._lock:
            self._stopped = True
            for process in self._running if kind else ():
                process.kill()
        self._threads.shutdown()
        for process in self._running:
            process.close()
        for process in self._running:
            process.wait()

    def submit(self, path: Path) -> Future[bytes]:
        """A future with the answer about a file, or SourceUnreadable."""
        return self._threads.submit(self._read, path)

    def _read(self, path: Path) -> bytes:
        try:
            return self._answer_of(self._idle_one() or self._new_one(), path)
        except ReadingEnded as exc:
            if _is_used_up(exc):
                raise SourceUnreadable(self._why_ended(path, exc)) from exc
        try:  # it may have ended after the file before, or because of what that one left
            return self._answer_of(self._new_one(), path)
        except ReadingEnded as exc:
            raise SourceUnreadable(self._why_ended(path, exc)) from exc

    def _answer_of(self, process: ReadingProcess, path: Path) -> bytes:
        try:
            answer = process.answer(path, self._seconds)
        except ReadingEnded:
            process.close()
            with self._lock:
                self._running.discard(process)
            raise
        with self._lock:
            self._idle.append(process)
        return answer

    def _idle_one(self) -> ReadingProcess | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _new_one(self) -> ReadingProcess:
        with self._lock:
            if self._stopped:
                raise CancelledError
            process = ReadingProcess()
            self._running.add(process)
            return process

    def _why_ended(self, path: Path, ended: ReadingEnded) -> Message:
        if _is_used_up(ended):
            seconds = self._seconds if ended.overdue else MAX_CPU_SECONDS
            return Message("reading-takes-long", name=path.name, seconds=seconds)
        if -ended.code == signal.SIGABRT:  # how libraries end when there is no memory left for them
            return Message("reading-takes-memory", name=path.name, megabytes=MAX_MEMORY_BYTES // 1_000_000)
        return Message("reading-ended", name=path.name, exit_code=ended.code)


def _is_used_up(ended: ReadingEnded) -> bool:
    """Whether the process ran out of time; another would take as long."""
    return ended.overdue or -ended.code == getattr(signal, "SIGXCPU", None)


def _draft(path: Path, answer: bytes) -> ImportDraft:
    """The draft in an answer. Raises SourceUnreadable: what was read may have taken over the process."""
    try:
        outcome = parse_answer(answer)
    except ValueError as exc:
        raise SourceUnreadable(Message("reading-ended", name=path.name, exit_code=0)) from exc
    match outcome:
        case ImportDraft():
            return outcome
        case _:
            raise SourceUnreadable(outcome)
