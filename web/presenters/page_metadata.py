"""What the page of a document or a passage tells programs: reference managers and search engines.

There are three vocabularies, each for its readers: Dublin Core for all; that of Zotero's RDF (`z`, `bib`),
from which its “Embedded Metadata” learns the type of item and each field; and Highwire's for Google Scholar,
if it can tell the kind: without that, `citation_title` makes a journal article. Zotero splits names at
commas and at their last space, and takes `DC.source` for the title of a publication, so the document's own
address is a `DC.relation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kb.citing.csl_item import CslItem, is_note
from kb.citing.exports.item_values import credited, has_commas, item_values, page_numbers
from kb.citing.exports.record_types import record_type
from kb.citing.exports.zotero_rdf import certain_date, creators_property, zotero_fields
from kb.citing.labels import join_names, name_words
from web.presenters.citation_panel import CitationFile

__all__ = ["SCHEMAS", "json_ld", "signposts", "tags"]

MAX_DESCRIPTION_CHARS = 300
"""Characters of a passage offered to search engines as the page's description."""

SCHEMAS: Mapping[str, str] = {
    "DC": "http://purl.org/dc/elements/1.1/",
    "DCTERMS": "http://purl.org/dc/terms/",
    "bib": "http://purl.org/net/biblio#",
    "z": "http://www.zotero.org/namespaces/export#",
}
"""The vocabularies, by the prefix of their tags."""

Tag = tuple[str, str]


def tags(item: CslItem) -> list[Tag]:
    """Names and contents of `<meta>` elements."""
    item, words = credited(item), item.get("abstract", "")
    found = (
        ("description", _shortened(" ".join(words.split()))),
        *_dublin_core(item),
        ("DCTERMS.abstract", words),
        *_zotero(item),
        *_highwire(item),
    )
    return [(name, content) for name, content in found if content]


def _shortened(words: str) -> str:
    return words if len(words) <= MAX_DESCRIPTION_CHARS else f"{words[: MAX_DESCRIPTION_CHARS - 1]}…"


def _dublin_core(item: CslItem) -> Iterator[Tag]:
    yield "DC.title", _title(item)
    if any(_authors(item)):  # without other names, Zotero would take these and split them
        yield from (("DC.creator", name_words(name, is_inverted=True)) for name in item.get("author", ()))
    yield from (("DC.publisher", name) for name in _publishers(item))
    yield "DC.type", item.get("genre", "")
    yield "DC.date", certain_date(item)
    yield "DC.language", item.get("language", "")
    yield "DC.identifier", item.get("URL", "")
    yield "DC.relation", item["custom"].get("published_at", "")


def _zotero(item: CslItem) -> Iterator[Tag]:
    """The type of item, its authors, and each value in the field that the type has for it."""
    kind = record_type(item)
    yield "z.itemType", kind.zotero
    names = ".".join(creators_property(kind.zotero))
    yield from ((names, name) for name in _authors(item))
    fields = zotero_fields(item)
    split = [name for name in _bodies(item) if has_commas(name)]
    publisher = kind.fields["publisher"].zotero if "publisher" in kind.fields else ""
    if split and publisher and publisher not in fields:
        fields[publisher] = join_names(split)
    yield from ((f"z.{name}", value) for name, value in fields.items() if name not in ("title", "date"))


def _highwire(item: CslItem) -> Iterator[Tag]:
    """Tags for Google Scholar; none where the one that tells the kind has no value."""
    kind, values = record_type(item), item_values(item)
    values["institution"] = join_names(_bodies(item)) or values.get("publisher", "")
    telling = values.get(_TELLING.get(kind.highwire, ""), "")
    if not telling:
        return
    yield "citation_title", item["title"]
    yield from (("citation_author", name) for name in _alone(_authors(item)))
    yield "citation_publication_date", certain_date(item).replace("-", "/")
    yield kind.highwire, telling
    for name, tag in _HIGHWIRE.get(kind.highwire, {}).items():
        yield tag, values.get(name, "")
    first, last = (page_numbers(values.get("page", "")) or ("", "")) if "page" in kind.fields else ("", "")
    yield from (("citation_firstpage", first), ("citation_lastpage", last))
    yield "citation_doi", item.get("DOI", "")
    yield "citation_language", item.get("language", "")
    yield "citation_public_url", item.get("URL", "")
    yield "citation_abstract", item.get("abstract", "")


_TELLING = {
    "citation_technical_report_institution": "institution",
    "citation_dissertation_institution": "publisher",
    "citation_journal_title": "container-title",
    "citation_book_title": "container-title",
    "citation_isbn": "ISBN",
}
"""Which value the tag that tells the kind has."""

_HIGHWIRE: Mapping[str, Mapping[str, str]] = {
    "citation_technical_report_institution": {"number": "citation_technical_report_number"},
    "citation_journal_title": {
        "volume": "citation_volume",
        "issue": "citation_issue",
        "ISSN": "citation_issn",
    },
    "citation_book_title": {"publisher": "citation_publisher", "ISBN": "citation_isbn"},
    "citation_isbn": {"publisher": "citation_publisher"},
}
"""The tags that these kinds have besides."""


def _title(item: CslItem) -> str:
    return f"{item['title']}: {item['container-title']}" if _is_passage_of_notes(item) else item["title"]


def _is_passage_of_notes(item: CslItem) -> bool:
    return is_note(item) and "container-title" in item


def _bodies(item: CslItem) -> list[str]:
    return [name["literal"] for name in item.get("author", ()) if "literal" in name]


def _authors(item: CslItem) -> list[str]:
    """Names written so that Zotero reads them correctly: persons inverted, bodies followed by a comma."""
    return [
        f"{name['literal'].rstrip(', ')}," if "literal" in name else name_words(name, is_inverted=True)
        for name in item.get("author", ())
        if not has_commas(name.get("literal", ""))
    ]


def _alone(names: list[str]) -> list[str]:
    """The names as a list even if there is one: Zotero splits a lone name at a comma between spaces."""
    return [f"{names[0]};"] if len(names) == 1 else names


def _publishers(item: CslItem) -> list[str]:
    publisher = item.get("publisher") or item.get("authority")
    return [publisher] if publisher else _bodies(item)


def json_ld(item: CslItem) -> dict[str, Any]:
    """The item in schema.org's terms: a document, a passage as a quotation from it, or a note as our work."""
    item = credited(item)
    context = {"@context": "https://schema.org", "@id": item.get("URL", "")}
    if "abstract" not in item:
        return _said(context | _work(item) | {"url": item.get("URL", "")})
    part = {
        "@type": "CreativeWork" if is_note(item) else "Quotation",
        "url": item.get("URL", ""),
        "name": item["title"] if is_note(item) else item_values(item).get("locator", ""),
        "text": item["abstract"],
        "inLanguage": item.get("language", ""),
        "author": _author_objects(item) if is_note(item) else [],
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "SHA-256",
            "value": item["custom"]["fingerprint"],
        },
        "isPartOf": _said(_work(item)),
    }
    return _said(context | part)


def _work(item: CslItem) -> dict[str, Any]:
    """The document itself; `isPartOf` is the book or journal that it appeared in."""
    kind = record_type(item)
    container = "" if is_note(item) else item.get("container-title", "")
    parent = _CONTAINERS.get(kind.schema_org)
    return {
        "@type": kind.schema_org,
        "name": item.get("container-title", "") if _is_passage_of_notes(item) else item["title"],
        "author": _author_objects(item),
        "publisher": _organizations(_publishers(item)),
        "datePublished": certain_date(item),
        "genre": item.get("genre", ""),
        "identifier": item.get("number", ""),
        "inLanguage": item.get("language", ""),
        "isPartOf": {"@type": parent, "name": container} if parent and container else {},
        "url": item["custom"].get("published_at", ""),
    }


_CONTAINERS = {"Chapter": "Book", "ScholarlyArticle": "Periodical", "WebPage": "WebSite"}


def _author_objects(item: CslItem) -> list[dict[str, str]]:
    persons = [name_words(name) for name in item.get("author", ()) if "literal" not in name]
    return [*({"@type": "Person", "name": name} for name in persons), *_organizations(_bodies(item))]


def _organizations(names: Iterable[str]) -> list[dict[str, str]]:
    return [{"@type": "Organization", "name": name} for name in names]


def _said(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}


def signposts(site: str, address: str, files: Iterable[CitationFile]) -> str:
    """A Link header that says how to cite the page (RFC 8574), and where programs find its description.

    https://signposting.org/FAIR/
    """
    described = (
        f'<{site}{file.address}>; rel="describedby"; type="{file.format.media_type}"' for file in files
    )
    return ", ".join((f'<{address}>; rel="cite-as"', *described))
