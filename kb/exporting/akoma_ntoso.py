"""Documents as Akoma Ntoso 3.0 (OASIS LegalDocML), one XML file each, for exchange with other collections.

A passage is a container named after its unit, inside those of its headings, with its id as eId. What the
standard has no place for is in attributes in our own namespace: locator, page, OCR, fingerprint. Notes are
plain text. Control characters, for which XML has no place, become U+FFFD.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from kb import edtf
from kb.citing.pinpoint import parse_locator
from kb.citing.records import RecordMaker
from kb.curated.passage_blocks import HEADING_SEPARATOR
from kb.languages.language_tag import primary_language
from kb.model import Collection, Document, Passage
from kb.permalinks import document_path, permalink
from kb.tags import ThemeNames
from kb.text.fingerprint import fingerprint

__all__ = ["AKOMA_NTOSO", "OWN", "is_akoma_ntoso_file", "write_akoma_ntoso"]

AKOMA_NTOSO = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:x-kb:passage"
"""The namespace of what the standard has no place for."""

_SITE = "ref:site"
"""An eId that no passage can have."""

_UNDATED = "0001-01-01"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def is_akoma_ntoso_file(name: str) -> bool:
    return name.endswith(".xml")


def write_akoma_ntoso(collection: Collection, folder: Path, record: RecordMaker) -> None:
    """Writes a file for each document, `DOCUMENT.xml`."""
    ET.register_namespace("", AKOMA_NTOSO)
    ET.register_namespace("kb", OWN)
    folder.mkdir()
    names = ThemeNames.of(collection.themes)
    for document in collection.documents:
        passages = collection.passages.get(document.id, ())
        tree = ET.ElementTree(_document(document, passages, names, record))
        tree.write(folder / f"{document.id}.xml", encoding="utf-8", xml_declaration=True)


def _document(
    document: Document, passages: Sequence[Passage], names: ThemeNames, record: RecordMaker
) -> ET.Element:
    root = ET.Element(_akn("akomaNtoso"))
    doc = _below(root, "doc", name=document.kind or "document")
    _meta(_below(doc, "meta"), document, passages, names, record)
    title = _below(_below(_below(doc, "preface"), "longTitle"), "p")
    _text(_below(title, "docTitle"), document.title)
    _body(_below(doc, "mainBody"), passages, record, document.ocr)
    return root


def _meta(
    meta: ET.Element, document: Document, passages: Sequence[Passage], names: ThemeNames, record: RecordMaker
) -> None:
    agents = dict(_agents(document, record))
    authors = [name for name in agents if name != _SITE] or [_SITE]
    path, day, dated = f"{record.base_url}{document_path(document.id)}", _day(document), _date_name(document)
    identification = _below(meta, "identification", source=f"#{_SITE}")
    work = _level(identification, "FRBRWork", path, day, dated, authors)
    _below(work, "FRBRcountry", value=_country(document))
    language = _language(document)
    expression = _level(identification, "FRBRExpression", f"{path}/{language}", day, dated, authors)
    _below(expression, "FRBRlanguage", language=language)
    exported = str(record.accessed), "export", [_SITE]
    _level(identification, "FRBRManifestation", f"{path}/{language}.xml", *exported)
    if values := dict.fromkeys(value for passage in passages for value in passage.themes):
        classification = _below(meta, "classification", source=f"#{_SITE}")
        for value in values:
            _below(classification, "keyword", value=value, showAs=names[value], dictionary=f"#{_SITE}")
    references = _below(meta, "references", source=f"#{_SITE}")
    for name, (kind, shown) in agents.items():
        _below(references, kind, eId=name, href=f"/ontology/{kind}/{name[4:]}", showAs=shown)


def _level(
    above: ET.Element, name: str, place: str, date: str, dated: str, authors: Iterable[str]
) -> ET.Element:
    """The work, an expression of it, or a manifestation, as in the library model FRBR."""
    level = _below(above, name)
    _below(level, "FRBRthis", value=place)
    _below(level, "FRBRuri", value=place)
    _below(level, "FRBRdate", date=date, name=dated)
    for author in authors:
        _below(level, "FRBRauthor", href=f"#{author}")
    return level


def _country(document: Document) -> str:
    """The jurisdiction, if it is a two-letter code; otherwise `zz`, for an unknown country (CLDR)."""
    given = dict(document.further).get("jurisdiction", "")
    return given.lower() if len(given) == 2 and given.isalpha() else "zz"


def _agents(document: Document, record: RecordMaker) -> Iterator[tuple[str, tuple[str, str]]]:
    """The site, then those who issued or wrote the document: the eId, type and shown name of each."""
    yield _SITE, ("TLCOrganization", record.site.name)
    for number, name in enumerate(document.issuers, 1):
        yield f"ref:issuer-{number}", ("TLCOrganization", name)
    for number, person in enumerate(document.authors, 1):
        yield f"ref:author-{number}", ("TLCPerson", person.words)


def _language(document: Document) -> str:
    return primary_language(document.language) or "und"


def _day(document: Document) -> str:
    """The first day that the date allows, as the standard requires one; `_date_name` says what it is."""
    year, month, day = edtf.start(document.date) if document.date else (0, 0, 0)
    try:
        return datetime.date(year, month or 1, day or 1).isoformat()
    except ValueError:
        return _UNDATED


def _date_name(document: Document) -> str:
    if _day(document) == _UNDATED:
        return "undated"
    return "date" if document.date == _day(document) else f"first day of {document.date}"


def _body(body: ET.Element, passages: Sequence[Passage], record: RecordMaker, ocr: str) -> None:
    """Puts passages into containers for their headings; a heading that is a passage gives its own the id."""
    open_parts: list[tuple[str, ET.Element]] = []
    for passage in passages:
        parts = passage.heading.split(HEADING_SEPARATOR) if passage.heading else []
        while [part for part, _ in open_parts] != parts[: len(open_parts)]:
            open_parts.pop()
        for part in parts[len(open_parts) :]:
            section = _below(open_parts[-1][1] if open_parts else body, "hcontainer", name="section")
            _text(_below(section, "heading"), part)
            open_parts.append((part, section))
        made = _passage(open_parts[-1][1] if open_parts else body, passage, record, ocr)
        if passage.unit == "heading":
            open_parts.append((passage.text, made))
    if not passages:
        _below(body, "p")


def _passage(above: ET.Element, passage: Passage, record: RecordMaker, ocr: str) -> ET.Element:
    made = _below(above, "hcontainer", name=passage.unit or "passage", eId=passage.id)
    own = {
        "locator": passage.locator,
        "page": str(passage.page or ""),
        "page_end": str(passage.page_end or ""),
        "ocr": ocr,
        "fingerprint": fingerprint(passage.text),
        "address": f"{record.base_url}{permalink(passage)}",
    }
    for key, value in own.items():
        if value:
            made.set(f"{{{OWN}}}{key}", _clean(value))
    place = parse_locator(passage.locator)
    if place.label:
        _text(_below(made, "num"), place.value)
    if passage.unit == "heading":
        _text(_below(made, "heading"), passage.text)
    else:
        _text(_below(_below(made, "content"), "p"), passage.text)
    return made


def _text(element: ET.Element, text: str) -> None:
    """Puts text into an element, with an `eol` element before each line after the first."""
    first, *lines = _clean(text).replace("\r", "\n").split("\n")
    element.text = first
    for line in lines:
        _below(element, "eol").tail = line


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _below(above: ET.Element, element: str, /, **attributes: str) -> ET.Element:
    return ET.SubElement(above, _akn(element), {key: _clean(value) for key, value in attributes.items()})


def _akn(name: str) -> str:
    return f"{{{AKOMA_NTOSO}}}{name}"
