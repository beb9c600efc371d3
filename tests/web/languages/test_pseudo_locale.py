"""A made-up language changes every string of the interface, so any unchanged one was never marked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
import pytest
from flask import Flask

from tests.web.languages.pseudo import LEFT_TO_RIGHT, RIGHT_TO_LEFT

DOCUMENT = "bali-process-symposium-2015"
PASSAGE = f"/passages/{DOCUMENT}/p4"
PAGES = (
    "/",
    "/nowhere",
    "/themes/international-crime-cooperation?q=cooperation",
    "/themes/regional-cooperation",
    "/documents",
    "/documents?q=bali&sort=title&kind=communique",
    "/documents?q=zzzz",
    f"/documents/{DOCUMENT}?q=victim",
    "/instruments",
    "/instruments/untoc?article=16",
    "/glossary",
    "/matrix?q=victims&order=silent",
    "/matrix?of=notes&theme=regional-cooperation&silent=regional-cooperation&order=most",
    "/matrix?kind=nothing",
    "/compare",
    f"/compare?a={DOCUMENT}/p4&b={DOCUMENT}/p5",
    f"/compare?a={DOCUMENT}/p4&b=bali+paras+6-7",
    f"/compare?a={DOCUMENT}&b={DOCUMENT}/p999",
    "/help",
    "/about",
    f"/search/why?q=victim+protecting+aftercare&passage={DOCUMENT}/p4&sort=newest",
    f"/search/why?passage={DOCUMENT}/p4",
    f"/search/why?q=zzz+-victim&passage={DOCUMENT}/p4",
    "/search?page=x",
    "/search?q=victim+protection",
    "/search?q=extradtion&sort=newest&group=document",
    "/search?q=what+happens+after+rescue&theme=victim-assistance-protection&year=2010..2015&status=all",
    "/search?q=zzzq+yyyq&kind=note&match=all&theme=extradition&theme=victim-assistance-protection",
    "/search?q=(a+AND&page=3",
    PASSAGE,
    f"{PASSAGE}?q=victim&v=000000000000",
    f"{PASSAGE}..p6",
    f"{PASSAGE}:3-12",
    f"{PASSAGE}/panel",
    "/passages/victim-assistance-protection/introduction",
    "/check",
    "/brief",
    f"/brief?p={DOCUMENT}/p4~mine&p={DOCUMENT}/p5&p={DOCUMENT}/p999&h=Own&title=T",
    f"/brief?p={DOCUMENT}/p4&group=theme&style=apa",
    f"/brief?p={DOCUMENT}/p4&do=x",
)

NAMES = re.compile(
    r"\b(?:API|CSV|RIS|BibTeX|BIB|CSL|CSL-JSON|Web Annotation|unAPI|Word|DOCX|JSON|Markdown|PDF|UTC|GMT|Ctrl|"
    r"Esc|Tab|Enter|K|SHA-256|ID|OCR)\b"
)
_SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-show")
_NOT_SPOKEN = ("script", "style", "kbd", "template", "svg")


_CONTENT = re.compile(
    r"“[^”]*”|[\w-]+/(?:p[0-9]|introduction)[\w.:@-]*|\bpara(?:graph)? [0-9]+|\bIntroduction\b|"
    r"extradition, [a-z, ]+|^(?:page|do):"
)
"""Words of the collection or of the reader within those of the interface."""


def unmarked(html: str) -> list[str]:
    """The texts of the interface that a page has in plain English letters."""
    page = lxml.html.document_fromstring(html)
    content = [each.text_content() for each in page.iter("a", "bdi", "span", "strong") if _is_content(each)]
    named = re.compile("|".join(map(re.escape, sorted(content, key=len, reverse=True))) or "$.")
    return [
        each
        for each in _spoken(page)
        if re.search("[A-Za-z]{2}", named.sub("", NAMES.sub("", _CONTENT.sub("", each))))
    ]


def _spoken(element: lxml.html.HtmlElement) -> Iterator[str]:
    for child in element:
        if child.tail:
            yield child.tail
        is_content = (
            "dir" in child.attrib
            or "lang" in child.attrib
            or {"code", "unapi-id"} & {*child.get("class", "").split()}
        )
        if isinstance(child.tag, str) and child.tag not in _NOT_SPOKEN and not is_content:
            yield from _spoken(child)
            yield child.text or ""
        if isinstance(child.tag, str) and not is_content:
            yield from (child.attrib[name] for name in _SPOKEN if name in child.attrib)


def _is_content(element: lxml.html.HtmlElement) -> bool:
    return bool(
        element.tag == "bdi" or {"dir", "lang"} & set(element.attrib) or "code" in element.get("class", "")
    )


@pytest.mark.parametrize("path", PAGES)
def test_every_string_of_a_page_is_marked_for_translation(pseudo_app: Flask, path: str) -> None:
    html = pseudo_app.test_client().get(path, headers={"Accept-Language": LEFT_TO_RIGHT}).text
    assert "<html" not in html or f'<html lang="{LEFT_TO_RIGHT}" dir="ltr">' in html
    assert unmarked(html) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_language_from_right_to_left_says_so(pseudo_app: Flask, path: str) -> None:
    html = pseudo_app.test_client().get(path, headers={"Accept-Language": RIGHT_TO_LEFT}).text
    assert "<html" not in html or f'<html lang="{RIGHT_TO_LEFT}" dir="rtl">' in html
    assert unmarked(html) == []


def test_nothing_is_kept_from_a_page_in_another_language(pseudo_app: Flask) -> None:
    client = pseudo_app.test_client()
    path = "/search?q=victim+protection&year=2010..2015"
    assert "Undated" in client.get(path, headers={"Accept-Language": "en"}).text
    assert unmarked(client.get(path, headers={"Accept-Language": LEFT_TO_RIGHT}).text) == []


def test_every_string_of_verdicts_is_marked_for_translation(pseudo_app: Flask) -> None:
    """A quotation that is right, one that differs, and one that nobody said."""
    text = (
        "“the need for robust mechanisms for international crime cooperation” “the need for strong "
        "mechanisms [now] for international ... cooperation” “nothing of the kind was ever said”"
    )
    answer = pseudo_app.test_client().post(f"/check?lang={LEFT_TO_RIGHT}", data={"text": text})
    assert unmarked(answer.text) == []
