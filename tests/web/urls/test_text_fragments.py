"""Links to words: made the same by the server and in the browser, and opened by a real one."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from kb.model import Collection
from tests.web import dom
from tests.web.dom import said, select
from tests.web.windows import opened_window
from web.urls.text_fragments import directive

DOCUMENT = "/documents/bali-process-symposium-2015"
WHOLE_PASSAGE = "Open this page with the words highlighted"
COMMON = ("the", "of", "victims,", "co-operation", "2(d)", "É.", "“and”", "a&b", "x-,y", "~*!'", "100%")
TEXTS = st.lists(st.sampled_from([*COMMON, "\n"]), max_size=40).map(" ".join)


def parts(text: str) -> tuple[str, str, str, str]:
    """Prefix, start, end and suffix, as the specification reads them."""
    terms = text.split(",")
    prefix = terms.pop(0)[:-1] if terms[0].endswith("-") else ""
    suffix = terms.pop()[1:] if terms[-1].startswith("-") else ""
    start, end = [*terms, ""][:2]
    assert len(terms) in (1, 2)
    return unquote(prefix), unquote(start), unquote(end), unquote(suffix)


def flat(text: str) -> str:
    return " ".join(text.split())


@given(before=TEXTS, words=TEXTS, after=TEXTS)
def test_a_directive_says_the_words_and_only_signs_that_no_program_cuts_off(
    before: str, words: str, after: str
) -> None:
    before, after = f"{before}\n", f"\n{after}"
    made = directive(before, words, after, before + words + after)
    assert (made == "") == (not words.split())
    if made:
        assert re.fullmatch(r"[A-Za-z0-9_%]+-?(,-?[A-Za-z0-9_%]+-?)*", made)
        prefix, start, end, suffix = parts(made)
        assert flat(words).startswith(start)
        assert flat(words).endswith(end or start)
        assert flat(before).endswith(prefix)
        assert flat(after).startswith(suffix)
        lines = [flat(line) for line in words.split("\n") if line.split()]
        assert lines[0].startswith(start)
        assert lines[-1].endswith(end)
        assert end or flat(words) == start


@given(before=TEXTS, words=TEXTS, after=TEXTS)
def test_the_first_place_that_a_directive_fits_is_that_of_the_words_where_words_around_them_can_tell(
    before: str, words: str, after: str
) -> None:
    page = f"{before} {words} {after}"
    made = directive(before, words, after, page)
    if made:
        prefix, start, _, suffix = parts(made)
        sought = flat(f"{prefix} {start} {suffix}")
        place = len(flat(f"{before} |")) - 1
        first = flat(page).lower().find(sought.lower()) + len(flat(f"{prefix} |")) - 1
        told = flat(page).lower().count(sought.lower()) == 1 or first == place
        told = told or "É." in sought  # sought without its accent
        nearest = [line.split() for line in before.split("\n") if line.split()][-1:]
        whole = len(prefix.split()) in {10, *map(len, nearest)} or not nearest
        assert told or whole


def test_few_words_are_written_out_and_many_by_their_ends() -> None:
    words = " ".join(f"w{n}" for n in range(12))
    assert directive("", "a few words", "", "a few words") == "a%20few%20words"
    assert directive("", words, "", words) == "w0%20w1%20w2%20w3%20w4,w7%20w8%20w9%20w10%20w11"
    assert directive("", "one\ntwo", "", "one\ntwo") == "one,two"


def test_words_that_stand_twice_are_told_apart_by_those_around_them() -> None:
    page = "they protect victims and they protect witnesses and they protect victims here"
    assert directive("they", "protect", "witnesses and", page) == "they-,protect,-witnesses"
    begin = "the need for robust mechanisms of every kind in any place whatever it may be"
    other = "the need for robust mechanisms of another kind "
    assert directive("", begin, "", other + begin).partition(",")[0] == quote(
        "the need for robust mechanisms of every"
    )


def test_an_end_that_comes_too_early_is_lengthened() -> None:
    words = "a b c d e f x y z u v g h i x y z u v"
    assert parts(directive("", words, "", words)) == ("", "a b c d e", "i x y z u v", "")


def cases(chosen: random.Random) -> Iterator[list[str]]:
    for _ in range(300):
        texts = [" ".join(chosen.choices([*COMMON, "\n"], k=chosen.randrange(16))) for _ in range(4)]
        before, words, after, rest = texts
        yield [before, words, after, f"{rest} {before} {words} {after}"]


def test_the_browser_makes_the_same_of_the_same_words(page: Page) -> None:
    page.goto(DOCUMENT)
    asked = list(cases(random.Random(7)))  # noqa: S311
    made = page.evaluate("(cases) => cases.map((each) => textDirective(...each))", asked)
    assert made == [directive(*each) for each in asked]
    assert len(set(made)) > 200


SELECT = """([selector, from, to]) => {
  const node = document.querySelector(selector).firstChild;
  getSelection().setBaseAndExtent(node, from, node, to);
}"""


def copied(page: Page) -> str:
    button = page.get_by_role("button", name="Copy link", exact=True)
    expect(button).to_be_visible()
    button.click()
    expect(page.locator(".announced")).to_have_text("Link to these words copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert isinstance(link, str)
    return link


@pytest.fixture
def reader(browser: Browser, site: str) -> Iterator[Page]:
    """A window so low that only what the link leads to can be in sight."""
    with opened_window(
        browser, site, viewport={"width": 500, "height": 160}, reduced_motion="reduce"
    ) as page:
        yield page


def wait_until_in_sight(reader: Page, selector: str, begin: int, end: int) -> None:
    reader.wait_for_function(
        """([selector, from, to]) => {
          const range = document.createRange();
          const node = document.querySelector(selector).firstChild;
          range.setStart(node, from);
          range.setEnd(node, to);
          const place = range.getClientRects()[0];
          return scrollY > 0 && place.top >= 0 && place.bottom <= innerHeight;
        }""",
        arg=[selector, begin, end],
    )


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("p2", "experts from academia, international organisations, industry and NGOs"),
        ("p7", "extradition"),
        ("p10", "the Working Group"),
        ("p1", "On 25-26 March 2015"),
        ("p8", "victims"),
    ],
)
def test_the_link_to_selected_words_opens_at_them(
    page: Page, reader: Page, shipped: Collection, id: str, words: str
) -> None:
    passage = next(one for one in shipped.passages["bali-process-symposium-2015"] if one.id == id)
    begin = passage.text.index(words)
    selector = f"[id='{id}'] .source"
    page.goto(f"{DOCUMENT}?q=zzzz")
    page.evaluate(SELECT, [selector, begin + 1, begin + len(words) - 1])
    link = copied(page)
    assert link.startswith(f"{page.url.partition('?')[0]}#{id}:~:text=")
    assert parts(link.partition(":~:text=")[2])[1].startswith(words.split()[0])
    reader.goto(link)
    wait_until_in_sight(reader, selector, begin, begin + len(words))


def test_a_selection_over_several_passages_is_linked_from_its_first_to_its_last_words(
    page: Page, reader: Page, shipped: Collection
) -> None:
    page.goto(DOCUMENT)
    page.evaluate(
        """() => {
          const [from, to] = ["p4", "p6"].map((id) => document.querySelector(`#${id} .source`).firstChild);
          getSelection().setBaseAndExtent(from, 20, to, 40);
        }"""
    )
    link = copied(page)
    first, last = (shipped.passages["bali-process-symposium-2015"][at].text for at in (3, 5))
    _, start, end, _ = parts(link.partition("#p4:~:text=")[2])
    assert start in first
    assert end in last
    reader.goto(link)
    wait_until_in_sight(reader, "#p4 .source", first.index(start), first.index(start) + 3)


def test_the_link_is_made_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/passages/bali-process-symposium-2015/p7")
    page.locator("#p7 .source").dblclick(position={"x": 60, "y": 12})
    page.keyboard.press("Shift+Control+ArrowRight")
    bar = page.get_by_role("toolbar", name="Selected words")
    button = bar.get_by_role("button", name="Copy link")
    expect(button).to_be_visible()
    page.keyboard.press("Tab")
    expect(bar.get_by_role("button", name="Copy quotation with citation")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Link to these words copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{page.url}#p7:~:text=")
    page.keyboard.press("ArrowRight")
    page.mouse.click(5, 5)
    expect(button).to_be_hidden()


def test_words_that_are_no_passages_offer_no_link(page: Page) -> None:
    page.goto("/passages/bali-process-symposium-2015/p7")
    page.locator("h1").click(click_count=3)
    page.wait_for_timeout(300)
    expect(page.get_by_role("toolbar", name="Selected words")).to_be_hidden()


def test_where_copying_is_refused_the_link_is_shown(page: Page) -> None:
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error())")
    page.goto("/passages/bali-process-symposium-2015/p7")
    page.locator("#p7 .source").click(click_count=3)
    page.get_by_role("button", name="Copy link", exact=True).click()
    link = page.locator(".announced a")
    expect(link).to_be_visible()
    assert "#p7:~:text=" in (link.get_attribute("href") or "")


@pytest.mark.slow
def test_every_passage_has_a_link_to_its_words_that_needs_no_script(
    client: FlaskClient, shipped: Collection
) -> None:
    for passage in shipped.all_passages():
        address = f"/passages/{passage.document}/{passage.id}"
        (link,) = (
            each.get("href")
            for each in select(dom.page(client, address), "a[href]")
            if said(each) == WHOLE_PASSAGE
        )
        assert link.startswith(f"{address}#{passage.id}:~:text=")
        _, start, end, _ = parts(link.partition(":~:text=")[2])
        assert flat(passage.text).startswith(start)
        assert flat(passage.text).endswith(end)


def test_without_a_script_the_link_is_there_and_nothing_offers_to_select(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/passages/bali-process-symposium-2015/p7")
    expect(page.get_by_role("link", name=WHOLE_PASSAGE)).to_be_visible()
    expect(page.locator("[id='site:selecting']")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("id", ["p3", "p7", "p8"])
def test_the_link_to_all_words_of_a_passage_opens_at_them(page: Page, reader: Page, id: str) -> None:
    page.goto(f"/passages/bali-process-symposium-2015/{id}")
    expect(page.locator("[id='site:selecting']")).to_be_visible()
    reader.goto(page.get_by_role("link", name=WHOLE_PASSAGE).get_attribute("href") or "")
    # without the words the browser would open the passage at its beginning, at the top of the window
    reader.wait_for_function(
        """(id) => {
          const top = document.querySelector(`#${id} .source`).getBoundingClientRect().top;
          return 20 < top && top < innerHeight;
        }""",
        arg=id,
    )


def test_a_note_is_linked_from_block_to_block(page: Page, reader: Page) -> None:
    address = "/passages/international-crime-cooperation/extradition"
    page.goto(address)
    page.evaluate(
        """() => {
          const note = document.querySelector(".cited .note-text");
          getSelection().selectAllChildren(note);
        }"""
    )
    link = copied(page)
    assert link.startswith(f"{page.url}#extradition:~:text=")
    reader.goto(link)
    reader.wait_for_function(
        """() => {
          const top = document.querySelector(".cited .note-text").getBoundingClientRect().top;
          return scrollY > 0 && top >= 0 && top < innerHeight;
        }"""
    )


UNSPACED = {
    "zh": (
        "各国应当保护人口贩运的受害者，并向其提供法律援助和医疗服务。用人单位不得扣押工人的护照。"
        "缔约国应当相互提供最广泛的司法协助，包括调取证据。" + "执法机关之间应当交换情报。" * 200
    )
    + "本公约自第四十份批准书交存之日后第九十天起生效。",
    "ja": "人身取引の被害者を保護することは国の責務である。" * 9 + "警察は、被害者の認知に関する研修を行う。",
    "th": (
        "การค้ามนุษย์เพื่อแสวงหาประโยชน์ด้านแรงงานเป็นการละเมิดสิทธิมนุษยชนอย่างร้ายแรง "
        "ผู้เสียหายต้องได้รับความคุ้มครองและความช่วยเหลือทางกฎหมาย "
        "เจ้าหน้าที่ตำรวจควรได้รับการฝึกอบรมเรื่องการคัดแยกผู้เสียหาย"
    ),
}


def wait_until_opened(reader: Page, language: str, text: str) -> None:
    body = (
        f"<p style='margin-top:5000px' lang={language}>{UNSPACED[language]}</p><p style='margin-top:5000px'>"
    )
    reader.route(
        "**/unspaced",
        lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=f"<p>top</p>{body}"),
    )
    reader.goto(f"/unspaced#:~:text={text}")
    reader.wait_for_function("scrollY > 0")
    reader.unroute("**/unspaced")


@pytest.mark.parametrize("language", UNSPACED)
def test_a_passage_without_spaces_is_linked_by_a_few_characters_at_either_end(
    reader: Page, language: str
) -> None:
    words = UNSPACED[language]
    text = directive("", words, "", f"top\n{words}")
    _, start, end, _ = parts(text)
    assert start
    assert end
    assert words.startswith(start)
    assert words.endswith(end)
    assert max(len(start), len(end)) <= 40
    wait_until_opened(reader, language, text)


@pytest.mark.parametrize("language", UNSPACED)
def test_the_browser_cuts_a_passage_without_spaces_where_it_sees_words(
    page: Page, reader: Page, language: str
) -> None:
    page.goto(DOCUMENT)
    words = UNSPACED[language]
    text = page.evaluate("(words) => textDirective('', words, '', `top\\n${words}`)", words)
    _, start, end, _ = parts(text)
    assert words.startswith(start)
    assert words.endswith(end)
    assert max(len(start), len(end)) <= 60
    wait_until_opened(reader, language, text)


def test_a_selection_within_a_run_is_made_longer_by_no_more_than_its_words(page: Page) -> None:
    page.goto("/passages/bali-process-symposium-2015/p7")
    ends = page.evaluate("[...wordEnds('各国应当保护 受害者 law of')].sort((a, b) => a - b)")
    assert {0, 2, 6, 7, 10, 11, 14, 15, 17} <= set(ends)
    assert {12, 13, 16}.isdisjoint(ends)


def test_words_within_a_run_are_told_apart_by_those_around_them() -> None:
    page = "他们保护证人。他们说保护受害者"
    assert parts(directive("他们说", "保护", "受害者", page)) == ("他们说", "保护", "", "受害者")
    assert parts(directive("", "人口贩运", "", "人口贩运")) == ("", "人口贩运", "", "")
