"""Exports have their own lane, a few at a time, so that searches are always served.

An export takes seconds where a page takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from kb.errors import WorkCutShort
from kb.messages import Message
from kb.work.budget import Budget, limited, was_cut
from web.admission.slots import Busy, Slots, shared_folder

__all__ = ["EXPORTS_BUSY", "EXPORT_PATHS", "MAX_EXPORTS", "export_slots", "is_export", "writing_budget"]

EXPORT_PATHS = frozenset(
    ("/search.csv", "/search.json", "/search.ris", "/search.bib", "/search.csl.json", "/matrix.csv")
)
MAX_EXPORTS = 2

MAX_WRITING_SECONDS = 20.0
"""The CPU time in which the hits of an export are written; 10,000 take some three seconds."""

EXPORTS_BUSY = Busy(
    Message("exports-busy"),
    Message("exports-under-way", count=MAX_EXPORTS),
    wait_seconds=1.0,
    retry_seconds=10,
)


def is_export(target: bytes) -> bool:
    """Whether the target of a request, a path with its query, is that of an export."""
    return unquote(target.partition(b"?")[0].decode("latin-1")) in EXPORT_PATHS


@contextmanager
def writing_budget() -> Iterator[None]:
    """Gives the writing of an export its own budget of work, so that the search does not use it up.

    Raises WorkCutShort if the budget runs out: an export is never written in part.
    """
    with limited(Budget(MAX_WRITING_SECONDS)):
        yield
        if was_cut():
            raise WorkCutShort(Message("work-cut-short"))


def export_slots(index: Path) -> Slots:
    """The slots shared by all processes that serve this index; none if their files cannot be made."""
    try:
        folder = shared_folder(index)
    except OSError:
        return Slots(EXPORTS_BUSY)
    return Slots(EXPORTS_BUSY, [folder / f"export-{number}" for number in range(MAX_EXPORTS)])
