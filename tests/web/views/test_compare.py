"""Two passages side by side, one passage as JSON, citations resolved, problems reported."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from index.citation_resolver.parser import MAX_CITATION_CHARS
from index.english import ENGLISH
from kb.citing.styles.registry import STYLES
from kb.errors import IndexUnusable
from kb.messages import Message
from kb.text.fingerprint import fingerprint
from tests.engines import build, open_engine
from tests.index.samples import collection, document
from tests.tables import table
from tests.web.conftest import TODAY
from tests.web.dom import attributes, one, page, said, select, text_of, texts, tree_of
from tests.web.site_samples import GONE, HOSTILE, LINES
from web.app import create_app
from web.views import compare
from web.views.compare import compared

COMMUNIQUE = "bali-process-symposium-2015"
WORDS = st.text("ab, .\n", max_size=60)
REPORT = "a[href^='mailto:'][rel='noreferrer']"


def test_what_only_one_of_two_passages_has_is_marked(samples: FlaskClient) -> None:
    tree = page(samples, "/compare?a=long/p3&b=long/p4")
    assert texts(tree, "blockquote mark.alone") == ["(only here: 3)", "(only here: 4)"]
    assert attributes(tree, "main > .onward a", "href") == ["/compare?a=long/p4&b=long/p3"]
    assert texts(tree, "main > .onward a") == ["Swap sides"]
    assert texts(tree, "p.part") == ["Citation, OSCOLA"] * 2
    assert texts(page(samples, "/compare?a=long/p3&b=long/p4&style=mla"), "p.part") == ["Citation, MLA"] * 2


def test_passages_that_share_little_stand_without_marks(samples: FlaskClient) -> None:
    tree = page(samples, "/compare?a=plan/p1&b=long/p4")
    told = "The passages have few words in common, so the differences are not marked."
    assert texts(tree, ".matches") == [told]
    assert select(tree, "mark") == []


def test_the_same_twice_is_said(samples: FlaskClient) -> None:
    told = texts(page(samples, "/compare?a=plan/p1&b=plan/p1"), ".matches")
    assert told == ["Both sides show the same passage."]


@pytest.mark.parametrize("asked", ["plan/p1:1-2", "http://localhost/passages/plan/p1:1-2"])
def test_an_excerpt_is_compared_by_its_passage(samples: FlaskClient, asked: str) -> None:
    told = texts(page(samples, f"/compare?a={asked}&b=plan/p1"), ".matches")
    assert told == ["Both sides show the same passage."]


def test_words_that_are_not_in_a_passage_are_not_compared(samples: FlaskClient) -> None:
    assert "runs backwards" in text_of(samples, "/compare?a=plan/p1:2-1&b=plan/p1", 404)


def test_sides_are_named_by_links_and_in_words(client: FlaskClient) -> None:
    tree = page(
        client, f"/compare?a=http://localhost/passages/{COMMUNIQUE}/p5&b=Bali+Process+communique+para+7"
    )
    assert attributes(tree, "input[name='a']", "value") == [f"{COMMUNIQUE}/p5"]
    assert attributes(tree, "input[name='b']", "value") == [f"{COMMUNIQUE}/p7"]


def test_where_several_may_be_meant_they_are_offered(client: FlaskClient) -> None:
    tree = page(client, f"/compare?a={COMMUNIQUE}/p5&b=Bali+paras+6-7")
    assert texts(tree, ".pair h2")[1] == "Which passage do you mean?"
    offered = attributes(tree, ".choices a", "href")
    assert f"/compare?a={COMMUNIQUE}/p5&b={COMMUNIQUE}/p6" in offered
    swapped = page(client, f"/compare?b={COMMUNIQUE}/p5&a=Bali+paras+6-7")
    assert f"/compare?a={COMMUNIQUE}/p6&b={COMMUNIQUE}/p5" in attributes(swapped, ".choices a", "href")


@pytest.mark.parametrize(
    ("language", "place"), [("en", "it is paragraph 6"), ("id", "tempatnya paragraf 6"), ("th", "อยู่ที่ย่อหน้า 6")]
)
def test_a_choice_says_its_place_in_the_language_of_the_page(
    client: FlaskClient, language: str, place: str
) -> None:
    tree = page(client, f"/compare?a={COMMUNIQUE}/p5&b=Bali+paras+6-7&lang={language}")
    why = [said(each) for each in select(tree, ".choices li .meta")]
    assert any(place in each for each in why), why
    assert language == "en" or not any("paragraph" in each for each in why)


def test_what_is_not_there_is_said(samples: FlaskClient) -> None:
    assert "Not chosen yet" in text_of(samples, "/compare?a=plan/p1")
    assert "There is no passage plan/p99." in text_of(samples, "/compare?a=plan/p1&b=plan/p99", 404)
    gone = text_of(samples, "/compare?a=plan/p9&b=plan/p99", 410)
    assert "plan/p9 was withdrawn" in gone
    assert GONE.fingerprint in gone
    assert f"at most {MAX_CITATION_CHARS:,} characters" in text_of(
        samples, f"/compare?a={'x' * (MAX_CITATION_CHARS + 1)}", 400
    )


def test_without_passages_the_page_says_what_it_does_and_how_to_choose_them(client: FlaskClient) -> None:
    tree = page(client, "/compare")
    assert "See two passages side by side" in said(one(tree, ".lead"))
    assert attributes(tree, ".choosing li a", "href") == ["/search", "/brief"]
    (example,) = attributes(tree, ".choosing p a", "href")
    assert texts(page(client, example), ".matches")


def hint(client: FlaskClient, address: str = "/compare") -> str:
    return said(one(tree_of(client.get(address)), "[id='site:how']"))


def test_the_hint_cites_a_passage_of_the_collection_in_words_that_lead_to_it(
    client: FlaskClient, samples: FlaskClient
) -> None:
    for site in (client, samples):
        (cited,) = re.findall(r"or a citation such as “(.+)”\.$", hint(site))
        answer = page(site, f"/compare?a={quote(cited)}")
        document, _, _ = attributes(answer, "input[name='a']", "value")[0].partition("/")
        assert document, "it was understood"
        assert hint(site, "/compare?a=nothing/here&b=nor/there") == hint(site)
    assert "Bali Process" in hint(client)
    assert "Bali Process" not in hint(samples)


def test_a_comparison_does_not_fail_for_its_example(
    samples: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(snapshot: object) -> None:
        raise IndexUnusable(Message("index-unreadable", folder="kb-main"), ENGLISH)

    monkeypatch.setattr(compare, "_EXAMPLES", {})
    with monkeypatch.context() as patched:
        patched.setattr(compare, "_found_example", lost)
        tree = page(samples, "/compare?a=long/p3&b=long/p4")
        assert texts(tree, "blockquote mark.alone") == ["(only here: 3)", "(only here: 4)"]
        assert select(page(samples, "/compare"), ".choosing p a") == []
    assert select(page(samples, "/compare"), ".choosing p a"), "it is looked for again"


def test_where_no_citation_leads_to_one_passage_the_hint_has_no_example(tmp_path: Path) -> None:
    short = collection(document("a", title="A plan"), a=["law"])
    build(short, tmp_path)
    told = hint(create_app(open_engine(tmp_path)).test_client())
    assert told == "Enter an address (DOCUMENT/PASSAGE), a link to a passage, or a citation."


@table(
    ("asked", "told"),
    [
        (COMMUNIQUE, f"Name one of its passages, such as {COMMUNIQUE}/p1."),
        (f"http://localhost/documents/{COMMUNIQUE}", "This is the whole of “Communique of the Bali Process"),
        ("https://elsewhere.example/x", "This address does not lead to a passage of this site."),
        ("/search?q=x", "This address does not lead to a passage of this site."),
        ("communique", "A document was found, but not the passage."),
        ("p4", "No document of that name was found."),
        (f"{COMMUNIQUE}/p4..p6", "This names several passages."),
    ],
)
def test_what_cannot_be_compared_says_why_at_its_field(client: FlaskClient, asked: str, told: str) -> None:
    tree = page(client, f"/compare?a={COMMUNIQUE}/p4&b={quote(asked, safe='')}", 404)
    assert told in said(select(tree, ".one")[1])
    assert attributes(tree, "[aria-invalid]", "name") == ["b"]
    assert attributes(tree, "[aria-invalid]", "aria-describedby") == ["site:second site:how"]


def test_a_former_address_leads_on(samples: FlaskClient) -> None:
    answer = samples.get("/compare?a=plan/p0&b=long/p4")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/compare?a=plan/p1&b=long/p4")
    assert (
        samples.get("/compare?a=plan/p0&b=nothing+here").headers["Location"]
        == "/compare?a=plan/p1&b=nothing+here"
    )


def test_hostile_words_are_escaped(samples: FlaskClient) -> None:
    main = one(page(samples, "/compare?a=hostile/main&b=<script>x</script>", 404), "main")
    assert select(main, "script, img") == []
    assert "<script>x</script>" in said(main)


@given(WORDS, WORDS)
def test_both_texts_stand_whole_whatever_is_marked(first: str, second: str) -> None:
    found = compared(first, second)
    assert "".join(words for words, _ in found.first) == first
    assert "".join(words for words, _ in found.second) == second
    assert found.marked or not any(alone for _, alone in (*found.first, *found.second))
    assert not any(words != words.rstrip() for words, alone in found.first if alone)


def test_capitals_and_punctuation_do_not_differ(samples: FlaskClient) -> None:
    assert compared("The law, as it is", "the law as it is.").same
    assert not compared("The law — as", "the law as").same


def test_a_passage_as_json(samples: FlaskClient) -> None:
    answer = samples.get("/api/passages/plan/p1")
    found = answer.get_json()
    assert found["text"] == LINES
    assert found["fingerprint"] == fingerprint(LINES)
    assert found["document"]["title"] == "Work plan"
    assert found["document"]["further"] == {}
    assert not {"path", "line", "source"} & set(found["document"])
    assert found["themes"] == ["cooperation", "many", "many/s1"]
    assert found["further"] == {"symbol": "<b>A/1</b>", "session": "12th"}
    assert list(found["citations"]) == list(STYLES)
    assert found["csl"]["id"] == "plan/p1"
    assert found["permalink"] == "http://localhost/passages/plan/p1"
    assert (found["before"], found["after"]) == (None, None)
    assert (
        samples.get("/api/passages/plan/p1", headers={"If-None-Match": answer.headers["ETag"]}).status_code
        == 304
    )
    between = samples.get("/api/passages/long/p5").get_json()
    assert (between["before"], between["after"]) == ("/passages/long/p4", "/passages/long/p6")


def test_provisions_of_a_note_as_json(client: FlaskClient) -> None:
    found = client.get("/api/passages/international-crime-cooperation/extradition").get_json()
    assert found["provisions"][0].keys() == {"instrument", "article", "heading"}


def test_what_is_gone_missing_or_moved_as_json(samples: FlaskClient) -> None:
    gone = samples.get("/api/passages/plan/p9")
    assert gone.status_code == 410
    assert gone.get_json()["fingerprint"] == GONE.fingerprint
    missing = samples.get("/api/passages/plan/p99")
    assert missing.status_code == 404
    assert missing.get_json() == {"error": "There is no passage at this address.", "parameter": None}
    moved = samples.get("/api/passages/plan/p0?x=1")
    assert (moved.status_code, moved.headers["Location"]) == (308, "/api/passages/plan/p1?x=1")


def test_a_citation_is_resolved_as_json(client: FlaskClient) -> None:
    found = client.get("/api/resolve?q=Bali+Process+communique+para+5").get_json()
    assert list(found) == ["query", "matches", "notices", "instruments"]
    assert list(found["matches"][0]) == ["document", "passage", "url", "confidence", "why", "reasons"]
    assert found["matches"][0]["url"] == f"/passages/{COMMUNIQUE}/p5"
    assert client.get("/api/resolve").get_json()["matches"] == []
    assert client.get(f"/api/resolve?q={'x' * 10_001}").status_code == 400


@pytest.fixture
def reporting(sample_app: Flask) -> FlaskClient:
    return create_app(
        sample_app.extensions["engine"], lambda: TODAY, "mailto:kb@office.example"
    ).test_client()


def test_a_problem_is_reported_with_its_context_and_nothing_of_the_reader(
    reporting: FlaskClient, samples: FlaskClient
) -> None:
    (link,) = attributes(page(reporting, "/passages/hostile/main?q=secret"), REPORT, "href")
    assert "secret" not in link
    body = parse_qs(urlsplit(link).query)["body"][0]
    assert "Page: http://localhost/passages/hostile/main\r\n" in body
    assert "It begins: " + HOSTILE[:20] in body
    assert len(select(page(reporting, "/compare?a=plan/p1&b=long/p4"), REPORT)) == 2
    for address in ("/passages/hostile/main", "/compare?a=plan/p1&b=long/p4"):
        assert "Report a problem" not in text_of(samples, address)


def test_a_page_with_another_address_for_reports_is_another(
    reporting: FlaskClient, samples: FlaskClient
) -> None:
    known = samples.get("/passages/plan/p1").headers["ETag"]
    assert reporting.get("/passages/plan/p1", headers={"If-None-Match": known}).status_code == 200


def test_from_a_passage_to_a_comparison(page: Page) -> None:
    page.goto(f"/passages/{COMMUNIQUE}/p7")
    page.get_by_text("More for").first.click()
    page.get_by_role("link", name="Compare with another").first.click()
    page.get_by_role("textbox", name="Second passage").fill("Bali Process communique para 9")
    page.get_by_role("button", name="Compare").click()
    first, second = (page.locator(".one").nth(n).bounding_box() for n in (0, 1))
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]
    page.get_by_role("link", name="Swap sides").click()
    assert page.locator(".one h2").first.inner_text().startswith("Para 9")


def test_on_a_phone_they_stand_one_below_the_other(phone: Page) -> None:
    phone.goto(f"/compare?a={COMMUNIQUE}/p7&b={COMMUNIQUE}/p9")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    first, second = (phone.locator(".one").nth(n).bounding_box() for n in (0, 1))
    assert first is not None
    assert second is not None
    assert first["y"] + first["height"] <= second["y"]
