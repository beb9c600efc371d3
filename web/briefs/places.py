"""Where the passages, spans and excerpts of a brief are now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import g

from kb.briefs.brief import ChosenPassage
from kb.citing.csl_item import CslItem
from kb.citing.excerpt import cited_words, excerpt_ranges
from kb.citing.narrowing import touched_passages
from kb.citing.records import RecordMaker
from kb.ids import WordRange
from kb.messages import Message
from kb.model import Document, Passage
from kb.permalinks import passage_path
from kb.permanence.location import Here, LeftOut, Location, Moved, Withdrawn
from kb.permanence.span_location import (
    SpanHere,
    SpanLocation,
    SpanMoved,
    SpanRefused,
    locate_place,
    locate_ref,
)
from kb.published import LeftOutPassage, Withdrawal
from kb.text.fingerprint import joined_texts
from web.presenters.passage_view import ShownPassage

__all__ = ["MAX_PASSAGES_SHOWN", "FoundPassages", "LostPassages", "Place", "locate_chosen"]

MAX_PASSAGES_SHOWN = 300
"""Passages of a brief, each of a span counted; what comes after them is missing, with the reason."""


@dataclass(frozen=True, slots=True)
class FoundPassages:
    """A passage or a span, or an excerpt of either if `words` has the numbers of its words."""

    document: Document
    passages: tuple[Passage, ...]
    words: WordRange | None = None

    @property
    def path(self) -> str:
        """The path of the page that shows it."""
        return passage_path(self.document.id, self._place, words=self.words)

    @property
    def _place(self) -> str:
        return SpanHere(self.document, self.passages).ids[1] if self.passages[1:] else self.passages[0].id

    @property
    def name(self) -> str:
        """`para 4`, or `para 4 to para 6`."""
        names = [passage.locator or passage.heading or passage.id for passage in self.passages]
        return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"

    @property
    def shown(self) -> tuple[ShownPassage, ...]:
        """The passages, with the words of an excerpt marked."""
        text = joined_texts(passage.text for passage in self.passages)
        stretches = excerpt_ranges(text, self.words) if self.words else ()
        marks = {passage.id: tuple(own) for passage, own in touched_passages(self.passages, stretches)}
        return tuple(ShownPassage(passage, marks.get(passage.id, ()), 0, "", "") for passage in self.passages)

    def record(self, make: RecordMaker) -> CslItem:
        if self.words:
            return make.of_excerpt(self.document, self.passages, self.words)
        return make.of_span(self.document, self.passages)


@dataclass(frozen=True, slots=True)
class LostPassages:
    """Passages that were withdrawn, are left out, cannot be cited for a reason, or were never published."""

    withdrawn: Withdrawal | None = None
    left_out: LeftOutPassage | None = None
    why: Message | None = None


Place = FoundPassages | LostPassages


def locate_chosen(chosen: Sequence[ChosenPassage]) -> Iterator[Place]:
    """Where each passage is; passages that moved are followed."""
    room = MAX_PASSAGES_SHOWN
    for each in chosen:
        match _place(each, locate_ref(g.snapshot, each.ref)):
            case FoundPassages(passages=passages) as found:
                room -= len(passages)
                too_long = Message("brief-shows-too-much", limit=MAX_PASSAGES_SHOWN)
                yield found if room >= 0 else LostPassages(why=too_long)
            case lost:
                yield lost


def _place(chosen: ChosenPassage, at: Location | SpanLocation) -> Place:
    match at:
        case (Here(passage, document)) | Moved(_, Here(passage, document)):
            return _with_same_words(chosen, FoundPassages(document, (passage,), chosen.words), passage.text)
        case SpanHere(document, passages) as span:
            return _with_same_words(chosen, FoundPassages(document, passages, chosen.words), span.text)
        case SpanMoved(to):
            return _place(chosen, locate_place(g.snapshot, *to))
        case Withdrawn(left) | Moved(_, Withdrawn(left)):
            return LostPassages(withdrawn=left)
        case LeftOut(missing) | Moved(_, LeftOut(missing)):
            return LostPassages(left_out=missing)
        case SpanRefused(message):
            return LostPassages(why=message)
        case _:
            return LostPassages()


def _with_same_words(chosen: ChosenPassage, found: FoundPassages, text: str) -> Place:
    """What was found, unless its words differ from those chosen."""
    match cited_words(text, chosen.ref):
        case Message() as message:
            return LostPassages(why=message)
    return found
