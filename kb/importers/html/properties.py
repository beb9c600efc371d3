"""What a page says of itself to programs: its head, JSON-LD, Dublin Core and the tags of Google Scholar."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from kb.importers.html.region import squeezed

__all__ = ["page_properties"]

MAX_JSON_CHARS = 200_000
MAX_VALUE_CHARS = 1000
_META: Mapping[str, tuple[str, ...]] = {
    "title": ("citation_title", "dcterms.title", "dc.title", "og:title"),
    "persons": ("citation_author", "dcterms.creator", "dc.creator"),
    "authors": ("author",),
    "date": (
        *("citation_publication_date", "citation_date", "dcterms.issued", "dc.date.issued", "dcterms.date"),
        *("dc.date", "dcterms.created", "article:published_time", "date"),
    ),
    "language": ("dcterms.language", "dc.language", "citation_language", "content-language"),
    "issuers": (
        "citation_publisher",
        "dcterms.publisher",
        "dc.publisher",
        "citation_technical_report_institution",
    ),
    "url": ("og:url",),
    "licence": ("dcterms.license", "dcterms.rights", "dc.rights"),
    "container": ("citation_journal_title",),
    "volume": ("citation_volume",),
    "issue": ("citation_issue",),
    "doi": ("citation_doi",),
    "isbn": ("citation_isbn",),
    "issn": ("citation_issn",),
}
"""Names of meta elements by field, the surest first."""

_SEVERAL = ("persons",)
_KINDS = (
    ("citation_journal_title", "journal article"),
    ("citation_dissertation_institution", "thesis"),
    ("citation_technical_report_institution", "report"),
)
_DATE = re.compile(r"(?P<year>\d{4})(?:[-/](?P<month>\d{2})(?:[-/](?P<day>\d{2}))?)?(?=T|\s|\Z)")


def page_properties(root: HtmlElement) -> dict[str, str]:
    """The fields of the page; `page_title` is what a browser shows, and `;` separates several persons."""
    metas = _metas(root)
    found: dict[str, str] = {}
    for field, names in _META.items():
        values = next((metas[name] for name in names if metas.get(name)), [])
        if values:
            found[field] = "; ".join(values) if field in _SEVERAL else values[0]
    for field, value in (*_of_links(root), *_of_json(root)):
        found.setdefault(field, value)
    found["kind"] = next((kind for name, kind in _KINDS if metas.get(name)), "web page")
    found["page_title"] = squeezed(title) if (title := root.find(".//title")) is not None else ""
    if language := root.get("lang"):
        found["language"] = language
    found["date"] = _day(found.get("date", ""))
    found["url"] = found.get("url", "") if found.get("url", "").startswith(("http://", "https://")) else ""
    return {
        field: value[:MAX_VALUE_CHARS] for field, value in found.items() if value or field == "page_title"
    }


def _metas(root: HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("http-equiv") or "").casefold()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            metas.setdefault(name, []).append(content)
    return metas


def _of_links(root: HtmlElement) -> Iterator[tuple[str, str]]:
    for link in root.iter("link", "a"):
        relation, address = (link.get("rel") or "").lower().split(), link.get("href") or ""
        if "canonical" in relation:
            yield "url", address
        if "license" in relation:
            yield "licence", address


def _of_json(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """The title, date, publisher, licence and language of an article in JSON-LD (schema.org)."""
    for script in root.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            for item in _items(script.text or ""):
                yield from _of_item(item)


def _items(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        value = json.loads(text[:MAX_JSON_CHARS])
    except (ValueError, RecursionError):
        return
    values = value if isinstance(value, list) else [value]
    for one in values:
        graph = one.get("@graph") if isinstance(one, dict) else None
        for item in graph if isinstance(graph, list) else [one]:
            if isinstance(item, dict) and ("headline" in item or "datePublished" in item):
                yield item


def _of_item(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    publisher = item.get("publisher")
    values = {
        "title": item.get("headline"),
        "date": item.get("datePublished"),
        "language": item.get("inLanguage"),
        "licence": item.get("license"),
        "issuers": publisher.get("name") if isinstance(publisher, dict) else publisher,
    }
    for field, value in values.items():
        if isinstance(value, str) and value.strip():
            yield field, " ".join(value.split())


def _day(given: str) -> str:
    """A date in EDTF, without the time of day."""
    found = _DATE.match(given)
    return "-".join(filter(None, found.groups())) if found else ""
