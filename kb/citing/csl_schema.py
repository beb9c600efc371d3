"""The keys of a CSL-JSON item, and our own in its `custom` part.

Of CSL-JSON 1.0.2: https://github.com/citation-style-language/schema, schemas/input/csl-data.json
"""

from __future__ import annotations

from typing import Any, TypedDict

from kb.citing.pinpoint import CslLabel

__all__ = ["CslCustomFields", "CslDate", "CslItem"]


class CslCustomFields(TypedDict, total=False):
    """What CSL-JSON has no key for; empty values are left out.

    `edtf` is the date of issue in EDTF, `in_force` and `opened` those of a treaty; `address` is the
    permanent address here, `local` says that it may not work elsewhere, `published_at` is that of the
    document itself; `kind` is the name of one of `kb.sources.kinds`, `fields` are those of its fields that
    the source has; `label` is CSL's name for what the locator counts. In a text that cites several works,
    `year_letter` and `needs_title` tell apart works with the same reference; `cited_again`
    says that a short form follows; `quotations` are the passages quoted from a work; `pieces`
    are those of an excerpt that leaves words out.
    """

    document: str
    kind: str
    fields: dict[str, str]
    passage: str
    fingerprint: str
    address: str
    local: bool
    published_at: str
    label: CslLabel
    edtf: str
    opened: str
    in_force: str
    numbering: str
    ocr: str
    status: str
    superseded_by: str
    supplied: list[str]
    year_letter: str
    needs_title: bool
    quotations: list[str]
    pieces: list[str]
    parts: list[list[str]]
    cited_again: bool


CslDate = dict[str, Any]

CslItem = TypedDict(
    "CslItem",
    {
        "id": str,
        "type": str,
        "title": str,
        "author": list[dict[str, str]],
        "editor": list[dict[str, str]],
        "authority": str,
        "issued": CslDate,
        "accessed": CslDate,
        "event-date": CslDate,
        "event-title": str,
        "title-short": str,
        "container-title": str,
        "collection-title": str,
        "publisher": str,
        "publisher-place": str,
        "jurisdiction": str,
        "edition": str,
        "genre": str,
        "number": str,
        "volume": str,
        "issue": str,
        "page": str,
        "DOI": str,
        "ISBN": str,
        "ISSN": str,
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
