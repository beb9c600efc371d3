"""The master record: a document, or a passage of one, as a CSL-JSON item.

Every citation and every export is made from it. Keys are those of CSL-JSON 1.0.2
(https://github.com/citation-style-language/schema, schemas/input/csl-data.json); what it has no key
for stands under `custom`, which is there for that.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any, Literal, TypedDict

from kb import edtf
from kb.citing import pinpoint
from kb.citing.labels import DEFAULT_SITE, CitedSite
from kb.model import Document, Passage
from kb.text.fingerprint import fingerprint

__all__ = [
    "CITED_KINDS",
    "CslCustomFields",
    "CslItem",
    "SourceForm",
    "document_item",
    "is_treaty",
    "passage_item",
    "source_form",
]


class CslCustomFields(TypedDict, total=False):
    """What CSL-JSON has no key for; empty values are left out.

    `edtf` is the date of issue in EDTF, `in_force` and `opened` those of a treaty; `address` is the
    permanent address here, `local` says that it may not work elsewhere, `published_at` is that of the
    document itself; `label` is CSL's name for what the locator counts.
    """

    document: str
    passage: str
    fingerprint: str
    address: str
    local: bool
    published_at: str
    label: pinpoint.LocatorLabel
    edtf: str
    opened: str
    in_force: str
    numbering: str
    status: str
    superseded_by: str
    supplied: list[str]


_Date = dict[str, Any]

CslItem = TypedDict(
    "CslItem",
    {
        "id": str,
        "type": str,
        "title": str,
        "author": list[dict[str, str]],
        "issued": _Date,
        "accessed": _Date,
        "event-date": _Date,
        "container-title": str,
        "publisher": str,
        "publisher-place": str,
        "genre": str,
        "number": str,
        "volume": str,
        "page": str,
        "locator": str,
        "URL": str,
        "language": str,
        "abstract": str,
        "source": str,
        "note": str,
        "annote": str,
        "custom": CslCustomFields,
    },
    total=False,
)
"""A CSL-JSON item; `abstract` holds the words of the passage."""

SourceForm = Literal["report", "treaty", "document", "note"]
"""What styles distinguish: a report or similar, a treaty, a document with a symbol, an editorial note."""

_TYPES = {
    "communique": "report",
    "convention": "treaty",
    "decision": "legal_case",
    "judgment": "legal_case",
    "law": "legislation",
    "note": "webpage",
    "protocol": "treaty",
    "report": "report",
    "speech": "speech",
    "statement": "speech",
    "treaty": "treaty",
}
CITED_KINDS = (*_TYPES,)
"""The kinds of document that have a form of citation of their own; all others are cited as reports are."""

_SERIES = re.compile(r"([0-9]+) ([A-Z][A-Za-z. ]*) ([0-9]+)")


def is_treaty(document: Document) -> bool:
    return _TYPES.get(document.kind) == "treaty"


def source_form(item: CslItem) -> SourceForm:
    """The form of source by which styles cite an item."""
    match item["type"]:
        case "webpage":
            return "note"
        case "treaty":
            return "treaty"
        case _:
            return "document" if "number" in item else "report"


def passage_item(
    document: Document,
    passage: Passage,
    address: str,
    accessed: datetime.date,
    site: CitedSite = DEFAULT_SITE,
) -> CslItem:
    """The record of a passage; `address` is its permanent address, empty where that is not known."""
    item = document_item(document, address, accessed, site)
    custom = item["custom"]
    custom["passage"] = passage.id
    custom["fingerprint"] = fingerprint(passage.text)
    item["id"] = passage.address
    item["abstract"] = passage.text
    if document.is_note:
        item["title"] = passage.locator or passage.heading or passage.id
        item["container-title"] = document.title
    else:
        place = pinpoint.parse_locator(passage.locator or passage.id)
        item["locator"] = place.value
        custom["label"] = place.label
    item["note"] = _note(item)
    return _without_empty(item)


def document_item(
    document: Document,
    address: str,
    accessed: datetime.date,
    site: CitedSite = DEFAULT_SITE,
) -> CslItem:
    """The record of a document as a whole."""
    further = dict(document.further)
    custom: CslCustomFields = {
        "document": document.id,
        "address": address,
        "local": site.local and bool(address),
        "published_at": document.url,
        "edtf": document.date,
        "opened": further.get("opened_for_signature", ""),
        "in_force": further.get("entry_into_force", ""),
        "numbering": document.numbering,
        "status": "" if document.status == "current" else document.status,
        "superseded_by": document.superseded_by,
        "supplied": list(document.supplied),
    }
    item: CslItem = {
        "id": document.id,
        "type": _TYPES.get(document.kind, "document"),
        "title": document.title,
        "author": [{"literal": name} for name in ((site.name,) if document.is_note else document.issuers)],
        "publisher": site.name if document.is_note else "",
        "issued": _issued(document.date),
        "event-date": _issued(document.event_date),
        "genre": "Editorial note" if document.is_note else document.kind[:1].upper() + document.kind[1:],
        "publisher-place": document.place,
        "number": further.get("symbol", ""),
        "URL": address or document.url,
        "language": document.language,
        "source": site.name,
        "custom": custom,
    }
    if item["URL"]:
        item["accessed"] = {"date-parts": [[accessed.year, accessed.month, accessed.day]]}
    item.update(_series(further.get("treaty_series", "")))
    item["note"] = _note(item)
    return _without_empty(item)


def _without_empty(item: CslItem) -> CslItem:
    """The item without empty values, `custom` last."""
    custom: Mapping[str, Any] = {key: value for key, value in item["custom"].items() if value}
    kept: dict[str, Any] = {key: value for key, value in item.items() if value and key != "custom"}
    return kept | {"custom": custom}  # type: ignore[return-value]


def _issued(date: str) -> _Date:
    """A CSL-JSON date; in words where date parts cannot express it."""
    try:
        begin, end = edtf.ends(date) if date else (None, None)
    except ValueError:
        return {"literal": date}
    if not (begin and end):
        return {"literal": edtf.in_words(date)} if date else {}
    if begin.low != begin.high or end.low != end.high:
        return {"literal": edtf.in_words(date)}
    csl_date: _Date = {"date-parts": [_parts(begin)] if begin == end else [_parts(begin), _parts(end)]}
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
        ("Superseded by ", custom.get("superseded_by")),
        ("Withdrawn by ", "its issuer" if custom.get("status") == "withdrawn" else ""),
        ("Date: ", _doubtful(item)),
        ("Numbering ", custom.get("numbering")),
        ("Not stated in the source, supplied: ", ", ".join(custom.get("supplied", ()))),
        ("The address is local", ": it may not work elsewhere" if custom.get("local") else ""),
        ("Published at ", custom.get("published_at") if custom.get("address") else ""),
    )
    return ". ".join(f"{what}{value}" for what, value in pairs if value)


def _doubtful(item: CslItem) -> str:
    """The date in words, unless it is a day, month or year known for certain."""
    issued = item.get("issued", {})
    plain = len(issued.get("date-parts", ())) == 1 and not {"circa", "season"} & issued.keys()
    date = item["custom"].get("edtf", "")
    return "" if plain else issued.get("literal") or (date and edtf.in_words(date))
