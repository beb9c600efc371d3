"""Checking quotations: what is pasted gets its verdicts, and is neither stored nor logged."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement
from playwright.sync_api import Browser, Page, expect
from werkzeug.test import TestResponse

from index.quotation_check.text_report import MAX_TEXT_CHARS
from kb.model import Collection
from tests.engines import Snapshot, build, open_engine
from tests.index.samples import collection
from tests.web import site_samples
from tests.web.axe import violations
from tests.web.dom import attributes, one, page, parsed, said, select, texts, tree_of
from web.app import create_app

P7 = "the need for robust mechanisms for international crime cooperation"
PASTED = "a frightened person"
WRONG = "the need for robust mechanism for international crime co-operation"


def paste(client: FlaskClient, text: str) -> TestResponse:
    return client.post("/check", data={"text": text})


def answered(client: FlaskClient, text: str) -> HtmlElement:
    """The page with the verdicts on a text."""
    return parsed(paste(client, text).text)


def verdicts(client: FlaskClient, text: str) -> str:
    """The words of that page from the verdicts on."""
    main = one(answered(client, text), "main")
    return " ".join(said(part) for part in select(main, "> section"))


def test_the_form_says_what_it_takes_and_what_becomes_of_it(client: FlaskClient) -> None:
    tree = page(client, "/check")
    form = one(tree, "form.check")
    assert (form.get("action"), form.get("method")) == ("/check", "post")
    assert "neither stored nor logged" in said(form)
    assert f"Up to {MAX_TEXT_CHARS:,} characters" in said(form)
    assert select(tree, "#site:verdicts") == []


def test_a_true_quotation_is_verbatim_with_its_passage_and_citation(
    client: FlaskClient, shipped: Collection
) -> None:
    words = verdicts(client, P7)
    assert "1 quotation: 1 verbatim" in words
    assert f"Verbatim: {P7}" in words
    assert f"{shipped.documents[0].title}, para 7" in words
    assert "http://localhost/passages/bali-process-symposium-2015/p7" in words
    assert "accessed 23 November 2026" in words


def test_a_wrong_one_shows_each_word_that_differs_and_the_true_text(client: FlaskClient) -> None:
    tree = answered(client, WRONG)
    assert texts(tree, ".compare del")[0] == "not in the source: mechanism"
    assert texts(tree, ".compare ins")[0] == "in the source: mechanisms"
    assert attributes(tree, ".copy", "data-quotation") == [P7]
    words = verdicts(client, WRONG)
    assert f"Nearly verbatim: {WRONG}" in words
    assert f"Source text {P7}" in words


def test_one_that_is_not_found_shows_the_nearest_passages(client: FlaskClient) -> None:
    words = verdicts(client, "extradition of every purple dog that sings at midnight")
    assert "Not found: " in words
    assert "The nearest:" in words
    assert "extradition" in words.partition("The nearest:")[2].lower()
    assert "nearly these words. What counts" in verdicts(client, "xyzzy plugh")


def test_each_quotation_of_a_text_has_its_verdict_and_line(client: FlaskClient) -> None:
    words = verdicts(client, f"It says “{P7}”,\nand “{WRONG}”,\n\n> nothing of that kind")
    assert "3 quotations: 1 verbatim, 1 nearly verbatim, 1 not found" in words
    assert re.findall(r"Line (\d) of your text", words) == ["1", "2", "4"]


def test_liberties_are_said(client: FlaskClient) -> None:
    words = verdicts(client, "the need for [very] robust ... cooperation")
    assert "Your brackets: [very], which is not in the source" in words
    assert "Omitted at ...: mechanisms for international crime" in words
    stands = verdicts(client, "the need for [strong] mechanisms")
    assert "Your brackets: [strong], where the source has robust" in stands


def test_a_lost_negation_is_warned_of(tmp_path: Path) -> None:
    build(collection(a=["States shall not prosecute victims."]), tmp_path)
    client = create_app(open_engine(tmp_path)).test_client()
    tree = answered(client, "States shall ... prosecute victims")
    assert texts(tree, ".spot .banner") == ["WARNING: “not” is left out, which can reverse the meaning"]
    assert select(answered(client, "shall not ... victims"), ".spot .banner") == []


def test_words_in_another_order_and_bullets_of_ones_own_are_said(tmp_path: Path) -> None:
    build(collection(a=["States shall:\n• protect victims;\n• punish traffickers."]), tmp_path)
    client = create_app(open_engine(tmp_path)).test_client()
    words = verdicts(client, "States shall:\n- protect victims;\n- punish traffickers.")
    assert "Verbatim: " in words
    assert "Note marks, bullets or numbers left out: • •" in words
    assert "Bullets that are not in the source: - -" in words
    swapped = verdicts(client, "punish traffickers; protect victims")
    assert "The source has the same words in another order." in swapped
    assert "elsewhere in the source: " in swapped


def test_words_across_passages_name_both(samples: FlaskClient) -> None:
    words = verdicts(samples, "is about smuggling. Item 8 is about")
    assert "A long report, para 7, continuing in A long report, para 8" in words
    assert words.count("Fingerprint sha256:") == 2


def test_words_in_many_passages_are_links_and_beyond_that_a_search(tmp_path: Path) -> None:
    build(collection(a=["The law of the sea."] * 250), tmp_path)
    client = create_app(open_engine(tmp_path)).test_client()
    words = verdicts(client, "law of “the sea”"[:6])
    assert "The same words in 195 more passages" in words
    assert "50 more passages have these words but were not compared character by character." in words
    (link,) = attributes(answered(client, "The law ... the sea"), ".onward a", "href")
    assert texts(page(client, link), ".total") == ["250 passages in 1 document"]


@pytest.fixture(scope="module")
def long_texts(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A site whose passages have the same words, or very long ones, or one word each."""
    words = [f"word{number}" for number in range(1_500)]
    folder = tmp_path_factory.mktemp("long")
    texts = {"a": ["The law of the sea."] * 250, "b": [f"First {'and so on ' * 30_000} last."], "c": words}
    build(collection(**texts), folder)
    return create_app(open_engine(folder), budget=0).test_client()  # the length of a page, not its time


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("“the law of the sea” " * 150, "12 more passages are not listed, to keep this page short"),
        (
            "“First ... last”, “first ... last.”",
            "no room left on this page to show the words in their source",
        ),
        (" ".join(f"word{number}" for number in range(1_500)), "no room left on this page"),
    ],
)
def test_however_much_there_is_to_show_a_page_stays_short_and_says_what_is_left_out(
    long_texts: FlaskClient, text: str, told: str
) -> None:
    response = paste(long_texts, text)
    assert len(response.data) < 1_500_000
    assert told in " ".join(said(one(parsed(response.text), "main")).split())


def test_a_note_is_marked_as_ours_and_a_superseded_source_warns(samples: FlaskClient) -> None:
    note = verdicts(samples, "Plain words of introduction")
    assert "Editorial note: our words" in note
    assert "Superseded. This document has been replaced by Work plan" in verdicts(
        samples, "Extradition was planned."
    )


def test_what_is_pasted_is_shown_again_and_never_as_markup(samples: FlaskClient) -> None:
    pasted = site_samples.HOSTILE + " </textarea>"
    main = one(answered(samples, pasted), "main")
    assert select(main, "script, img") == []
    assert said(one(main, "textarea")) == pasted


@pytest.mark.parametrize("text", ["", "   ", "…", "“”"])
def test_nothing_to_check_is_said(client: FlaskClient, text: str) -> None:
    response = paste(client, text)
    assert response.status_code == 200
    assert "There is nothing to check" in said(one(tree_of(response), "main"))


def test_an_answer_is_kept_nowhere(client: FlaskClient) -> None:
    response = paste(client, P7)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in response.headers
    assert "Set-Cookie" not in response.headers


def test_nothing_pasted_is_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        paste(client, PASTED)
    assert caplog.text == ""


def test_not_even_where_the_program_fails(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(PASTED)

    monkeypatch.setattr(Snapshot, "checker", fail)
    with caplog.at_level(logging.DEBUG):
        response = paste(client, PASTED)
    assert response.status_code == 500
    assert "check.answer" in caplog.text
    assert "frightened" not in caplog.text + response.get_data(as_text=True)


@pytest.mark.parametrize("text", ["é" * (MAX_TEXT_CHARS + 1), "a" * 2_000_000], ids=["characters", "bytes"])
def test_too_much_at_once_is_refused_with_what_to_do(client: FlaskClient, text: str) -> None:
    response = paste(client, text)
    assert response.status_code == 413
    tree = tree_of(response)
    assert texts(tree, "h1") == ["Too long"]
    told = said(one(tree, "main"))
    assert "paste it in parts" in told or "or send it in parts" in told


def test_the_longest_text_is_taken(client: FlaskClient) -> None:
    assert paste(client, "𝒜" * MAX_TEXT_CHARS).status_code == 200


def test_anything_but_the_form_is_refused(client: FlaskClient) -> None:
    for answer in (
        client.post("/check", json={"text": "x"}),
        client.post("/check", data={"text": "x"}, content_type="multipart/form-data"),
    ):
        assert answer.status_code == 415
        assert "application/x-www-form-urlencoded" in said(one(tree_of(answer), "p.reason"))
    assert client.put("/check").status_code == 405


@given(st.text(max_size=60) | st.text(st.sampled_from("the law“”\"'[].…>-\n "), max_size=60))
def test_anything_that_is_pasted_is_answered(client: FlaskClient, text: str) -> None:
    assert paste(client, text.encode("utf-8", "replace").decode()).status_code == 200


def test_paste_check_and_copy(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Check").click()
    page.get_by_label("Quotation or text with quotations").fill(f"“{WRONG}”")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".total")).to_have_text("1 quotation: 1 nearly verbatim")
    expect(page.get_by_label("Quotation or text with quotations")).to_have_value(f"“{WRONG}”")
    page.get_by_role("button", name="Copy source text", exact=True).click()
    expect(page.locator(".copied")).to_contain_text("copied")
    assert page.evaluate("navigator.clipboard.readText()") == P7
    page.get_by_role("button", name="Copy source text and citation").click()
    expect(page.locator(".copied")).to_contain_text("citation copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith(f"“{P7}”\n\n[Thai Ministry")


def test_it_works_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/check")
    page.get_by_label("Quotation or text with quotations").fill(WRONG)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".spot blockquote")).to_have_text(P7)
    expect(page.locator(".copy")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_verdicts_break_no_rule_and_do_not_scroll_sideways(
    browser: Browser, site: str, width: int
) -> None:
    context = browser.new_context(
        base_url=site, bypass_csp=True, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/check")
    text = f"“{P7}” “{WRONG}” “the ... cooperation” “[t]he need for” “extradition of {'w' * 200}”"
    page.get_by_label("Quotation or text with quotations").fill(text)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".finding")).to_have_count(5)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
