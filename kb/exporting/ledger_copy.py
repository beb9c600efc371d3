"""The ledgers of a collection, written into an export as one: ids stay permanent in the copy."""

from __future__ import annotations

from pathlib import Path

from kb.collection.loader import Survey
from kb.permanence.ledger import LEDGER_FILE, dump_entries

__all__ = ["write_ledger"]


def write_ledger(survey: Survey, out: Path) -> None:
    """Writes the entries of all folders by date; nothing if nothing was ever published."""
    every = (entry for part in survey.folders for entry in part.entries)
    entries = sorted(every, key=lambda one: one.date)
    if entries:
        text = "".join(dump_entries(entries))
        (out / LEDGER_FILE).write_text(text, encoding="utf-8", newline="\n")
