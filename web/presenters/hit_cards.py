"""The hits of a results page, each made ready once: what it is called, where it leads, its HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from index.request import Request
from index.results import Hit
from kb.citing.labels import supplied_words
from kb.permalinks import permalink
from kb.tags import ThemeLabels
from web.presenters.document_parts import LONG
from web.presenters.html import badge, marked
from web.presenters.labels import date_words, title
from web.urls import links

__all__ = ["Card", "cards", "item"]

_SHOWN = ("title", "kind", "date")
"""The fields of a document that a card shows, and of which it says who supplied them."""


class Card(NamedTuple):
    """A hit with its words and addresses; `name` says which passage it is, `locator` where it stands.

    `themes` are labels with the address of this search within that theme; `read` is the passage in its
    document with the query marked, at the first mark, `cited` its citation, `link` the permanent address
    alone, `why` the explanation, empty where no words were searched for.
    """

    hit: Hit
    title: str
    name: str
    locator: str
    date: str
    supplied: str
    themes: tuple[tuple[str, str], ...]
    read: str
    cited: str
    link: str
    why: str
    others: str


def cards(
    hits: Iterable[Hit], asked: Request, names: ThemeLabels, sizes: Mapping[str, int]
) -> Iterator[Card]:
    """The hits of one page; what their addresses share is written once for all of them.

    `sizes` says how many passages each document has.
    """
    query = links.query(asked.text)
    within_theme, explained = links.narrowing(asked, "theme"), links.explaining(asked)
    for hit in hits:
        passage, document, marked = hit.passage, hit.document, bool(hit.snippet.ranges)
        link = permalink(passage)
        yield Card(
            hit=hit,
            title=title(document, passage),
            name=passage.locator or passage.heading or passage.id,
            locator=passage.locator or passage.id,
            date=date_words(document.date),
            supplied=supplied_words(document, *_SHOWN),
            themes=tuple((names[value], within_theme(value)) for value in names.themes(passage)),
            read=links.reading(
                passage, document, names, asked.text, marked, sizes[document.id] > LONG, query
            ),
            cited=links.at(link + query, "site:cite"),
            link=link,
            why=explained(passage) if asked.text else "",
            others=links.search(links.within(asked, document.id)) if asked.grouped and hit.others else "",
        )


def item(card: Card) -> Markup:
    """A hit as an item of the list of results; written in Python, like `html`, to save time."""
    hit, language = card.hit, card.hit.document.language
    lang = f' lang="{escape(language)}"' if language else ""
    apart = "" if hit.document.is_note else _unseen(f", {escape(card.locator)}")
    lines = (
        '<li class="hit note">' if hit.document.is_note else '<li class="hit">',
        f'<h3><a href="{escape(card.read)}">{escape(card.title)}{apart}</a></h3>',
        f'<p class="meta">{badge(hit.document)}',
        *_meta(card),
        f'</p><p class="snippet"{lang}>{marked(hit.snippet.text, hit.snippet.ranges)}</p>',  # as it stands
        f'<p class="why">Found because: {escape("; ".join(hit.reasons))}</p>' if hit.reasons else "",
        '<p class="actions">',
        *_actions(card),
        "</p></li>",
    )
    return Markup("\n".join(lines))  # noqa: S704


def _meta(card: Card) -> Iterator[str]:
    if not card.hit.document.is_note:
        yield f"<span>{escape(card.locator)}</span>"
        if card.date:
            yield f"· <span>{escape(card.date)}</span>"
    for label, address in card.themes:
        yield f'· <a href="{escape(address)}">{escape(label)}</a>'
    if card.supplied:
        yield f'<span class="supplied">{escape(card.supplied)}</span>'


def _actions(card: Card) -> Iterator[str]:
    name = escape(card.name)
    added = escape(card.hit.passage.address)
    yield f'<a href="{escape(card.cited)}">Cite{_unseen(f" {name}")}</a>'
    yield f'<a href="{escape(card.link)}">Link{_unseen(f" to {name}")}</a>'
    yield f'<a class="add" rel="nofollow" href="/brief?add={added}">Add{_unseen(f" {name}")}</a>'
    if card.why:
        yield f'<a href="{escape(card.why)}">Why?{_unseen(f" How {name} was found")}</a>'
    if card.others:
        others = card.hit.others
        more = f"and {others:,} more passage{'' if others == 1 else 's'} in this document"
        yield f'<a class="others" href="{escape(card.others)}">{more}</a>'


def _unseen(words: str) -> str:
    return f'<span class="unseen">{words}</span>'
