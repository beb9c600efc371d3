"""Which part of a page is the document: not its navigation, banners, forms and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

__all__ = ["is_furniture", "is_hidden", "main_region", "outside", "squeezed"]

_NO_WORDS_NAMES = (
    "script style noscript template svg select option button input textarea iframe object embed head "
    "canvas audio video map dialog del s strike rt rp meta link"
)
_NO_WORDS = frozenset(_NO_WORDS_NAMES.split())
_FURNITURE = frozenset(("nav", "aside", "form", "menu"))
_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "toolbar")
)
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navbox|navigation|navi|menu|mainmenu|breadcrumbs?|sidebar|share|sharing|social|cookies?"
    r"|banner|footer|pagefooter|toolbar|editsection|noprint|skip|skiplink|skiplinks|pagination|pager|metanav|servicenav"
    r"|search|searchform|login|newsletter|catlinks|invisible|visually|sr|printfooter|related)(?=$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"\bdisplay\s*:\s*none|\bvisibility\s*:\s*hidden", re.IGNORECASE)
_TEXT_PARTS = ("p", "li", "blockquote", "td", "dd", "h1", "h2", "h3", "h4", "pre")
_LEAVES = frozenset((*_TEXT_PARTS, "ol", "ul", "dl", "table"))

MIN_MAIN_SHARE = 0.5
"""The share of the page's running text that the element marked as its main part must hold."""

MIN_INNER_SHARE = 0.9
"""The share of an element's running text that one within it must hold to be taken instead."""

MIN_PARTS = 3
"""The fewest elements with running text in a main part; one long paragraph is not a document."""

MAX_FURNITURE_SHARE = 0.4


def squeezed(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def is_hidden(element: HtmlElement) -> bool:
    return (
        element.tag in _NO_WORDS
        or element.get("hidden") is not None
        or bool(_HIDDEN.search(element.get("style") or ""))
    )


def is_furniture(element: HtmlElement, page_chars: int) -> bool:
    """Whether an element only helps readers use the page, by its name, role or class; never most of it."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    role = (element.get("role") or "").casefold()
    told = element.tag in _FURNITURE or role in _ROLES or (element.tag != "body" and _NAMES.search(named))
    return bool(told) and len(squeezed(element)) < MAX_FURNITURE_SHARE * max(page_chars, 1)


def main_region(root: HtmlElement) -> HtmlElement:
    """The element that holds the document: what is marked as main, or the smallest with nearly all text."""
    body = root.find("body")
    body = root if body is None else body
    page_chars = len(squeezed(body))
    parts = list(_running_text(body, page_chars))
    chars = sum(length for _, length in parts)
    if not chars:
        return body
    held: dict[HtmlElement, _Held] = {}
    for part, length in parts:
        for above in (part, *part.iterancestors()):
            held.setdefault(above, _Held()).add(length)
            if above is body:
                break
    marked = [one for one in held if one.tag in ("main", "article") or one.get("role") == "main"]
    marked = [one for one in marked if held[one].chars >= MIN_MAIN_SHARE * chars]
    return _innermost(max(marked, key=lambda one: held[one].chars, default=body), held)


@dataclass(slots=True)
class _Held:
    """How many characters of running text an element holds, in how many elements."""

    chars: int = 0
    parts: int = 0

    def add(self, length: int) -> None:
        self.chars += length
        self.parts += 1


def _innermost(element: HtmlElement, held: dict[HtmlElement, _Held]) -> HtmlElement:
    while True:
        inner = max((one for one in element if one in held), key=lambda one: held[one].chars, default=None)
        if (
            inner is None
            or inner.tag in _LEAVES
            or held[inner].chars < MIN_INNER_SHARE * held[element].chars
            or held[inner].parts < MIN_PARTS
            or _titles(inner, held) < _titles(element, held)
        ):
            return element
        element = inner


def outside(region: HtmlElement) -> Iterator[HtmlElement]:
    """The outermost elements of the page outside its main part."""
    for above in (region, *region.iterancestors()):
        if above.tag in ("body", "html"):
            return
        for one in (*above.itersiblings(preceding=True), *above.itersiblings()):
            if isinstance(one.tag, str) and not is_hidden(one):
                yield one


def _titles(element: HtmlElement, held: dict[HtmlElement, _Held]) -> int:
    return sum(1 for one in element.iter("h1") if one in held)


def _running_text(body: HtmlElement, page_chars: int) -> Iterator[tuple[HtmlElement, int]]:
    """The elements with words of their own, and how many characters of these are not in links."""
    waiting = [body]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or is_hidden(element) or is_furniture(element, page_chars):
            continue
        own = sum(len(text.strip()) for text in (element.text, *(one.tail for one in element)) if text)
        if own and element.tag != "a":
            yield element, own
        waiting.extend(element)
