"""The hits of one page in groups: with all of the words or some, from sources or from our own notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from index.results import Hit, Results
from kb.messages import Message
from kb.model import NOTE
from kb.site import NotesOrder
from web.presenters.results.hit_cards import HitCard
from web.urls import refinements, search_links

__all__ = ["MAX_OPEN_NOTES", "HitGroup", "hit_groups"]

MAX_OPEN_NOTES = 3
"""Notes shown beside sources; any further ones of a page are folded away."""

MakeCards = Callable[[Sequence[Hit]], Iterator[HitCard]]


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Consecutive hits.

    `opens_some` says that the hits with only some of the words begin here, `opens_few` that those of sources
    do which have too few of them to come before notes. `notes` is the heading of our own notes, None for
    sources or if both are mixed; `folded` are further notes, `ahead` says that a later page lists them, and
    `every_note` is the address of the notes alone, empty if all are in sight.
    """

    cards: Sequence[HitCard]
    opens_some: bool = False
    opens_few: bool = False
    notes: Message | None = None
    folded: Sequence[HitCard] = ()
    ahead: bool = False
    every_note: str = ""
    show_all: Message | None = None


def hit_groups(results: Results, order: NotesOrder, make_cards: MakeCards) -> list[HitGroup]:
    """The groups of a page, in the order of its hits."""
    cards = list(make_cards(results.hits))
    if order == "mixed":
        return [
            HitGroup(list(each), opens_some=matched == "some" and results.total > 0)
            for matched, each in groupby(cards, lambda card: card.hit.matched)
        ]
    groups: list[HitGroup] = []
    before, after_notes = "all" if results.total else "some", results.begins_below_notes
    if after_notes:
        before = cards[0].hit.matched  # the hits with some of the words began on an earlier page
    for (matched, is_note), each in groupby(cards, _tier):
        opens_some, before = matched != before, matched
        after_notes = after_notes and not opens_some
        listed = list(each)
        if is_note:
            group = _notes(results, matched, listed, opens_some, after_notes)
        else:
            group = HitGroup(listed, opens_some, opens_few=after_notes)
        groups.append(group)
        after_notes = after_notes or is_note
    return [*groups, *_ahead(results, make_cards)]


def _tier(card: HitCard) -> tuple[Literal["all", "some"], bool]:
    return card.hit.matched, card.hit.document.is_note


def _notes(
    results: Results,
    matched: Literal["all", "some"],
    cards: Sequence[HitCard],
    opens_some: bool,
    after_others: bool,
) -> HitGroup:
    """A group of notes; only the first are in sight, or all on a page without sources."""
    has_sources = any(not hit.document.is_note for hit in results.hits)
    most = MAX_OPEN_NOTES if has_sources else len(cards)
    total = results.total_notes if matched == "all" else results.total_some_notes
    every = _every_note(results) if has_sources and total > most and not after_others else ""
    heading, show_all = _headings(total)
    if after_others:
        heading = Message("more-notes-by-this-site")
    return HitGroup(
        cards[:most], opens_some, notes=heading, folded=cards[most:], every_note=every, show_all=show_all
    )


def _ahead(results: Results, make_cards: MakeCards) -> Iterator[HitGroup]:
    """The first notes, if the first page has none."""
    if results.notes_ahead:
        heading, show_all = _headings(results.total_notes or results.total_some_notes)
        cards, every = list(make_cards(results.notes_ahead)), _every_note(results)
        yield HitGroup(cards, notes=heading, ahead=True, every_note=every, show_all=show_all)


def _headings(total: int) -> tuple[Message, Message]:
    return Message("notes-by-this-site", count=total), Message("show-all-notes", count=total)


def _every_note(results: Results) -> str:
    """The address of the same search for notes alone."""
    return search_links.search(refinements.filtered(results.request, "kind", (NOTE,)))
