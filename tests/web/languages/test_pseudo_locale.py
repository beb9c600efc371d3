"""In a made-up language every string of the interface is changed, so whatever is not was never marked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
import pytest
from flask import Flask

from tests.web.languages.pseudo import LEFT_TO_RIGHT, RIGHT_TO_LEFT

PAGES = ("/", "/nowhere")

NAMES = re.compile(
    r"\b(?:API|CSV|RIS|BibTeX|CSL-JSON|Word|DOCX|JSON|Markdown|PDF|UTC|GMT|Ctrl|Esc|Tab|Enter|K|SHA-256|ID|OCR)\b"
)
_SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-show")
_NOT_SPOKEN = ("script", "style", "kbd", "template", "svg")


def unmarked(html: str) -> list[str]:
    """The texts of the interface that a page has in plain English letters."""
    return [each for each in _spoken(lxml.html.document_fromstring(html)) if re.search("[A-Za-z]{2}", each)]


def _spoken(element: lxml.html.HtmlElement) -> Iterator[str]:
    for child in element:
        if child.tail:
            yield NAMES.sub("", child.tail)
        is_content = (
            "dir" in child.attrib or "lang" in child.attrib or "code" in child.get("class", "").split()
        )
        if isinstance(child.tag, str) and child.tag not in _NOT_SPOKEN and not is_content:
            yield from _spoken(child)
            yield NAMES.sub("", child.text or "")
        if isinstance(child.tag, str) and not is_content:
            yield from (NAMES.sub("", child.get(name, "")) for name in _SPOKEN if name in child.attrib)


@pytest.mark.parametrize("path", PAGES)
def test_every_string_of_a_page_is_marked_for_translation(pseudo_app: Flask, path: str) -> None:
    html = pseudo_app.test_client().get(path, headers={"Accept-Language": LEFT_TO_RIGHT}).text
    assert f'<html lang="{LEFT_TO_RIGHT}" dir="ltr">' in html
    assert unmarked(html) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_language_from_right_to_left_says_so(pseudo_app: Flask, path: str) -> None:
    html = pseudo_app.test_client().get(path, headers={"Accept-Language": RIGHT_TO_LEFT}).text
    assert f'<html lang="{RIGHT_TO_LEFT}" dir="rtl">' in html
    assert unmarked(html) == []
