"""What a reader must be warned of at a place, even where the quotation is verbatim."""

from __future__ import annotations

from collections.abc import Iterator

from index.verdict import Place
from kb.messages import Message
from kb.quoting.extraction import QuotedSpan
from kb.quoting.negation import ends_negated, negations_behind

__all__ = ["warnings_of"]


def warnings_of(claim: QuotedSpan, place: Place) -> tuple[Message, ...]:
    """The negations that a quotation loses, unless the writer's own words around it have one instead."""
    return tuple(_warnings(claim, place))


def _warnings(claim: QuotedSpan, place: Place) -> Iterator[Message]:
    before, behind = place.negations_around
    if place.lost_negations:
        count = len(place.lost_negations)
        yield Message("negation-left-out", words=_listed(place.lost_negations), count=count)
    if before and not ends_negated(claim.before):
        yield Message("negation-before", words=_listed(before))
    if behind and not negations_behind(claim.behind):
        yield Message("negation-behind", words=_listed(behind))


def _listed(words: tuple[str, ...]) -> str:
    return "”, “".join(words)
