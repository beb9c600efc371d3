"""The hits of a results page, each made ready once: what it is called, where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.engine import Hit, Request
from index.report import permalink
from kb.citing.words import supplied_words
from web import links
from web.present import Names, date_words, title

__all__ = ["Card", "cards"]

_SHOWN = ("title", "kind", "date")
"""The fields of a document that a card shows, and of which it says who supplied them."""


@dataclass(frozen=True, slots=True)
class Card:
    """A hit with its words and addresses; `name` says which passage it is, `locator` where it stands.

    `themes` are labels with the address of this search within that theme; `found`, `cited` and
    `context` are the passage, its citation and its document with the query marked, `link` is the
    permanent address alone.
    """

    hit: Hit
    title: str
    name: str
    locator: str
    date: str
    supplied: str
    themes: tuple[tuple[str, str], ...]
    found: str
    cited: str
    context: str
    link: str
    others: str


def cards(hits: Iterable[Hit], asked: Request, names: Names) -> Iterator[Card]:
    """The hits of one page; what their addresses share is written once for all of them."""
    query = links.query(asked.text)
    within_theme = links.narrowing(asked, "theme")
    for hit in hits:
        passage, document = hit.passage, hit.document
        link = permalink(passage)
        yield Card(
            hit=hit,
            title=title(document, passage),
            name=passage.locator or passage.heading or passage.id,
            locator=passage.locator or passage.id,
            date=date_words(document.date),
            supplied=supplied_words(document, *_SHOWN),
            themes=tuple((names[value], within_theme(value)) for value in names.themes(passage)),
            found=link + query,
            cited=links.at(link + query, "site:cite"),
            context=links.at(links.document(document.id) + query, passage.id),
            link=link,
            others=links.search(links.within(asked, document.id)) if asked.grouped and hit.others else "",
        )
