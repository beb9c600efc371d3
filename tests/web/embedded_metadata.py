"""What Zotero makes of the tags in the head of a page, as far as we use them: rules based on its source.

Read in `Embedded Metadata.js` (2024-06-13) and `RDF.js` (2019-09-08) at github.com/zotero/translators.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

__all__ = ["Embedded", "read"]


@dataclass
class Embedded:
    """An item: its type, its fields, and its creators as `Last|First`.

    A Highwire tag that tells the kind takes precedence over `z.itemType`, and that over a guess. Names are
    split at commas or, without any, at the last space; a comma at the end is dropped first.
    """

    kind: str = "webpage"
    fields: dict[str, str] = field(default_factory=dict)
    creators: list[str] = field(default_factory=list)


HIGHWIRE = {
    "citation_technical_report_institution": "report",
    "citation_journal_title": "journalArticle",
    "citation_book_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}


def read(found: list[tuple[str, str]]) -> Embedded:
    """The item made of the names and contents of `<meta>` elements, in order."""
    first = dict(reversed(found))
    if "citation_title" in first:
        first = {"z.itemType": "journalArticle"} | first
    kinds = [kind for tag, kind in HIGHWIRE.items() if tag in first]
    read = Embedded((kinds or [first.get("z.itemType", "webpage")])[0])
    read.fields = {"title": first["DC.title"], "publicationTitle": first.get("DC.source", "")}
    read.fields |= {name[2:]: value for name, value in found if name.startswith("z.")}
    for source in ("citation_author", "z.presenters", "bib.authors", "DC.creator"):
        if names := [value for name, value in found if name == source]:
            pieces = names[0].split(",") if len(names) == 1 and ";" not in names[0] else []
            if (
                source == "citation_author"
                and len(pieces) > 1
                and all(" " in each.strip() for each in pieces)
            ):
                names = pieces
            read.creators = [name for each in names for name in map(_creator, each.split(";")) if name]
            break
    return read


def _creator(name: str) -> str:
    cleaned = name.strip().rstrip(" ,.")
    if "," in name:
        return "|".join(re.split("[,،] ?", cleaned)[:2])
    return "|".join(reversed(cleaned.rsplit(" ", 1)))
