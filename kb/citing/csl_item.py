"""The master record: a document, or a passage of one, as a CSL-JSON item.

Every citation and every export is made from it. Keys are those of CSL-JSON (`csl_schema`); what it has
no key for is under `custom`, which is there for that.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kb import edtf
from kb.citing import pinpoint
from kb.citing.csl_schema import CslCustomFields, CslDate, CslItem
from kb.citing.labels import DEFAULT_SITE, CitedSite, join_names
from kb.model import NOTE, Document, Passage
from kb.sources.kinds import CITED_FIELDS, KINDS, SourceKind, source_kind
from kb.sources.person_name import name_fields
from kb.text.fingerprint import fingerprint

__all__ = [
    "CslCustomFields",
    "CslItem",
    "document_item",
    "is_note",
    "kind_of",
    "passage_item",
]


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
    "organ": "authority",
    "pages": "page",
    "series": "collection-title",
    "short_title": "title-short",
    "thesis_type": "genre",
    "volume": "volume",
}
"""The keys of CSL-JSON for the fields of `kb.sources.kinds` that have one of their own."""

_NUMBERS = ("symbol", "number", "docket")
"""Fields that CSL-JSON has one key for; the first that is given counts."""

_SERIES = re.compile(r"([0-9]+) ([A-Z][A-Za-z. ]*) ([0-9]+)")


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
    """The record of a passage; `address` is its permanent address, empty where that is not known.

    `successor` is the title of the document that supersedes this one.
    """
    if published := dict(document.note_dates).get(passage.id):
        document = replace(document, date=published)
    item = document_item(document, address, accessed, site, successor)
    custom = item["custom"]
    custom["passage"] = passage.id
    custom["fingerprint"] = fingerprint(passage.text)
    item["id"] = passage.address
    item["abstract"] = passage.text
    if document.is_note:
        item["title"] = passage.locator or passage.heading or document.title
        item["container-title"] = document.title
    else:
        place = pinpoint.parse_locator(passage.locator)
        item["locator"] = place.value
        custom["label"] = place.label
    item["note"] = _note(item)
    return _without_empty(item)


def document_item(
    document: Document,
    address: str,
    accessed: datetime.date,
    site: CitedSite = DEFAULT_SITE,
    successor: str = "",
) -> CslItem:
    """The record of a document as a whole; `successor` is the title of the one that supersedes it."""
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
        "issued": _issued(document.date),
        "event-date": _issued(document.event_date),
        "genre": "Editorial note" if document.is_note else document.kind[:1].upper() + document.kind[1:],
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
    item.update(_series(further.get("treaty_series", "")))
    item["note"] = _note(item)
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
        "status": "" if document.status == "current" else document.status,
        "supplied": list(document.supplied),
    }


def _authors(document: Document, kind: SourceKind, site: CitedSite) -> list[dict[str, str]]:
    """The persons who wrote a source, or else the bodies that issued it."""
    if document.is_note:
        return [{"literal": site.name}]
    if document.authors:
        return [name_fields(name) for name in document.authors]
    return [{"literal": name} for name in document.issuers] if kind.has_author else []


def _publisher(document: Document, site: CitedSite) -> str:
    """Who published a source: as it says itself, or the bodies that issued what persons wrote."""
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


def _issued(date: str) -> CslDate:
    """A CSL-JSON date; in words where date parts cannot express it."""
    try:
        begin, end = edtf.ends(date) if date else (None, None)
    except ValueError:
        return {"literal": date}
    if not (begin and end):
        return {"literal": edtf.in_words(date)} if date else {}
    if begin.low != begin.high or end.low != end.high:
        return {"literal": edtf.in_words(date)}
    csl_date: CslDate = {"date-parts": [_parts(begin)] if begin == end else [_parts(begin), _parts(end)]}
    if begin == end and begin.month in edtf.SEASONS:
        csl_date["season"] = begin.month - 20
    if begin.qualifier or end.qualifier:
        csl_date["circa"] = True
    return csl_date


def _parts(point: edtf.DatePoint) -> list[int]:
    if not point.month or point.month in edtf.SEASONS:
        return [point.low]
    return [point.low, point.month, *([point.day] if point.day else [])]


def _series(series: str) -> CslItem:
    """`1577 UNTS 3` as volume, series and page; any other reference as the series alone."""
    match = _SERIES.fullmatch(series)
    if not match:
        return {"container-title": series} if series else {}
    return {"volume": match[1], "container-title": match[2], "page": match[3]}


def _note(item: CslItem) -> str:
    """In sentences, what no export may lose but few formats have a field for."""
    custom = item["custom"]
    pairs = (
        ("Fingerprint sha256:", custom.get("fingerprint")),
        ("Superseded", _superseded(custom)),
        ("Withdrawn by ", "its issuer" if custom.get("status") == "withdrawn" else ""),
        ("Date: ", _doubtful(item)),
        ("Numbering ", custom.get("numbering")),
        ("Not stated in the source, supplied: ", ", ".join(custom.get("supplied", ()))),
        ("The address is local", ": it may not work elsewhere" if custom.get("local") else ""),
        ("Published at ", custom.get("published_at") if custom.get("address") else ""),
    )
    return ". ".join(f"{what}{value}" for what, value in pairs if value)


def _superseded(custom: CslCustomFields) -> str:
    """What follows the word: by which document, as far as its title is known."""
    if custom.get("status") != "superseded":
        return ""
    return f" by {custom['superseded_by']}" if custom.get("superseded_by") else " by a newer document"


def _doubtful(item: CslItem) -> str:
    """The date in words, unless it is a day, month or year known for certain."""
    issued = item.get("issued", {})
    plain = len(issued.get("date-parts", ())) == 1 and not {"circa", "season"} & issued.keys()
    date = item["custom"].get("edtf", "")
    return "" if plain else issued.get("literal") or (date and edtf.in_words(date))
