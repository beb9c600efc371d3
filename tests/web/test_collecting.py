"""Collecting a brief in a browser: with a script that remembers it, and without one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kb.briefs.address import BRIEF_PATH
from kb.briefs.address import parse_brief as read_brief
from kb.briefs.brief import MAX_PASSAGES
from tests.web.axe import violations
from tests.web.windows import opened_window

D = "bali-process-symposium-2015"
HIT = re.compile("^Add to brief para 7")
REMOVE = re.compile(r"^Added \(undo\) para 7")


BOTH_WIDTHS = pytest.mark.parametrize("window", [1280, 390], indirect=True)
"""For what may look otherwise on a phone; the rest is tried on a phone alone."""


@pytest.fixture
def window(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    viewport = {"width": getattr(request, "param", 390), "height": 844}
    options = {"bypass_csp": True, "reduced_motion": "reduce", "has_touch": viewport["width"] < 400}
    with opened_window(browser, site, viewport=viewport, **options) as page:
        yield page


@pytest.fixture(params=[1280, 390])
def plain(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    viewport = {"width": request.param, "height": 844}
    with opened_window(browser, site, viewport=viewport, java_script_enabled=False) as page:
        yield page


def ids(address: str) -> list[str]:
    return [each.passage for each in read_brief(address.partition("?")[2].partition("#")[0]).passages]


def shows(page: Page, expected: list[str]) -> None:
    """Wait for the page of a brief with these passages: what is pressed may take a while to lead there."""
    page.wait_for_url(lambda address: ids(address) == expected)


def kept(page: Page) -> str:
    return str(page.evaluate("localStorage.getItem('kb-brief') ?? ''"))


@BOTH_WIDTHS
def test_passages_are_added_where_they_stand_and_remembered_from_page_to_page(window: Page) -> None:
    window.goto("/search?q=extradition&kind=communique")
    window.get_by_role("button", name=HIT).click()
    expect(window.get_by_role("status").last).to_have_text("Added. 1 passage in the brief.")
    expect(window.get_by_role("button", name=REMOVE)).to_be_focused()
    window.goto(f"/documents/{D}")
    expect(window.get_by_role("button", name=REMOVE)).to_be_visible()
    window.get_by_role("button", name="Add to brief para 8").press("Enter")
    expect(window.locator(".to-brief")).to_have_text("Brief (2)")
    window.goto(f"/passages/{D}/p5")
    window.get_by_role("button", name="Add to brief para 5").press("Space")
    expect(window.get_by_role("status").last).to_have_text("Added. 3 passages in the brief.")
    window.get_by_role("button", name="Added (undo) para 5").click()
    expect(window.get_by_role("status").last).to_have_text("Removed. 2 passages in the brief.")
    window.locator(".to-brief").click()
    shows(window, ["p7", "p8"])
    expect(window.locator(".kept-elsewhere")).to_be_hidden()
    assert kept(window) == f"style=oscola&p={D}/p7&p={D}/p8"


@BOTH_WIDTHS
def test_buttons_are_large_enough_to_touch(window: Page) -> None:
    least = 44 if window.viewport_size and window.viewport_size["width"] < 400 else 32
    for address in (
        "/search?q=extradition",
        f"/documents/{D}",
        f"/passages/{D}/p7",
        f"/brief?p={D}/p7&p={D}/p8",
    ):
        window.goto(address)
        shown = ".add:visible, .acts button:visible, .files-of button:visible"
        places = window.locator(shown).all()
        assert places
        assert all(each.bounding_box()["height"] >= least for each in places)
        assert window.evaluate("document.documentElement.scrollWidth <= innerWidth")


@BOTH_WIDTHS
def test_a_brief_is_arranged_noted_on_and_undone(window: Page) -> None:
    window.goto("/search?q=extradition&kind=communique")
    window.get_by_role("button", name=HIT).click()
    window.goto(f"/documents/{D}")
    window.get_by_role("button", name="Add to brief para 8").click()
    window.locator(".to-brief").click()
    window.get_by_label(re.compile("^Your note on para 7")).fill("First,\nthen & now ~")
    window.get_by_label("Title").fill("For the minister")
    window.get_by_role("button", name=re.compile("^Move para 8, .* Up$")).click()
    expect(window.locator("h1")).to_have_text("For the minister")
    shows(window, ["p8", "p7"])
    expect(window.get_by_label(re.compile("^Your note on para 7"))).to_have_value("First,\nthen & now ~")
    arranged = kept(window)
    assert "~First,%0Athen" in arranged.replace("%2C", ",").replace("+", "%20")
    window.get_by_role("button", name=re.compile("^Remove para 7")).click()
    shows(window, ["p8"])
    expect(window.locator(".to-brief")).to_have_text("Brief (1)")
    window.get_by_role("link", name="Undo").click()
    shows(window, ["p8", "p7"])
    assert kept(window) == arranged
    window.get_by_role("button", name=re.compile("^Remove para 8")).click()
    expect(window.locator(".to-brief")).to_have_text("Brief (1)")
    window.go_back()
    expect(window.locator(".to-brief")).to_have_text("Brief (2)")
    assert kept(window) == arranged
    window.get_by_label("Group by").select_option("theme")
    expect(window.get_by_role("heading", name="Assistance for and protection of victims")).to_be_visible()
    expect(window.get_by_label("Group by")).to_be_focused()
    assert violations(window) == []


def test_the_last_passage_removed_can_be_put_back(window: Page) -> None:
    window.goto(f"/passages/{D}/p7")
    window.get_by_role("button", name=HIT).click()
    window.locator(".to-brief").click()
    window.get_by_role("button", name=re.compile("^Remove")).click()
    expect(window.locator(".empty")).to_be_visible()
    assert kept(window) == ""
    window.get_by_role("link", name="Undo").click()
    expect(window.locator(".to-brief")).to_have_text("Brief (1)")


def test_a_brief_saves_itself_as_one_types_and_the_style_changes_at_once(window: Page) -> None:
    window.goto(f"/brief?p={D}/p7")
    expect(window.get_by_role("button", name="Save", exact=True)).to_have_count(0)
    entries = window.evaluate("history.length")
    window.get_by_label("Title").fill("For the *minister*")
    window.get_by_label(re.compile("^Your note")).press_sequentially("Both, & more")
    window.wait_for_url(re.compile("Both%2C\\+%26\\+more$"))
    assert window.evaluate("history.length") == entries
    assert kept(window) == f"title=For+the+%2Aminister%2A&style=oscola&p={D}/p7~Both%2C+%26+more"
    assert window.get_by_label("Link to this brief").input_value().endswith(kept(window))
    expect(window.locator("h1")).to_have_text("For the *minister*")
    window.get_by_label("Title").press("Enter")
    window.get_by_label("Citation style").select_option("apa")
    expect(window.locator(".chosen .citation")).to_contain_text("(")
    window.wait_for_url(re.compile("style=apa"))
    window.go_back()
    window.wait_for_url(re.compile("style=oscola"))
    expect(window.get_by_label("Citation style")).to_have_value("oscola")
    window.get_by_label(re.compile("^Your note")).press_sequentially("!")
    window.reload()
    expect(window.get_by_label(re.compile("^Your note"))).to_have_value("!Both, & more")


def test_a_note_typed_while_the_page_changes_is_kept(window: Page) -> None:
    window.goto(f"/brief?p={D}/p7&p={D}/p8")
    window.route("**/brief?*style=apa*", lambda route: (window.wait_for_timeout(300), route.continue_()))
    window.get_by_label("Citation style").select_option("apa")
    window.get_by_label(re.compile("^Your note on para 8")).press_sequentially("Typed meanwhile")
    window.wait_for_url(re.compile(r"style=apa.*p8~Typed\+meanwhile$"))
    expect(window.get_by_label(re.compile("^Your note on para 8"))).to_have_value("Typed meanwhile")


def test_passages_are_moved_by_keys_and_dragged_past_headings(window: Page) -> None:
    window.goto(f"/brief?p={D}/p7&p={D}/p8&p={D}/p6")
    status = window.get_by_role("status").last
    window.get_by_role("button", name=re.compile("^Add heading above para 8")).click()
    expect(window.get_by_label("Heading 1")).to_be_focused()
    window.keyboard.type("Findings")
    window.wait_for_url(re.compile("h=Findings"))
    grip = window.locator(".grip").first
    grip.press("ArrowUp")
    expect(status).to_have_text("It is already first.")
    grip.press("ArrowDown")
    expect(status).to_have_text("Moved down: now 1 of 3 under “Findings”.")
    expect(grip).to_be_focused()
    window.wait_for_url(re.compile(f"&h=Findings&p={D}/p7&p={D}/p8&p={D}/p6$"))
    window.keyboard.press("ArrowDown")
    shows(window, ["p8", "p7", "p6"])
    assert violations(window) == []


def test_a_passage_is_dragged_by_its_handle(window: Page) -> None:
    window.set_viewport_size({"width": 1280, "height": 2000})
    window.goto(f"/brief?p={D}/p7&h=Findings&p={D}/p8&p=none/none&p={D}/p6")

    def drag(number: int, beside: Locator) -> None:
        window.locator(".grip").nth(number).hover()
        window.mouse.down()
        box = beside.bounding_box()
        assert box
        window.mouse.move(box["x"] + 9, box["y"] + 9, steps=5)

    drag(2, window.locator(".chosen > li").first)
    window.keyboard.press("Escape")
    window.mouse.up()
    expect(window.locator(".grip").nth(2)).to_have_accessible_name(re.compile("^Move para 6"))
    drag(2, window.locator(".chosen > li").first)
    window.mouse.up()
    window.wait_for_url(re.compile(f"&p={D}/p6&p={D}/p7&h=Findings&p={D}/p8&p=none/none$"))
    expect(window.get_by_role("status").last).to_have_text("Moved: now 1 of 2.")
    window.go_back()
    shows(window, ["p7", "p8", "none", "p6"])


def test_a_brief_opened_by_a_link_leaves_ones_own_as_it_is(window: Page) -> None:
    window.goto(f"/passages/{D}/p7")
    window.get_by_role("button", name=HIT).click()
    window.goto(f"/brief?title=Theirs&p={D}/p5")
    expect(window.get_by_text("You opened another brief.")).to_be_visible()
    assert violations(window) == []
    window.get_by_label(re.compile("^Your note")).fill("On theirs")
    window.wait_for_url(re.compile(r"~On\+theirs$"))
    assert kept(window) == f"p={D}/p7"
    window.get_by_role("link", name="1 passage", exact=True).click()
    shows(window, ["p7"])
    window.get_by_role("link", name="Theirs (1 passage)").click()
    expect(window.get_by_label(re.compile("^Your note"))).to_have_value("On theirs")
    theirs = f"title=Theirs&style=oscola&p={D}/p5~On+theirs"
    window.get_by_role("button", name="Make this my brief").click()
    expect(window.get_by_role("button", name="Undo")).to_be_focused()
    assert kept(window) == theirs
    expect(window.get_by_role("link", name="Untitled (1 passage)")).to_be_visible()
    window.get_by_role("button", name="Undo").click()
    assert kept(window) == f"style=oscola&p={D}/p7"
    window.get_by_role("button", name="Make this my brief").click()
    window.get_by_role("button", name="Copy link").click()
    expect(window.get_by_role("status").last).to_have_text("Link copied")
    assert window.evaluate("navigator.clipboard.readText()").endswith(theirs)


def test_going_back_to_an_older_brief_does_not_lose_what_was_added_since(window: Page) -> None:
    window.goto(f"/passages/{D}/p7")
    window.get_by_role("button", name=HIT).click()
    window.locator(".to-brief").click()
    expect(window.locator("h1")).to_have_text("Brief")
    window.goto(f"/passages/{D}/p8")
    window.get_by_role("button", name="Add to brief para 8").click()
    window.go_back()
    expect(window.get_by_text("You opened another brief.")).to_be_visible()
    assert kept(window).endswith("p8")


def test_a_full_brief_says_so_where_something_is_added(window: Page) -> None:
    window.goto("/about")
    for full in (
        "&".join(f"p=d/p{n}" for n in range(MAX_PASSAGES)),
        f"p=d/p~{'x' * (7_980 - len(BRIEF_PATH))}",
    ):
        window.evaluate("(full) => localStorage.setItem('kb-brief', full)", full)
        window.goto(f"/passages/{D}/p7")
        window.get_by_role("button", name=HIT).click()
        expect(window.get_by_role("status").last).to_contain_text("Not added: the brief is full")
        expect(window.get_by_role("button", name=HIT)).to_be_visible()
        assert kept(window) == full
        assert violations(window) == []


def test_a_note_removed_with_its_passage_comes_back_with_it(window: Page) -> None:
    window.goto("/about")
    window.evaluate(f"localStorage.setItem('kb-brief', 'p={D}/p7~mine')")
    window.goto(f"/passages/{D}/p7")
    window.get_by_role("button", name=REMOVE).click()
    window.get_by_role("button", name=HIT).click()
    assert kept(window) == f"p={D}/p7~mine"


def test_the_browser_forgets_the_brief_when_told(window: Page) -> None:
    window.goto(f"/passages/{D}/p7")
    window.get_by_role("button", name=HIT).click()
    window.goto("/about")
    window.get_by_role("button", name="Delete the brief from this browser").click()
    expect(window.get_by_role("status").last).to_contain_text("Deleted.")
    assert window.evaluate("localStorage.length + sessionStorage.length") == 0
    window.goto(f"/passages/{D}/p7")
    window.get_by_role("button", name=HIT).click()
    window.locator(".to-brief").click()
    window.get_by_role("button", name="Delete from this browser").click()
    expect(window.locator(".empty")).to_be_visible()
    assert kept(window) == ""


def test_another_tab_is_told(window: Page) -> None:
    window.goto(f"/passages/{D}/p7")
    other = window.context.new_page()
    other.goto(f"/documents/{D}")
    other.get_by_role("button", name=HIT).click()
    expect(window.get_by_role("button", name=REMOVE)).to_be_visible()
    expect(window.locator(".to-brief")).to_have_text("Brief (1)")


def test_the_bare_address_opens_the_brief_that_is_kept(window: Page) -> None:
    window.goto(f"/passages/{D}/p7")
    window.get_by_role("button", name=HIT).click()
    window.goto("/help")
    window.get_by_role("main").get_by_role("link", name="brief", exact=True).click()
    expect(window.locator(".arranging")).to_be_visible()
    shows(window, ["p7"])


def test_a_file_holds_what_was_typed_and_not_yet_saved(window: Page) -> None:
    window.goto(f"/brief?p={D}/p7")
    window.get_by_label(re.compile("^Your note")).fill("Typed just now")
    with window.expect_download() as loading:
        window.get_by_role("button", name="Markdown").click()
    assert loading.value.suggested_filename == "brief.md"
    assert "Typed just now" in loading.value.path().read_text(encoding="utf-8")
    window.get_by_role("button", name="Print version").click()
    expect(window.locator(".own-words")).to_contain_text("Typed just now")
    window.get_by_role("link", name="Back to the brief").click()
    expect(window.get_by_label(re.compile("^Your note"))).to_have_value("Typed just now")


def test_where_the_browser_keeps_nothing_the_links_still_work(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    context.add_init_script("Storage.prototype.setItem = () => { throw new Error('refused'); }")
    page = context.new_page()
    page.goto(f"/passages/{D}/p7")
    page.get_by_role("link", name=HIT).click()
    shows(page, ["p7"])
    context.close()


def test_without_a_script_the_list_travels_through_results_documents_and_passages(plain: Page) -> None:
    plain.goto("/search?q=extradition&kind=communique")
    plain.get_by_role("link", name=HIT).click()
    shows(plain, ["p7"])
    plain.get_by_role("link", name="Go back to where you were").click()
    expect(plain).to_have_url(re.compile(r"/search\?q=extradition&kind=communique&brief="))
    expect(plain.locator(".to-brief")).to_have_text("Brief (1)")
    plain.get_by_role("searchbox").fill("victims")
    plain.get_by_role("button", name="Search", exact=True).click()
    plain.locator(".hit", has_text="para 8").locator(".hit-document").click()
    plain.get_by_role("link", name="Add to brief para 8").click()
    shows(plain, ["p7", "p8"])
    plain.get_by_label(re.compile("^Your note on para 8")).fill("Kept on the way")
    plain.get_by_role("button", name="Save", exact=True).click()
    plain.locator(".chosen").get_by_role("link", name="para 7", exact=True).click()
    plain.get_by_text("The passages before and after").click()
    plain.get_by_role("link", name="para 6", exact=True).click()
    plain.get_by_role("link", name="Add to brief para 6").click()
    shows(plain, ["p7", "p8", "p6"])
    expect(plain.get_by_label(re.compile("^Your note on para 8"))).to_have_value("Kept on the way")
    plain.get_by_role("button", name=re.compile("^Move para 6, .* Up$")).click()
    shows(plain, ["p7", "p6", "p8"])
    plain.get_by_role("button", name=re.compile("^Remove para 7")).click()
    shows(plain, ["p6", "p8"])
    plain.get_by_role("link", name="Undo").click()
    shows(plain, ["p7", "p6", "p8"])
    menu = plain.get_by_role("button", name="Menu")  # on a phone the pages are behind it
    if menu.is_visible():
        menu.click()
    plain.get_by_role("navigation", name="Site").get_by_role("link", name="Help").click()
    plain.locator(".to-brief").click()
    shows(plain, ["p7", "p6", "p8"])
    with plain.expect_download() as loading:
        plain.get_by_role("button", name="Word").click()
    assert loading.value.suggested_filename == "brief.docx"
