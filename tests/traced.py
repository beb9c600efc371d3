"""What coverage traces: imports, in one process, and as much of each test as may cover something new.

Tracing makes a program take three times as long. Tests that are slow or draw at random run the same lines
as others, and a test that has covered nothing new for a while, in all its cases, seldom does so later: think
of texts made to take long, every passage, every style.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import signal
import time
from collections import defaultdict
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass

import coverage
import pytest

__all__ = ["TracedImports", "Tracing"]

MAX_TRACED_SECONDS = 0.4
"""Processor time that is followed of one test function, all cases together, and of one fixture."""

MAX_IDLE_SECONDS = 0.12
"""Of that, at most so much at a stretch without a line or a branch that was not covered before."""

UNTRACED = ("slow", "hypothesis")
"""Markers of tests that are not followed."""


@dataclass
class _Budget:
    """The time for tracing that is left to a test function or a fixture."""

    left: float = MAX_TRACED_SECONDS
    idle: float = 0.0

    def next_look(self) -> float:
        """Seconds until the next check whether to go on; 0 if nothing is left."""
        return max(0.0, min(self.left, MAX_IDLE_SECONDS - self.idle))

    def charge(self, seconds: float, *, covered_more: bool) -> None:
        self.left -= seconds
        self.idle = 0.0 if covered_more else self.idle + seconds


class TracedImports:
    """Traces the import of every module in the process that hands out the tests, while others collect them.

    So those need not be traced while they import the same modules, and all the tests as well.
    """

    def __init__(self, measured: coverage.Coverage) -> None:
        self._coverage = measured

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        for room in map(importlib.import_module, ("kb", "index", "web")):
            for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
                if not module.name.endswith(".__main__"):
                    with suppress(ImportError):  # tests report what is wrong; an extra may be missing
                        importlib.import_module(module.name)
        self._coverage.stop()


class Tracing:
    """Traces the beginning of tests and fixtures, and makes coverage pause for everything else."""

    def __init__(self, measured: coverage.Coverage) -> None:
        self._coverage = measured
        # or each start would check all modules for ones imported too early, which takes 40 ms
        self._coverage._warn_preimported_source = False
        self._budgets: defaultdict[str, _Budget] = defaultdict(_Budget)
        self._may_follow = False
        self._charged = _Budget()
        self._looked_at = 0.0
        self._covered = 0
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGVTALRM, lambda number, frame: self._look())

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._pause()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self._may_follow = not any(map(item.get_closest_marker, UNTRACED))

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
        return (yield from self._followed(f"{fixturedef.baseid}::{fixturedef.argname}"))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        return (yield from self._followed(item.nodeid.partition("[")[0]))

    def _followed(self, name: str) -> Generator[None, object, object]:
        """Traces what is done in between, for the time left to this test function or fixture."""
        budget = self._budgets[name]
        if not self._may_follow or not budget.next_look():
            return (yield)
        self._may_follow = False  # a fixture may ask for another
        self._charged, self._looked_at, self._covered = budget, time.process_time(), self._count()
        self._coverage.start()
        _alarm(budget.next_look())
        try:
            return (yield)
        finally:
            _alarm(0)
            self._pause()
            self._charge()
            self._may_follow = True

    def _look(self) -> None:
        """Goes on tracing as long as something new is covered."""
        self._charge()
        if seconds := self._charged.next_look():
            _alarm(seconds)
        else:
            self._pause()

    def _charge(self) -> None:
        before, self._looked_at = self._looked_at, time.process_time()
        known, self._covered = self._covered, self._count()
        self._charged.charge(self._looked_at - before, covered_more=self._covered > known)

    def _count(self) -> int:
        """The number of lines and branches covered so far, which coverage only reveals once it saves them."""
        collector = self._coverage._collector
        return sum(map(len, collector.data.values())) if collector else 0

    def _pause(self) -> None:
        self._coverage.stop()
        os.environ.pop("COVERAGE_PROCESS_CONFIG", None)  # so that child processes are not traced


def _alarm(seconds: float) -> None:
    """Sets an alarm after `seconds` of processor time; systems without such alarms trace whole tests."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
