"""The desk in a real browser: by keyboard, without scripts, and by the rules of axe."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.kb.document_edits.sample_draft import SLUG, draft_folder
from tests.web.axe import DESKTOP, LOOKS, violations, violations_as
from web.desk.access import DeskAccess
from web.desk.cli import desk_server

ADDRESS = f"/drafts/{SLUG}"
SUGGESTED = ' suggested="work/fees work/wages" because="work/fees 96 %: fees; work/wages 51 %: workers" }'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a draft for whose first passage two themes are suggested."""
    made = draft_folder(tmp_path / "ours")
    path = made / f"drafts/{SLUG}.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('locator="para 1" }', f'locator="para 1"{SUGGESTED}'), encoding="utf-8")
    (made / f"sources/{SLUG}.pdf").write_bytes(b"no PDF, so that no page is drawn")
    return made


@pytest.fixture
def served(folder: Path) -> Iterator[DeskAccess]:
    server, access = desk_server(folder, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield access
    server.shutdown()
    thread.join()
    server.server_close()


def entered(context: BrowserContext, access: DeskAccess) -> Page:
    """A page on the desk, opened as `kb edit` opens it."""
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(access.address)
    page.wait_for_url(f"http://127.0.0.1:{access.port}/")
    return page


@pytest.fixture
def page(browser: Browser, served: DeskAccess) -> Iterator[Page]:
    """A window with scripts; whatever it asks of another address, or a failed script, fails the test."""
    own = f"http://127.0.0.1:{served.port}"
    context = browser.new_context(base_url=own, viewport=DESKTOP)
    troubles: list[str] = []
    context.on("request", lambda asked: None if asked.url.startswith(own) else troubles.append(asked.url))
    context.on("weberror", lambda error: troubles.append(str(error.error)))
    yield entered(context, served)
    context.close()
    assert troubles == []


def written(folder: Path) -> str:
    return (folder / f"drafts/{SLUG}.md").read_text(encoding="utf-8")


def test_a_document_is_edited_by_keyboard_alone(page: Page, folder: Path) -> None:
    before = written(folder)

    def press(key: str) -> None:
        page.wait_for_load_state()  # the page that the last key led to hears keys once its script runs
        page.keyboard.press(key)

    page.goto(ADDRESS)
    press("1")
    expect(page.locator("#p1 .tags")).to_contain_text("Fees")
    press("j")
    expect(page.locator("#p2")).to_be_focused()
    expect(page.locator(".source-pane mark").first).to_contain_text("The workers asked")
    press("j")
    press("m")
    expect(page.locator("#p4")).to_have_count(0)
    expect(page.locator("#p3")).to_be_focused()
    press("k")
    press("x")
    expect(page.locator(".card")).to_have_count(2)
    expect(page.locator("#p3")).to_be_focused()
    press("s")
    page.get_by_role("button", name="prohibit").first.focus()
    press("Enter")
    expect(page.locator("#p3-2")).to_contain_text("prohibit fees")
    for left in ("Dropped p2", "Merged p3", "Accepted or rejected suggested themes of p1"):
        press("u")
        expect(page.locator("#desk\\:undo")).to_contain_text(left)
    press("u")
    expect(page.locator("#desk\\:undo")).to_be_disabled()
    assert written(folder) == before


def test_keys_can_be_switched_off_and_do_nothing_in_a_field(page: Page, folder: Path) -> None:
    before = written(folder)
    page.goto(f"{ADDRESS}?at=p1#p1")
    page.get_by_label("Locator").fill("para 1x")
    page.keyboard.press("x")
    page.locator("#p1").focus()
    page.keyboard.press("?")
    page.get_by_label("Use keyboard shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.locator("#p1").focus()
    page.keyboard.press("x")
    page.get_by_role("button", name="Shortcuts").click()
    expect(page.get_by_label("Use keyboard shortcuts")).not_to_be_checked()
    assert written(folder) == before


def test_everything_works_without_scripts(browser: Browser, served: DeskAccess, folder: Path) -> None:
    own = f"http://127.0.0.1:{served.port}"
    context = browser.new_context(base_url=own, viewport=DESKTOP, java_script_enabled=False)
    page = entered(context, served)
    page.get_by_role("link", name="Report on fees").click()
    page.locator("#p2").get_by_role("button", name="Merge").click()
    page.locator("#p1 h2 a").click()
    page.locator("#p1").get_by_label("Locator").fill("para 1 bis")
    page.locator("#p1").get_by_label("Wages").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#p1 .tags")).to_contain_text("Wages")
    page.get_by_role("link", name="Details").click()
    page.get_by_role("textbox", name="Place").fill("Bangkok")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.locator(".reason")).to_contain_text("Not accepted")  # the source is another
    assert "place: Bangkok" in written(folder)
    assert 'locator="para 1 bis"' in written(folder)
    context.close()


def test_no_page_of_the_desk_breaks_a_rule(page: Page, folder: Path) -> None:
    page.goto(ADDRESS)
    page.locator("#p2").get_by_role("button", name="Drop").click()
    expect(page.locator(".dropped")).to_be_visible()
    faults: list[str] = []
    for address in (
        "/",
        f"{ADDRESS}?at=p1",
        f"{ADDRESS}/details",
        f"{ADDRESS}/passages/p1/split",
        "/check",
        "/publish",
        "/nothing",
    ):
        page.goto(address)
        for viewport, scheme in LOOKS if address in ("/", f"{ADDRESS}?at=p1") else LOOKS[::3]:
            faults += violations_as(page, viewport, scheme)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
    page.goto(ADDRESS)
    path = folder / f"drafts/{SLUG}.md"
    path.write_text(written(folder).replace("para 4", "para 4 bis"), encoding="utf-8")
    page.locator("#p1").get_by_role("button", name="Merge").click()
    expect(page.get_by_role("heading", name="The file has changed")).to_be_visible()
    faults += violations(page)
    page.goto(ADDRESS)
    page.keyboard.press("?")
    faults += violations(page)
    assert faults == []
