"""What people do, in a real browser: search, filter, go back, read, copy, without a script, on a phone."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from kb.model import Collection
from tests.web.windows import opened_window, set_in_blocks

EVERYWHERE = (
    "/",
    "/search?q=victims&theme=victim-assistance-protection&kind=note",
    "/search?q=extradition+zzzz",
    "/search?q=extradition+AND+zzzz",
    "/search/why?q=labor+victims+zzzz&passage=victim-assistance-protection/assistance-protection",
    "/themes/awareness-prevention?q=workers",
    "/documents",
    "/documents/bali-process-symposium-2015?q=victims#p8",
    "/passages/bali-process-symposium-2015/p7?q=extradition",
    "/passages/victim-assistance-protection/aftercare",
    "/nothing",
    "/check",
    "/help",
    "/about",
)


def test_search_filter_open_and_come_back(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox", name="Search passages").fill("extradition")
    page.keyboard.press("Enter")
    expect(page.locator(".total")).to_contain_text("1 passage in 1 document, 4 notes")
    page.get_by_label(re.compile(r"^Communique \d")).check()
    expect(page.locator(".total")).to_have_text("1 passage in 1 document")
    filtered = page.url
    page.locator(".hit-document").click()
    expect(page.locator("mark:target")).to_have_text("extradition")
    page.go_back()
    assert page.url == filtered
    expect(page.get_by_label(re.compile(r"^Communique \d"))).to_be_checked()
    page.go_back()
    expect(page.get_by_label(re.compile(r"^Communique \d"))).not_to_be_checked()
    expect(page.locator(".chips")).to_have_count(0)


def test_a_chip_removes_its_filter(page: Page) -> None:
    page.goto("/search?q=extradition&kind=communique")
    page.get_by_role("link", name="Remove the filter Kind: Communique").click()
    expect(page).to_have_url(re.compile(r"/search\?q=extradition$"))


def test_the_order_is_chosen_beside_the_count(page: Page) -> None:
    page.goto("/search?q=extradition&kind=note")
    page.get_by_label("Sort", exact=True).select_option("document")
    expect(page).to_have_url(re.compile("sort=document.*kind=note"))
    expect(page.get_by_role("button", name="Sort")).to_have_count(0)


def test_quotation_and_citation_are_copied(page: Page, shipped: Collection) -> None:
    page.goto("/passages/bali-process-symposium-2015/p7?q=extradition")
    citation = page.locator(".citation").inner_text()
    words = shipped.passages["bali-process-symposium-2015"][6].text
    copied = {
        "Copy quotation and citation": f"“{words}”\n\n{citation}",
        "Copy Quotation": words,
        "Copy Citation": citation,
        "Copy Link": page.url.partition("?")[0],
    }
    for button, text in copied.items():
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator(".copied")).to_contain_text("copied")
        assert page.evaluate("navigator.clipboard.readText()") == text


def test_what_a_note_lists_is_copied_behind_its_quotation(page: Page, shipped: Collection) -> None:
    notes = shipped.passages["victim-assistance-protection"]
    note = next(each for each in notes if each.id == "aftercare")
    listed = note.text.removeprefix(note.prose).replace("\n", "\n- ").strip()
    page.goto("/passages/victim-assistance-protection/aftercare")
    citation = page.locator(".citation").inner_text()
    page.get_by_role("button", name="Copy quotation and citation").click()
    expect(page.locator(".copied")).to_contain_text("copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"“{note.prose.rstrip()}”\n\n{listed}\n\n{citation}"


def test_where_copying_is_refused_the_page_says_what_to_do(page: Page) -> None:
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error())")
    page.goto("/passages/bali-process-symposium-2015/p7")
    page.get_by_role("button", name="Copy Link").click()
    expect(page.locator(".copied")).to_contain_text("Select the text")


def test_a_hit_opens_its_document_at_the_first_mark(page: Page) -> None:
    page.goto("/search?q=victims&kind=communique")
    found = page.url
    page.locator(".hit", has_text="para 8").locator(".hit-document").click()
    expect(page.locator("#p8")).to_be_in_viewport()
    expect(page.locator("mark:target")).to_be_in_viewport()
    expect(page.locator("#p8 mark").first).to_have_text("victims")
    page.locator("#p8").get_by_role("link", name="Previous match").click()
    assert page.url.endswith("#site:match:p6")
    page.go_back()
    page.go_back()
    assert page.url == found


def test_of_a_long_passage_the_first_mark_is_in_sight_with_what_stands_before_it(
    browser: Browser, sample_site: str
) -> None:
    for size in ({"width": 1280, "height": 800}, {"width": 390, "height": 700}):
        context = browser.new_context(base_url=sample_site, viewport=size)
        page = context.new_page()
        page.goto("/search?q=needle")
        page.locator(".hit-document").first.click()
        mark = page.locator("mark:target")
        expect(mark).to_have_text("needle")
        expect(mark).to_be_in_viewport()
        assert 60 < mark.bounding_box()["y"] < size["height"] / 2
        backgrounds = page.locator(".passage").evaluate_all(
            "(all) => all.map((each) => getComputedStyle(each).backgroundColor + "
            "getComputedStyle(each).backgroundImage)"
        )
        assert len(set(backgrounds)) == 2
        context.close()


def test_a_note_opens_on_its_theme_at_the_first_mark(page: Page) -> None:
    page.goto("/search?q=deportation&kind=note")
    page.locator(".hit-document").first.click()
    expect(page.locator(".editorial mark:target")).to_be_in_viewport()
    assert "/themes/" in page.url


def test_why_a_passage_was_found_is_a_page_that_leads_back(page: Page) -> None:
    page.goto("/search?q=victims+labor+xyzzy")
    found = page.url
    page.locator("details.more > summary").first.click()
    page.get_by_role("link", name=re.compile("^Why")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why this passage was found")
    expect(page.get_by_role("row", name=re.compile("^labor"))).to_contain_text("another spelling")
    expect(page.get_by_role("row", name=re.compile("^xyzzy"))).to_contain_text("Not in this passage")
    page.get_by_role("link", name="Back to results").click()
    assert page.url == found


def test_the_keyboard_reaches_the_search_and_the_hits(page: Page) -> None:
    page.goto("/search?q=extradition")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to results")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.closest('.notices') !== null"):
        page.keyboard.press("Tab")
    expect(page.locator(".hit h3 a").first).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Search passages")).to_be_focused()
    page.keyboard.type("/a")
    expect(page.get_by_label("Search passages")).to_have_value("/a")


def test_everything_but_copying_works_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("victim protection")
    page.get_by_role("button", name="Search").click()
    page.get_by_label(re.compile(r"^Communique \d")).check()
    page.get_by_role("button", name="Apply filters").click()
    results = page.url
    page.locator(".hit-document").first.click()
    expect(page.locator("mark:target")).to_be_in_viewport()
    page.goto(results)
    page.locator("details.more > summary").first.click()
    page.get_by_role("link", name=re.compile("^Why")).first.click()
    expect(page.get_by_role("table").first).to_be_visible()
    page.get_by_role("link", name="Back to results").click()
    page.get_by_role("link", name=re.compile("^Cite")).first.click()
    expect(page.locator(".citation")).to_be_visible()
    expect(page.locator(".copy")).to_be_hidden()
    context.close()


def test_the_first_hit_stands_high(browser: Browser, site: str) -> None:
    for width, limit, header in ((1280, 320, 56), (390, 300, 100)):
        shape = {"width": width, "height": 844}
        with opened_window(browser, site, viewport=shape, bypass_csp=True) as window, set_in_blocks(window):
            for address in (
                "/search?q=extradition",
                "/search?q=victims&theme=victim-assistance-protection",
                "/search?q=extradition+victims+zzzz",
            ):
                window.goto(address)
                assert window.locator(".hit").first.bounding_box()["y"] < limit
                box = window.locator("header.site form.search").bounding_box()
                assert box["y"] <= 56
                assert box["y"] + box["height"] <= header


def test_no_page_scrolls_sideways(browser: Browser, site: str, sample_site: str) -> None:
    page = browser.new_page()
    hostile = ("/documents/hostile", "/passages/hostile/main", "/search?document=hostile", "/search?q=letter")
    for address in (*(site + each for each in EVERYWHERE), *(sample_site + each for each in hostile)):
        page.goto(address)
        for width in (1024, 768, 390, 320):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    page.close()


def test_in_the_dark_the_page_is_dark(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, color_scheme="dark")
    page = context.new_page()
    page.goto("/")
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", colour))) < 60
    context.close()


def test_in_print_only_what_is_quoted_and_its_source_remain(page: Page) -> None:
    page.goto("/passages/bali-process-symposium-2015/p7")
    page.emulate_media(media="print")
    for gone in (
        "header.site",
        "footer.site",
        ".crumbs",
        ".copy",
        ".neighbour",
        "dd.to-words",
        "dt.to-words",
    ):
        expect(page.locator(gone).first).to_be_hidden()
    for kept in (".cited", ".citation", "h1", ".stands .code"):
        expect(page.locator(kept).first).to_be_visible()


def test_advice_where_nothing_is_found_has_room_to_be_read(page: Page) -> None:
    page.goto("/search?q=xyzzy+AND+law")
    assert 400 < page.locator(".nothing").bounding_box()["width"] < 720


def test_two_provisions_of_a_note_do_not_run_together_in_a_snippet(page: Page) -> None:
    page.goto("/search?q=extradition&kind=note")
    styles = page.locator(".hit .snippet").evaluate_all(
        "all => all.map((each) => getComputedStyle(each).whiteSpace)"
    )
    assert styles
    assert all(style.startswith("pre-line") for style in styles)


def test_documents_of_many_headings_do_not_scroll_sideways(browser: Browser, sample_site: str) -> None:
    page = browser.new_page(base_url=sample_site)
    for address in ("/documents/headed", "/documents/vanished", "/search?q=smuggling&group=document"):
        page.goto(address)
        for width in (1280, 1100, 768, 390, 320):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    page.close()


def test_the_neighbours_of_a_note_are_set_like_notes(page: Page) -> None:
    fonts = {}
    for name, address in (
        ("note", "/passages/victim-assistance-protection/aftercare"),
        ("source", "/passages/bali-process-symposium-2015/p7"),
    ):
        page.goto(address)
        fonts[name] = page.locator(".neighbour .words").first.evaluate(
            "(each) => getComputedStyle(each).fontFamily"
        )
    assert "sans-serif" in fonts["note"]
    assert "sans-serif" not in fonts["source"]
