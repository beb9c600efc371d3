"""The CPU time that a request may take: a budget that loops over terms, candidates and quotations check.

Such loops are in a dozen folders of two rooms, several calls below whoever knows the request, and some
are in methods of `Backend` that every engine implements. So the budget is not passed along but kept in a
context variable: each thread has its own, and a command, which sets none, is never cut short.

The CPU time of the thread is measured, not elapsed time: a request does not pay for others.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from kb.errors import WorkCutShort
from kb.messages import Message

__all__ = [
    "DEFAULT_BUDGET_SECONDS",
    "MAX_BUDGET_SECONDS",
    "Budget",
    "check_budget",
    "is_spent",
    "limited",
    "set_budget",
    "uncounted",
    "was_cut",
    "within_budget",
]

DEFAULT_BUDGET_SECONDS = 1.0
"""The CPU time of one request."""

MAX_BUDGET_SECONDS = 3_600.0

_Item = TypeVar("_Item")
_Clock = Callable[[], float]


class Budget:
    """Some seconds of CPU time, counted from now by `clock`.

    Once a caller was told that it is spent, `was_cut` is true, and it stays spent. Asking the system for
    the CPU time takes microseconds, and no thread can use more of it than passes on the `wall` clock, so
    the system is asked only after that much time.
    """

    __slots__ = ("_clock", "_end", "_unspent_until", "_wall", "was_cut")

    def __init__(
        self, seconds: float, clock: _Clock = time.thread_time, wall: _Clock = time.monotonic
    ) -> None:
        self._clock, self._wall = clock, wall
        self._end, self._unspent_until = clock() + seconds, wall() + seconds
        self.was_cut = False

    def is_spent(self) -> bool:
        """Whether the time is up; the caller must leave something out if it is."""
        if not self.was_cut and (now := self._wall()) >= self._unspent_until:
            left = self._end - self._clock()
            self.was_cut, self._unspent_until = left <= 0, now + left
        return self.was_cut

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Does not count what is done inside the `with` block."""
        began = self._clock()
        try:
            yield
        finally:
            self._end += self._clock() - began


_current: ContextVar[Budget | None] = ContextVar("budget", default=None)


def set_budget(budget: Budget | None) -> None:
    """Sets the budget for what this thread does from now on; None for no limit."""
    _current.set(budget)


@contextmanager
def limited(budget: Budget | None) -> Iterator[None]:
    """Sets the budget for the `with` block, then restores the one before."""
    token = _current.set(budget)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def uncounted() -> Iterator[None]:
    """The `with` block has no limit and does not count: it is done once, for all requests."""
    budget = _current.get()
    if budget is None:
        yield
        return
    with budget.paused(), limited(None):
        yield


def is_spent() -> bool:
    """Whether the budget is spent; the caller must leave something out if it is."""
    budget = _current.get()
    return budget is not None and budget.is_spent()


def was_cut() -> bool:
    """Whether anything was left out because the budget was spent."""
    budget = _current.get()
    return budget is not None and budget.was_cut


def check_budget() -> None:
    """Raises WorkCutShort if the budget is spent."""
    if is_spent():
        raise WorkCutShort(Message("work-cut-short"))


def within_budget(items: Iterable[_Item], every: int = 1) -> Iterator[_Item]:
    """The items; the budget is checked before each `every` of them. Raises WorkCutShort."""
    for number, item in enumerate(items):
        if number % every == 0:
            check_budget()
        yield item
