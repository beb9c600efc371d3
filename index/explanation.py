"""Why a passage is among the results, as plain data, and how that is said in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kb.model import Document, Passage

__all__ = [
    "HOW",
    "MATCHED",
    "MEANING",
    "PLACES",
    "SCORE_PARTS",
    "ExplainedTerm",
    "Explanation",
    "FieldName",
    "MatchKind",
    "MatchedForm",
    "ScorePart",
    "describe_match",
    "rounded_points",
]

FieldName = Literal["text", "heading", "locator", "subpoint", "title"]
PLACES: Mapping[FieldName, str] = {
    "text": "in the text",
    "heading": "in the heading",
    "locator": "in the locator",
    "subpoint": "in the title of a sub-point",
    "title": "in the title of the document",
}

MatchKind = Literal["typed", "form", "spelling", "part", "joined", "apart", "related", "pattern"]
HOW: Mapping[MatchKind, str] = {
    "typed": "as typed",
    "form": "another form of the word",
    "spelling": "another spelling",
    "part": "part of a compound",
    "joined": "written together or apart",
    "apart": "with other words between",
    "related": "a term of the thesaurus",
    "pattern": "a word of this pattern",
}

ScorePartName = Literal["words", "exact", "heading", "title", "related", "near", "feedback", "chosen"]
SCORE_PARTS: Mapping[ScorePartName, str] = {
    "words": "the words",
    "exact": "the exact form",
    "heading": "heading",
    "title": "title of the document",
    "related": "terms of the thesaurus",
    "near": "nearness",
    "feedback": "likeness to the best passages",
    "chosen": "filters",
}

MEANING: Mapping[ScorePartName, str] = {
    "words": "More for a word that few passages have, for one that stands here often, in a short passage.",
    "exact": "Words in the very form or spelling that was typed.",
    "heading": "Words that stand in the heading, in the locator, or in the title of a sub-point.",
    "title": "Words that stand in the title of the document.",
    "related": "What the thesaurus has for words that were typed. It counts for less than these.",
    "near": "Words that stand close together, in the order in which they were typed.",
    "feedback": "This passage speaks of what the passages that answer best speak of.",
    "chosen": "A filter in the query counts the same for every passage.",
}

Matched = Literal["all", "some", "none"]
MATCHED: Mapping[Matched, str] = {
    "all": "It has all that was searched for.",
    "some": "It has some of the words. Passages with all of them stand before it, whatever the score.",
    "none": "This search does not list it.",
}


@dataclass(frozen=True, slots=True)
class MatchedForm:
    """A form of what was searched for, as it is written in one place of a passage, and how often."""

    form: str
    count: int
    how: MatchKind
    place: FieldName


@dataclass(frozen=True, slots=True)
class ExplainedTerm:
    """A word, phrase or pattern as it was typed, and where it stands; `forms` is empty if it does not.

    `related_to` is not empty for a term of the thesaurus: the words beside which it was searched.
    """

    text: str
    forms: tuple[MatchedForm, ...] = ()
    related_to: str = ""


@dataclass(frozen=True, slots=True)
class ScorePart:
    """What one thing adds to a score."""

    name: ScorePartName
    points: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a search lists a passage where it does; the parts add up to the score.

    The score is that of the hit, and 0 where the search does not list the passage.
    """

    passage: Passage
    document: Document
    matched: Matched
    terms: tuple[ExplainedTerm, ...]
    score: float = 0.0
    parts: tuple[ScorePart, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What was typed and does not stand in the passage."""
        return tuple(each.text for each in self.terms if not each.related_to and not each.forms)


def describe_match(sighting: MatchedForm) -> str:
    """How a form matches, where and how often: `another form of the word, in the text, 3 times`."""
    often = f", {sighting.count} times" if sighting.count > 1 else ""
    return f"{HOW[sighting.how]}, {PLACES[sighting.place]}{often}"


def rounded_points(parts: Iterable[ScorePart]) -> Iterator[tuple[ScorePartName, str]]:
    """The parts with two decimals each, rounded so that they add up to the rounded score."""
    total = 0.0
    for part in parts:
        before, total = round(total, 2), total + part.points
        yield part.name, f"{round(total, 2) - before:.2f}"
