"""The master record: a document, or a passage of one, as a CSL-JSON item.

Every citation and export is made from it. Keys are those of CSL-JSON (`csl_schema`); what CSL-JSON has
no key for goes under `custom`, which exists for that purpose.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kb.citing import pinpoint
from kb.citing.csl_date import csl_date
from kb.citing.csl_schema import CslCustomFields, CslItem
from kb.citing.excerpt import excerpt, excerpt_ranges
from kb.citing.labels import DEFAULT_SITE, CitedSite, join_names
from kb.citing.narrowing import cited_place, touched_passages
from kb.citing.record_note import record_note
from kb.ids import PassageSpan, WordRange
from kb.model import NOTE, Document, Passage
from kb.sources.kinds import CITED_FIELDS, KINDS, SourceKind, source_kind
from kb.sources.person_name import name_fields
from kb.text.fingerprint import fingerprint, joined_texts

__all__ = [
    "CslCustomFields",
    "CslItem",
    "csl_key",
    "document_item",
    "is_note",
    "kind_of",
    "passage_item",
    "span_item",
]


NOTE_GENRE, NOTES_GENRE = "Editorial note", "Editorial notes"
"""What one of our own notes is called, and what several are called."""

_CSL_KEYS: Mapping[str, str] = {
    "container": "container-title",
    "court": "authority",
    "doi": "DOI",
    "edition": "edition",
    "event": "event-title",
    "isbn": "ISBN",
    "issn": "ISSN",
    "issue": "issue",
    "jurisdiction": "jurisdiction",
    "official_journal": "container-title",
    "organ": "authority",
    "pages": "page",
    "series": "collection-title",
    "short_title": "title-short",
    "thesis_type": "genre",
    "volume": "volume",
}
"""The CSL-JSON keys for those fields of `kb.sources.kinds` that have a key of their own."""

_NUMBERS = ("symbol", "number", "docket", "neutral_citation", "registration")
"""Fields that share one key in CSL-JSON; the first one given is used."""

_TREATY_DATES = ("signed", "opened_for_signature")
"""Fields that date a treaty without a `date`; the first one given is used."""

_SERIES = re.compile(r"(?:\([0-9]{4}\) )?([0-9]+) ([A-Z][A-Za-z. ]*) ([0-9]+)")


def csl_key(field: str) -> str:
    """The CSL-JSON key for a field of `kb.sources.kinds`; empty if there is none."""
    if field in _NUMBERS:
        return "number"
    return "publisher" if field == "institution" else _CSL_KEYS.get(field, "")


def kind_of(item: CslItem) -> SourceKind:
    """The kind of source by which an item is cited."""
    return KINDS[item["custom"]["kind"]]


def is_note(item: CslItem) -> bool:
    """Whether an item is an editorial note of this site."""
    return item["custom"]["kind"] == NOTE


def passage_item(
    document: Document,
    passage: Passage,
    address: str,
    accessed: datetime.date,
    site: CitedSite = DEFAULT_SITE,
    successor: str = "",
) -> CslItem:
    """The record of a passage; `address` is its permanent address, empty if unknown.

    `successor` is the title of the document that supersedes this one.
    """
    return span_item(document, (passage,), address, accessed, site, successor)


def span_item(
    document: Document,
    passages: Sequence[Passage],
    address: str,
    accessed: datetime.date,
    site: CitedSite = DEFAULT_SITE,
    successor: str = "",
    words: WordRange | None = None,
) -> CslItem:
    """The record of one or more consecutive passages of a document, or of an excerpt, the `words` of them.

    Its words are theirs, with a line feed between passages, and its fingerprint is that of the whole
    passages, even for an excerpt. The pinpoint of an excerpt is the place of its words.
    """
    ids = [passage.id for passage in passages]
    item = _document_item(_dated(document, ids), address, accessed, site, successor)
    first, last, custom = passages[0], passages[-1], item["custom"]
    text = joined_texts(passage.text for passage in passages)
    ranges = excerpt_ranges(text, words) if words else ((0, len(text)),)
    cited = list(touched_passages(passages, ranges)) or [(passage, []) for passage in passages]
    item["abstract"] = excerpt(text, words) if words else text
    if ranges[1:]:
        custom["pieces"] = [text[start:end] for start, end in ranges]
    parts = [[each.prose.rstrip(), *each.text.removeprefix(each.prose).split("\n")[1:]] for each in passages]
    if item["abstract"] == text and any(listed for _, *listed in parts):
        custom["parts"] = parts
    custom["passage"] = first.id if first is last else PassageSpan(first.id, last.id).place
    custom["fingerprint"] = fingerprint(text)
    item["id"] = f"{document.id}/{custom['passage']}"
    if document.is_note:
        item["title"] = _headings(document, [passage for passage, _ in cited])
        item["container-title"] = document.title
        item["genre"] = NOTES_GENRE if len(cited) > 1 else NOTE_GENRE
    else:
        place = cited_place(cited)
        item["locator"] = place.value
        custom["label"] = pinpoint.CSL_LABELS[place.label]
    item["note"] = record_note(item)
    return _without_empty(item)


def _dated(document: Document, passages: Iterable[str]) -> Document:
    """The document, dated by the last day on which one of these notes was published, if any was."""
    days = dict(document.note_dates)
    published = max((days.get(passage, "") for passage in passages), default="")
    return replace(document, date=published) if published else document


def _headings(document: Document, passages: Sequence[Passage]) -> str:
    """The title of notes, made of their headings; of four or more, only the first and the last."""
    names = [one.locator or one.heading or document.title for one in passages]
    return "; ".join(names if len(names) < 4 else [names[0], "…", names[-1]])


def document_item(
    document: Document,
    address: str,
    accessed: datetime.date,
    site: CitedSite = DEFAULT_SITE,
    successor: str = "",
) -> CslItem:
    """The record of a document as a whole; `successor` is the title of the one that supersedes it."""
    dated = _dated(document, dict(document.note_dates))
    return _document_item(dated, address, accessed, site, successor)


def _document_item(
    document: Document, address: str, accessed: datetime.date, site: CitedSite, successor: str
) -> CslItem:
    further = dict(document.further)
    kind = source_kind(document.kind, further.get("symbol", ""))
    item: CslItem = {
        "id": document.id,
        "type": kind.csl_type,
        "title": document.title,
        "author": _authors(document, kind, site),
        "editor": [name_fields(name) for name in document.editors],
        "publisher": _publisher(document, site),
        "authority": "" if kind.has_author else join_names(document.issuers),
        "issued": csl_date(next(filter(None, (document.date, *map(further.get, _TREATY_DATES))), "")),
        "event-date": csl_date(document.event_date),
        "genre": NOTES_GENRE if document.is_note else document.kind[:1].upper() + document.kind[1:],
        "publisher-place": document.place,
        "number": next((further[name] for name in _NUMBERS if further.get(name)), ""),
        "URL": address or document.url,
        "language": document.language,
        "source": site.name,
        "custom": _custom(document, kind, address, site) | {"superseded_by": successor},
    }
    if item["URL"]:
        item["accessed"] = {"date-parts": [[accessed.year, accessed.month, accessed.day]]}
    item.update({key: further[name] for name, key in _CSL_KEYS.items() if further.get(name)})  # type: ignore[typeddict-item]
    item.update(_series(further.get("treaty_series", "") or further.get("reporter", "")))
    item["note"] = record_note(item)
    return _without_empty(item)


def _custom(document: Document, kind: SourceKind, address: str, site: CitedSite) -> CslCustomFields:
    further = dict(document.further)
    return {
        "document": document.id,
        "kind": kind.name,
        "address": address,
        "local": site.local and bool(address),
        "published_at": document.url,
        "edtf": document.date,
        "opened": further.get("opened_for_signature", ""),
        "in_force": further.get("entry_into_force", ""),
        "fields": {name: value for name, value in document.further if name in CITED_FIELDS and value},
        "numbering": document.numbering,
        "ocr": document.ocr,
        "status": "" if document.status == "current" else document.status,
        "supplied": list(document.supplied),
    }


def _authors(document: Document, kind: SourceKind, site: CitedSite) -> list[dict[str, str]]:
    """The persons who wrote a source, or else the bodies that issued it, if its kind has an author."""
    if document.is_note:
        return [{"literal": site.name}]
    if document.authors:
        return [name_fields(name) for name in document.authors]
    return [{"literal": name} for name in document.issuers] if kind.has_author else []


def _publisher(document: Document, site: CitedSite) -> str:
    """Who published a source: as the source says, or else the issuing bodies, if persons wrote it."""
    if document.is_note:
        return site.name
    further = dict(document.further)
    issued = join_names(document.issuers) if document.authors else ""
    return further.get("publisher") or further.get("institution") or issued


def _without_empty(item: CslItem) -> CslItem:
    """The item without empty values, `custom` last."""
    custom: Mapping[str, Any] = {key: value for key, value in item["custom"].items() if value}
    kept: dict[str, Any] = {key: value for key, value in item.items() if value and key != "custom"}
    return kept | {"custom": custom}  # type: ignore[return-value]


def _series(series: str) -> CslItem:
    """Volume, series and page of `1577 UNTS 3` or `(2008) 237 CLR 1`; of any other reference, the series."""
    match = _SERIES.fullmatch(series)
    if not match:
        return {"container-title": series} if series else {}
    return {"volume": match[1], "container-title": match[2], "page": match[3]}
