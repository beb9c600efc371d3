"""The numbers in the margin that count the lines of a page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from kb.importers.pdf.characters.text_runs import TextRun

__all__ = ["margin_numbers"]

MIN_LINE_NUMBERS = 8

MAX_EDGE_SHIFT = 6
"""Points by which the right edges of such numbers may differ."""


def margin_numbers(runs: Sequence[TextRun]) -> frozenset[int]:
    """The runs, by identity, that count the lines in a margin.

    They stand at one edge, evenly spaced, each one more than the one above. Note marks are smaller.
    """
    numbers = [run for run in runs if len(run.text) <= 3 and run.text.isdecimal()]
    if len(numbers) < MIN_LINE_NUMBERS:
        return frozenset()
    usual = median(run.size for run in runs)
    found: list[TextRun] = []
    for run in [number for number in numbers if number.size > 0.85 * usual]:
        last = found[-1] if found else None
        if (
            last
            and int(run.text) == int(last.text) + 1
            and abs(run.box.right - last.box.right) < MAX_EDGE_SHIFT
        ):
            found.append(run)
        elif len(found) < MIN_LINE_NUMBERS:
            found = [run]
    return frozenset(map(id, found)) if len(found) >= MIN_LINE_NUMBERS and _are_even(found) else frozenset()


def _are_even(numbers: Sequence[TextRun]) -> bool:
    steps = [below.baseline - above.baseline for above, below in pairwise(numbers)]
    usual = median(steps)
    return sum(abs(step - usual) <= 0.15 * usual for step in steps) >= 0.8 * len(steps)
