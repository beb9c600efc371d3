"""Faults and changes as lines for the person at the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kb.differences import differences
from kb.errors import Fault
from kb.ledger import STATES, Entry

__all__ = ["changed", "count", "listed", "short", "tally"]

MOST_CHANGES = 3
LONGEST = 60
"""Characters of words that are shown in one place."""


def listed(faults: Sequence[Fault]) -> str:
    """One fault a line, each path as seen from the working folder where it lies below it."""
    return "\n".join(str(_nearby(fault)) for fault in faults)


def _nearby(fault: Fault) -> Fault:
    try:
        return replace(fault, path=fault.path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError, RuntimeError):
        return fault


def short(text: str) -> str:
    """The beginning of a text, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 3] + "..."


def changed(old: str, new: str) -> str:
    """What changed between two texts: the old words and the new ones of the first few places."""
    places = [(piece.old, piece.new) for piece in differences(old, new) if piece.kind != "kept"]
    lines = [_change(short(before), short(after)) for before, after in places[:MOST_CHANGES]]
    more = len(places) - len(lines)
    return "\n".join([*lines, f"and {count(more, 'more change')}"] if more else lines)


def tally(entries: Sequence[Entry]) -> str:
    """How many passages are new, and how many changed in which way: `1 new, 2 amended`."""
    states = [entry.status for entry in entries]
    words = {state: "new" if state == "published" else state for state in STATES}
    return ", ".join(f"{states.count(state):,} {words[state]}" for state in STATES if state in states)


def _change(before: str, after: str) -> str:
    if not before:
        return f"added “{after}”"
    return f"“{before}” -> “{after}”" if after else f"removed “{before}”"


def count(number: int, one: str, many: str = "") -> str:
    """A number of things: `1 passage`, `1,200 passages`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
