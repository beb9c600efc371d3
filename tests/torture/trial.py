"""One torture in progress: how long it may take, its random choices, what it has found."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Row", "Skipped", "Trial"]

MAX_SHOWN = 5
"""So many failures are told; all are counted."""

_PROGRESS_SECONDS = 10


class Skipped(Exception):
    """This machine cannot run the torture; the text says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: how often it was tried, how often it failed, and the first failures."""

    name: str
    n: int
    failures: int
    seconds: float
    note: str = ""
    shown: tuple[str, ...] = ()


@dataclass(slots=True)
class Trial:
    """A torture in progress; `folder` is its own, empty at first. After `seconds` no further round begins."""

    name: str
    folder: Path
    seconds: float
    seed: int
    began: float = field(default_factory=time.monotonic)
    n: int = 0
    failed: int = 0
    note: str = ""
    shown: list[str] = field(default_factory=list)
    chance: random.Random = field(init=False)
    _said: float = 0.0

    def __post_init__(self) -> None:
        self.chance = random.Random(f"{self.seed} {self.name}")  # noqa: S311

    @property
    def over(self) -> bool:
        return self.taken >= self.seconds

    def rounds(self, most: int | None = None) -> Iterator[int]:
        """Counts 0, 1, 2 and so on while there is time, `most` rounds at most, but at least one."""
        number = 0
        while number == 0 or not (self.over or number == most):
            yield number
            number += 1

    def check(self, fine: bool, what: object = "") -> None:
        """Counts one trial; `what` describes a failure."""
        self.n += 1
        if not fine:
            self.failed += 1
            if len(self.shown) < MAX_SHOWN:
                self.shown.append(str(what)[:500])
                print(f"{self.name}: FAILED: {self.shown[-1]}", flush=True)
        if self.taken - self._said > _PROGRESS_SECONDS:
            self._said = self.taken
            print(f"{self.name}: {self.n:,} tried, {self.failed} failed, {self._said:.0f} s", flush=True)

    def row(self) -> Row:
        return Row(self.name, self.n, self.failed, self.taken, self.note, tuple(self.shown))

    @property
    def taken(self) -> float:
        return time.monotonic() - self.began
