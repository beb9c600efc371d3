"""Measuring and reporting times: seconds in, milliseconds out."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, NamedTuple, TypeVar

__all__ = ["Spread", "Timed", "apart", "by_kind", "say", "spread", "thrice", "timed"]

T = TypeVar("T")

_BEGAN = time.perf_counter()


class Timed(NamedTuple):
    """One piece of work done three times, in milliseconds: the first time, and the median of all."""

    first: float
    median: float


class Spread(NamedTuple):
    """Many times in milliseconds."""

    p50: float
    p95: float
    p99: float
    max: float


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """The result of the work, and the seconds it took."""
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def thrice(work: Callable[[], object], times: int = 3) -> Timed:
    """How long the work took when it was done `times` times in a row."""
    taken = [timed(work)[1] * 1000 for _ in range(times)]
    return Timed(taken[0], statistics.median(taken))


def spread(taken: Sequence[float]) -> Spread:
    """The distribution of the times: each figure is a time that was measured, none is interpolated."""
    ranked = sorted(taken) or [0.0]
    return Spread(*(ranked[min(len(ranked) - 1, int(len(ranked) * part))] for part in (0.5, 0.95, 0.99, 1)))


def by_kind(taken: Sequence[tuple[str, float]]) -> dict[str, Any]:
    """The distribution of `all` times, and of those of each of the `kinds`."""
    kinds = dict.fromkeys(kind for kind, _ in taken)
    found = {kind: spread([ms for of, ms in taken if of == kind])._asdict() for kind in kinds}
    return {"all": spread([ms for _, ms in taken])._asdict(), "kinds": found}


def apart(work: Callable[..., T], *given: Any) -> T:
    """Does the work in a new process and waits for it, so that no measurement affects the next."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def say(text: str) -> None:
    """Reports the progress of the run on standard error."""
    print(f"{time.perf_counter() - _BEGAN:7.1f} s  {text}", file=sys.stderr, flush=True)
