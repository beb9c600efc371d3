"""Completions while a reader types: as JSON, and below the search box in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Locator, Page, Route, expect

from index.suggest.autocomplete import MAX_COMPLETION_CHARS
from tests.web.axe import DESKTOP, LOOKS, violations_as


def offered(client: FlaskClient, text: str) -> list[dict[str, object]]:
    answer = client.get("/api/suggest", query_string={"q": text})
    assert answer.status_code == 200
    found: list[dict[str, object]] = answer.get_json()["completions"]
    return found


def test_each_completion_has_an_address_that_leads_there(client: FlaskClient) -> None:
    kinds = {}
    for text in ("extrad", "victim pro", "bali", "ngo", "forced lab", "protect vict"):
        for each in offered(client, text):
            assert list(each) == [
                "text", "kind", "value", "count", "via", "source", "ranges", "title", "group", "detail",
                "language", "url",
            ]  # fmt: skip
            assert client.get(each["url"]).status_code == 200
            kinds[each["kind"]] = each["url"]
    assert kinds["theme"] == "/themes/victim-assistance-protection"
    assert kinds["sub-point"] == "/themes/international-crime-cooperation#extradition"
    assert kinds["document"] == "/documents/bali-process-symposium-2015"
    assert str(kinds["phrase"]).startswith("/search?q=%22")
    assert kinds["word"] == "/search?q=NGOs"
    assert kinds["passage"] == "/passages/victim-assistance-protection/assistance-protection"


def test_the_count_is_what_the_search_finds(client: FlaskClient) -> None:
    for text in ("extrad", "forced lab", "protect vict"):
        for each in offered(client, text):
            if each["kind"] in ("phrase", "word"):
                found = client.get("/api/search", query_string={"q": each["value"]}).get_json()
                assert found["total"] == each["count"]


def test_completions_are_in_groups_with_a_heading_each(client: FlaskClient) -> None:
    answer = client.get("/api/suggest?q=labour+exp").get_json()
    assert [each["heading"] for each in answer["groups"]] == ["Documents", "Phrases", "Passages"]
    names = [each["name"] for each in answer["groups"]]
    places = [names.index(each["group"]) for each in answer["completions"]]
    assert places == sorted(places)
    assert answer["status"] == f"{len(places)} suggestions. Use the arrow keys to choose."
    (short,) = (each for each in offered(client, "mla") if each["kind"] == "phrase" and each["via"])
    assert (short["text"], short["detail"]) == ("mutual legal assistance", "for “MLA”, 4 passages")


def test_what_was_typed_is_kept_nowhere(client: FlaskClient) -> None:
    assert client.get("/api/suggest?q=extr").headers["Cache-Control"] == "private, no-store"


def test_nothing_typed_completes_to_nothing_and_too_much_is_refused(client: FlaskClient) -> None:
    assert offered(client, "") == []
    assert client.get("/api/suggest").get_json() == {
        "query": "", "completions": [], "groups": [], "cut": False,
        "status": "0 suggestions. Use the arrow keys to choose.",
    }  # fmt: skip
    refused = client.get("/api/suggest", query_string={"q": "x" * (MAX_COMPLETION_CHARS + 1)})
    assert refused.status_code == 400
    assert refused.get_json()["parameter"] == "q"


def options_of(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


@pytest.fixture
def box(page: Page) -> Locator:
    page.goto("/")
    return page.get_by_role("combobox", name="Search passages")


@pytest.fixture
def options(page: Page) -> Locator:
    return options_of(page)


def test_the_arrows_go_through_the_options_and_enter_opens_the_page(
    page: Page, box: Locator, options: Locator
) -> None:
    box.press_sequentially("extrad")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(options.first).to_contain_text(re.compile(r"Extradition\s+sub-point, \d+ passages"))
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    expect(box).to_have_value("extrad")
    box.press("Enter")
    expect(page).to_have_url(re.compile("/themes/international-crime-cooperation#extradition$"))


def test_options_are_in_named_groups_and_home_leads_back_to_the_words_typed(
    page: Page, box: Locator, options: Locator
) -> None:
    box.press_sequentially("labour exp")
    expect(options).not_to_have_count(0)
    groups = page.get_by_role("listbox", name="Suggestions").get_by_role("group")
    assert [each.get_attribute("aria-labelledby") for each in groups.all()] == [
        f"site:completions-{name}" for name in ("documents", "phrases", "passages")
    ]
    expect(page.get_by_text(re.compile(r"^\d+ suggestions\. Use the arrow keys"))).to_have_count(1)
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("Home")
    expect(options.first).to_have_attribute("aria-selected", "false")
    assert box.evaluate("box => box.selectionStart") == 0
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=labour(\+|%20)exp$"))


def test_from_the_last_option_the_arrow_leads_back_to_the_box(box: Locator, options: Locator) -> None:
    box.press_sequentially("extrad")
    expect(options).not_to_have_count(0)
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(options.last).to_have_attribute("aria-selected", "false")
    assert box.get_attribute("aria-activedescendant") is None


def test_escape_closes_and_the_arrow_opens_again(box: Locator, options: Locator) -> None:
    box.press_sequentially("extrad")
    expect(options).not_to_have_count(0)
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("extrad")
    box.press("ArrowDown")
    expect(options).not_to_have_count(0)
    box.press("Tab")
    expect(options).to_have_count(0)


def test_enter_without_a_choice_searches_for_what_was_typed(page: Page, box: Locator) -> None:
    box.press_sequentially("extrad")
    expect(options_of(page)).not_to_have_count(0)
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=extrad$"))


def test_typing_and_submitting_do_not_wait_for_the_options(page: Page, box: Locator) -> None:
    page.route("**/api/suggest*", lambda route: None)  # never answered
    box.press_sequentially("aftercare")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=aftercare$"))


def test_a_phrase_is_searched_for_with_the_filters_as_they_stand(page: Page, options: Locator) -> None:
    page.goto("/search?q=victims&kind=note&sort=document")
    box = page.get_by_role("combobox", name="Search passages")
    box.fill("forced lab")
    options.filter(has_text="forced labour").first.click()
    expect(page).to_have_url(re.compile("q=%22forced\\+labour%22.*kind=note"))
    assert "sort=document" in page.url
    page.go_back()
    expect(box).to_have_value("victims")
    expect(options).to_have_count(0)


def test_an_answer_overtaken_by_another_key_is_dropped(page: Page, box: Locator, options: Locator) -> None:
    held: list[Route] = []

    def hold_first(route: Route) -> None:
        if "q=ext" in route.request.url:
            held.append(route)
        else:
            route.continue_()

    page.route("**/api/suggest*", hold_first)
    with page.expect_request("**/api/suggest?q=ext"):
        box.fill("ext")
    box.fill("bali")
    expect(options.first).to_contain_text("Bali Process")
    (first,) = held
    first.abort()
    expect(options.first).to_contain_text("Bali Process")


def type_with_pauses(page: Page, text: str, milliseconds: int) -> list[str]:
    """What the site is asked while a reader types, by the page's own clock: a pause after each key."""
    asked: list[str] = []
    page.clock.install(time=0)
    page.goto("/")
    page.clock.pause_at(60_000)
    page.on("request", lambda request: asked.append(request.url) if "suggest" in request.url else None)
    box = page.get_by_role("combobox", name="Search passages")
    for key in text:
        box.press(key)
        page.clock.run_for(milliseconds)
    return asked


def test_one_question_is_asked_for_many_keys(page: Page, options: Locator) -> None:
    asked = type_with_pauses(page, "extradi", 100)
    assert asked == []
    page.clock.run_for(100)
    expect(options).not_to_have_count(0)
    assert [urlsplit(url).query for url in asked] == ["q=extradi"]


def test_after_each_longer_pause_the_site_is_asked(page: Page, options: Locator) -> None:
    asked = type_with_pauses(page, "ext", 200)
    expect(options).not_to_have_count(0)
    assert [urlsplit(url).query for url in asked] == ["q=ex", "q=ext"]


@pytest.fixture
def quiet(browser: Browser, site: str) -> Iterator[Page]:
    """A window in which the console may complain: of an answer that failed."""
    context = browser.new_context(base_url=site)
    yield context.new_page()
    context.close()


def test_where_the_site_fails_the_box_works_on(quiet: Page) -> None:
    quiet.goto("/")
    quiet.route("**/api/suggest*", lambda route: route.fulfill(status=503, body="{}"))
    box = quiet.get_by_role("combobox", name="Search passages")
    with quiet.expect_response("**/api/suggest?q=extradition"):
        box.press_sequentially("extradition")
    expect(options_of(quiet)).to_have_count(0)
    box.press("Enter")
    expect(quiet).to_have_url(re.compile(r"/search\?q=extradition$"))


def test_a_title_is_text_whatever_it_holds(browser: Browser, sample_site: str) -> None:
    context = browser.new_context(base_url=sample_site)
    page = context.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto("/")
    page.get_by_role("combobox", name="Search passages").press_sequentially("script")
    expect(options_of(page).first).to_contain_text('<script>alert("x")</script>')
    assert dialogs == []
    context.close()


def test_on_a_phone_options_are_rows_of_44_pixels_and_open_at_a_touch(phone: Page) -> None:
    phone.goto("/search")
    phone.get_by_role("combobox", name="Search passages").press_sequentially("victim")
    options = options_of(phone)
    expect(options).not_to_have_count(0)
    for option in options.all():
        assert option.bounding_box()["height"] >= 44
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    options.first.tap()
    expect(phone).to_have_url(re.compile("/themes/victim-assistance-protection$"))


def test_without_javascript_the_box_is_a_search_box(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    box = page.get_by_role("searchbox", name="Search passages")
    box.press_sequentially("extrad")
    expect(page.get_by_role("listbox")).to_have_count(0)
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=extrad$"))
    context.close()


def test_with_its_options_open_the_page_breaks_no_rule(browser: Browser, site: str) -> None:
    context = browser.new_context(bypass_csp=True, viewport=DESKTOP, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site}/themes/regional-cooperation")
    box = page.get_by_role("combobox", name="Search passages")
    box.fill("victim")
    expect(options_of(page)).not_to_have_count(0)
    box.press("ArrowDown")
    for look in LOOKS:
        assert violations_as(page, *look) == [], look
        expect(options_of(page)).not_to_have_count(0)
    context.close()
