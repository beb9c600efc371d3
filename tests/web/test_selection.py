"""Selected words are quoted and the citing panel is opened in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.web.windows import opened_window

COMMUNIQUE = "bali-process-symposium-2015"
BOTH = "Copy quotation with citation"

SELECT = """([selector, from, to]) => {
  const node = document.querySelector(selector).firstChild;
  getSelection().setBaseAndExtent(node, from, node, to);
}"""


def bar(page: Page) -> Locator:
    return page.get_by_role("toolbar", name="Selected words")


def clipboard(page: Page, kind: str) -> str:
    script = """async (kind) => {
      const [item] = await navigator.clipboard.read();
      return (await item.getType(kind)).text();
    }"""
    read = page.evaluate(script, kind)
    assert isinstance(read, str)
    return read


def test_words_selected_with_the_mouse_are_copied_with_their_citation(page: Page) -> None:
    page.goto(f"/passages/{COMMUNIQUE}/p7")
    box = page.locator("#p7 .source").bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 16)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 16, steps=3)
    page.mouse.up()
    expect(bar(page)).to_contain_text("para 7")
    chosen = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().top")
    shown = bar(page).bounding_box()
    assert shown
    assert shown["y"] + shown["height"] <= chosen
    bar(page).get_by_role("button", name=BOTH).click()
    expect(page.locator(".announced")).to_have_text("Quotation and citation copied")
    words = page.evaluate("getSelection().toString().trim()")
    text = clipboard(page, "text/plain")
    assert words in text.partition("”")[0]
    assert "para 7 (numbering added by this site)" in text
    assert re.search("<p[^>]*>“.*”</p>.*<p[^>]*>.*para 7", clipboard(page, "text/html"), re.S)
    page.mouse.click(5, 5)
    expect(bar(page)).to_be_hidden()


def test_words_over_passages_are_selected_with_keys_and_added_to_the_brief(page: Page) -> None:
    page.goto(f"/documents/{COMMUNIQUE}")
    page.evaluate(
        """() => {
          const [from, to] = ["p4", "p6"].map((id) => document.querySelector(`#${id} .source`).firstChild);
          getSelection().setBaseAndExtent(from, 20, to, 40);
        }"""
    )
    expect(bar(page)).to_contain_text("paras 4–6")
    page.keyboard.press("Shift+ArrowRight")
    expect(bar(page)).to_contain_text("paras 4–6")
    page.keyboard.press("Tab")
    expect(bar(page).get_by_role("button", name=BOTH)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(bar(page).get_by_role("button", name="Added (undo)")).to_be_focused()
    expect(page.locator(".to-brief")).to_have_text("Brief (1)")
    page.keyboard.press("Escape")
    expect(bar(page)).to_be_hidden()
    page.goto("/brief")
    page.locator(".to-brief").click()
    expect(page.locator("ol.chosen > li mark")).to_have_count(3)


def test_words_of_a_hit_are_quoted_where_they_were_found(page: Page) -> None:
    page.goto("/search?q=extradition&kind=communique")
    page.evaluate(SELECT, [".snippet", 2, 20])
    expect(bar(page)).to_contain_text("para 7")
    bar(page).get_by_role("button", name="Copy link").click()
    expect(page.locator(".announced")).to_have_text("Link to these words copied")
    assert re.search(rf"/passages/{COMMUNIQUE}/p7:\d+-\d+\?v=", clipboard(page, "text/plain"))


def test_the_panel_opens_in_place_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/search?q=extradition&kind=communique")
    cite, dialog = page.get_by_role("link", name="Cite para 7"), page.get_by_role("dialog")
    cite.focus()
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    assert page.evaluate("document.querySelector('dialog.citing').contains(document.activeElement)")
    dialog.get_by_label("Style").select_option("aglc")
    expect(dialog.locator(".in-style .citation").first).to_contain_text("[7]")
    dialog.get_by_role("button", name="Copy quotation and citation").click()
    expect(dialog.locator(".copied")).to_have_text("Quotation and citation copied")
    assert "[7]" in clipboard(page, "text/plain")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(cite).to_be_focused()
    cite.press("Enter")
    expect(dialog).to_be_visible()
    page.go_back()
    expect(dialog).to_be_hidden()
    expect(cite).to_be_focused()
    assert page.url.endswith("/search?q=extradition&kind=communique")
    page.locator(".hit .more > summary").first.press("Enter")
    page.get_by_role("link", name="Copy link to para 7").press("Enter")
    expect(page.locator(".announced")).to_have_text("Link copied")
    assert clipboard(page, "text/plain").endswith(f"/passages/{COMMUNIQUE}/p7")


def test_on_a_phone_the_bar_is_below_the_words_and_cite_and_add_stay_in_reach(phone: Page) -> None:
    phone.goto(f"/passages/{COMMUNIQUE}/p4")
    phone.evaluate(SELECT, ["#p4 .source", 4, 30])
    expect(bar(phone)).to_contain_text("para 4")
    chosen = phone.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().bottom")
    shown = bar(phone).bounding_box()
    assert shown
    assert shown["y"] >= chosen
    assert 0 <= shown["x"] <= shown["x"] + shown["width"] <= 390
    phone.evaluate("getSelection().removeAllRanges()")
    expect(bar(phone)).to_be_hidden()
    acts = phone.locator(".sticky-acts")
    expect(acts.get_by_role("link", name="Cite")).to_be_in_viewport()
    expect(acts.get_by_role("button", name="Add to brief")).to_be_in_viewport()
    copy = phone.get_by_role("button", name="Copy quotation and citation").bounding_box()
    assert copy
    assert copy["y"] < 1_300
    for _ in range(30):  # nothing that has the focus is behind the bar
        phone.keyboard.press("Tab")
        hidden = phone.evaluate(
            """() => {
              const bar = document.querySelector(".sticky-acts");
              const [it, its] = [document.activeElement, document.activeElement.getBoundingClientRect()];
              return !bar.contains(it) && its.top >= bar.getBoundingClientRect().top && its.top < innerHeight;
            }"""
        )
        assert not hidden


def test_without_javascript_a_form_quotes_part_of_a_passage(browser: Browser, site: str) -> None:
    with opened_window(browser, site, java_script_enabled=False) as page:
        page.goto(f"/passages/{COMMUNIQUE}/p4")
        page.get_by_text("Quote part of this passage").click()
        page.get_by_label("The words, copied from the passage").fill(
            "awareness-raising ... migratory pathways"
        )
        page.get_by_role("button", name="Quote").click()
        expect(page.locator(".source mark")).to_have_text(["awareness-raising", "migratory pathways"])
        expect(page.locator(".quotation > p")).to_have_text("“awareness-raising … migratory pathways”")
        page.goto("/search?q=extradition&kind=communique")
        page.get_by_role("link", name="Cite para 7").click()
        expect(page.get_by_role("heading", name="Cite this passage")).to_be_visible()
