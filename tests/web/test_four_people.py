"""The four people can each do everything that they come for, with and without scripts.

The fourth, an editor, works at the desk: tests/web/desk/test_in_a_browser.py, also with and without scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.windows import opened_window

pytestmark = pytest.mark.slow

WORDS = "mutual legal assistance and extradition"


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def desktop(browser: Browser, site: str, scripts: bool) -> Iterator[Page]:
    size = {"width": 1280, "height": 800}
    with opened_window(browser, site, viewport=size, java_script_enabled=scripts) as page:
        yield page


@pytest.fixture
def mobile(browser: Browser, site: str, scripts: bool) -> Iterator[Page]:
    size = {"width": 390, "height": 844}
    with opened_window(browser, site, viewport=size, has_touch=True, java_script_enabled=scripts) as page:
        yield page


def search(page: Page, words: str) -> None:
    page.goto("/")
    page.get_by_label("Search passages").fill(words)
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".total")).to_be_visible()


def test_a_policy_officer_takes_two_passages_to_a_word_file(
    desktop: Page, scripts: bool, tmp_path: Path
) -> None:
    search(desktop, "victims")
    desktop.get_by_label(re.compile(r"^Communique \d")).check()
    if not scripts:
        desktop.get_by_role("button", name="Apply filters").click()
    expect(desktop.locator(".total")).to_have_text("2 passages in 1 document")
    for place in (0, 1):
        desktop.locator(".hit .add").nth(place).click()
        if not scripts:
            desktop.get_by_role("link", name="Go back to where you were").click()
    expect(desktop.locator(".to-brief")).to_have_text("Brief (2)")
    desktop.locator(".to-brief").click()
    desktop.get_by_label("Title").fill("Victims first")
    with desktop.expect_download() as waiting:
        desktop.get_by_role("button", name=re.compile("^Word")).click()
    waiting.value.save_as(tmp_path / "brief.docx")
    assert waiting.value.suggested_filename == "Victims first.docx"
    with ZipFile(tmp_path / "brief.docx") as file:
        assert b"stakeholder coordination" in file.read("word/document.xml")


def test_a_caseworker_on_a_phone_finds_what_applies_and_its_citation(mobile: Page, scripts: bool) -> None:
    search(mobile, "passport taken")
    expect(mobile.get_by_role("complementary", name="Help")).to_be_visible()
    mobile.get_by_text("Filters", exact=True).first.tap()
    mobile.get_by_label(re.compile(r"^Editorial note \d")).check()
    mobile.get_by_role("button", name=re.compile("^Show" if scripts else "^Apply filters")).tap()
    expect(mobile.locator(".chips")).to_contain_text("Editorial note")
    mobile.locator(".hit-title a").first.tap()
    expect(mobile).to_have_url(re.compile("/passages/"))
    mobile.get_by_role("link", name="Cite", exact=True).first.tap()
    expect(mobile.locator(".citation").first).to_be_in_viewport()


def test_a_lawyer_quotes_some_words_in_a_style_and_has_them_checked(desktop: Page, scripts: bool) -> None:
    search(desktop, f'"{WORDS}"')
    desktop.locator(".hit-title a").first.click()
    desktop.get_by_text("Quote part of this passage").click()
    desktop.get_by_label("The words, copied from the passage").fill(WORDS)
    desktop.get_by_role("button", name="Quote").click()
    expect(desktop.locator(".source mark")).to_have_text(WORDS)
    desktop.get_by_label("Style").select_option("oscola")
    if not scripts:
        desktop.get_by_role("button", name="Show", exact=True).click()
    expect(desktop.locator(".citation").first).to_contain_text("para 7")
    desktop.goto("/check")
    desktop.get_by_label("Quotation or text with quotations").fill(f"“{WORDS}”")
    desktop.get_by_role("button", name="Check", exact=True).click()
    expect(desktop.locator(".total")).to_have_text("1 quotation: 1 verbatim")
