"""unAPI, version 1: all formats, those of an item, and the item, requested as Zotero does."""

from __future__ import annotations

from datetime import date

import pytest
import rispy
from flask.testing import FlaskClient
from lxml import etree

from kb.model import Collection, Document, Passage
from kb.published import Move, Withdrawal
from kb.text.fingerprint import fingerprint
from tests.engines import build, open_engine
from tests.kb.citing.exports.zotero import read_ris
from tests.tables import table
from tests.web import dom
from tests.web.embedded_metadata import read
from web.app import create_app

DOCUMENTS = (
    Document(
        "palermo",
        "Protocol to Prevent Trafficking",
        "treaty",
        issuers=("United Nations",),
        further=(("treaty_series", "2237 UNTS 319"), ("opened_for_signature", "2000-11-15")),
    ),
)
PASSAGES = {
    "palermo": tuple(
        Passage("palermo", f"a{number}", f"Words {number}.", f"art {number}") for number in (3, 4)
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("unapi") / "index"
    gone = Withdrawal("palermo", "a9", fingerprint("lost"), "2026-01-02")
    moves = (Move("palermo", "old", "palermo/a3"),)
    build(Collection((), DOCUMENTS, PASSAGES, (gone,), moves), folder)
    return create_app(open_engine(folder), today=lambda: date(2026, 11, 23)).test_client()


def formats(site: FlaskClient, address: str, status: int) -> tuple[str | None, list[str]]:
    answer = site.get(address)
    assert (answer.status_code, answer.mimetype) == (status, "application/xml")
    root = etree.fromstring(answer.data)
    assert root.tag == "formats"
    assert all(each.get("type") for each in root)
    return root.get("id"), [str(each.get("name")) for each in root]


def test_it_tells_its_formats_and_those_of_an_item(site: FlaskClient) -> None:
    offered = ["rdf_zotero", "ris", "bibtex", "csl-json"]
    assert formats(site, "/unapi", 200) == (None, offered)
    assert formats(site, "/unapi?id=palermo/a3", 300) == ("palermo/a3", offered)


def record(site: FlaskClient, page: str, name: str) -> str:
    """What the page leads to, as Zotero goes there."""
    tree = dom.page(site, page)
    (server,) = dom.attributes(tree, "head > link[rel='unapi-server']", "href")
    (id,) = dom.attributes(tree, "abbr[class='unapi-id']", "title")
    answer = site.get(f"{server}?id={id}&format={name}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("page", ["/documents/palermo", "/passages/palermo/a3", "/passages/palermo/a3..a4"])
def test_a_page_leads_zotero_to_its_record(site: FlaskClient, page: str) -> None:
    found = read_ris(record(site, page, "ris"))
    assert found.kind == "statute"
    assert found.fields["nameOfAct"] == "Protocol to Prevent Trafficking"
    assert (found.fields["code"], found.fields["codeNumber"], found.fields["pages"]) == (
        "UNTS",
        "2237",
        "319",
    )
    assert found.fields["url"] == f"http://localhost{page}"
    assert found.creators == [("author", "United Nations")]
    assert f"<z:url>http://localhost{page}</z:url>" in record(site, page, "rdf_zotero")


@pytest.mark.parametrize("page", ["/documents/palermo", "/passages/palermo/a3", "/passages/palermo/a3..a4"])
def test_a_page_tells_the_same_without_unapi(site: FlaskClient, page: str) -> None:
    metas = dom.select(dom.page(site, page), "head > meta[name]")
    found = read([(each.get("name", ""), each.get("content", "")) for each in metas])
    assert (found.kind, found.creators) == ("statute", ["United Nations"])
    assert (found.fields["code"], found.fields["codeNumber"], found.fields["pages"]) == (
        "UNTS",
        "2237",
        "319",
    )


@table("id", ["palermo", "palermo/a3", "palermo/a3..a4"])
@table(("name", "words"), [("ris", "TY  - STAT"), ("bibtex", "@leg"), ("csl-json", '"treaty"')])
def test_documents_passages_and_spans_have_records(site: FlaskClient, id: str, name: str, words: str) -> None:
    answer = site.get(f"/unapi?id={id}&format={name}")
    assert answer.status_code == 200
    assert words in answer.get_data(as_text=True)
    if name == "ris":
        (entry,) = rispy.loads(answer.get_data(as_text=True))
        assert entry["title"] == "Protocol to Prevent Trafficking"


@table(
    ("query", "status"),
    [
        ("id=palermo/a8", 404),
        ("id=palermo/a8&format=ris", 404),
        ("id=other", 404),
        ("id=%3Cb%3E", 404),
        ("id=palermo/a9&format=ris", 410),
        ("id=palermo/a3&format=mods", 406),
        ("id=palermo/a4..a3&format=ris", 404),
        ("id=palermo/a3:1-3&format=ris", 404),
        ("id=palermo/a3:2-1&format=ris", 404),
        ("id=palermo/a3..a4:1-99&format=ris", 404),
        ("id=palermo/a3:1-2@00000000&format=ris", 404),
        ("id=palermo/a9:1-2&format=ris", 410),
        ("id=palermo/old&format=ris", 302),
    ],
)
def test_what_it_has_not_it_says(site: FlaskClient, query: str, status: int) -> None:
    answer = site.get(f"/unapi?{query}")
    assert answer.status_code == status
    if status == 302:
        assert answer.headers["Location"] == "/unapi?id=palermo/a3&format=ris"


def test_a_page_of_some_words_leads_zotero_to_these_alone(site: FlaskClient) -> None:
    found = read_ris(record(site, "/passages/palermo/a3:1-1", "ris"))
    assert found.fields["abstractNote"] == "Words"
    assert f"/passages/palermo/a3:1-1?v={fingerprint('Words 3.')[:12]}" in found.fields["url"]


@pytest.mark.parametrize("reference", ["palermo/old:1-1", f"palermo/old@{fingerprint('Words 3.')[:8]}"])
def test_words_of_a_passage_that_moved_are_had_by_its_new_id(site: FlaskClient, reference: str) -> None:
    answer = site.get("/unapi", query_string={"id": reference, "format": "ris"}, follow_redirects=True)
    assert answer.status_code == 200
    assert "/passages/palermo/a3" in answer.get_data(as_text=True)
