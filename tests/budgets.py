"""Budgets that do not depend on the speed of the machine."""

from __future__ import annotations

from itertools import count
from math import inf

from kb.work.budget import Budget

__all__ = ["looks"]


def looks(number: int) -> Budget:
    """A budget that is spent once it has been checked more than `number` times."""
    return Budget(number + 1, map(float, count()).__next__, lambda: inf)
