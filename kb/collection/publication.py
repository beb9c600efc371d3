"""What is to be entered in the ledgers: new, changed, moved and withdrawn passages, folder by folder."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from kb.collection.loader import Survey
from kb.errors import BadRequest
from kb.ids import address
from kb.messages import Message
from kb.permanence import ledger
from kb.permanence.history import Present
from kb.permanence.ledger import Entry, standing
from kb.permanence.moves import Moves

__all__ = ["Pending", "latest", "pending", "require_order"]


@dataclass(frozen=True, slots=True)
class Pending:
    """What one ledger lacks; `before` are the entries it had when this was decided."""

    path: Path
    before: tuple[Entry, ...]
    entries: tuple[Entry, ...]

    def write(self) -> None:
        """Raises KbError where the ledger has other entries by now, or cannot be written."""
        ledger.append(self.path, self.entries, self.before)


def pending(survey: Survey, day: datetime.date) -> list[Pending]:
    """What each folder's ledger lacks, folders with nothing to publish left out."""
    found = []
    moves = Moves(survey.collection.moves, Present(survey.collection).has)
    for folder in survey.folders:
        own = folder.passages(survey.collection)
        moved = {key: address(*step) for key in standing(folder.entries) if (step := moves.step(key))}
        entries = ledger.pending(folder.entries, own, day.isoformat(), moved)
        found.append(Pending(folder.path / ledger.NAME, folder.entries, entries))
    return [one for one in found if one.entries]


def latest(survey: Survey) -> str:
    """The day of the last publication (YYYY-MM-DD); empty where nothing was ever published."""
    return max((folder.entries[-1].date for folder in survey.folders if folder.entries), default="")


def require_order(found: list[Pending], day: datetime.date) -> None:
    """Refuse a day before a ledger's last, which would make the ledger faulty, and one to come."""
    if day > datetime.date.today():
        raise BadRequest("--date", Message("date-in-future", date=str(day)))
    for one in found:
        last = max((entry.date for entry in one.before), default="")
        if day.isoformat() < last:
            raise BadRequest("--date", Message("date-too-early", date=str(day), last=last))
