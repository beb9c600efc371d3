"""Why a passage is among the results, as plain data, and the messages that say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from index.english import say
from kb.messages import Message
from kb.model import Document, Passage

__all__ = [
    "FIELDS",
    "MATCHED",
    "MATCH_KINDS",
    "SCORE_MEANINGS",
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
FIELDS: Mapping[FieldName, Message] = {
    "text": Message("field-text"),
    "heading": Message("field-heading"),
    "locator": Message("field-locator"),
    "subpoint": Message("field-subpoint"),
    "title": Message("field-title"),
}

MatchKind = Literal["typed", "form", "spelling", "part", "run", "joined", "apart", "related", "pattern"]
MATCH_KINDS: Mapping[MatchKind, Message] = {
    "typed": Message("match-typed"),
    "form": Message("match-form"),
    "spelling": Message("match-spelling"),
    "part": Message("match-part"),
    "run": Message("match-run"),
    "joined": Message("match-joined"),
    "apart": Message("match-apart"),
    "related": Message("match-related"),
    "pattern": Message("match-pattern"),
}

ScorePartName = Literal["words", "exact", "heading", "title", "related", "near", "feedback", "chosen"]
SCORE_PARTS: Mapping[ScorePartName, Message] = {
    "words": Message("score-words"),
    "exact": Message("score-exact"),
    "heading": Message("score-heading"),
    "title": Message("score-title"),
    "related": Message("score-related"),
    "near": Message("score-near"),
    "feedback": Message("score-feedback"),
    "chosen": Message("score-chosen"),
}
SCORE_MEANINGS: Mapping[ScorePartName, Message] = {
    "words": Message("score-words-meaning"),
    "exact": Message("score-exact-meaning"),
    "heading": Message("score-heading-meaning"),
    "title": Message("score-title-meaning"),
    "related": Message("score-related-meaning"),
    "near": Message("score-near-meaning"),
    "feedback": Message("score-feedback-meaning"),
    "chosen": Message("score-chosen-meaning"),
}

Matched = Literal["all", "some", "none"]
MATCHED: Mapping[Matched, Message] = {
    "all": Message("matched-all"),
    "some": Message("matched-some"),
    "none": Message("matched-none"),
}


@dataclass(frozen=True, slots=True)
class MatchedForm:
    """A matching form, as it is written in one field of a passage, and how often."""

    form: str
    count: int
    how: MatchKind
    place: FieldName


@dataclass(frozen=True, slots=True)
class ExplainedTerm:
    """A word, phrase or pattern as typed, and the forms that match it; none if the passage lacks it.

    `related_to` names the words for which the thesaurus added the term; empty for what was typed.
    """

    text: str
    forms: tuple[MatchedForm, ...] = ()
    related_to: str = ""


@dataclass(frozen=True, slots=True)
class ScorePart:
    """What one kind of match adds to a score."""

    name: ScorePartName
    points: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a search lists a passage, and why at that rank.

    The parts add up to the score of the hit, which is 0 if the search does not list the passage.
    """

    passage: Passage
    document: Document
    matched: Matched
    terms: tuple[ExplainedTerm, ...]
    score: float = 0.0
    parts: tuple[ScorePart, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What was typed and the passage lacks."""
        return tuple(each.text for each in self.terms if not each.related_to and not each.forms)


def describe_match(form: MatchedForm) -> Message:
    """How a form matches, where and how often: `another form of the word, in the text, 3 times`."""
    match, field = say(MATCH_KINDS[form.how]), say(FIELDS[form.place])
    return Message("matched-form", match=match, field=field, count=form.count)


def rounded_points(parts: Iterable[ScorePart]) -> Iterator[tuple[ScorePartName, str]]:
    """The parts with two decimals each, rounded so that they add up to the rounded score."""
    total = 0.0
    for part in parts:
        before, total = round(total, 2), total + part.points
        yield part.name, f"{round(total, 2) - before:.2f}"
