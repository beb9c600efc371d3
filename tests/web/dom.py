"""Pages as readers' browsers have them: a tree to query rather than HTML to search.

>>> tree = parsed('<ul class="hits"><li class="hit note" id="site:1">One <b>two</b></li></ul>')
>>> texts(tree, "ul.hits > li.note#site:1")
['One two']
"""

from __future__ import annotations

import re
from functools import cache

from flask.testing import FlaskClient
from lxml import html
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

__all__ = ["attributes", "one", "page", "parsed", "said", "select", "text_of", "texts", "tree_of"]

_STEP = re.compile(r"\s*(>?)\s*([\w*-]+)?((?:[.#][\w:-]+|\[[\w:-]+(?:[*^]?=(?:'[^']*'|\"[^\"]*\"))?\])*)")
_TEST = re.compile(r"([.#])([\w:-]+)|\[([\w:-]+)(?:([*^]?)=(?:'([^']*)'|\"([^\"]*)\"))?\]")


def page(client: FlaskClient, address: str, status: int = 200) -> HtmlElement:
    """The page at an address, which must answer with this status."""
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return tree_of(response)


def tree_of(response: TestResponse) -> HtmlElement:
    """The page of an answer, for tests that check its headers or status, too."""
    return parsed(response.get_data(as_text=True))


def text_of(client: FlaskClient, address: str, status: int = 200) -> str:
    """The words of a page's main part, with white space collapsed."""
    return said(one(page(client, address, status), "main"))


def parsed(text: str) -> HtmlElement:
    """A page or a piece of one; a piece is put into a `<div>`."""
    is_page = text.lstrip().lower().startswith("<!doctype")
    return html.document_fromstring(text) if is_page else html.fragment_fromstring(text, create_parent="div")


def select(tree: HtmlElement, css: str) -> list[HtmlElement]:
    """The elements that match a CSS selector of tags, classes, ids and attributes, in document order."""
    return tree.xpath(_xpath(css))


def one(tree: HtmlElement, css: str) -> HtmlElement:
    """The only element that matches the selector."""
    found = select(tree, css)
    assert len(found) == 1, f"{len(found)} elements are {css}"
    return found[0]


def said(element: HtmlElement) -> str:
    """The words of an element, with white space collapsed."""
    return " ".join(element.text_content().split())


def texts(tree: HtmlElement, css: str) -> list[str]:
    """The words of each element that matches the selector."""
    return [said(element) for element in select(tree, css)]


def attributes(tree: HtmlElement, css: str, name: str) -> list[str | None]:
    """An attribute of each element that matches the selector; None for one without it."""
    return [element.get(name) for element in select(tree, css)]


@cache
def _xpath(css: str) -> str:
    return " | ".join(map(_path, css.split(",")))


def _path(css: str) -> str:
    path, at, css = ".", 0, css.strip()
    while at < len(css):
        step = _STEP.match(css, at)
        assert step, css
        assert step.end() > at, f"cannot be read as a selector: {css[at:]}"
        path += f"{'/' if step[1] else '//'}{step[2] or '*'}"
        path += "".join(map(_predicate, _TEST.finditer(step[3])))
        at = step.end()
    return path


def _predicate(test: re.Match[str]) -> str:
    sign, name, attribute, how, single, double = test.groups()
    if sign == ".":
        return f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
    if sign == "#":
        return f"[@id='{name}']"
    if single is None and double is None:
        return f"[@{attribute}]"
    value = f'"{double}"' if single is None else f"'{single}'"
    match how:
        case "^":
            return f"[starts-with(@{attribute}, {value})]"
        case "*":
            return f"[contains(@{attribute}, {value})]"
        case _:
            return f"[@{attribute}={value}]"
