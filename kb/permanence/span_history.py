"""The words that a span of passages had, day by day, any of which a cited fingerprint may be of.

A passage that was withdrawn from a span belongs to its words until that day. What came between two
passages is known from their numbers, as in `span_location`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.ids import address, spans_in
from kb.model import Passage
from kb.permanence.location import Here, LeftOut, Location, Moved, Withdrawn, locate
from kb.permanence.span_location import SpanHere, SpanLocatable, id_number, numbered_ids
from kb.published import Published
from kb.text.fingerprint import fingerprint, joined_texts

__all__ = ["lost_span_history", "span_history"]

History = Sequence[Published]
Histories = Mapping[str, History]

_Moment = tuple[str, bool]
"""A day, and whether what was withdrawn on it is gone already."""


@dataclass(frozen=True, slots=True)
class _Member:
    """A passage of a span: its former words, its present ones, and the day on which it was withdrawn.

    The day is empty if the ledger has none yet, and None if the passage was not withdrawn.
    """

    history: History
    text: str
    withdrawn: str | None = None

    def at(self, moment: _Moment) -> str | None:
        """Its words at a moment; None if it was gone by then."""
        day, is_over = moment
        if self.withdrawn and (day, is_over) >= (self.withdrawn, True):
            return None
        before = [one.text for one in self.history if one.date <= day]
        return before[-1] if before else self.history[0].text if self.history else self.text


def span_history(here: SpanHere, published: Histories) -> tuple[Published, ...]:
    """The words that a span had on each day on which some of them were published or withdrawn, oldest first.

    `published` has the former words of passages by address, as a snapshot does.
    """
    return _history(here.document.id, here.span.place, _members(here, published))


def lost_span_history(
    collection: SpanLocatable, document: str, place: str, published: Histories
) -> tuple[Published, ...]:
    """The same for a span with an end withdrawn or a part left out; empty if its ends have no numbers."""
    for span in spans_in(place):
        if ids := numbered_ids(span):
            found = ((id, locate(collection, document, id)) for id in ids)
            members = (_located(document, id, each, published) for id, each in found)
            return _history(document, place, filter(None, members))
    return ()


def _members(here: SpanHere, published: Histories) -> Iterator[_Member]:
    """The passages of a span and those gone from it, each of these before the next higher number."""
    gone, document = list(here.gone), here.document.id
    for passage in here.passages:
        number = id_number(passage.id, here.span)
        while gone and number is not None and number > (id_number(gone[0][0], here.span) or 0):
            if lost := _located(document, *gone.pop(0), published):
                yield lost
        yield _present(passage, published)


def _located(document: str, id: str, location: Location, published: Histories) -> _Member | None:
    """The member with this id; None if nothing is known of its words."""
    match location:
        case Here(passage):
            return _present(passage, published)
        case Moved(_, Here(passage)):
            return _Member(published.get(address(document, id)) or _past(passage, published), passage.text)
        case Withdrawn(left) | Moved(_, Withdrawn(left)):
            history = published.get(address(left.document, left.passage), ())
            return _Member(history, "", left.date) if history else None
        case LeftOut(missing) | Moved(_, LeftOut(missing)):
            history = published.get(address(missing.document, missing.passage), ())
            return _Member(history, "") if history else None
        case _:
            return None


def _present(passage: Passage, published: Histories) -> _Member:
    return _Member(_past(passage, published), passage.text)


def _past(passage: Passage, published: Histories) -> History:
    return published.get(passage.address, ())


def _history(document: str, place: str, members: Iterable[_Member]) -> tuple[Published, ...]:
    """The words at each moment; on the day of a withdrawal, both with and without what was withdrawn."""
    every = list(members)
    moments = {(one.date, False) for member in every for one in member.history}
    moments |= {(member.withdrawn, True) for member in every if member.withdrawn}
    found = []
    for moment in sorted(moments):
        text = joined_texts(words for member in every if (words := member.at(moment)) is not None)
        found.append(Published(document, place, fingerprint(text), moment[0], text))
    return tuple(found)
