"""How Zotero reads RIS and BibTeX, as far as our exports use them: rules written down from its source.

Read in the translators `RIS.js` (2023-07-28) and `BibTeX.js` (2019-09-17) and in schema version 42, at
github.com/zotero; nothing is copied from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

__all__ = ["BIBTEX_TYPES", "CSL_TYPES", "FIELDS", "ZoteroItem", "read_ris"]

_EVERYWHERE = "abstractNote url accessDate shortTitle language"
_HELD = "archive libraryCatalog"
FIELDS: Mapping[str, frozenset[str]] = {
    kind: frozenset(f"{names} {_EVERYWHERE}".split())
    for kind, names in {
        "book": f"title series seriesNumber volume edition date publisher place ISBN DOI {_HELD}",
        "bookSection": f"title bookTitle series volume edition date publisher place pages ISBN DOI {_HELD}",
        "case": "caseName court dateDecided docketNumber reporter reporterVolume firstPage history",
        "document": f"title date publisher {_HELD}",
        "hearing": "title committee publisher documentNumber pages legislativeBody session date place",
        "journalArticle": f"title publicationTitle date volume issue pages series DOI ISSN {_HELD}",
        "presentation": "title presentationType date meetingName place",
        "report": f"title reportNumber reportType institution place date seriesTitle pages DOI {_HELD}",
        "statute": "nameOfAct code codeNumber publicLawNumber dateEnacted pages section session history",
        "thesis": f"title thesisType university place date numPages {_HELD}",
        "webpage": "title websiteTitle websiteType date publisher",
    }.items()
}
"""The fields of each type of item; what is given in any other is lost."""

_RIS_TYPES = {
    "BOOK": "book",
    "CASE": "case",
    "CHAP": "bookSection",
    "ELEC": "webpage",
    "GEN": "journalArticle",
    "GOVDOC": "report",
    "HEAR": "hearing",
    "JOUR": "journalArticle",
    "RPRT": "report",
    "SLIDE": "presentation",
    "STAT": "statute",
    "THES": "thesis",
}
_RIS_FIELDS: Mapping[str, str] = {
    "AB": "abstractNote",
    "CY": "place",
    "DA": "date statute=dateEnacted case=dateDecided",
    "DB": "archive",
    "DO": "DOI",
    "DP": "libraryCatalog",
    "ET": "edition hearing=session statute=session",
    "IS": "issue",
    "LA": "language",
    "M1": "extra book=seriesNumber hearing=documentNumber statute=publicLawNumber",
    "M3": "DOI report=reportType thesis=thesisType webpage=websiteType presentation=presentationType",
    "PB": "publisher case=court report=institution thesis=university",
    "PY": "date statute=dateEnacted case=dateDecided",
    "SE": "section case=unsupported",
    "SN": "ISBN journalArticle=ISSN report=reportNumber",
    "SP": "pages book=numPages thesis=numPages case=firstPage",
    "ST": "shortTitle",
    "SV": "unknown case=docketNumber bookSection=seriesNumber",
    "T2": "publicationTitle statute=code bookSection=bookTitle hearing=committee webpage=websiteTitle "
    "presentation=meetingName report=seriesTitle book=series",
    "T3": "unknown hearing=legislativeBody bookSection=series journalArticle=series book=series",
    "TI": "title case=caseName statute=nameOfAct",
    "UR": "url",
    "VL": "volume statute=codeNumber case=reporterVolume webpage=accessDate",
    "Y2": "accessDate",
}
"""The field for each tag; after it, the types of items where it is another one."""

_CREATORS = {
    "AU": "author",
    "ED": "editor",
    "A2": "editor case=reporter book=seriesEditor report=seriesEditor presentation=presenter",
    "A3": "unknown book=editor bookSection=seriesEditor",
}

BIBTEX_TYPES = {
    "article": "journalArticle",
    "book": "book",
    "incollection": "bookSection",
    "techreport": "report",
    "phdthesis": "thesis",
    "unpublished": "manuscript",
    "online": "webpage",
    "misc": "book",
    "legislation": "bill",
    "jurisdiction": "case",
}
"""What it makes of an entry; it drops those of any other type."""

CSL_TYPES = {
    "article-journal": "journalArticle",
    "book": "book",
    "chapter": "bookSection",
    "document": "document",
    "hearing": "hearing",
    "legal_case": "case",
    "legislation": "statute",
    "report": "report",
    "speech": "presentation",
    "thesis": "thesis",
    "webpage": "webpage",
}
"""What it makes of an item of CSL-JSON; any other becomes a document."""


@dataclass
class ZoteroItem:
    """An item in Zotero's library: names are `Last|First`, those of bodies without the second part."""

    kind: str
    fields: dict[str, str] = field(default_factory=dict)
    creators: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)


def _for(kind: str, names: str) -> str:
    default, *others = names.split()
    return dict(each.split("=") for each in others).get(kind, default)


def read_ris(text: str) -> ZoteroItem:
    """The item that Zotero makes of a record."""
    (_, kind), *tags = _tags(text)
    item = ZoteroItem(_RIS_TYPES[kind])
    for tag, value in tags:
        if tag in ("N1", "RN"):
            item.notes.append(value)
        elif tag == "EP":
            item.fields["pages"] += f"-{value}"
        elif tag in _CREATORS and (role := _for(item.kind, _CREATORS[tag])) != "reporter":
            last, _, first = re.sub(r"\s*,\s*", ",", value).partition(",")
            item.creators.append((role, f"{last}|{first}" if first else last))
        else:
            _keep(item, tag, value)
    return item


def _keep(item: ZoteroItem, tag: str, value: str) -> None:
    name = "reporter" if tag == "A2" else _for(item.kind, _RIS_FIELDS[tag])
    if tag in ("DA", "Y2"):
        value = "-".join(filter(None, value.split("/")))
    is_new = name not in item.fields or (tag == "DA" and value.startswith(item.fields[name]))
    if name in FIELDS[item.kind] and is_new:
        item.fields[name] = value
    else:
        item.lost.append((tag, value))


def _tags(text: str) -> Iterator[tuple[str, str]]:
    for line in text.split("\r\n"):
        if line and not line.startswith("ER"):
            yield line[:2], line[6:]
