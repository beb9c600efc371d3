"""No page breaks a rule of axe: in the light and dark schemes, and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from kb.text.fingerprint import fingerprint
from tests.web.axe import AXE, DESKTOP, LOOKS, PHONE, violations, violations_as
from tests.web.site_samples import EARLIER, GONE, HEADED, LINES

D = "bali-process-symposium-2015"
BRIEF = f"p={D}/p7~A+note&p={D}/p8&p=regional-cooperation/value&p={D}/p99"
SHIPPED = (
    "/",
    "/search",
    "/search?q=victims&theme=victim-assistance-protection&kind=note",
    "/search?q=extradition+zzzz&kind=note",
    "/search/why?q=labor+victims+zzzz&passage=victim-assistance-protection/assistance-protection",
    "/search/why?q=zzzz&passage=bali-process-symposium-2015/p7",
    "/themes/international-crime-cooperation?q=extradition#site:match:extradition",
    "/documents",
    "/documents?q=communique&theme=victim-assistance-protection&sort=newest",
    "/search?q=passport+taken",
    "/documents/bali-process-symposium-2015?q=victims#site:match:p8",
    "/passages/bali-process-symposium-2015/p7?q=extradition",
    "/passages/international-crime-cooperation/extradition?q=extradition",
    "/passages/bali-process-symposium-2015/p7?style=chicago",
    "/passages/bali-process-symposium-2015/p7?style=none",
    "/passages/bali-process-symposium-2015/p4..p6?q=victims&style=mla",
    "/check",
    "/help",
    "/matrix?of=notes",
    "/compare",
    "/compare?a=bali-process-symposium-2015/p7&b=bali+paras+3-9",
    "/matrix?theme=victim-assistance-protection&q=victims",
    "/about",
    "/glossary",
    "/instruments",
    "/instruments/tip-protocol#article-6",
    "/search?q=article+6(3)+Palermo",
    "/nothing",
    "/search?per=3",
    "/search?q=aftercare",
    "/search?q=aftercare&expand=off",
    "/search?q=article+16",
    "/search?q=article+16&page=2",
    "/search?q=victims&group=document",
    "/search?theme=regional-cooperation&theme=awareness-prevention&match=all",
    "/brief",
    f"/brief?title=For+you&group=theme&{BRIEF}",
    f"/brief?{BRIEF}&do=remove.9",
    f"/brief?{BRIEF}&removed=0.{D}/p6",
    f"/brief.html?style=chicago&{BRIEF}",
    f"/brief.html?{BRIEF}",
)
SAMPLES = (
    "/search?q=extradition&status=all",
    "/search?q=smuggling&page=2",
    "/search?q=smuggling&page=99",
    "/search?q=letter&year=1950..1954",
    "/search?q=smuggling+43&group=document",
    "/documents?page=2",
    "/documents/old-plan?q=extradition",
    "/passages/statement/p1",
    "/passages/plan/p9",
    f"/passages/plan/p9?v={GONE.fingerprint}",
    "/passages/plan/p9?v=00000000",
    *(f"/passages/plan/p1?v={fingerprint(words)}" for words in (LINES, *EARLIER, "other words")),
    "/documents/half-gone",
    "/themes/many",
    "/themes/cooperation",
    "/documents/headed",
    "/documents/vast?q=tribute&at=c350#site:match:c350",
    "/documents/loose-note",
    "/documents/vanished",
    "/passages/plan/p20",
    "/about",
    "/instruments",
    "/matrix",
    "/matrix?kind=nothing",
    "/compare?a=long/p3&b=long/p4",
    "/compare?a=plan/p9&b=plan/p99",
    "/matrix?silent=many&kind=letter&page=2",
    "/passages/plan/p1",
    "/brief?p=plan/p9&p=old-plan/p1&p=hostile/main&group=document",
)

PARTS = 4
"""Parts of the pages that may be looked at side by side."""

LOOKED_AT = 8
"""Of elements beside each other that are alike in all but their words, so many are looked at."""

TAKE_AWAY_WHAT_IS_ALIKE = """(lookedAt) => {
  const kinds = ["class", "dir", "disabled", "hidden", "lang", "role", "style", "tabindex", "type"];
  const names = ["aria-label", "aria-labelledby", "aria-describedby"];
  const isKind = (name) => kinds.includes(name) || (name.startsWith("aria-") && !names.includes(name));
  const hasWords = (node) => [...node.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
  const shape = (node) => [
    node.localName,
    hasWords(node),
    [...node.attributes].map(({ name, value }) => [name, isKind(name) ? value : value !== ""]),
    [...node.children].map(shape),
  ];
  for (const parent of document.body.querySelectorAll("*")) {
    const seen = new Map();
    for (const child of parent.children.length > lookedAt ? [...parent.children] : []) {
      const key = JSON.stringify(shape(child));
      seen.set(key, (seen.get(key) ?? 0) + 1);
      if (seen.get(key) > lookedAt) child.remove();
    }
  }
}"""


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_breaks_a_rule(browser: Browser, site: str, sample_site: str, part: int) -> None:
    """By day and by night, on a desktop and on a phone."""
    context = browser.new_context(bypass_csp=True, viewport=DESKTOP, reduced_motion="reduce")
    context.add_init_script(AXE)
    page = context.new_page()
    addresses = [*(site + each for each in SHIPPED), *(sample_site + each for each in SAMPLES)]
    broken = {}
    looks = LOOKS
    for address in addresses[part::PARTS]:
        page.goto(address)
        page.evaluate(TAKE_AWAY_WHAT_IS_ALIKE, LOOKED_AT)
        for look in looks:
            if faults := violations_as(page, *look):
                broken[address, look[0]["width"], look[1]] = faults
        looks = looks[::-1]  # the next page begins as this one ended
    context.close()
    assert broken == {}


def test_a_long_document_breaks_no_rule_as_a_whole(browser: Browser, sample_site: str) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{sample_site}/documents/headed")
    count = page.locator("article.passage").count()
    assert violations(page) == []
    page.evaluate(TAKE_AWAY_WHAT_IS_ALIKE, LOOKED_AT)
    assert (count, page.locator("article.passage").count()) == (HEADED, LOOKED_AT)
    context.close()


@pytest.mark.parametrize("fold", [".filters-fold", ".notices-fold", ".years-fold"])
def test_what_unfolds_on_a_phone_breaks_no_rule(
    browser: Browser, site: str, sample_site: str, fold: str
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{sample_site}/search?q=letter" if fold == ".years-fold" else f"{site}/search?q=victims")
    page.locator(f"{fold} summary").click()
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("opened", [".more > summary", "a.cite-here"])
def test_the_menu_and_the_citing_panel_of_a_hit_break_no_rule(
    browser: Browser, site: str, opened: str
) -> None:
    context = browser.new_context(bypass_csp=True, viewport=DESKTOP, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site}/search?q=extradition&kind=communique")
    page.locator(opened).first.click()
    expect(page.locator("details.more[open], dialog.citing[open]")).to_be_visible()
    for look in LOOKS:
        assert violations_as(page, *look) == [], look
    context.close()


@pytest.mark.slow
def test_what_opens_on_a_phone_breaks_no_rule_by_day_or_by_night(browser: Browser, site: str) -> None:
    context = browser.new_context(bypass_csp=True, viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    opening: dict[str, Callable[[], None]] = {
        "dialog.sheet[open]": lambda: page.locator(".filters-fold > summary").click(),
        ".menu:popover-open": lambda: page.get_by_role("button", name="Menu").click(),
        ".completions [role=option]": lambda: page.locator("#site\\:q").fill("victim prot"),
        "dialog.keys[open]": lambda: page.keyboard.press("?"),
    }
    for shown, act in opening.items():
        page.goto(f"{site}/search?q=victims")
        act()
        expect(page.locator(shown).first).to_be_visible()
        for scheme in ("light", "dark"):
            assert violations_as(page, PHONE, scheme) == [], (shown, scheme)
    context.close()


def test_the_bar_at_selected_words_breaks_no_rule(browser: Browser, site: str) -> None:
    context = browser.new_context(bypass_csp=True, viewport=DESKTOP, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site}/documents/bali-process-symposium-2015")
    page.locator("#p7 .source").click(click_count=3)
    button = page.get_by_role("button", name="Copy link", exact=True)
    expect(button).to_be_visible()
    for look in LOOKS:
        assert violations_as(page, *look) == [], look
    page.evaluate("() => void (navigator.clipboard.writeText = () => Promise.reject(new Error()))")
    button.click()
    expect(page.locator(".announced a")).to_be_visible()
    for look in LOOKS[::-1]:
        assert violations_as(page, *look) == [], look
    context.close()
