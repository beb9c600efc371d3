"""Why a passage was found, as a page and as JSON."""

from __future__ import annotations

from urllib.parse import quote_plus, urlencode

import pytest
from flask.testing import FlaskClient

from tests.tables import table
from tests.web.dom import attributes, one, page, said, select, text_of, texts

WHY = "/search/why"
NOTE = "victim-assistance-protection/assistance-protection"
SOURCE = "bali-process-symposium-2015/p7"


def test_each_word_is_told_with_its_forms_and_what_is_missing(client: FlaskClient) -> None:
    words = text_of(client, f"{WHY}?q=labor+victims+zzzz&passage={NOTE}")
    assert "Why this passage was found" in words
    assert "It has some of the words." in words
    assert "labor Labour another spelling, in the text, 2 times" in words
    assert "victims as typed, in the text, 8 times" in words
    assert "victim another form of the word, in the text, 5 times" in words
    assert "zzzz Not in this passage" in words
    assert "survivor thesaurus term for “victim” survivor a related term, in the text" in words


def test_the_points_add_up_to_the_score(client: FlaskClient) -> None:
    for query in ("labor victims zzzz", "victims protection assistance", "victims", '"of victims" kind:note'):
        tree = page(client, f"{WHY}?q={quote_plus(query)}&passage={NOTE}")
        points = [int(each.replace(".", "")) for each in texts(tree, "table.points td")]
        assert len(points) > 1
        assert sum(points[:-1]) == points[-1]


def test_the_score_is_that_of_the_hit_with_all_that_was_asked(client: FlaskClient) -> None:
    asked = "q=victims+protection&document=victim-assistance-protection&per=25"
    hits = client.get(f"/api/search?{asked}").get_json()["hits"]
    assert len(hits) > 2
    for hit in hits:
        passage = f"{hit['document']}/{hit['passage']}"
        why = client.get(f"/api/explain?{asked}&passage={passage}").get_json()
        assert (why["document"], why["passage"]) == (hit["document"], hit["passage"])
        assert (why["score"], why["matched"]) == (hit["score"], hit["matched"])
        assert sum(part["points"] for part in why["parts"]) == pytest.approx(hit["score"], abs=1e-5)


def test_json_has_the_keys_promised(client: FlaskClient) -> None:
    why = client.get(f"/api/explain?q=extradition+zzzz&passage={SOURCE}").get_json()
    assert " ".join(why) == "query document passage matched missing sought score parts generation"
    assert why["query"] == "extradition zzzz"
    assert why["missing"] == ["zzzz"]
    assert why["sought"][0]["sightings"][0] == {
        "form": "extradition",
        "count": 1,
        "how": "typed",
        "place": "text",
    }


def test_the_page_leads_back_to_the_same_results_and_on_to_the_passage(client: FlaskClient) -> None:
    address = f"{WHY}?q=extradition&sort=newest&page=2&passage={SOURCE}"
    tree = page(client, address)
    (back,) = (link for link in select(tree, ".onward a") if said(link) == "Back to results")
    assert back.get("href") == "/search?q=extradition&sort=newest&page=2"
    opened = "/documents/bali-process-symposium-2015?q=extradition#site%3Amatch%3Ap7"
    assert attributes(tree, "p.meta a", "href") == [opened]
    assert "sorted differently (newest first)" in text_of(client, address)
    assert "sorted differently" not in text_of(client, f"{WHY}?q=extradition&passage={SOURCE}")


def test_search_engines_are_kept_out(client: FlaskClient) -> None:
    tree = page(client, f"{WHY}?q=extradition&passage={SOURCE}")
    assert attributes(tree, "meta[name='robots']", "content") == ["noindex"]


def test_a_passage_that_is_not_listed_is_said_to_be_left_out(client: FlaskClient) -> None:
    words = text_of(client, f"{WHY}?q=extradition&kind=note&passage={SOURCE}")
    assert "Why this passage is not listed" in words
    assert "A filter or an excluded word rules it out." in words
    assert "How the score is made up" not in words
    lacking = text_of(client, f"{WHY}?q=zzzz&passage={SOURCE}")
    assert "rules it out" not in lacking
    assert "zzzz Not in this passage" in lacking


def test_without_words_there_is_nothing_to_tell(client: FlaskClient) -> None:
    words = text_of(client, f"{WHY}?passage={SOURCE}")
    assert "You did not search for any words" in words
    assert "Points" not in words


@table(
    ("asked", "status"),
    [
        ("q=x", 400),
        ("q=x&passage=p7", 400),
        ("q=x&passage=a/b/c", 400),
        ("q=x&passage=../p7", 400),
        ("q=x&passage=%3Cb%3E/p7", 400),
        (f"q=x&per=3&passage={SOURCE}", 400),
        (f"q={'x' * 10_001}&passage={SOURCE}", 400),
        ("q=x&passage=bali-process-symposium-2015/p99", 404),
        ("q=x&passage=nowhere/p1", 404),
    ],
)
def test_what_cannot_be_explained_is_refused(client: FlaskClient, asked: str, status: int) -> None:
    assert client.get(f"{WHY}?{asked}").status_code == status
    answer = client.get(f"/api/explain?{asked}")
    assert answer.status_code == status
    assert answer.get_json()["error"]


def test_hostile_words_are_escaped(samples: FlaskClient) -> None:
    asked = urlencode({"q": '"<script>alert(1)" extradition', "passage": "hostile/main"})
    main = one(page(samples, f"{WHY}?{asked}"), "main")
    assert select(main, "script, img") == []
    assert "<script>alert(1)" in said(main)


@pytest.mark.slow
def test_every_hit_of_the_shipped_content_is_explained(client: FlaskClient) -> None:
    results = page(client, "/search?q=trafficking+victims&per=50")
    links = attributes(results, "a[href^='/search/why']", "href")
    assert len(links) > 20
    for link in links:
        assert texts(page(client, link), "h1") == ["Why this passage was found"]
