"""What pages tell Zotero, Google Scholar and search engines about each kind of source."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from kb.citing.csl_item import CslItem, document_item, passage_item
from kb.citing.exports.record_types import RECORD_TYPES
from kb.model import Document, Passage
from kb.sources.person_name import parse_name
from tests.kb.citing.exports.test_record_types import ZOTERO
from tests.kb.citing.styles.golden_sources import CASES, FURTHER
from tests.tables import table
from tests.web.embedded_metadata import read
from web.presenters.page_metadata import json_ld, tags

DAY = datetime.date(2026, 11, 23)
AT = "https://kb.example/passages/d/p4"
URL = "https://un.example/doc.pdf"


def item_of(name: str) -> CslItem:
    document, locator, _ = (CASES | FURTHER)[name]
    return passage_item(document, Passage("d", "p4", "The words.", locator), AT, DAY)


def issued(*bodies: str, kind: str = "report") -> CslItem:
    return document_item(Document("d", "A title", kind, issuers=bodies, url=URL), AT, DAY)


@table("name", ZOTERO)
def test_a_page_makes_the_same_item_as_its_ris(name: str) -> None:
    kind, fields = ZOTERO[name]
    item = item_of(name)
    found = read(tags(item))
    assert found.kind == kind
    told = found.fields | {"url": item.get("URL"), "date": dict(tags(item)).get("DC.date")}
    wanted = fields | ({"url": AT} if "url" in fields else {})
    assert {name: told.get(name) for name in fields} == wanted
    assert found.fields["publicationTitle"] == "" or kind == "journalArticle"


def test_bodies_and_persons_are_creators_and_none_is_cut() -> None:
    found = read(tags(issued("Office on Drugs and Crime", "Office A")))
    assert (found.kind, found.creators) == ("report", ["Office on Drugs and Crime", "Office A"])
    alone = read(tags(issued("Office on Drugs and Crime")))
    assert alone.creators == ["Office on Drugs and Crime"]
    persons = (parse_name("van den Berg, Anna Maria"),)
    article = Document("d", "A title", "journal article", authors=persons)
    for further in ((), (("container", "A Journal"),)):
        found = read(tags(document_item(replace(article, further=further), AT, DAY)))
        assert found.creators == ["van den Berg|Anna Maria"]
    assert read(tags(item_of("speech"))).creators == ["Doe|Jane"]


@pytest.mark.parametrize("kind", ["report", "treaty", "web page"])
def test_a_body_with_commas_in_its_name_is_no_creator(kind: str) -> None:
    item = issued("Ministry of Labour, Invalids and Social Affairs", kind=kind)
    found = tags(item)
    assert read(found).creators == []
    assert ("DC.publisher", "Ministry of Labour, Invalids and Social Affairs") in found
    both = read(tags(issued("Ministry of Labour, Invalids and Social Affairs", "Office A", kind=kind)))
    assert both.creators == ["Office A"]


def test_a_documents_own_address_names_no_publication() -> None:
    found = dict(tags(issued("Office A", kind="treaty")))
    assert found["DC.relation"] == URL
    assert "DC.source" not in found
    assert "citation_title" not in found


def test_a_document_has_no_words_and_no_abstract() -> None:
    found = dict(tags(issued("Office A")))
    assert {"description", "DCTERMS.abstract", "citation_abstract"}.isdisjoint(found)
    whole = json_ld(issued("Office A"))
    assert (whole["@type"], whole["name"], whole["url"]) == ("Report", "A title", AT)
    assert whole["author"] == [{"@type": "Organization", "name": "Office A"}]


def test_scholar_is_told_of_an_article_all_that_it_asks_for() -> None:
    found = dict(tags(item_of("Adepoju")))
    assert found["citation_title"].startswith("Review of Research and Data")
    assert found["citation_author"] == "Adepoju, Aderanti;"
    assert found["citation_publication_date"] == "2005"
    assert found["citation_journal_title"] == "International Migration"
    assert (found["citation_firstpage"], found["citation_lastpage"]) == ("75", "98")


@table("name", ZOTERO)
def test_schema_org_is_told_the_kind_and_where_it_is_published(name: str) -> None:
    item = item_of(name)
    data = json_ld(item)
    assert data["@id"] == AT
    assert data["isPartOf"]["@type"] == RECORD_TYPES[item["custom"]["kind"]].schema_org
    assert data["@type"] == ("CreativeWork" if name == "note" else "Quotation")


@pytest.mark.parametrize("locator", ["para 7", "arts 4–6", "Annex II"])
def test_a_passage_is_named_by_its_place_with_what_counts_it(locator: str) -> None:
    document = Document("a", "A report", "report")
    item = passage_item(document, Passage("a", "p1", "Words.", locator), AT, DAY)
    assert json_ld(item)["name"] == locator


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib makes one itself
def test_what_search_engines_read_is_linked_data() -> None:
    data = json_ld(item_of("chapter")) | {"@context": {"@vocab": "https://schema.org/"}}
    graph = Graph().parse(data=json.dumps(data), format="json-ld")
    schema = Namespace("https://schema.org/")
    (quotation,) = graph.subjects(RDF.type, schema.Quotation)
    assert quotation == URIRef(AT)
    chapter = graph.value(quotation, schema.isPartOf)
    assert graph.value(chapter, RDF.type) == schema.Chapter
    assert str(graph.value(graph.value(chapter, schema.author), schema.name)) == "John Gardner"


def test_a_chapter_is_part_of_its_book_and_an_article_of_its_journal() -> None:
    book = json_ld(item_of("chapter"))["isPartOf"]["isPartOf"]
    assert book == {"@type": "Book", "name": "The Goals of Private Law"}
    journal = json_ld(item_of("Adepoju"))["isPartOf"]["isPartOf"]
    assert journal == {"@type": "Periodical", "name": "International Migration"}
