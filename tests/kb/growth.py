"""How a reader's work grows with its input, as a ratio of processor times."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["LINEAR", "growth"]

LINEAR = 9
"""The ratio for four times the size is about 4 where work is linear, and 16 where it is quadratic."""


def growth(work: Callable[[int], object], size: int) -> float:
    """How many times as long an input of four times the size takes; the best of several tries."""
    small = min(_seconds(work, size) for _ in range(5))
    large = min(_seconds(work, 4 * size) for _ in range(3))
    return large / max(small, 0.000_5)


def _seconds(work: Callable[[int], object], size: int) -> float:
    began = time.thread_time()
    work(size)
    return time.thread_time() - began
