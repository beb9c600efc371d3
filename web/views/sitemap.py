"""The site map for search engines: the addresses of its documents, themes and instruments.

https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Blueprint, Response, abort, g, render_template

from index.engine import Snapshot
from web.urls import links
from web.views.reading.passages import theme_of

__all__ = ["SITEMAP", "blueprint"]

SITEMAP = "/sitemap.xml"
MAX_ADDRESSES = 50_000
"""The protocol's limit for one site map; a larger site has several, and an index of them."""

_PAGES = ("/", "/documents", "/glossary", "/help", "/about")

_NUMBER = re.compile("[1-9][0-9]{0,5}")

blueprint = Blueprint("sitemap", __name__)


@blueprint.get(SITEMAP)
def sitemap() -> Response:
    """All addresses, or the list of the site maps that have them."""
    found = list(_addresses(g.snapshot))
    if len(found) <= MAX_ADDRESSES:
        return _answer("sitemap.xml", found)
    count = -(-len(found) // MAX_ADDRESSES)
    return _answer("sitemap_index.xml", [f"/sitemap-{number}.xml" for number in range(1, count + 1)])


@blueprint.get("/sitemap-<number>.xml")
def part(number: str) -> Response:
    """One of several site maps, counted from 1."""
    found = list(_addresses(g.snapshot))
    begin = (int(number) - 1) * MAX_ADDRESSES if _NUMBER.fullmatch(number) else -1
    if not 0 <= begin < len(found):
        abort(404)
    return _answer("sitemap.xml", found[begin : begin + MAX_ADDRESSES])


def _addresses(snapshot: Snapshot) -> Iterator[str]:
    """All addresses but those of passages, which the pages of their documents link to."""
    yield from _PAGES
    yield from (links.theme(theme.slug) for theme in snapshot.themes)
    if snapshot.instruments:
        yield "/instruments"
        yield from map(links.instrument, snapshot.instruments)
    sources = (
        one for one in snapshot.documents.values() if not theme_of(one)
    )  # notes are on their theme's page
    yield from (links.document(one.id) for one in sources)


def _answer(template: str, paths: list[str]) -> Response:
    written = render_template(template, addresses=[links.absolute(path) for path in paths])
    return Response(written, mimetype="application/xml")
