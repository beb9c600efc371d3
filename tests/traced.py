"""What coverage follows: of each test as much as may cover something further. The rest runs without it.

Tracing makes a program take three times as long. Tests that are slow or draw at random run the same
lines as others, and what a test has not reached in the first quarter of a second, with all its cases, it
seldom reaches later: texts made to take long, every passage, every style.
"""

from __future__ import annotations

import os
import signal
import time
from collections import defaultdict
from collections.abc import Generator

import coverage
import pytest

__all__ = ["Tracing"]

MAX_TRACED_SECONDS = 0.25
"""Processor time that is followed of one test function, all cases together, and of one fixture."""

UNTRACED = ("slow", "hypothesis")
"""Markers of tests that are not."""


class Tracing:
    """Follows imports, and the beginning of tests and of fixtures; has coverage pause for all else."""

    def __init__(self, measured: coverage.Coverage) -> None:
        self._coverage = measured
        # or each start would look at every module there is for ones imported too early: 40 ms
        self._coverage._warn_preimported_source = False
        self._left: defaultdict[str, float] = defaultdict(lambda: MAX_TRACED_SECONDS)
        self._may_follow = False
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGVTALRM, lambda number, frame: self._pause())

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
        """Follows what is done meanwhile, for as long as is left to this test function or fixture."""
        if not self._may_follow or self._left[name] <= 0:
            return (yield)
        began, self._may_follow = time.process_time(), False  # a fixture may ask for another
        self._coverage.start()
        _alarm(self._left[name])
        try:
            return (yield)
        finally:
            _alarm(0)
            self._pause()
            self._left[name] -= time.process_time() - began
            self._may_follow = True

    def _pause(self) -> None:
        self._coverage.stop()
        os.environ.pop("COVERAGE_PROCESS_CONFIG", None)  # so that no process started is followed


def _alarm(seconds: float) -> None:
    """Pauses coverage after so much processor time; a system without such alarms follows tests whole."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
