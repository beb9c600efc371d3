"""Akoma Ntoso: every document is valid by the schema.

`akomantoso30.xsd.gz` is that schema as published, gzipped: (c) OASIS Open 2018, licensed CC BY 4.0,
http://docs.oasis-open.org/legaldocml/akn-core/v1.0/os/part2-specs/schemas/akomantoso30.xsd.
"""

from __future__ import annotations

import datetime
import gzip
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kb.citing.records import RecordMaker
from kb.exporting.akoma_ntoso import AKOMA_NTOSO, OWN, write_akoma_ntoso
from kb.model import Collection, Document, Passage
from kb.sources.person_name import PersonName
from kb.sources.unit_kinds import UNIT_KINDS
from kb.text.fingerprint import fingerprint

NAMES = {"a": AKOMA_NTOSO}
RECORDS = RecordMaker("https://kb.example", datetime.date(2026, 11, 26))


SCHEMA = Path(__file__).with_name("akomantoso30.xsd.gz")
XML = b"""<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
<attribute name="id" type="ID"/><attribute name="lang" type="string"/>
<attribute name="space" type="NCName"/></schema>"""
"""The attributes that the schema imports."""


class _Imported(etree.Resolver):
    def resolve(self, url: str, id: str, context: Any) -> Any:
        return self.resolve_string(XML, context) if url.endswith("xml.xsd") else None


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    parser = etree.XMLParser()
    parser.resolvers.add(_Imported())
    return etree.XMLSchema(etree.fromstring(gzip.decompress(SCHEMA.read_bytes()), parser))


def written(collection: Collection, folder: Path) -> dict[str, etree._ElementTree]:
    write_akoma_ntoso(collection, folder, RECORDS)
    return {path.stem: etree.parse(path) for path in folder.iterdir()}


def test_the_shipped_collection_is_valid_and_whole(
    tmp_path: Path, schema: etree.XMLSchema, shipped_collection: Collection
) -> None:
    content = shipped_collection
    files = written(content, tmp_path / "akn")
    assert {*files} == {one.id for one in content.documents}
    for id, tree in files.items():
        schema.assertValid(tree)
        ids = [each for each in tree.xpath("//@eId") if not each.startswith("ref:")]
        assert ids == [passage.id for passage in content.passages[id]]


texts = st.text(
    st.sampled_from(list("ab\n\r\t \x00\x0c<&\"'\ufffe")) | st.characters(codec="utf-8"), max_size=9
)
passages = st.builds(
    Passage,
    document=st.just("d"),
    id=st.text(st.sampled_from("ab.-_1"), min_size=1, max_size=5),
    text=texts,
    locator=texts | st.sampled_from(["para 3", "art 5"]),
    heading=st.sampled_from(["", "I", "I > II", "III"]) | texts,
    themes=st.sampled_from([(), ("t", "t/x")]),
    unit=st.sampled_from(["", *UNIT_KINDS]),
    page=st.integers(1, 5) | st.none(),
)


@given(
    st.builds(
        Document,
        id=st.just("d"),
        title=texts,
        kind=texts,
        date=st.sampled_from(["", "2015", "2015-03-25", "201X", "1500-02", "2015-21", "../2015"]),
        issuers=st.lists(texts, max_size=2).map(tuple),
        authors=st.sampled_from([(), (PersonName("Doe", "Jane"), PersonName(literal="A body"))]),
        language=st.sampled_from(["", "fr", "zh-Hant"]),
    ),
    st.lists(passages, unique_by=lambda one: one.id, max_size=6),
)
@settings(deadline=None, max_examples=30)
def test_any_document_is_valid(
    tmp_path_factory: pytest.TempPathFactory, schema: etree.XMLSchema, document: Document, some: list[Passage]
) -> None:
    folder = tmp_path_factory.mktemp("akn") / "out"
    schema.assertValid(written(Collection(documents=(document,), passages={"d": tuple(some)}), folder)["d"])


def test_passages_are_below_their_headings_with_their_place_and_fingerprint(tmp_path: Path) -> None:
    some = (
        Passage("d", "h", "Scope", "heading I", unit="heading", page=2, page_end=2),
        Passage("d", "p1", "All\nworkers.", "para 1", "Scope", unit="paragraph", page=2, page_end=3),
        Passage("d", "p2", "Others.", "", "Annex > A"),
    )
    tree = written(
        Collection(documents=(Document("d", "T", ocr="unchecked"),), passages={"d": some}), tmp_path / "o"
    )["d"]
    (first,) = tree.xpath("//a:hcontainer[@eId='h']/a:hcontainer", namespaces=NAMES)
    assert (first.get("name"), first.get("eId")) == ("paragraph", "p1")
    assert [
        first.get(f"{{{OWN}}}{key}") for key in ("locator", "page", "page_end", "ocr", "fingerprint")
    ] == [
        *("para 1", "2", "3", "unchecked", fingerprint("All\nworkers.")),
    ]
    assert first.xpath("string(a:num)", namespaces=NAMES) == "1"
    assert first.xpath("a:content/a:p/a:eol", namespaces=NAMES)[0].tail == "workers."
    last = tree.xpath("//a:hcontainer[@eId='p2']", namespaces=NAMES)[0]
    assert last.xpath("ancestor::a:hcontainer/a:heading/text()", namespaces=NAMES) == ["Annex", "A"]
