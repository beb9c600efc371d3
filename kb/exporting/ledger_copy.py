"""The ledgers of a collection, merged into one in an export, so that ids stay permanent in the copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kb.collection.loader import Survey
from kb.ids import IdPair
from kb.permanence.ledger import LEDGER_FILE, STANDING_STATES, LedgerEntry, dump_entries

__all__ = ["write_ledger"]


def write_ledger(survey: Survey, out: Path) -> None:
    """Writes the entries of all folders by date, or no file if nothing was ever published."""
    ledgers = [part.entries for part in survey.folders if part.entries]
    if ledgers:
        entries = ledgers[0] if len(ledgers) == 1 else _merged(ledgers)
        text = "".join(dump_entries(entries))
        (out / LEDGER_FILE).write_text(text, encoding="utf-8", newline="\n")


def _merged(ledgers: Sequence[Sequence[LedgerEntry]]) -> Iterator[LedgerEntry]:
    """The entries of several ledgers as a single ledger would have them.

    A document may have moved from one folder to another: it is published in one and withdrawn in the
    other, but within the collection its ids never went away.
    """
    every = ((at, entry) for at, entries in enumerate(ledgers) for entry in entries)
    last: dict[IdPair, LedgerEntry] = {}
    standing: dict[IdPair, set[int]] = {}
    for at, entry in sorted(every, key=lambda one: one[1].date):
        owners, before = standing.setdefault(entry.key, set()), last.get(entry.key)
        (owners.add if entry.status in STANDING_STATES else owners.discard)(at)
        merged = _in_turn(entry, before, goes_on=bool(owners))
        if merged:
            last[entry.key] = merged
            yield merged


def _in_turn(entry: LedgerEntry, before: LedgerEntry | None, goes_on: bool) -> LedgerEntry | None:
    """The entry as it must follow the one before of the same id; None if it says nothing new."""
    here = before is not None and before.status in STANDING_STATES
    if entry.status in STANDING_STATES:
        if not here:
            return replace(entry, status="published")
        same = before is not None and before.fingerprint == entry.fingerprint
        return None if same else replace(entry, status="amended")
    if goes_on or before is None:
        return None
    is_new = here or (entry.status == "moved" and entry.to != before.to)
    return entry if is_new else None
