"""Remarks on the fields of a document: what an editor may have mistyped or left out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from difflib import get_close_matches

from kb import edtf
from kb.citing.csl_item import CITED_KINDS, is_treaty
from kb.languages.language_tag import deprecated_language
from kb.messages import Message
from kb.model import NOTE, Document

__all__ = ["KeyedMessage", "document_remarks"]

BUDDHIST_ERA = 543
"""Years by which Thailand, Laos, Cambodia and Burma count ahead; 25xx is 1957 to 2056."""

_BUDDHIST_YEAR = re.compile(r"(?<![0-9])25[0-9]{2}(?![0-9X])")

KeyedMessage = tuple[str, Message]
"""A field's name, and what to say about it."""


def document_remarks(document: Document, today: datetime.date) -> Iterator[KeyedMessage]:
    """What to look at again among a document's dates, its kind and its language."""
    for key, date in (("date", document.date), ("event_date", document.event_date)):
        yield from _year(key, date, today)
    yield from _kind(document.kind)
    yield from _treaty(document)
    if tag := deprecated_language(document.language):
        yield "language", Message("deprecated-language", language=document.language, tag=tag)


def _year(key: str, date: str, today: datetime.date) -> Iterator[KeyedMessage]:
    if max(edtf.years(date), default=0) <= today.year:
        return
    meant = _BUDDHIST_YEAR.sub(lambda year: str(int(year[0]) - BUDDHIST_ERA), date)
    if meant == date:
        yield key, Message("future-year", date=date)
    else:
        yield key, Message("buddhist-year", date=date, meant=meant)


def _kind(kind: str) -> Iterator[KeyedMessage]:
    if not kind or kind in CITED_KINDS:
        return
    known = sorted({*CITED_KINDS} - {NOTE})
    shown, similar = kind[:80], get_close_matches(kind[:80].casefold(), known, n=1, cutoff=0.8)
    if similar:
        yield "kind", Message("similar-kind", kind=shown, meant=similar[0])
    else:
        yield "kind", Message("unknown-kind", kind=shown, known=", ".join(known))


def _treaty(document: Document) -> Iterator[KeyedMessage]:
    if not is_treaty(document):
        return
    further = dict(document.further)
    date = document.date or further.get("opened_for_signature")
    given = {"date": date, "treaty_series": further.get("treaty_series")}
    if missing := [key for key, value in given.items() if not value]:
        yield "kind", Message("incomplete-treaty", missing=" or ".join(missing))
