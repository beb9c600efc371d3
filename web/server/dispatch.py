"""Which request goes to which worker, and which waits or is refused.

Pages are made one after another, in the order in which they were requested: a worker with several at once
takes as long for all of them, and finishes each later. It gets another only beside a page that takes long.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from web.admission.drawing_slots import is_picture
from web.admission.export_slots import MAX_EXPORTS, is_export
from web.server.exchange import Exchange
from web.server.lane import Lane
from web.server.limits import Limits

__all__ = ["Dispatcher", "Worker"]


class Worker:
    """The lanes to one worker process: `express` is for requests that must not wait, `export` and `picture`
    for what takes long.

    `ready` says whether it has opened the index, `kill` ends the process at once.
    """

    def __init__(self, kill: Callable[[], None]) -> None:
        self.express: Lane
        self.export: Lane
        self.picture: Lane
        self.lanes: Sequence[Lane] = ()
        self.ready = False
        self.kill = kill

    @property
    def busy(self) -> int:
        """How many requests it has."""
        return sum(lane.asker is not None for lane in (self.export, self.picture, *self.lanes))

    def may_begin(self, latest: float) -> bool:
        """Whether it may have another page: it has started none after `latest`."""
        return all(lane.asker is None or lane.since <= latest for lane in self.lanes)


class _Queue:
    """Requests of one kind that wait for a lane; their number and their waiting time are limited."""

    def __init__(self, places: int, seconds: float, lane: Callable[[], Lane | None]) -> None:
        self._places, self._seconds, self._lane = places, seconds, lane
        self._waiting: deque[Exchange] = deque()

    def submit(self, exchange: Exchange, now: float) -> None:
        if lane := self._lane():
            _begin(lane, exchange, now)
            return
        if len(self._waiting) >= self._places:
            self._waiting = deque(each for each in self._waiting if each.client)
        if len(self._waiting) < self._places:
            self._waiting.append(exchange)
        else:
            exchange.refuse(503)

    def put_back(self, exchange: Exchange) -> None:
        """Puts a request whose worker died back at the head of the queue."""
        self._waiting.appendleft(exchange)

    def next(self, now: float) -> None:
        """Gives requests to lanes that are idle."""
        while self._waiting and (lane := self._lane()):
            exchange = self._waiting.popleft()
            if exchange.client:  # otherwise nobody waits for it any more
                _begin(lane, exchange, now)

    @property
    def is_empty(self) -> bool:
        return not self._waiting

    def sweep(self, now: float) -> None:
        """Refuses what has waited too long."""
        while self._waiting and now - self._waiting[0].since > self._seconds:
            self._waiting.popleft().refuse(503)


Later = Callable[[float, Callable[[], None]], object]


class Dispatcher:
    """Gives each request to the least busy worker; the others wait their turn, up to a limit.

    Exports and pictures have lanes of their own, so that pages never wait for them. `now` is a clock, `later`
    calls a function after a number of seconds.
    """

    def __init__(self, limits: Limits, now: Callable[[], float], later: Later) -> None:
        self._limits, self._now, self._later = limits, now, later
        self._looks_again = False
        self._pages = _Queue(limits.waiting, limits.turn_seconds, self._idle_lane)
        self._exports = _Queue(limits.exports_waiting, limits.export_turn_seconds, self._idle_export_lane)
        self._pictures = _Queue(limits.pictures_waiting, limits.picture_turn_seconds, self._idle_picture_lane)
        self._queues = (self._pages, self._exports, self._pictures)
        self.workers: list[Worker] = []

    def submit(self, exchange: Exchange) -> None:
        """Answers the request, sooner or later, or refuses it."""
        self._queue(exchange).submit(exchange, self._now())
        self._look_again_soon()

    def next(self) -> None:
        """Gives requests that wait to lanes that are idle."""
        for queue in self._queues:
            queue.next(self._now())
        self._look_again_soon()

    def _look_again_soon(self) -> None:
        """Schedules a look at pages that wait behind a slow one for a lane: no other event would tell."""
        if not self._looks_again and not self._pages.is_empty:
            self._looks_again = True
            self._later(self._limits.alone_seconds, self._look_again)

    def _look_again(self) -> None:
        self._looks_again = False
        self.next()

    def lost(self, worker: Worker) -> None:
        """Called when a worker has died: what it had not begun to answer goes to another one."""
        self.workers.remove(worker)
        for lane in (worker.export, worker.picture, *worker.lanes):
            asker, lane.asker = lane.asker, None
            if isinstance(asker, Exchange) and asker.lost():
                self._queue(asker).put_back(asker)
        self.next()

    def sweep(self) -> None:
        """Refuses what has waited too long, and ends the workers whose answers take too long."""
        now = self._now()
        for queue in self._queues:
            queue.sweep(now)
        for worker in self.workers:
            lanes = (worker.express, worker.export, worker.picture, *worker.lanes)
            if any(self._hangs(lane, now) for lane in lanes):
                worker.kill()

    def _hangs(self, lane: Lane, now: float) -> bool:
        begun = isinstance(lane.asker, Exchange) and lane.asker.begun
        return lane.asker is not None and not begun and now - lane.since > self._limits.answer_seconds

    def _queue(self, exchange: Exchange) -> _Queue:
        target = exchange.request.target
        if is_export(target):
            return self._exports
        return self._pictures if is_picture(target) else self._pages

    def _idle_lane(self) -> Lane | None:
        latest = self._now() - self._limits.alone_seconds
        return self._least_busy(lambda worker: worker.lanes if worker.may_begin(latest) else ())

    def _idle_export_lane(self) -> Lane | None:
        taken = sum(worker.export.asker is not None for worker in self.workers)
        return self._least_busy(lambda worker: (worker.export,)) if taken < MAX_EXPORTS else None

    def _idle_picture_lane(self) -> Lane | None:
        return self._least_busy(lambda worker: (worker.picture,))

    def _least_busy(self, lanes_of: Callable[[Worker], Sequence[Lane]]) -> Lane | None:
        """An idle lane among these, of the worker with the fewest requests."""
        idle = [
            (worker.busy, lane)
            for worker in self.workers
            if worker.ready
            for lane in lanes_of(worker)
            if lane.asker is None
        ]
        return min(idle, key=lambda pair: pair[0])[1] if idle else None


def _begin(lane: Lane, exchange: Exchange, now: float) -> None:
    exchange.lane, exchange.attempts = lane, exchange.attempts + 1
    lane.begin(exchange, exchange.request, now)
