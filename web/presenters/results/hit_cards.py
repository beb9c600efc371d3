"""The hits of a results page, each prepared once: what it is called and where it leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from markupsafe import Markup

from index.request import Request
from index.results import Hit
from kb.model import LABEL, Document, Passage
from kb.permalinks import permalink
from kb.tags import INTRODUCTION, ThemeNames
from web.languages.choice import current_language
from web.languages.dates import date_words
from web.presenters.content_attributes import theme_content
from web.presenters.labels import Segment
from web.presenters.passage_view import MAX_WHOLE_PASSAGES
from web.presenters.results.hit_titles import document_name, hit_titles, place
from web.presenters.results.title_continued import title_and_snippet
from web.urls import links, refinements, search_links

__all__ = ["HitCard", "build_hit_cards", "has_supplied"]

_SHOWN = frozenset(("title", "kind", "date"))
"""The fields of a document that a card shows."""


class HitCard(NamedTuple):
    """A hit with its words and addresses; `name` says which passage it is, `locator` where to find it.

    `source` is its document, by its label, its short title or the beginning of its title, and
    `is_source_ours` says that this site chose that name; `is_introduction` says that it is the note that
    begins a theme. `snippet` is cut where its marks begin and end. If the title is the first words of the
    passage, the snippet goes on from there, and `marked_title` has the marks in the title. `themes` are
    titles, each with its attributes and the address of this search within that theme, without the theme that
    a note is on. `read` is the passage's page with the query marked, `context` the same in its document, at
    the first mark, `cited` its citation, `link` the plain permanent address, and `why` the explanation, empty
    if no words were searched for.
    """

    hit: Hit
    title: str
    marked_title: list[Segment]
    source: str
    is_source_ours: bool
    name: str
    locator: str
    date: str
    is_introduction: bool
    snippet: list[Segment]
    themes: tuple[tuple[str, Markup, str], ...]
    read: str
    context: str
    cited: str
    link: str
    why: str
    others: str


def build_hit_cards(
    hits: Sequence[Hit], asked: Request, names: ThemeNames, sizes: Mapping[str, int]
) -> Iterator[HitCard]:
    """The cards of the hits on one page; what their addresses share is written only once.

    `sizes` says how many passages each document has.
    """
    query, language = links.query(asked.text), current_language()
    within_theme, explained = search_links.narrowing(asked, "theme"), search_links.explaining(asked)

    @cache  # many passages of a page have the same themes
    def theme_link(value: str) -> tuple[str, Markup, str]:
        return names[value], theme_content(value, names[value]), within_theme(value)

    for hit, title in zip(hits, hit_titles(hits), strict=True):
        passage, document, marked = hit.passage, hit.document, bool(hit.snippet.ranges)
        marked_title, snippet = title_and_snippet(title, hit.snippet, passage.text)
        link = permalink(passage)
        yield HitCard(
            hit=hit,
            title=title,
            marked_title=marked_title,
            source=document_name(document),
            is_source_ours=_is_named_by_us(document),
            name=passage.locator or passage.heading or passage.id,
            locator=place(passage),
            date=date_words(document.date, language),
            is_introduction=document.is_note and passage.id == INTRODUCTION,
            snippet=snippet,
            themes=tuple(map(theme_link, _other_themes(passage, names))),
            read=link + query,
            context=links.in_context(
                passage, document, names, asked.text, marked, sizes[document.id] > MAX_WHOLE_PASSAGES, query
            ),
            cited=links.at(link + query, "site:cite"),
            link=link,
            why=explained(passage) if asked.text else "",
            others=search_links.search(refinements.within(asked, document.id))
            if asked.grouped and hit.others
            else "",
        )


def has_supplied(hit: Hit) -> bool:
    """Whether its card shows something that this site supplied."""
    document = hit.document
    return not document.is_note and (_is_named_by_us(document) or not _SHOWN.isdisjoint(document.supplied))


def _is_named_by_us(document: Document) -> bool:
    return "title" in document.supplied or LABEL in dict(document.further)


def _other_themes(passage: Passage, names: ThemeNames) -> Iterator[str]:
    """The themes of a passage, without the one that it is a note on: the card already names that."""
    return (value for value in names.themes(passage) if value != passage.document)
