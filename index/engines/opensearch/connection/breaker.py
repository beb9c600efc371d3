"""After several failures in a row the cluster is left alone for a while, and nobody waits for it."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

__all__ = ["CircuitBreaker"]


class CircuitBreaker:
    """Closed while the cluster answers; open for `seconds` after `failures` in a row; then one may try.

    Safe for any number of threads. `clock` is monotonic, in seconds.
    """

    def __init__(
        self, failures: int = 5, seconds: float = 5.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit, self._seconds, self._clock = failures, seconds, clock
        self._lock = threading.Lock()
        self._failures = 0
        self._open_until = -math.inf

    def seconds_left(self) -> float:
        """Seconds during which nobody may ask; 0 if the caller may, who must then report how it went."""
        with self._lock:
            if self._failures < self._limit:
                return 0.0
            now = self._clock()
            if now < self._open_until:
                return self._open_until - now
            self._open_until = now + self._seconds  # this caller tries; the others go on waiting
            return 0.0

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= self._limit:
                self._open_until = self._clock() + self._seconds
