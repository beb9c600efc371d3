"""Zotero's RDF, read by rdflib and lxml, and what Zotero must make of it."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.container import Seq
from rdflib.namespace import DC, DCTERMS, FOAF

from kb.citing.csl_item import CslItem, document_item
from kb.citing.exports.zotero_rdf import write_zotero_rdf
from kb.model import Document
from kb.sources.kinds import KINDS
from kb.sources.person_name import PersonName
from tests.kb.citing.exports.test_record_types import ALL_CASES, ZOTERO, full, made
from tests.kb.citing.exports.zotero import FIELDS, ZoteroItem
from tests.tables import table

Z = Namespace("http://www.zotero.org/namespaces/export#")
BIB = Namespace("http://purl.org/net/biblio#")
CREATORS = {"presentation": Z.presenters, "hearing": BIB.contributors}


def read(item: CslItem) -> ZoteroItem:
    """The item that Zotero's translator `RDF` (2019-09-08) makes of a record."""
    graph = Graph().parse(data=write_zotero_rdf([item]), format="xml")
    (node,) = graph.subjects(Z.itemType)
    found = ZoteroItem(str(graph.value(node, Z.itemType)))
    for name, value in [("title", graph.value(node, DC.title)), ("date", graph.value(node, DC.date))]:
        found.fields[name] = str(value or "")
    for name, value in graph.predicate_objects(node):
        if name.startswith(Z):
            found.fields[name.removeprefix(Z)] = str(value)
    found.fields["abstractNote"] = str(graph.value(node, DCTERMS.abstract) or "")
    for memo in graph.objects(node, DCTERMS.isReferencedBy):
        assert graph.value(memo, RDF.type) == BIB.Memo
        found.notes.append(str(graph.value(memo, RDF.value)))
    for role, name in (("author", CREATORS.get(found.kind, BIB.authors)), ("editor", BIB.editors)):
        if listed := graph.value(node, name):
            people = Seq(graph, listed)
            found.creators += [(role, _name(graph, URIRef(str(person)), person)) for person in people.items()]
    return found


def _name(graph: Graph, _: URIRef, person: object) -> str:
    parts = (graph.value(person, part) for part in (FOAF.surname, FOAF.givenName))  # type: ignore[arg-type]
    return "|".join(str(part) for part in parts if part)


@table("name", ZOTERO)
def test_zotero_has_of_each_kind_what_it_has_of_ris(name: str) -> None:
    kind, fields = ZOTERO[name]
    found = read(made(ALL_CASES[name]))
    assert found.kind == kind
    assert {name: found.fields.get(name) for name in fields} == fields
    own = FIELDS[kind] | {"title", "date", "itemType", "libraryCatalog", "presenters"}
    assert {name for name, value in found.fields.items() if value} <= own


@table("kind", KINDS)
def test_no_value_is_lost(kind: str) -> None:
    item = full(kind)
    found = read(item)
    kept = "\n".join((*found.fields.values(), *found.notes, *(name for _, name in found.creators)))
    for name, value in item["custom"].get("fields", {}).items():
        parts = {"treaty_series": "2237", "reporter": "237"}
        assert parts.get(name, "3 February 2001" if value == "2001-02-03" else value) in kept
    assert "para 4" in kept
    assert item["note"] in kept


@pytest.mark.parametrize("kind", ["report", "treaty", "speech", "hearing", "web page"])
def test_a_body_is_one_creator_whatever_is_in_its_name(kind: str) -> None:
    names = ("Ministry of Labour, Invalids & Social Affairs", "Aid, Inc.", "وزارة العمل، والشؤون")
    item = document_item(Document("d", "A title", kind, issuers=names), "", datetime.date(2026, 11, 23))
    wanted = [] if not KINDS[kind].has_author else list(names)
    assert [name for _, name in read(item).creators] == wanted


def test_persons_have_two_names() -> None:
    persons = (PersonName("van den Berg", "Anna Maria", "Jr."), PersonName(literal="Aung San"))
    document = Document("d", "A title", "chapter", authors=persons, editors=persons[:1])
    found = read(document_item(document, "", datetime.date(2026, 11, 23)))
    berg = "van den Berg|Anna Maria, Jr."
    assert found.creators == [("author", berg), ("author", "Aung San"), ("editor", berg)]


@given(st.text())
def test_any_text_makes_a_document_that_can_be_read(title: str) -> None:
    item = document_item(Document("d", f"x{title}", "report"), "", datetime.date(2026, 11, 23))
    root = etree.fromstring(write_zotero_rdf([item]).encode("utf-8", "replace"))
    found = root.findtext(f".//{{{DC}}}title") or ""
    assert found.replace("\n", "")[:1] == "x"
