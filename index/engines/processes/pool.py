"""Does the parts of a build in several processes at once."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import TypeVar

from index.engines.processes.parent_process import watch_parent
from index.english import ENGLISH
from kb.errors import IndexUnusable
from kb.messages import Message
from kb.work.cores import usable_cores

__all__ = ["MIN_PARALLEL_PASSAGES", "BuildProcesses"]

MIN_PARALLEL_PASSAGES = 20_000
"""From this many passages on, starting processes saves more time than it takes."""

_MAX_PROCESSES = 8
_LOOK_SECONDS = 1.0
"""How often the processes are looked at while a part is waited for."""

_Part = TypeVar("_Part")
_Made = TypeVar("_Made")


class BuildProcesses:
    """Processes for the parts of a build; the calling process does them itself if few are expected."""

    def __init__(self, begin: Callable[[], None] | None = None) -> None:
        """Each process calls `begin`, a function of a module, before it does anything."""
        self._pool: ProcessPoolExecutor | None = None
        self._ending: Thread | None = None
        self._processes: list[BaseProcess] = []
        self._count = min(usable_cores(), _MAX_PROCESSES)
        self._prepare = begin

    @staticmethod
    def are_worth_it(passages: int) -> bool:
        """Whether processes save time with so many passages."""
        return passages >= MIN_PARALLEL_PASSAGES and usable_cores() > 1

    def expect(self, passages: int) -> None:
        """Starts the processes, without waiting for them, if so many passages are worth it.

        Where the system lets none be started, the calling process does the parts.
        """
        if self._pool or not self.are_worth_it(passages):
            return
        context = multiprocessing.get_context("spawn")  # the parent has threads, which a fork would break
        others = multiprocessing.active_children()
        with suppress(OSError, NotImplementedError):  # no semaphores, or no more processes
            pool = ProcessPoolExecutor(self._count, context, _begin, (os.getpid(), self._prepare))
            try:
                with _without_interrupts():
                    for _ in range(self._count):  # a process starts when there is something to do
                        pool.submit(os.getpid)
                    self._pool = pool
                    started = multiprocessing.active_children()
                    self._processes = [each for each in started if each not in others]
            except OSError:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def each(
        self,
        work: Callable[[_Part], _Made],
        parts: Iterable[_Part],
        here: Callable[[_Part], _Made] | None = None,
    ) -> Iterator[_Made]:
        """What `work` makes of each part, in order; `here` does the same in the calling process.

        Parts are taken as others are done: at most one more than there are processes is in memory.
        """
        if not self._pool:
            yield from map(here or work, parts)
            return
        waiting: deque[Future[_Made]] = deque()
        for part in parts:
            waiting.append(self.start(work, part))
            if len(waiting) > self._count:
                yield self.made(waiting.popleft())
        while waiting:
            yield self.made(waiting.popleft())

    @property
    def started(self) -> bool:
        """Whether there are processes."""
        return self._pool is not None

    def start(self, work: Callable[[_Part], _Made], part: _Part) -> Future[_Made]:
        """Gives a part to the processes, which are `started`."""
        if not self._pool:
            raise RuntimeError("no processes")
        with _told():
            return self._pool.submit(work, part)

    def keep_pace(self, parts: Sequence[Future[_Made]]) -> None:
        """Waits until no more of the parts started are pending than `each` keeps in memory."""
        for part in parts[: -self._count][-1:]:
            self.wait(part)

    def made(self, part: Future[_Made]) -> _Made:
        """What was made of a part. Raises IndexUnusable if a process was killed."""
        self.wait(part)
        with _told():
            return part.result()

    def no_more(self) -> None:
        """Lets the processes end in the background: freeing their memory takes a tenth of a second."""
        if self._pool:
            self._ending = Thread(target=self._pool.shutdown)
            self._ending.start()

    def wait(self, part: Future[_Made]) -> None:
        """Waits until a part is done, or never will be because a process was killed."""
        while not wait([part], _LOOK_SECONDS).done:
            if self._pool and not all(process.is_alive() for process in self._processes):
                self._kill(self._pool)

    def _kill(self, pool: ProcessPoolExecutor) -> None:
        """Kills the processes, whatever they are doing.

        If one was killed while sending, the executor would wait for the rest for ever, as it also holds the
        writing end of their common pipe; that end is closed here.
        """
        for process in self._processes:
            process.kill()
        if results := pool._result_queue:
            results._writer.close()  # type: ignore[attr-defined]

    def __enter__(self) -> BuildProcesses:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        """Ends the processes; after an error, without waiting for their work or even their start."""
        if self._ending:
            self._ending.join()
        elif self._pool:
            if error:
                self._kill(self._pool)
            self._pool.shutdown(cancel_futures=True)


@contextmanager
def _told() -> Iterator[None]:
    """Raises IndexUnusable where a process was killed."""
    try:
        yield
    except BrokenProcessPool as exc:
        raise IndexUnusable(Message("build-process-killed"), ENGLISH) from exc


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Holds Ctrl+C back, so that it never reaches a process started here before that can ignore it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(parent: int, prepare: Callable[[], None] | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the main process, which ends this one
    watch_parent(parent)
    gc.disable()  # the work makes no reference cycles
    if prepare:
        prepare()
