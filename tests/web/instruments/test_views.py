"""The list of instruments, the page of each, and what leads there."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from kb.model import Collection
from kb.permalinks import article_anchor, instrument_path
from tests.web.dom import attributes, one, page, text_of, texts

TIP = "/instruments/tip-protocol"


def test_the_list_leads_to_the_page_of_each(client: FlaskClient, shipped: Collection) -> None:
    tree = page(client, "/instruments")
    addresses = attributes(tree, ".entries h2 a", "href")
    assert addresses == [instrument_path(id) for id in shipped.instruments]
    for address in addresses:
        assert client.get(address).status_code == 200


def test_a_collection_without_a_registry_says_so(samples: FlaskClient) -> None:
    assert "no registry of instruments" in text_of(samples, "/instruments")
    assert attributes(page(samples, "/"), "footer a", "href").count("/instruments") == 0


def test_a_page_has_the_facts_and_the_official_text(client: FlaskClient) -> None:
    tree = page(client, TIP)
    shown = dict(zip(texts(tree, ".facts dt"), texts(tree, ".facts dd"), strict=False))
    assert (shown["Adopted"], shown["Entry into force"]) == ("15 November 2000", "25 December 2003")
    assert shown["Series"] == "2237 UNTS 319"
    (official,) = attributes(tree, ".official-text a", "href")
    assert official.startswith("https://treaties.un.org/")


def test_an_article_shows_the_notes_that_cite_it_or_a_part_of_it(client: FlaskClient) -> None:
    section = one(page(client, TIP), "#article-6")
    assert texts(section, "h3")[0].startswith("Article 6: Assistance to and protection of victims")
    assert any(line.endswith("(article 6(3))") for line in texts(section, "li"))
    assert "/passages/victim-assistance-protection/assistance-protection" in attributes(
        section, "li a", "href"
    )


def test_every_provision_of_a_note_leads_to_its_article_and_to_the_official_text(
    client: FlaskClient, shipped: Collection
) -> None:
    tree = page(client, "/themes/international-crime-cooperation")
    count = sum(len(note.provisions) for note in shipped.passages["international-crime-cooperation"])
    inside = attributes(tree, ".provisions a[href^='/instruments/']", "href")
    assert len(inside) == count
    for address in dict.fromkeys(inside):
        path, _, anchor = address.partition("#")
        assert one(page(client, path), f"#{anchor}") is not None
    assert "Official text of UNTOC (2000)" in attributes(tree, ".provisions a.official", "aria-label")


@pytest.mark.parametrize(
    ("query", "first"),
    [("UNTOC 16", "/instruments/untoc#article-16"), ("article 6(3) Palermo", f"{TIP}#article-6")],
)
def test_a_search_for_an_article_leads_to_it(client: FlaskClient, query: str, first: str) -> None:
    assert attributes(page(client, f"/search?q={query}"), ".answers a", "href")[0] == first
    found = client.get("/api/search", query_string={"q": query}).get_json()["instruments"]
    assert found[0]["url"] == first
    assert found[0]["heading"]


def test_a_search_for_anything_else_has_no_answer(client: FlaskClient) -> None:
    assert texts(page(client, "/search?q=victims"), ".answers") == []
    assert client.get("/api/search?q=victims").get_json()["instruments"] == []


def test_an_unknown_instrument_answers_404_and_a_full_stop_behind_its_address_leads_on(
    client: FlaskClient,
) -> None:
    assert client.get("/instruments/nothing").status_code == 404
    moved = client.get("/instruments/untoc.")
    assert (moved.status_code, moved.location) == (308, "/instruments/untoc")


@pytest.mark.parametrize(
    ("number", "anchor"),
    [("16", "article-16"), ("6(3)", "article-6-3"), ("Guideline 4", "guideline-4"), ("IV", "article-iv")],
)
def test_an_article_has_an_anchor(number: str, anchor: str) -> None:
    assert article_anchor(number) == anchor
