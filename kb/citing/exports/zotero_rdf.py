"""Records as Zotero's own RDF: the one format in which it takes a body's name whole, whatever is in it.

Written as its translator `RDF` reads it (github.com/zotero/translators): the type of item and its fields in
Zotero's vocabulary, names in FOAF, notes as memos.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from lxml import etree

from kb.citing.csl_item import CslItem
from kb.citing.exports.item_values import credited, in_note, item_values, page_numbers
from kb.citing.exports.record_types import record_type

__all__ = ["MEDIA_TYPE", "certain_date", "creators_property", "write_zotero_rdf", "zotero_fields"]

MEDIA_TYPE = "application/rdf+xml"

_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "bib": "http://purl.org/net/biblio#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_zotero_rdf(items: Sequence[CslItem]) -> str:
    """An RDF/XML document with a resource for each item, and one for each of its notes."""
    root = etree.Element(_name("rdf:RDF"), nsmap=_NAMESPACES)
    for at, item in enumerate(items, 1):
        _add_item(root, credited(item), f"#item-{at}")
    return str(etree.tostring(root, encoding="unicode", pretty_print=True))


def zotero_fields(item: CslItem) -> dict[str, str]:
    """The values of an item in the fields that its type has in Zotero, a doubtful date left out."""
    values = {"title": item["title"], "issued": certain_date(item), **item_values(item)}
    fields = {"title": item["title"], "date": values["issued"]}
    for name, field in record_type(item).fields.items():
        if field.zotero and (value := values.get(name)):
            fields[field.zotero] = _pages(value) if name == "locator" else value
    return fields


def creators_property(kind: str) -> tuple[str, str]:
    """In which vocabulary, and how, the authors of a type of item are named: not all types have authors."""
    return _CREATORS.get(kind, ("bib", "authors"))


_CREATORS = {"presentation": ("z", "presenters"), "hearing": ("bib", "contributors")}


def certain_date(item: CslItem) -> str:
    """The date where it is a year, a month or a day; programs are not told of less certain dates."""
    issued = item.get("issued", {})
    parts = issued.get("date-parts", ())
    if len(parts) != 1 or {"circa", "season"} & issued.keys():
        return ""
    year, *rest = parts[0]
    return "-".join((f"{year:04}", *(f"{part:02}" for part in rest)))


def _pages(value: str) -> str:
    return "-".join(filter(None, page_numbers(value) or (value,)))


def _add_item(root: etree._Element, item: CslItem, about: str) -> None:
    notes = list(_notes(item))
    node = _add(root, "rdf:Description", about=about)
    kind = record_type(item).zotero
    _add(node, "z:itemType", kind)
    _add_names(node, ":".join(creators_property(kind)), item.get("author", ()))
    _add_names(node, "bib:editors", item.get("editor", ()))
    for name, value in _plain_fields(item):
        if value:
            _add(node, name, value)
    for at in range(len(notes)):
        _add(node, "dcterms:isReferencedBy", resource=f"{about}-note-{at}")
    for at, note in enumerate(notes):
        _add(_add(root, "bib:Memo", about=f"{about}-note-{at}"), "rdf:value", f"<p>{escape(note)}</p>")


def _plain_fields(item: CslItem) -> Iterator[tuple[str, str]]:
    fields = zotero_fields(item)
    yield "dc:title", fields.pop("title")
    yield "dc:date", fields.pop("date")
    yield from ((f"z:{name}", value) for name, value in fields.items())
    yield "dcterms:abstract", item.get("abstract", "")
    yield "z:shortTitle", item.get("title-short", "")
    yield "z:DOI", item.get("DOI", "")
    yield "z:url", item.get("URL", "")
    yield (
        "z:accessDate",
        "-".join(f"{part:02}" for part in item.get("accessed", {}).get("date-parts", [[]])[0]),
    )
    yield "z:language", item.get("language", "")
    yield "z:libraryCatalog", item.get("source", "")


def _notes(item: CslItem) -> Iterator[str]:
    """What the type has no field for, and what no type has one for."""
    fields = record_type(item).fields
    left = (
        in_note(item, name, value)
        for name, value in item_values(item).items()
        if not (name in fields and fields[name].zotero)
    )
    quotations = item["custom"].get("quotations", ())
    yield from filter(None, (*left, item.get("note", ""), *quotations, item.get("annote", "")))


def _add_names(node: etree._Element, tag: str, names: Sequence[Mapping[str, str]]) -> None:
    """A person with both names, a body with one: Zotero splits neither."""
    if not names:
        return
    listed = _add(_add(node, tag), "rdf:Seq")
    for name in names:
        person = _add(_add(listed, "rdf:li"), "foaf:Person")
        _add(person, "foaf:surname", name.get("literal") or name["family"])
        if given := ", ".join(name[part] for part in ("given", "suffix") if name.get(part)):
            _add(person, "foaf:givenName", given)


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    node = etree.SubElement(parent, _name(tag))
    node.text = _NOT_IN_XML.sub("", text) or None
    for name, value in attributes.items():
        node.set(_name(f"rdf:{name}"), value)
    return node


def _name(tag: str) -> str:
    prefix, _, local = tag.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"
