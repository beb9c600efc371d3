"""What each kind of source is called in the formats of reference managers, and where its values go there.

RIS: types and tags of Reference Manager and EndNote, as Zotero reads them; BibTeX: types of BibTeX, or of
BibLaTeX where it has none; Zotero: its types and fields. Read in Zotero's translators `RIS`, `BibTeX`,
`Embedded Metadata` and `RDF` and in its schema (github.com/zotero), of which nothing is copied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from kb.citing.csl_item import CslItem

__all__ = ["RECORD_TYPES", "FieldNames", "RecordType", "record_type"]


class FieldNames(NamedTuple):
    """What the field for a value is called: the tag of RIS, the field of BibTeX, that of Zotero."""

    ris: str
    bibtex: str
    zotero: str


@dataclass(frozen=True, slots=True)
class RecordType:
    """The names of a kind in each format, and the fields for its values.

    Values are called by their keys in CSL-JSON, or as documents call them where it has none; those without a
    field go into a note, so that none is lost. `highwire` is the Highwire tag that tells the kind, if any.
    """

    ris: str
    bibtex: str
    zotero: str
    schema_org: str
    highwire: str
    fields: Mapping[str, FieldNames]


_REPORT = RecordType(
    "RPRT",
    "techreport",
    "report",
    "Report",
    "citation_technical_report_institution",
    {
        "authority": FieldNames("PB", "institution", "institution"),
        "publisher": FieldNames("PB", "institution", "institution"),
        "publisher-place": FieldNames("CY", "address", "place"),
        "collection-title": FieldNames("T2", "series", "seriesTitle"),
        "number": FieldNames("SN", "number", "reportNumber"),
        "genre": FieldNames("M3", "type", "reportType"),
        "locator": FieldNames("SP", "", "pages"),
    },
)
_LAW = RecordType(
    "STAT",
    "legislation",
    "statute",
    "Legislation",
    "",
    {
        "title": FieldNames("TI", "title", "nameOfAct"),
        "issued": FieldNames("DA", "year", "dateEnacted"),
        "container-title": FieldNames("T2", "", "code"),
        "volume": FieldNames("VL", "volume", "codeNumber"),
        "page": FieldNames("SP", "pages", "pages"),
        "number": FieldNames("M1", "", "publicLawNumber"),
        "session": FieldNames("ET", "", "session"),
        "locator": FieldNames("SE", "", "section"),
    },
)
_CASE = RecordType(
    "CASE",
    "jurisdiction",
    "case",
    "CreativeWork",
    "",
    {
        "title": FieldNames("TI", "title", "caseName"),
        "issued": FieldNames("DA", "year", "dateDecided"),
        "authority": FieldNames("PB", "", "court"),
        "container-title": FieldNames("A2", "", "reporter"),
        "volume": FieldNames("VL", "volume", "reporterVolume"),
        "page": FieldNames("SP", "pages", "firstPage"),
        "number": FieldNames("SV", "", "docketNumber"),
    },
)
_PUBLISHED = {
    "publisher": FieldNames("PB", "publisher", "publisher"),
    "publisher-place": FieldNames("CY", "address", "place"),
    "edition": FieldNames("ET", "edition", "edition"),
    "volume": FieldNames("VL", "volume", "volume"),
    "ISBN": FieldNames("SN", "isbn", "ISBN"),
}
_BOOK = RecordType(
    "BOOK",
    "book",
    "book",
    "Book",
    "citation_isbn",
    {
        "editor": FieldNames("A3", "editor", ""),
        "collection-title": FieldNames("T2", "series", "series"),
        "number": FieldNames("M1", "number", "seriesNumber"),
        **_PUBLISHED,
    },
)
_CHAPTER = RecordType(
    "CHAP",
    "incollection",
    "bookSection",
    "Chapter",
    "citation_book_title",
    {
        "editor": FieldNames("A2", "editor", ""),
        "container-title": FieldNames("T2", "booktitle", "bookTitle"),
        "collection-title": FieldNames("T3", "series", "series"),
        "page": FieldNames("SP", "pages", "pages"),
        **_PUBLISHED,
    },
)
_ARTICLE = RecordType(
    "JOUR",
    "article",
    "journalArticle",
    "ScholarlyArticle",
    "citation_journal_title",
    {
        "editor": FieldNames("A2", "editor", ""),
        "container-title": FieldNames("T2", "journal", "publicationTitle"),
        "collection-title": FieldNames("T3", "series", "series"),
        "volume": FieldNames("VL", "volume", "volume"),
        "issue": FieldNames("IS", "number", "issue"),
        "page": FieldNames("SP", "pages", "pages"),
        "ISSN": FieldNames("SN", "issn", "ISSN"),
    },
)
_THESIS = RecordType(
    "THES",
    "phdthesis",
    "thesis",
    "Thesis",
    "citation_dissertation_institution",
    {
        "publisher": FieldNames("PB", "school", "university"),
        "publisher-place": FieldNames("CY", "address", "place"),
        "genre": FieldNames("M3", "type", "thesisType"),
    },
)
_PAGE = RecordType(
    "ELEC",
    "online",
    "webpage",
    "WebPage",
    "",
    {
        "container-title": FieldNames("T2", "booktitle", "websiteTitle"),
        "publisher": FieldNames("PB", "organization", "publisher"),
        "genre": FieldNames("M3", "type", "websiteType"),
    },
)
_HEARING = replace(
    _REPORT,
    ris="HEAR",
    zotero="hearing",
    schema_org="CreativeWork",
    highwire="",
    fields={
        "authority": FieldNames("T2", "institution", "committee"),
        "publisher": FieldNames("PB", "", "publisher"),
        "publisher-place": FieldNames("CY", "address", "place"),
        "number": FieldNames("M1", "number", "documentNumber"),
        "session": FieldNames("ET", "", "session"),
        "genre": FieldNames("", "type", ""),
        "locator": FieldNames("SP", "", "pages"),
    },
)
_SPEECH = RecordType(
    "SLIDE",
    "unpublished",
    "presentation",
    "CreativeWork",
    "",
    {
        "event-title": FieldNames("T2", "eventtitle", "meetingName"),
        "publisher-place": FieldNames("CY", "address", "place"),
        "genre": FieldNames("M3", "type", "presentationType"),
    },
)

RECORD_TYPES: Mapping[str, RecordType] = {
    "treaty": _LAW,
    "resolution": replace(_REPORT, ris="GOVDOC", schema_org="Legislation"),
    "UN document": replace(_REPORT, ris="GOVDOC"),
    "case": _CASE,
    "legislation": _LAW,
    "EU instrument": _LAW,
    "report": _REPORT,
    "working paper": _REPORT,
    "press release": replace(_REPORT, schema_org="Article"),
    "book": _BOOK,
    "chapter": _CHAPTER,
    "journal article": _ARTICLE,
    "thesis": _THESIS,
    "web page": _PAGE,
    "hearing": _HEARING,
    "communique": _REPORT,
    "speech": _SPEECH,
    "note": replace(_PAGE, schema_org="CreativeWork"),
    "document": replace(_REPORT, schema_org="CreativeWork"),
}
"""By the name of the kind (`kb.sources.kinds`)."""


def record_type(item: CslItem) -> RecordType:
    """What the kind of this item is called."""
    return RECORD_TYPES[item["custom"]["kind"]]
