"""What a passage's page says of itself to programs: reference managers, search engines, robots.

Tags are chosen by how Zotero's “Embedded Metadata” reads them: a name in `citation_author` or
`DC.creator` becomes a person, and one with commas several, so bodies go into
`citation_technical_report_institution` and `DC.publisher`; `citation_title` without an institution
makes it a journal article, so that a source without issuers has Dublin Core alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from kb.citing.csl_item import CslItem, is_note
from kb.citing.labels import join_names, name_words
from web.presenters.citation_panel import CitationFile

__all__ = ["json_ld", "signposts", "tags"]

_TYPES = {"report": "Report", "treaty": "Legislation", "legislation": "Legislation"}
_ISO = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
MAX_DESCRIPTION_CHARS = 300
"""Characters of a passage that search engines show of a page."""

Tag = tuple[str, str]


def tags(item: CslItem) -> list[Tag]:
    """Names and contents of `<meta>` elements: Dublin Core, and Highwire where bodies issued the source."""
    found = [
        ("description", _shortened(" ".join(item["abstract"].split()))),
        ("DC.title", _title(item)),
        *(("DC.creator", name) for name in _persons(item)),
        *(("DC.publisher", name) for name in _bodies(item)),
        ("DC.date", _date(item)),
        ("DC.language", item.get("language", "")),
        ("DC.identifier", item.get("URL", "")),
        ("DC.source", item["custom"].get("published_at", "")),
        *(_highwire(item) if _bodies(item) and not is_note(item) else ()),
    ]
    return [(name, content) for name, content in found if content]


def _shortened(words: str) -> str:
    return words if len(words) <= MAX_DESCRIPTION_CHARS else f"{words[: MAX_DESCRIPTION_CHARS - 1]}…"


def _highwire(item: CslItem) -> tuple[Tag, ...]:
    return (
        ("citation_title", item["title"]),
        ("citation_technical_report_institution", join_names(_bodies(item))),
        ("citation_technical_report_number", item.get("number", "")),
        ("citation_publication_date", _date(item).replace("-", "/")),
        ("citation_language", item.get("language", "")),
        ("citation_public_url", item.get("URL", "")),
        ("citation_abstract", item["abstract"]),
    )


def _title(item: CslItem) -> str:
    return f"{item['title']}: {item['container-title']}" if is_note(item) else item["title"]


def _bodies(item: CslItem) -> list[str]:
    return [name["literal"] for name in item.get("author", ()) if "literal" in name]


def _persons(item: CslItem) -> list[str]:
    return [name_words(name, is_inverted=True) for name in item.get("author", ()) if "literal" not in name]


def _date(item: CslItem) -> str:
    """The date where it is a year, a month or a day; programs are not told of less certain dates."""
    edtf = item["custom"].get("edtf", "")
    return edtf if _ISO.fullmatch(edtf) else ""


def json_ld(item: CslItem) -> dict[str, Any]:
    """The passage in the words of schema.org: a quotation, part of its document; a note is a work of ours."""
    custom = item["custom"]
    bodies = [{"@type": "Organization", "name": name} for name in _bodies(item)]
    whole = {
        "@type": "CreativeWork" if is_note(item) else _TYPES.get(item["type"], "CreativeWork"),
        "name": item.get("container-title", "") if is_note(item) else item["title"],
        "publisher": bodies,
        "datePublished": _date(item),
        "identifier": item.get("number", ""),
        "inLanguage": item.get("language", ""),
        "url": custom.get("published_at", ""),
    }
    part = {
        "@context": "https://schema.org",
        "@type": "CreativeWork" if is_note(item) else "Quotation",
        "@id": item.get("URL", ""),
        "url": item.get("URL", ""),
        "name": item["title"] if is_note(item) else item.get("locator", ""),
        "text": item["abstract"],
        "inLanguage": item.get("language", ""),
        "author": bodies if is_note(item) else [],
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "SHA-256",
            "value": custom["fingerprint"],
        },
        "isPartOf": _said(whole),
    }
    return _said(part)


def _said(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}


def signposts(site: str, address: str, files: Iterable[CitationFile]) -> str:
    """A Link header: how the passage is cited (RFC 8574), and where it is described for programs.

    https://signposting.org/FAIR/
    """
    described = (
        f'<{site}{file.address}>; rel="describedby"; type="{file.format.media_type}"' for file in files
    )
    return ", ".join((f'<{address}>; rel="cite-as"', *described))
