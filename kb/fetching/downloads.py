"""The documents that one run fetches, each in a folder of its own until it has been read and kept."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb.errors import FileUnwritable
from kb.fetching.fetch import Fetched, fetch
from kb.fetching.limits import FetchLimits
from kb.importers.draft import ImportDraft

__all__ = ["RETRIEVED", "Downloads", "fetched_on"]

RETRIEVED = "retrieved"
"""The field of a document that says on which day it was fetched."""


@dataclass(slots=True)
class Downloads:
    """Fetched files by their paths, with where they come from; the editor's own files may be asked about,
    too, and have no origin."""

    folder: Path
    limits: FetchLimits = field(default_factory=FetchLimits)
    fetched: dict[Path, Fetched] = field(default_factory=dict)

    def fetch(self, address: str, told: Callable[[int, int | None], None]) -> Path:
        """Fetches a document and returns its file. Raises SourceUnreadable and FileUnwritable."""
        try:
            place = Path(tempfile.mkdtemp(dir=self.folder))
        except OSError as exc:
            raise FileUnwritable(self.folder, exc) from exc
        try:
            found = fetch(address, place, told, self.limits)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        self.fetched[found.path] = found
        return found.path

    def name(self, path: Path) -> str:
        """What the editor calls a file: its address, if it was fetched."""
        found = self.fetched.get(path)
        return found.address if found else str(path)

    def with_origin(self, path: Path, draft: ImportDraft, day: datetime.date) -> ImportDraft:
        """The draft with its address, the day and any remarks of the fetch, if it was fetched."""
        found = self.fetched.get(path)
        if not found:
            return draft
        draft = fetched_on(draft, found.address, day.isoformat())
        return replace(draft, remarks=(*draft.remarks, *found.remarks))

    def forget(self, path: Path) -> None:
        """Removes a fetched file, which has been kept elsewhere or is not wanted."""
        if self.fetched.pop(path, None):
            shutil.rmtree(path.parent, ignore_errors=True)


def fetched_on(draft: ImportDraft, address: str, day: str) -> ImportDraft:
    """The draft as that of a document fetched from this address on this day."""
    others = tuple(pair for pair in draft.document.further if pair[0] != RETRIEVED)
    document = replace(draft.document, url=address, further=(*others, (RETRIEVED, day)))
    return replace(draft, document=document)
