"""Right-to-left passages, and other scripts, as a browser lays them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.web.axe import AXE, violations
from tests.web.language_samples import ARABIC, ARABIC_TITLE
from tests.web.windows import opened_window
from web.http import static_files

BRIEF = "p=ar/p1~ملاحظتي&p=ar/p2&p=he/p1&p=th/p1&p=zh/p1&p=km/p1&title=موجز"
PHYSICAL = re.compile(
    r"(?:^|[\s;{])((?:margin|padding|border)-(?:left|right)[a-z-]*|(?:left|right)):"
    r"|text-align: (?:left|right)|float: (?:left|right)"
)


def test_the_style_sheet_knows_no_left_and_right_but_to_centre() -> None:
    sheets = b"".join(static_files.body(f"{name}.css") for name in ("site", "late", "pages"))
    rules = re.sub(r"/\*.*?\*/", "", sheets.decode(), flags=re.DOTALL)
    physical = [line.strip() for line in rules.splitlines() if PHYSICAL.search(line)]
    assert [line for line in physical if "translateX(-50%)" not in line] == []
    sides = re.findall(r"(?:margin|padding|inset): ([^;(]+);", rules)
    four = [values.split() for values in sides if len(values.split()) == 4]
    assert [each for each in four if each[1] != each[3]] == []
    corners = [values.split() for values in re.findall(r"border-radius: ([^;]+);", rules)]
    assert [each for each in corners if len(each) == 4 and (each[0], each[3]) != (each[1], each[2])] == []


@pytest.fixture(scope="module", params=[1280, 390])
def reader(request: pytest.FixtureRequest, browser: Browser, language_site: str) -> Iterator[Page]:
    """A window for all that is only read in it."""
    viewport = {"width": request.param, "height": 844}
    with opened_window(browser, language_site, viewport=viewport, reduced_motion="reduce") as page:
        yield page


def style(element: Locator, name: str) -> str:
    found: str = element.evaluate(f"(each) => getComputedStyle(each).{name}")
    return found


def box(element: Locator) -> dict[str, float]:
    found: dict[str, Any] | None = element.bounding_box()
    assert found
    return {"left": found["x"], "right": found["x"] + found["width"], **found}


def ink(element: Locator) -> dict[str, float]:
    """Where the letters of an element are, whatever the width of its box."""
    return element.evaluate(
        "(each) => { const all = document.createRange(); all.selectNodeContents(each);"
        " const { left, right } = all.getBoundingClientRect(); return { left, right }; }"
    )


@pytest.mark.parametrize("passage", ["p1", "p2"])
def test_a_passage_has_its_locator_border_and_links_at_the_right(reader: Page, passage: str) -> None:
    reader.goto("/documents/ar")
    article = reader.locator(f"article#{passage}")
    quotation, locator = article.locator(".source"), article.locator(".margin a")
    assert style(quotation, "direction") == "rtl"
    assert style(quotation, "borderRightWidth") == "3px"
    assert style(quotation, "borderLeftWidth") == "0px"
    cite = article.locator(".below a").first
    assert box(cite)["right"] > box(quotation)["right"] - 40
    if reader.viewport_size and reader.viewport_size["width"] > 1000:
        assert box(locator)["left"] >= box(quotation)["right"]
    else:
        assert box(locator)["right"] > box(article)["right"] - 5


def test_an_english_passage_beside_them_is_from_left_to_right(reader: Page) -> None:
    reader.goto("/documents/ar")
    article = reader.locator("article#p4")
    quotation = article.locator(".source")
    assert style(quotation, "direction") == "ltr"
    assert style(quotation, "borderLeftWidth") == "3px"
    assert box(article.locator(".below a").first)["left"] < box(quotation)["left"] + 40


def test_a_hit_from_right_to_left_is_a_card_from_right_to_left(reader: Page) -> None:
    reader.goto("/search?q=الضحايا&document=ar")
    hit = reader.locator(".hit").first
    snippet = hit.locator(".snippet")
    assert style(snippet, "direction") == "rtl"
    assert style(snippet, "borderRightWidth") == "3px"
    assert ink(hit.locator("h3 a"))["right"] == pytest.approx(box(hit)["right"], abs=4)
    assert snippet.locator("mark").count() > 0


def test_words_in_an_english_citation_keep_their_order(reader: Page) -> None:
    reader.goto("/passages/ar/p1")
    citation = reader.locator(".citation").first
    assert style(citation, "direction") == "ltr"
    order = citation.evaluate(
        """(each) => {
          const range = document.createRange();
          const places = [];
          const nodes = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
          while (nodes.nextNode()) {
            for (const { index, 0: { length } } of nodes.currentNode.data.matchAll(/\\w{4,}/g)) {
              range.setStart(nodes.currentNode, index);
              range.setEnd(nodes.currentNode, index + length);
              const { left, top, bottom } = range.getBoundingClientRect();
              if (!nodes.currentNode.parentNode.closest("bdi")) places.push([(top + bottom) / 2, left]);
            }
          }
          return places;
        }"""
    )
    lines = [(round(middle / 12), left) for middle, left in order]
    assert lines == sorted(lines)


def test_what_is_copied_for_a_letter_says_its_direction_and_language(reader: Page) -> None:
    reader.goto("/passages/ar/p1")
    reader.get_by_role("button", name="Copy quotation and citation").click()
    reader.get_by_text("Quotation and citation copied").wait_for()
    html = reader.evaluate(
        "navigator.clipboard.read().then(([item]) => item.getType('text/html')).then((blob) => blob.text())"
    )
    assert re.search(rf'<p dir="rtl" lang="ar"[^>]*>“{re.escape(ARABIC)}”</p>', html)
    assert re.search(rf'<bdi[^>]*lang="ar"[^>]*>{re.escape(ARABIC_TITLE)}</bdi>', html)
    assert reader.evaluate("navigator.clipboard.readText()").startswith(f"“{ARABIC}”\n\n")


def test_a_completion_is_in_its_direction_and_language(reader: Page) -> None:
    reader.goto("/")
    reader.get_by_role("combobox").press_sequentially("إعلان", delay=20)
    words = reader.locator(".completions bdi", has_text=ARABIC_TITLE).first
    words.wait_for()
    assert words.get_attribute("lang") == "ar"
    assert style(words, "direction") == "rtl"


@pytest.mark.parametrize(
    ("width", "addresses"),
    [
        (1280, ("/search?q=الضحايا&status=all", "/passages/ar/p1?q=الضحايا")),
        (390, ("/documents/ar?q=الضحايا", f"/brief?{BRIEF}")),
    ],
)
def test_pages_from_right_to_left_break_no_rule_of_accessibility(
    browser: Browser, language_site: str, width: int, addresses: tuple[str, ...]
) -> None:
    """A few of them, as each costs seconds and what is not content is the same on all."""
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 844})
    context.add_init_script(AXE)
    page = context.new_page()
    broken = {}
    for address in addresses:
        page.goto(language_site + address)
        broken[address] = violations(page)
    context.close()
    assert not any(broken.values()), broken


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/search",
        "/search?q=الضحايا&document=ar",
        "/documents",
        *(f"/documents/{slug}" for slug in ("ar", "ur", "th", "zh", "ja", "km", "my", "hi")),
        *(f"/passages/{slug}/p1" for slug in ("ar", "he", "th", "zh", "km", "my")),
        "/themes/protection",
        "/compare?a=ar/p1&b=th/p1",
        "/matrix",
        f"/brief?{BRIEF}",
        f"/brief.html?style=apa&{BRIEF}",
    ],
)
def test_nothing_is_wider_than_a_small_phone(small: Page, address: str) -> None:
    small.goto(address)
    assert small.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.fixture(scope="module")
def small(browser: Browser, language_site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=language_site, viewport={"width": 320, "height": 700})
    yield context.new_page()
    context.close()
