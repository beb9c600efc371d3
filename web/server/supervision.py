"""The worker processes: started, watched, and restarted however often they die."""

from __future__ import annotations

import asyncio
import multiprocessing
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import Protocol

from kb.messages import Message
from web.english import say
from web.server.dispatch import Worker
from web.server.front import Front
from web.server.lane import Lane
from web.server.workers import process as worker
from web.server.workers.nursery import Nursery

__all__ = ["SPECIAL_LANES", "Process", "Started", "Supervisor", "delay", "process_starter"]


class Process(Protocol):
    """The part of a worker process's interface that is used, however it was started."""

    @property
    def exitcode(self) -> int | None:
        """None while it runs."""

    def kill(self) -> None: ...

    def is_alive(self) -> bool: ...

    def join(self, timeout: float) -> None: ...


Started = tuple[Process, Sequence[socket.socket]]
"""A process and this end of its lanes: the express lane, those for exports and pictures, the others."""

SPECIAL_LANES = 3
"""The express lane, and those for exports and for pictures."""

_STEADY_SECONDS = 10.0
"""A process that lived this long was well; its death counts as the first."""

_MAX_DELAY_SECONDS = 15.0
_LANE_BYTES = 1 << 18


def delay(deaths: int) -> float:
    """How long to wait, in seconds, after so many deaths in a row."""
    return min(0.1 * 2.0 ** (deaths - 2), _MAX_DELAY_SECONDS) if deaths > 1 else 0.0


def process_starter(application: str, server: tuple[str, int], threads: int) -> Callable[[], Started]:
    """A function that starts one worker at each call; get it before this process has threads or connections.

    On Linux, workers are forked from a process that has everything imported; elsewhere system libraries are
    not made for that.
    """
    run = partial(worker.run, application, server)
    start_process = _spawned(run)
    if sys.platform == "linux":
        import_module(application.partition(":")[0])
        start_process = _forked(Nursery(run), start_process)

    def start() -> Started:
        pairs = [_pair() for _ in range(threads + SPECIAL_LANES)]
        theirs = [their for _, their in pairs]
        process = start_process(theirs)
        for their in theirs:
            their.close()
        return process, [our for our, _ in pairs]

    return start


_Start = Callable[[Sequence[socket.socket]], Process]


def _spawned(run: Callable[[Sequence[socket.socket]], None]) -> _Start:
    context = multiprocessing.get_context("spawn")

    def start(lanes: Sequence[socket.socket]) -> Process:
        process = context.Process(target=run, args=(lanes,), name="kb-worker", daemon=True)
        process.start()
        return process

    return start


def _forked(nursery: Nursery, otherwise: _Start) -> _Start:
    def start(lanes: Sequence[socket.socket]) -> Process:
        try:
            return nursery.start(lanes)
        except OSError:  # somebody killed it
            return otherwise(lanes)

    return start


def _pair() -> tuple[socket.socket, socket.socket]:
    our, their = socket.socketpair()
    for side in (our, their):
        side.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LANE_BYTES)
    our.setblocking(False)
    return our, their


async def _connected(end: socket.socket, freed: Callable[[], None], gone: asyncio.Event) -> Lane:
    loop = asyncio.get_running_loop()
    _, lane = await loop.create_connection(lambda: Lane(freed, gone.set), sock=end)
    return lane


def _lanes_of(one: Worker) -> tuple[Lane, ...]:
    return tuple(filter(None, (one.express, one.export, one.picture, *one.lanes)))


class Supervisor:
    """Keeps one worker in each of `count` places."""

    def __init__(self, front: Front, start: Callable[[], Started], count: int) -> None:
        self._front, self._start = front, start
        self._places = [asyncio.create_task(self._keep(place + 1)) for place in range(count)]
        self._lanes: set[Lane] = set()
        self._processes: set[Process] = set()

    async def _keep(self, place: int) -> None:
        deaths = 0
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            process = await self._live()
            lived = loop.time() - began
            deaths = 1 if lived > _STEADY_SECONDS else deaths + 1
            wait = delay(deaths)
            died = Message("worker-died", place=place, exit=str(process.exitcode), seconds=f"{wait:g}")
            print(say(died), file=sys.stderr, flush=True)
            await asyncio.sleep(wait)

    async def _live(self) -> Process:
        """One life of a worker, from its start to its end."""
        starting = asyncio.create_task(self._started())
        try:
            process, one, gone = await asyncio.shield(starting)
        except asyncio.CancelledError:  # the server stops: what was just started must end, too
            process, one, _ = await starting
            self._close(one)
            await self._end(process)
            raise
        self._lanes.update(_lanes_of(one))
        self._front.dispatcher.workers.append(one)
        self._front.dispatcher.next()  # it may have been ready before its lanes were
        await gone.wait()
        self._front.dispatcher.lost(one)
        self._close(one)
        await self._end(process)
        return process

    async def _started(self) -> tuple[Process, Worker, asyncio.Event]:
        """A new process, its connected lanes, and an event that is set once one of them is gone."""
        loop = asyncio.get_running_loop()
        process, sockets = await loop.run_in_executor(None, self._start)
        self._processes.add(process)
        gone = asyncio.Event()
        one = Worker(kill=process.kill)
        express, export, picture, *others = sockets
        one.export = await _connected(export, self._front.dispatcher.next, gone)
        one.picture = await _connected(picture, self._front.dispatcher.next, gone)
        one.lanes = [await _connected(each, self._front.dispatcher.next, gone) for each in others]
        one.express = await _connected(express, lambda: self._opened(one), gone)
        return process, one, gone

    def _close(self, one: Worker) -> None:
        for lane in _lanes_of(one):
            lane.close()
        self._lanes.difference_update(_lanes_of(one))

    def _opened(self, one: Worker) -> None:
        if not one.ready:
            one.ready = True
            self._front.health.refresh()
            self._front.dispatcher.next()

    async def _end(self, process: Process) -> None:
        """Waits for the process to end, and kills it if it does not."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, process.join, 1.0)
        if process.is_alive():
            process.kill()
            await loop.run_in_executor(None, process.join, 1.0)
        self._processes.discard(process)

    async def stop(self) -> None:
        """Ends all workers."""
        for place in self._places:
            place.cancel()
        for place in self._places:
            with suppress(asyncio.CancelledError):
                await place
        for lane in self._lanes:
            lane.close()
        await asyncio.gather(*map(self._end, tuple(self._processes)))
