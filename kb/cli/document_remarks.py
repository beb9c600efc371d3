"""Remarks on the fields of a document: what an editor may have mistyped or left out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from kb import edtf
from kb.citing.labels import join_names
from kb.curated.document_file import NAME_FIELDS
from kb.languages.language_tag import deprecated_language
from kb.messages import Message
from kb.model import NOTE, Document
from kb.sources.kinds import DOCUMENT, KIND_NAMES, KINDS, source_kind

__all__ = ["KeyedMessage", "document_remarks"]

BUDDHIST_ERA = 543
"""Years by which Thailand, Laos, Cambodia and Burma count ahead; 25xx is 1957 to 2056."""

_BUDDHIST_YEAR = re.compile(r"(?<![0-9])25[0-9]{2}(?![0-9X])")

KeyedMessage = tuple[str, Message]
"""A field's name, and what to say about it."""


def document_remarks(document: Document, today: datetime.date, in_english: bool) -> Iterator[KeyedMessage]:
    """What to look at again in a document's fields, such as its dates, kind and language.

    If the site says that all its texts are `in_english`, no document needs to say so.
    """
    for key, date in (("date", document.date), ("event_date", document.event_date)):
        yield from _year(key, date, today)
    yield from _kind(document.kind)
    yield from _fields(document)
    yield from _names(document)
    if document.ocr == "unchecked":
        yield "ocr", Message("unchecked-ocr")
    if not (document.language or document.is_note or in_english):
        yield "language", Message("no-language")
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
    if not kind or kind in KIND_NAMES:
        return
    known = [name for name in KIND_NAMES if name != NOTE]
    folded = {name.casefold(): name for name in known}
    shown, similar = kind[:80], get_close_matches(kind[:80].casefold(), folded, n=1, cutoff=0.8)
    if similar:
        yield "kind", Message("similar-kind", kind=shown, meant=folded[similar[0]])
    else:
        named = [name for name in KINDS if name not in (NOTE, DOCUMENT.name)]
        yield "kind", Message("unknown-kind", kind=shown, known=", ".join(named))


def _fields(document: Document) -> Iterator[KeyedMessage]:
    """What the citation of such a source needs and the document lacks."""
    given = dict(document.further)
    kind = source_kind(document.kind, given.get("symbol", ""))
    missing = [name for name in kind.required if not _has(document, given, name)]
    for name in [one for one in missing if one in _ISSUED and document.issuers]:
        yield "issuers", Message("issuers-instead", kind=kind.name, field=name)
        missing.remove(name)
    if missing:
        yield "kind", Message("incomplete-source", kind=kind.name, missing=join_names(missing, "or"))


_ISSUED = ("authors", "court", "organ")
"""Fields that `issuers` had to stand in for before they existed."""

_SAID_BY = {
    "date": ("opened_for_signature", "signed"),
    "court": ("neutral_citation", "ecli"),
    "official_journal": ("number",),
    "authors": ("editors",),
}
"""Fields that make another field unnecessary."""


def _has(document: Document, given: Mapping[str, str], name: str) -> bool:
    names = (name, *_SAID_BY.get(name, ()))
    return any(given.get(one) or getattr(document, one, None) for one in names)


def _names(document: Document) -> Iterator[KeyedMessage]:
    for key, _ in document.further:
        if key in NAME_FIELDS:
            yield key, Message("unread-names", key=key)
