"""Which request goes to which worker, and which waits or is refused."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from web.server.exchange import Exchange
from web.server.lane import Lane
from web.server.limits import Limits

__all__ = ["Dispatcher", "Worker"]


class Worker:
    """The lanes to one worker process; `express` is the one for requests that must not wait.

    `ready` tells whether it has opened the index, `kill` ends the process at once.
    """

    def __init__(self, kill: Callable[[], None]) -> None:
        self.express: Lane
        self.lanes: Sequence[Lane] = ()
        self.ready = False
        self.kill = kill

    @property
    def busy(self) -> int:
        """How many requests it has."""
        return sum(lane.asker is not None for lane in self.lanes)

    def idle_lane(self) -> Lane | None:
        return next((lane for lane in self.lanes if lane.asker is None), None) if self.ready else None


class Dispatcher:
    """Gives each request to the worker with the fewest; the others wait their turn, as many as may."""

    def __init__(self, limits: Limits, now: Callable[[], float]) -> None:
        self._limits, self._now = limits, now
        self._waiting: deque[Exchange] = deque()
        self.workers: list[Worker] = []

    def submit(self, exchange: Exchange) -> None:
        """Answers the request, sooner or later, or refuses it."""
        if lane := self._idle_lane():
            self._begin(lane, exchange)
        elif len(self._waiting) < self._limits.waiting:
            self._waiting.append(exchange)
        else:
            self._waiting = deque(each for each in self._waiting if each.client)
            if len(self._waiting) < self._limits.waiting:
                self._waiting.append(exchange)
            else:
                exchange.refuse(503)

    def next(self) -> None:
        """Gives requests that wait to lanes that are idle."""
        while self._waiting and (lane := self._idle_lane()):
            exchange = self._waiting.popleft()
            if exchange.client:  # else nobody waits for it any more
                self._begin(lane, exchange)

    def lost(self, worker: Worker) -> None:
        """A worker died: what it had not begun to answer goes to another one."""
        self.workers.remove(worker)
        for lane in worker.lanes:
            asker, lane.asker = lane.asker, None
            if isinstance(asker, Exchange) and asker.lost():
                self._waiting.appendleft(asker)
        self.next()

    def sweep(self) -> None:
        """Refuses what has waited too long, and ends the workers whose answers take too long."""
        now = self._now()
        while self._waiting and now - self._waiting[0].since > self._limits.turn_seconds:
            self._waiting.popleft().refuse(503)
        for worker in self.workers:
            if any(self._hangs(lane, now) for lane in (worker.express, *worker.lanes)):
                worker.kill()

    def _hangs(self, lane: Lane, now: float) -> bool:
        begun = isinstance(lane.asker, Exchange) and lane.asker.begun
        return lane.asker is not None and not begun and now - lane.since > self._limits.answer_seconds

    def _idle_lane(self) -> Lane | None:
        idle = [(worker.busy, lane) for worker in self.workers if (lane := worker.idle_lane())]
        return min(idle, key=lambda pair: pair[0])[1] if idle else None

    def _begin(self, lane: Lane, exchange: Exchange) -> None:
        exchange.lane, exchange.attempts = lane, exchange.attempts + 1
        lane.begin(exchange, exchange.request, self._now())
