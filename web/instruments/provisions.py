"""The provisions that a note cites, each with links to its article here and to the official text."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g
from markupsafe import Markup

from index.citation_resolver.instrument_finder import instrument_finder
from kb.model import Passage
from kb.permalinks import instrument_path
from web.presenters.passage_view import ShownPassage

__all__ = ["LinkedNote", "LinkedProvision", "linked_note"]

_LIST, _ITEM, _END = '<ul class="provisions">', "<li>", "</li>"


@dataclass(frozen=True, slots=True)
class LinkedProvision:
    """A provision as a note writes it; its addresses are empty if the instrument is unknown."""

    words: Markup
    instrument: str
    address: str
    official: str


@dataclass(frozen=True, slots=True)
class LinkedNote:
    """A note as the HTML before its provisions, the provisions, and the HTML after them."""

    before: Markup
    provisions: tuple[LinkedProvision, ...]
    after: Markup


def linked_note(shown: ShownPassage) -> LinkedNote:
    """A note with its provisions linked; unchanged if its list is not one of provisions."""
    html = shown.html
    before, mark, rest = html.rpartition(_LIST)
    items, end, after = rest.partition("</ul>")
    words = [item.partition(_END)[0] for item in items.split(_ITEM)[1:]]
    if not (mark and end) or len(words) != len(shown.passage.provisions) or "<a" in items:
        return LinkedNote(html, (), Markup())
    pairs = zip(words, _links(shown.passage), strict=True)
    return LinkedNote(before + mark, tuple(LinkedProvision(each, *link) for each, link in pairs), end + after)


def _links(passage: Passage) -> list[tuple[str, str, str]]:
    """For each provision: the name of its instrument, the address of its page here, and the official one."""
    finder = instrument_finder(g.snapshot)
    found = []
    for one in passage.provisions:
        instrument = finder.registry.find(one.instrument)
        article = finder.article(instrument, one.article) if instrument else None
        address = instrument_path(instrument.id, article.number if article else "") if instrument else ""
        found.append((one.instrument, address, instrument.url if instrument else ""))
    return found
