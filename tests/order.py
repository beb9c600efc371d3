"""The order of the tests: what is shared is made once, and no process has long work left at the end.

pytest-xdist gives each process an equal stretch of the tests; one that has finished takes half of what
another still has, from its end. So the slow tests of a file stay together, files with the most of them are
dealt out first, each to the stretch with the fewest, and quick tests fill up the stretches.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import pytest

__all__ = ["dealt_out"]


def dealt_out(items: Sequence[pytest.Item], processes: int) -> list[pytest.Item]:
    """All tests, in one stretch after another, one for each process."""
    slow = [item for item in items if item.get_closest_marker("slow")]
    quick = iter([item for item in items if not item.get_closest_marker("slow")])
    stretches: list[list[pytest.Item]] = [[] for _ in range(processes)]
    files = [list(those) for _, those in groupby(slow, lambda item: item.path)]
    for file in sorted(files, key=len, reverse=True):
        min(stretches, key=len).extend(file)
    done = 0
    for at, stretch in enumerate(stretches):
        size = (len(items) - done) // (processes - at)
        stretch += [item for _, item in zip(range(size - len(stretch)), quick, strict=False)]
        done += size
    return [item for stretch in stretches for item in stretch]
