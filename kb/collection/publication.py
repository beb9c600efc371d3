"""What the ledgers lack, folder by folder: new, changed, moved and withdrawn passages."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from kb.collection.loader import Survey
from kb.errors import BadRequest
from kb.ids import address
from kb.messages import Message
from kb.permanence.history import CurrentPassages
from kb.permanence.ledger import LEDGER_FILE, LedgerEntry, append_entries, last_entries, new_entries
from kb.permanence.moves import Moves

__all__ = [
    "PendingEntries",
    "default_day",
    "last_publication_date",
    "pending_entries",
    "require_valid_date",
]


@dataclass(frozen=True, slots=True)
class PendingEntries:
    """Entries that one ledger lacks; `before` are those it had when they were determined."""

    path: Path
    before: tuple[LedgerEntry, ...]
    entries: tuple[LedgerEntry, ...]

    def write(self) -> None:
        """Append the entries. Raises KbError if the ledger has changed since, or cannot be written."""
        append_entries(self.path, self.entries, self.before)


def pending_entries(survey: Survey, day: datetime.date) -> list[PendingEntries]:
    """What each folder's ledger lacks, without folders that have nothing to publish."""
    lacking = []
    moves = Moves(survey.collection.moves, CurrentPassages(survey.collection).has)
    for folder in survey.folders:
        own = folder.passages(survey.collection)
        moved = {key: address(*step) for key in last_entries(folder.entries) if (step := moves.step(key))}
        entries = new_entries(folder.entries, own, day.isoformat(), moved)
        lacking.append(PendingEntries(folder.path / LEDGER_FILE, folder.entries, entries))
    return [one for one in lacking if one.entries]


def last_publication_date(survey: Survey) -> str:
    """The day of the last publication (YYYY-MM-DD); empty if there was none."""
    return max((folder.entries[-1].date for folder in survey.folders if folder.entries), default="")


def default_day(survey: Survey, today: datetime.date) -> datetime.date:
    """Today, or the day of the last publication if this computer's clock is behind it."""
    last = last_publication_date(survey)
    return max(today, datetime.date.fromisoformat(last)) if last else today


def require_valid_date(pending: list[PendingEntries], day: datetime.date, latest: datetime.date) -> None:
    """Raise BadRequest for a day after the latest that may be meant, or before a ledger's last."""
    if day > latest:
        raise BadRequest("--date", Message("date-in-future", date=str(day)))
    for one in pending:
        last = max((entry.date for entry in one.before), default="")
        if day.isoformat() < last:
            raise BadRequest("--date", Message("date-too-early", date=str(day), last=last))
