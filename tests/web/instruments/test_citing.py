"""Citing an instrument: its panel, its files, and what programs are told."""

from __future__ import annotations

from pathlib import Path

import rispy
from flask.testing import FlaskClient

from kb.citing.exports.registry import BY_SUFFIX
from kb.model import Collection
from kb.sources.instrument import Article, Instrument
from tests.engines import build, open_engine
from tests.web.dom import attributes, one, page, said, texts, tree_of
from web.app import create_app

UNTOC = "/instruments/untoc"
SERIES = "(adopted 15 November 2000, entered into force 29 September 2003) 2225 UNTS 209 (UNTOC)"


def test_the_panel_cites_the_whole_or_an_article(client: FlaskClient) -> None:
    tree = page(client, UNTOC)
    assert said(one(tree, ".cite h2")) == "Cite this instrument"
    assert f"{SERIES} <" in texts(tree, ".cite .citation")[0]
    assert f"{UNTOC}?article=16#site%3Acite" in attributes(tree, ".cite-article", "href")
    tree = page(client, f"{UNTOC}?article=16(2)")
    assert said(one(tree, ".cite h2")) == "Cite article 16(2)"
    assert f"{SERIES} art 16(2) <" in texts(tree, ".cite .citation")[0]


def test_every_file_that_a_panel_offers_is_there(client: FlaskClient) -> None:
    for address in (UNTOC, f"{UNTOC}?article=16"):
        files = attributes(page(client, address), ".files a", "href")
        assert len(files) == len(BY_SUFFIX)
        for file in files:
            assert client.get(str(file)).status_code == 200


def test_a_file_has_the_article(client: FlaskClient) -> None:
    (record,) = rispy.loads(client.get(f"{UNTOC}.ris?article=16").get_data(as_text=True))
    assert record["title"] == "United Nations Convention against Transnational Organized Crime"
    assert record["urls"][0].endswith(f"{UNTOC}#article-16")
    annotation = client.get(f"{UNTOC}.jsonld?article=16").get_json()
    assert annotation["id"].endswith(f"{UNTOC}#site:annotation-article-16")


def test_the_style_chosen_is_kept_with_the_article(client: FlaskClient) -> None:
    answer = client.get(f"{UNTOC}?article=16&style=apa&remember=yes")
    assert answer.headers["Location"] == f"{UNTOC}?style=apa&article=16#site%3Acite"
    tree = tree_of(client.get(answer.headers["Location"]))
    assert "2000, art. 16)" in texts(tree, ".cite .citation")[0]


def test_what_is_no_article_is_refused(client: FlaskClient) -> None:
    for address in (UNTOC, f"{UNTOC}.ris", f"{UNTOC}/cite", f"/api{UNTOC}"):
        assert client.get(address, query_string={"article": "<script>"}).status_code == 400
    for address in ("/instruments/none", "/instruments/none.ris", "/instruments/none/cite"):
        assert client.get(address).status_code == 404


def test_programs_are_told_the_same(client: FlaskClient) -> None:
    answer = client.get(f"/api{UNTOC}?article=16").get_json()
    assert answer["instrument"]["treaty_series"] == "2225 UNTS 209"
    assert answer["csl"]["locator"] == "16"
    assert "art 16" in answer["citations"]["oscola"]
    for id in ("untoc", "untoc/16"):
        assert one(page(client, f"{UNTOC}?article={id[6:]}"), ".unapi-id").get("title") == id
        record = client.get(f"/unapi?id={id}&format=csl-json").get_json(force=True)[0]
        assert (record["id"], record["type"]) == (id, "treaty")
    assert client.get("/unapi?id=untoc/x&format=ris").status_code == 404


def test_each_article_shown_can_be_cited_or_is_not_offered(tmp_path: Path) -> None:
    numbers = ("Preamble", "IV", "6(3)", "Guideline 4", "<b>", "what you like")
    odd = Instrument("odd", "An odd treaty", articles=tuple(map(Article, numbers)))
    build(Collection(instruments={"odd": odd}), tmp_path)
    client = create_app(open_engine(tmp_path)).test_client()
    offered = attributes(page(client, "/instruments/odd"), ".cite-article", "href")
    assert len(offered) == 4
    for address in offered:
        assert client.get(str(address).partition("#")[0]).status_code == 200
