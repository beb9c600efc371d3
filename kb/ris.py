"""Passages as RIS records, the exchange format that reference managers read."""

from __future__ import annotations

import datetime

from kb import dates
from kb.citation import SITE
from kb.model import Document, Passage
from kb.provenance import fingerprint

__all__ = ["record"]

_TYPES = {"report": "RPRT", "communique": "RPRT"}
_OTHER = "GEN"

Field = tuple[str, str]


def record(document: Document, passage: Passage, url: str, accessed: datetime.date) -> str:
    """One passage as a RIS record, its lines ended by CR LF, closed by a blank line.

    Each value stands on one line, white space folded; what is absent is left out.
    Tags: https://en.wikipedia.org/wiki/RIS_(file_format), the list of Reference Manager.
    """
    fields = (
        ("TY", _TYPES.get(document.kind, _OTHER)),
        ("TI", _title(document, passage)),
        *(("AU", name) for name in _authors(document)),
        *_date(document.date),
        ("SP", passage.locator or passage.id),
        ("AB", passage.text),
        ("LA", document.language),
        ("UR", url),
        ("Y2", f"{accessed:%Y/%m/%d}/"),
        *(("N1", remark) for remark in _remarks(document, passage)),
    )
    folded = ((tag, " ".join(value.split())) for tag, value in fields)
    lines = [f"{tag}  - {value}" for tag, value in folded if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _title(document: Document, passage: Passage) -> str:
    if not document.is_note:
        return document.title
    return f"{passage.locator or passage.heading or passage.id}: {document.title} (editorial note)"


def _authors(document: Document) -> tuple[str, ...]:
    return (SITE,) if document.is_note else document.issuers


def _date(edtf: str) -> tuple[Field, ...]:
    """The year, and the day as far as it is known; nothing where the year itself is in doubt."""
    if len(dates.years(edtf)) != 1:
        return ()
    year, month, day = dates.start(edtf)
    known = "/".join(f"{part:02}" if part else "" for part in (month, day))
    return ("PY", f"{year:04}"), ("DA", f"{year:04}/{known}/" if month else "")


def _remarks(document: Document, passage: Passage) -> tuple[str, ...]:
    """What a citation must not lose and RIS has no field for."""
    date = dates.in_words(document.date) if document.date else ""
    return (
        f"Fingerprint sha256:{fingerprint(passage.text)}",
        f"Date: {date}" if date and not date.isdigit() else "",
        f"Numbering {document.numbering}" if document.numbering else "",
        f"Not stated in the source, supplied: {', '.join(document.supplied)}" if document.supplied else "",
        f"Superseded by {document.superseded_by}" if document.status == "superseded" else "",
        "Withdrawn by its issuer" if document.status == "withdrawn" else "",
    )
