"""Faults and changes as lines for the person at the keyboard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kb.english import ENGLISH
from kb.errors import Fault
from kb.messages import Message, words
from kb.permanence.ledger import ENTRY_STATES, EntryState, LedgerEntry

__all__ = ["format_faults", "summarise_entries"]


def format_faults(faults: Sequence[Fault]) -> str:
    """One fault a line, each path as seen from the working folder where it lies below it."""
    return "\n".join(str(_nearby(fault)) for fault in faults)


def _nearby(fault: Fault) -> Fault:
    try:
        return replace(fault, path=fault.path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError, RuntimeError):
        return fault


def summarise_entries(entries: Sequence[LedgerEntry]) -> str:
    """How many passages are new, and how many changed in which way: `1 new, 2 amended`."""
    counts = Counter(entry.status for entry in entries)
    return ", ".join(
        words(_counted(state, counts[state]), ENGLISH) for state in ENTRY_STATES if counts[state]
    )


def _counted(state: EntryState, count: int) -> Message:
    match state:
        case "published":
            return Message("tally-new", count=count)
        case "amended":
            return Message("tally-amended", count=count)
        case "withdrawn":
            return Message("tally-withdrawn", count=count)
        case "moved":
            return Message("tally-moved", count=count)
