"""What coverage follows: of each test as much as may cover something further. The rest runs without it.

Tracing makes a program take three times as long. Tests that are slow or draw at random run the same
lines as others, and what a test has not reached in its first fifth of a second, with all its cases, it
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

MAX_TRACED_SECONDS = 0.2
"""Processor time of one test function, all cases together, that is followed."""

UNTRACED = ("slow", "hypothesis")
"""Markers of tests that are not."""


class Tracing:
    """Follows imports, and the beginning of tests; has coverage pause for all else."""

    def __init__(self, measured: coverage.Coverage) -> None:
        self._coverage = measured
        self._left: defaultdict[str, float] = defaultdict(lambda: MAX_TRACED_SECONDS)
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGVTALRM, lambda number, frame: self._pause())

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._pause()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, object, object]:
        return (yield from self._followed(item, 0))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        return (yield from self._followed(item, self._left[_function(item)]))

    def _followed(self, item: pytest.Item, most: float) -> Generator[None, object, object]:
        """Follows what is done meanwhile, `most` seconds of it, or all (0)."""
        if self._left[_function(item)] <= 0 or any(map(item.get_closest_marker, UNTRACED)):
            return (yield)
        began = time.process_time()
        self._coverage.start()
        _alarm(most)
        try:
            return (yield)
        finally:
            _alarm(0)
            self._pause()
            self._left[_function(item)] -= time.process_time() - began

    def _pause(self) -> None:
        self._coverage.stop()
        os.environ.pop("COVERAGE_PROCESS_CONFIG", None)  # so that no process started is followed


def _function(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


def _alarm(seconds: float) -> None:
    """Pauses coverage after so much processor time; a system without such alarms follows tests whole."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
