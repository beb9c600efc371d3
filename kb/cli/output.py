"""Faults and changes as lines for the person at the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kb.errors import Fault
from kb.permanence.ledger import STATES, Entry

__all__ = ["listed", "tally"]


def listed(faults: Sequence[Fault]) -> str:
    """One fault a line, each path as seen from the working folder where it lies below it."""
    return "\n".join(str(_nearby(fault)) for fault in faults)


def _nearby(fault: Fault) -> Fault:
    try:
        return replace(fault, path=fault.path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError, RuntimeError):
        return fault


def tally(entries: Sequence[Entry]) -> str:
    """How many passages are new, and how many changed in which way: `1 new, 2 amended`."""
    states = [entry.status for entry in entries]
    words = {state: "new" if state == "published" else state for state in STATES}
    return ", ".join(f"{states.count(state):,} {words[state]}" for state in STATES if state in states)
