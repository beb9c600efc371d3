"""A passage that was found, made ready: its snippet with marks, and the reason where these show none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.analysis.analyzer import stem, words
from index.explanation import Place
from index.highlighting.marker import Marker, Match
from index.highlighting.query_terms import is_apart, marker, titled
from index.highlighting.snippets import snippet
from index.query.interpretation import Reading
from index.results import Range, Snippet
from index.vocabulary import Known
from kb.model import Passage

__all__ = ["Finder", "pieces"]

_REASONS: Mapping[Place, str] = {
    "heading": "the heading says “{}”",
    "locator": "the locator says “{}”",
    "subpoint": "a sub-point is called “{}”",
    "title": "the document is called “{}”",
}


class Finder:
    """Shows what a query finds in passages; made once for all hits of a page."""

    def __init__(self, reading: Reading, known: Known) -> None:
        self._reading, self._known = reading, known
        self._all = marker(reading.node, known)

    @cached_property
    def _some(self) -> Marker:
        """For passages that have only a part of what was typed as one word: the `2` of `2(d)`."""
        some = self._reading.some
        return marker(some, self._known) if some and is_apart(self._reading.node) else Marker()

    @cached_property
    def _titled(self) -> set[str]:
        return titled(self._reading.node, self._known)

    def ranges(self, text: str) -> tuple[Range, ...]:
        """What to mark in a text."""
        return self._all.ranges(text) or self._some.ranges(text)

    def shown(
        self, passage: Passage, title: str, subpoints: Mapping[str, str], every: bool = True
    ) -> tuple[Snippet, tuple[str, ...]]:
        """The snippet of a hit, and why it was found where nothing marked there says so.

        `title` is that of its document, `subpoints` those of sub-points; `every` says that the hit has
        all of the words.
        """
        found = _Found.by(self._all, passage, subpoints)
        if not every and not found.matches and self._some:
            apart = _Found.by(self._some, passage, subpoints)
            found = apart if apart.matches or not found.elsewhere else found
        reasons = tuple(found.reasons())
        if every and self._titled and self._by_title(found, title):
            reasons += (_REASONS["title"].format(title),)
        return snippet(passage.text, found.matches, found.wanted.weights), reasons

    def _by_title(self, found: _Found, title: str) -> bool:
        """Whether the title of the document has a word that the passage lacks."""
        seen = found.clues
        lacking = {key for key in self._titled if found.wanted.stems.get(key) not in seen}
        return bool(lacking) and not lacking.isdisjoint(stem(word.form) for word in words(title))


@dataclass(frozen=True, slots=True)
class _Found:
    """What a marker finds in the text of a passage and elsewhere: there, each piece with its clues."""

    wanted: Marker
    matches: Sequence[Match]
    elsewhere: Sequence[tuple[Place, str, set[int]]]

    @classmethod
    def by(cls, wanted: Marker, passage: Passage, subpoints: Mapping[str, str]) -> _Found:
        looked = ((place, text, wanted.matches(text)) for place, text in pieces(passage, subpoints))
        elsewhere = [(place, text, _clues(found)) for place, text, found in looked if found]
        return cls(wanted, wanted.matches(passage.text), elsewhere)

    @property
    def clues(self) -> set[int]:
        return _clues(self.matches).union(*(clues for _, _, clues in self.elsewhere))

    def reasons(self) -> Iterator[str]:
        """What the marks in the text do not show."""
        shown = _clues(self.matches) if self.elsewhere else set()
        for place, text, clues in self.elsewhere:
            if not clues <= shown:
                yield _REASONS[place].format(text)


def _clues(matches: Sequence[Match]) -> set[int]:
    return {clue for match in matches for clue in match.clues}


def pieces(passage: Passage, subpoints: Mapping[str, str]) -> Iterator[tuple[Place, str]]:
    """What is searched of a passage besides its text, each once; `subpoints` are the titles of sub-points."""
    first: dict[str, Place] = {passage.heading: "heading"}
    first.setdefault(passage.locator, "locator")
    for value in passage.themes:
        if "/" in value and value in subpoints:
            first.setdefault(subpoints[value], "subpoint")
    return ((place, text) for text, place in first.items() if text)
