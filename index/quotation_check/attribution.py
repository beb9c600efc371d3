"""Whether the passage that a manuscript cites beside a quotation is the one that has it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from index.engine import Snapshot
from index.quotation_check.text_report import CheckedQuotation
from kb.ids import IdPair
from kb.permanence.location import Here, Moved
from kb.permanence.span_location import SpanHere, SpanMoved, locate_place
from kb.quoting.manuscript import Manuscript
from kb.quoting.note_links import NoteLink
from kb.quoting.passage_references import PassageReference

__all__ = ["Misattribution", "misattributions"]

_BREAK = re.compile(
    r"\n[ \t\r]*\n|</?(?:p|li|div|td|th|tr|blockquote|h[1-6]|section|article)\b", re.IGNORECASE
)
"""What ends a paragraph in the source of a manuscript."""


_COLON = re.compile(r""":(?:<[^<>]{0,200}>|\[\^[^\]\s]{1,100}\]|[\s>“„«‹「『"'‘*_|-])*\Z""")
_MAX_BETWEEN_CHARS = 400
"""A colon, and the markup between it and the quotation that it introduces."""

_MAX_CITED = 100
"""References beside one quotation that are looked at; a note may be referred to many times."""


@dataclass(frozen=True, slots=True)
class Misattribution:
    """A verbatim quotation, and the references beside it, none of which leads to a passage that has it."""

    checked: CheckedQuotation
    references: tuple[PassageReference, ...]


def misattributions(
    manuscript: Manuscript,
    checked: Sequence[CheckedQuotation],
    references: Sequence[PassageReference],
    snapshot: Snapshot,
) -> tuple[Misattribution, ...]:
    """The verbatim quotations that are in none of the passages cited beside them.

    A quotation's references are those that follow it in its paragraph before the next quotation, also
    in notes; those that precede the first quotation of a paragraph are its own if none follows, as are
    those of the paragraph before it that ends with a colon.
    """
    spans = manuscript.raw_spans([one.claim for one in checked])
    located = [(span, one) for span, one in zip(spans, checked, strict=True) if span]
    beside = _beside(manuscript, [span for span, _ in located], references)
    pairs = zip(located, beside, strict=True)
    return tuple(
        Misattribution(one, cited) for (_, one), cited in pairs if _is_elsewhere(one, cited, snapshot)
    )


def _beside(
    manuscript: Manuscript, spans: Sequence[tuple[int, int]], references: Sequence[PassageReference]
) -> Iterator[tuple[PassageReference, ...]]:
    raw = manuscript.raw
    cited = _CitedIn(references, manuscript.notes)
    # the mark of a note at the end of a paragraph has the offset of the break, and belongs before it
    breaks = [0, *(one.start() + 1 for one in _BREAK.finditer(raw)), len(raw) + 1]
    for number, (start, end) in enumerate(spans):
        paragraph = breaks[bisect_right(breaks, start) - 1]
        following = spans[number + 1][0] if number + 1 < len(spans) else len(raw) + 1
        last = min(breaks[bisect_right(breaks, end)], following)
        before = spans[number - 1][1] if number else -1
        yield (
            cited.between(end, last)
            or (cited.between(paragraph, start) if before < paragraph else ())
            or _introducing(raw, start, before, breaks, cited)
        )


def _introducing(
    raw: str, start: int, before: int, breaks: Sequence[int], cited: _CitedIn
) -> tuple[PassageReference, ...]:
    """The references of a paragraph without quotations that introduces the one at `start` with a colon."""
    first = max(0, start - _MAX_BETWEEN_CHARS)
    colon = _COLON.search(raw, first, start)
    if not colon:
        return ()
    paragraph = breaks[bisect_right(breaks, colon.start()) - 1]
    return cited.between(paragraph, start) if before < paragraph else ()


class _CitedIn:
    """The references in stretches of a manuscript, and in the notes whose marks are in them."""

    def __init__(self, references: Sequence[PassageReference], notes: Sequence[NoteLink]) -> None:
        self._references, self._notes = references, notes
        self._starts = [one.start for one in references]
        self._marks = [one.mark for one in notes]

    def between(self, start: int, end: int) -> tuple[PassageReference, ...]:
        """At most `_MAX_CITED` references."""
        noted = self._notes[bisect_left(self._marks, start) : bisect_left(self._marks, end)]
        stretches = [(start, end), *((note.start, note.end) for note in noted[:_MAX_CITED])]
        cited = (one for stretch in stretches for one in self._within(*stretch))
        return tuple(islice(cited, _MAX_CITED))

    def _within(self, start: int, end: int) -> Sequence[PassageReference]:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return self._references[first : min(last, first + _MAX_CITED)]


def _is_elsewhere(one: CheckedQuotation, cited: Sequence[PassageReference], snapshot: Snapshot) -> bool:
    verdict = one.verdict
    if verdict.word != "verbatim" or verdict.further or not cited:
        return False
    having = {(passage.document, passage.id) for place in verdict.places for passage in place.passages}
    led_to = {ids for reference in cited for ids in _passages(reference.ids, snapshot)}
    return bool(led_to) and having.isdisjoint(led_to)


def _passages(place: IdPair, snapshot: Snapshot) -> Iterator[IdPair]:
    """The passages to which a reference leads today: those of a span, one, or none."""
    match locate_place(snapshot, *place):
        case Here(passage) | Moved(_, Here(passage)):
            yield passage.document, passage.id
        case SpanHere(document, passages):
            yield from ((document.id, passage.id) for passage in passages)
        case SpanMoved(to):
            yield from _passages(to, snapshot)
