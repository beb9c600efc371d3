"""A plain citation of a passage, ready to paste."""

from __future__ import annotations

import calendar
import datetime

from kb import dates
from kb.model import Document, Passage
from kb.provenance import fingerprint

__all__ = ["SITE", "cite", "supplied_words"]

SITE = "Trafficking in Persons Knowledge Base"
"""The site's name, which its own notes are cited under."""


def cite(document: Document, passage: Passage, url: str, accessed: datetime.date) -> str:
    """Cite a passage: who, what, when, where in it, address, day of access, fingerprint.

    What this site supplied stands in square brackets, as is usual for data not in the source.
    """
    head = _note(document, passage) if document.is_note else _source(document, passage)
    parts = (
        *head,
        *_status(document),
        f"<{url}>",
        f"accessed {accessed.day} {calendar.month_name[accessed.month]} {accessed.year}",
        f"fingerprint sha256:{fingerprint(passage.text)[:12]}",
    )
    return ", ".join(parts) + "."


def _note(document: Document, passage: Passage) -> tuple[str, ...]:
    title = f"“{passage.locator or passage.heading or passage.id}”"
    return f"Editorial note, {SITE}", document.title, title


def _source(document: Document, passage: Passage) -> tuple[str, ...]:
    date = dates.in_words(document.date) or "undated"
    date = f"[{date}]" if "date" in document.supplied else f"({date})"
    title = f"{_supplied(document, 'title', document.title)} {date}"
    issuers = _supplied(document, "issuers", _listed(document.issuers))
    return tuple(part for part in (issuers, title, _locator(document, passage)) if part)


def _supplied(document: Document, name: str, words: str) -> str:
    return f"[{words}]" if words and name in document.supplied else words


def supplied_words(document: Document, *names: str) -> str:
    """Which of the named fields this site supplied, in words: `title and date supplied by this site`."""
    supplied = tuple(name for name in names if name in document.supplied)
    return f"{_listed(supplied)} supplied by this site" if supplied else ""


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _locator(document: Document, passage: Passage) -> str:
    locator = passage.locator or passage.id
    return f"{locator} (numbering {document.numbering})" if document.numbering else locator


def _status(document: Document) -> tuple[str, ...]:
    words = {
        "current": (),
        "superseded": (f"superseded by {document.superseded_by}",),
        "withdrawn": ("withdrawn",),
    }
    return words[document.status]
