"""How well a passage fits the places that a citation gives: article 16, para 5, Guideline 9."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from index.citation_resolver.other_languages import place_in_other_language
from index.citation_resolver.parser import CitationParts, runs_of
from kb.citing.pinpoint import LocatorLabel, Pinpoint, parse_locator
from kb.ids import PassageSpan
from kb.messages import Message
from kb.model import Passage

__all__ = ["at_place", "place_fit", "spans_at"]

_NAME_WEIGHTS = (1.0, 0.6)
"""What a passage's name counts for: where its document has another name, or the same one."""


def place_fit(citation: CitationParts, passage: Passage, title: str) -> tuple[float, Message]:
    """How well a passage fits the places given, from 0 to 1, and the one that fits best.

    `title` is that of its document, in the same plain words as the citation's `text`.
    """
    said = [each for each in (passage.locator, passage.heading) if each] or [passage.id.replace("-", " ")]
    own = [parse_locator(each) for each in said]
    fits = [(_same(asked, place), place) for asked in citation.places for place in own]
    fits += [(0.6 * _same(asked, place), place) for asked in citation.numbers for place in own if place.label]
    names = [place for place in own if not place.label]
    named = [place for name in names if (place := place_in_other_language(name.value))]
    fits += [(_same(asked, place), place) for asked in citation.places for place in named]
    fits += [
        (_called(name.value, citation.text) * _NAME_WEIGHTS[_called(name.value, title) > 0], name)
        for name in names
    ]
    best, place = max(fits, key=lambda each: each[0], default=(0.0, Pinpoint("", "")))
    return best, at_place(place)


def at_place(place: Pinpoint) -> Message:
    """The reason that something is at a place in its document."""
    return _AT[place.label](place.value)


_AT: Mapping[LocatorLabel, Callable[[str], Message]] = {
    "paragraph": lambda value: Message("at-paragraph", value=value),
    "page": lambda value: Message("at-page", value=value),
    "article": lambda value: Message("at-article", value=value),
    "section": lambda value: Message("at-section", value=value),
    "chapter": lambda value: Message("at-chapter", value=value),
    "part": lambda value: Message("at-part", value=value),
    "": lambda value: Message("at-place", place=value),
}


def spans_at(
    asked: Iterable[Pinpoint], passages: Sequence[Passage]
) -> Iterator[tuple[PassageSpan, Pinpoint]]:
    """The passages from one place to another, where somebody asks for both: `paras 4–6`."""
    for place in asked:
        ends = place.value.split("–")
        if len(ends) == 2 and place.label:
            at = [_first_at(Pinpoint(place.label, end), passages) for end in ends]
            if -1 < at[0] < at[1]:
                yield PassageSpan(passages[at[0]].id, passages[at[1]].id), place


def _first_at(place: Pinpoint, passages: Sequence[Passage]) -> int:
    """The position of the first passage at a place; -1 if none is exactly there."""
    return next((at for at, each in enumerate(passages) if parse_locator(each.locator) == place), -1)


def _called(name: str, text: str) -> float:
    """How sure it is that a name in the text means its passage: the longer the name, the surer."""
    words = runs_of(name)
    return 0.85 + min(0.1, 0.01 * len(words)) if words and f" {' '.join(words)} " in text else 0.0


def _same(asked: Pinpoint, place: Pinpoint) -> float:
    """How well one place fits another: the same, part of it, one of several, or under another label."""
    labels = 1.0 if asked.label == place.label or not asked.label else 0.6 if not place.label else 0.4
    mine, theirs = _value(asked.value), _value(place.value)
    if mine == theirs:
        return labels
    if mine.partition("(")[0] == theirs or theirs.partition("(")[0] == mine:
        return 0.9 * labels
    return 0.85 * labels if _within(theirs, mine) or _within(mine, theirs) else 0.0


def _value(value: str) -> str:
    return value.replace(" ", "").casefold()


def _within(number: str, span: str) -> bool:
    """Whether a number is one of several: 5 of `4–6` and of `3,5`."""
    for part in span.split(",") if "–" in span or "," in span else ():
        first, _, last = part.partition("–")
        if number == part:
            return True
        if all(each.isdecimal() for each in (number, first, last)) and int(first) <= int(number) <= int(last):
            return True
    return False
