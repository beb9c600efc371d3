"""Where a place in a document leads today: a passage, as `location` says, or else a span of passages.

A span lasts as long as its ends do: if an end moved, was withdrawn or is left out, so is the span.
A passage withdrawn from between them leaves a gap, which is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from kb.ids import IdPair, PassageRef, PassageSpan, address, is_id, spans_in
from kb.messages import Message
from kb.model import Document, Passage
from kb.permanence.location import Here, LeftOut, Locatable, Location, Moved, Unknown, Withdrawn, locate
from kb.text.fingerprint import fingerprint, joined_texts

__all__ = [
    "MAX_SPAN_PASSAGES",
    "SpanHere",
    "SpanLocatable",
    "SpanLocation",
    "SpanMoved",
    "SpanRefused",
    "id_number",
    "locate_place",
    "locate_ref",
    "numbered_ids",
]

MAX_SPAN_PASSAGES = 100
"""More than this are a document, not a quotation."""


class SpanLocatable(Locatable, Protocol):
    """What spans are looked up in; a snapshot of an index is one."""

    def following(self, passage: Passage, limit: int) -> Sequence[Passage]:
        """The passages after it in its document, `limit` at most."""


@dataclass(frozen=True, slots=True)
class SpanHere:
    """The passages of a span, in reading order.

    `gone` are passages that, by their numbers, were between them and are no longer, with their ids.
    """

    document: Document
    passages: tuple[Passage, ...]
    gone: tuple[tuple[str, Withdrawn | Moved], ...] = ()

    @property
    def span(self) -> PassageSpan:
        return PassageSpan(self.passages[0].id, self.passages[-1].id)

    @property
    def ids(self) -> IdPair:
        """The document and the place by which the span is named."""
        return self.document.id, self.span.place

    @property
    def text(self) -> str:
        return joined_texts(passage.text for passage in self.passages)

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.text)


@dataclass(frozen=True, slots=True)
class SpanMoved:
    """A span whose ends have new ids, with the ids that lead to it; a passage's if both ends are now one."""

    to: IdPair


@dataclass(frozen=True, slots=True)
class SpanRefused:
    """What is wrong with a span whose ends exist."""

    message: Message


SpanLocation = SpanHere | SpanMoved | SpanRefused


def locate_place(collection: SpanLocatable, document: str, place: str) -> Location | SpanLocation:
    """What is at a place in a document: a passage with exactly this id, or else a span."""
    exact = locate(collection, document, place) if is_id(place) else Unknown()
    spans = spans_in(place) if exact == Unknown() else ()
    found = (_span(collection, document, span) for span in spans)
    return next((one for one in found if one != Unknown()), exact)


def locate_ref(collection: SpanLocatable, ref: PassageRef) -> Location | SpanLocation:
    """What is where a reference to a passage, a span or an excerpt leads; not for a whole document."""
    return locate_place(collection, *ref.ids)


def _span(collection: SpanLocatable, document: str, span: PassageSpan) -> Location | SpanLocation:
    ends: list[Here] = []
    for id in (span.first, span.last):
        match locate(collection, document, id):
            case (Here() as here) | Moved(_, Here() as here):
                ends.append(here)
            case Moved(_, lost):
                return lost
            case lost:
                return lost
    return _between(collection, (document, span.place), *ends)


def _between(collection: SpanLocatable, asked: IdPair, first: Here, last: Here) -> SpanLocation | LeftOut:
    document = first.document
    if document.id != last.document.id:
        return SpanRefused(Message("span-over-documents", reference=address(*asked)))
    if first == last:
        return SpanMoved((document.id, first.passage.id))
    after = collection.following(first.passage, MAX_SPAN_PASSAGES - 1)
    end = next((at for at, one in enumerate(after, 1) if one.id == last.passage.id), 0)
    if not end:
        return SpanRefused(_refusal(collection, asked, first, last))
    here = SpanHere(document, (first.passage, *after[:end]))
    return _with_gaps(collection, here) if here.ids == asked else SpanMoved(here.ids)


def _refusal(collection: SpanLocatable, asked: IdPair, first: Here, last: Here) -> Message:
    """What is wrong with a span whose last passage is not among those after the first."""
    before = {one.id for one in collection.following(last.passage, MAX_SPAN_PASSAGES - 1)}
    if first.passage.id not in before:
        return Message("span-too-long", reference=address(*asked), limit=MAX_SPAN_PASSAGES)
    turned = PassageSpan(last.passage.id, first.passage.id)
    right = address(first.document.id, turned.place)
    return Message("span-reversed", reference=address(*asked), right=right)


def _with_gaps(collection: SpanLocatable, here: SpanHere) -> SpanHere | LeftOut:
    inside, gone = {passage.id for passage in here.passages}, []
    for id in _numbered_between(here.span):
        match locate(collection, here.document.id, id):
            case LeftOut() as left_out:
                return left_out
            case Moved((document, to)) if document == here.document.id and to in inside:
                continue
            case (Withdrawn() | Moved()) as lost:
                gone.append((id, lost))
    return SpanHere(here.document, here.passages, tuple(gone))


_NUMBERED = re.compile("(.*?)([0-9]{1,9})")


def id_number(id: str, span: PassageSpan) -> int | None:
    """The number of an id that differs from the ends of a span only in its number; None for any other."""
    ends = [_NUMBERED.fullmatch(each) for each in (id, span.first, span.last)]
    if None in ends or len({end[1] for end in ends if end}) > 1:
        return None
    return int(ends[0][2]) if ends[0] else None


def numbered_ids(span: PassageSpan) -> tuple[str, ...]:
    """The ids from one end of a span to the other; none if they differ in more than their number."""
    first, last = id_number(span.first, span), id_number(span.last, span)
    if first is None or last is None or not first < last <= first + MAX_SPAN_PASSAGES:
        return ()
    return (span.first, *_numbered_between(span), span.last)


def _numbered_between(span: PassageSpan) -> Iterator[str]:
    """The ids between two that differ in their number alone: `p5` of `p4..p6`."""
    first, last = _NUMBERED.fullmatch(span.first), _NUMBERED.fullmatch(span.last)
    if first and last and first[1] == last[1]:
        numbers = range(int(first[2]) + 1, int(last[2]))
        for number in numbers[:MAX_SPAN_PASSAGES]:
            yield f"{first[1]}{str(number).zfill(len(first[2]))}"
