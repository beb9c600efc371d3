"""Hits made ready to show: the snippet with its highlights, and the reasons that no highlight shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.analysis.pairs import title_terms
from index.analysis.stemming import ENGLISH_LANGUAGE, analysis_language
from index.explanation import FieldName
from index.highlighting.highlighter import Highlight, Highlighter
from index.highlighting.query_terms import has_compound, highlighter_for, title_stems
from index.highlighting.snippets import make_note_snippet, make_snippet
from index.query.interpretation import Interpretation
from index.results import Range, Snippet
from index.vocabulary.term_vocabulary import Vocabulary
from kb.messages import Message
from kb.model import Document, Passage
from kb.work.once import kept

__all__ = ["HitHighlighter", "field_languages", "searched_fields"]

_REASONS: Mapping[FieldName, Callable[[str], Message]] = {
    "heading": lambda text: Message("found-by-heading", text=text),
    "locator": lambda text: Message("found-by-locator", text=text),
    "subpoint": lambda text: Message("found-by-subpoint", text=text),
    "title": lambda text: Message("found-by-title", text=text),
}


class HitHighlighter:
    """Highlights what a query matches; made once for all hits of a page."""

    def __init__(self, interpretation: Interpretation, vocabulary: Vocabulary) -> None:
        self._interpretation, self._vocabulary = interpretation, vocabulary
        self._all = highlighter_for(interpretation.node, vocabulary)

    @kept
    def _some(self) -> Highlighter:
        """For passages with only part of what was typed as one word: the `2` of `2(d)`."""
        some = self._interpretation.some
        return (
            highlighter_for(some, self._vocabulary)
            if some and has_compound(self._interpretation.node)
            else Highlighter()
        )

    @kept
    def _titled(self) -> set[str]:
        return title_stems(self._interpretation.node, self._vocabulary)

    def ranges(self, text: str, document: Document) -> tuple[Range, ...]:
        """What to highlight in a text of a document."""
        language = analysis_language(document.language)
        return self._all.ranges(text, language) or self._some.ranges(text, language)

    def snippet_and_reasons(
        self, passage: Passage, document: Document, subpoints: Mapping[str, str], every: bool = True
    ) -> tuple[Snippet, tuple[Message, ...]]:
        """The snippet of a hit, and the reasons it was found that no highlight shows.

        `subpoints` are the titles of sub-points by value; `every` says that the hit has all of the words.
        """
        language = analysis_language(document.language)
        highlights = _PassageHighlights.of(self._all, passage, language, subpoints)
        if not every and not highlights.matches and self._some:
            apart = _PassageHighlights.of(self._some, passage, language, subpoints)
            highlights = apart if apart.matches or not highlights.elsewhere else highlights
        reasons = tuple(highlights.reasons())
        if every and self._titled and self._by_title(highlights, document.title, language):
            reasons += (_REASONS["title"](document.title),)
        return _snippet(passage, highlights), reasons

    def _by_title(self, highlights: _PassageHighlights, title: str, language: str) -> bool:
        """Whether the title of the document has a word that the passage lacks."""
        seen = highlights.terms
        numbers = {**highlights.wanted.pairs, **highlights.wanted.stems}
        lacking = {key for key in self._titled if numbers.get(key) not in seen}
        return bool(lacking) and not lacking.isdisjoint(title_terms(title, language))


def _snippet(passage: Passage, highlights: _PassageHighlights) -> Snippet:
    matches, weights = highlights.matches, highlights.wanted.weights
    if passage.provisions:
        return make_note_snippet(passage.text, passage.provisions, matches, weights)
    return make_snippet(passage.text, matches, weights)


@dataclass(frozen=True, slots=True)
class _PassageHighlights:
    """What a highlighter matches in the text of a passage, and in which of its other fields."""

    wanted: Highlighter
    matches: Sequence[Highlight]
    elsewhere: Sequence[tuple[FieldName, str, set[int]]]

    @classmethod
    def of(
        cls, wanted: Highlighter, passage: Passage, language: str, subpoints: Mapping[str, str]
    ) -> _PassageHighlights:
        matches = wanted.matches(passage.text, language)
        if len(_terms_of(matches)) == len(wanted.weights):  # no other field has a term that the text lacks
            return cls(wanted, matches, ())
        looked = (
            (place, text, _terms_in(wanted, text, field_languages(place, language)))
            for place, text in searched_fields(passage, subpoints)
        )
        return cls(wanted, matches, [(place, text, terms) for place, text, terms in looked if terms])

    @property
    def terms(self) -> set[int]:
        return _terms_of(self.matches).union(*(terms for _, _, terms in self.elsewhere))

    def reasons(self) -> Iterator[Message]:
        """The fields with terms that the text lacks."""
        shown = _terms_of(self.matches) if self.elsewhere else set()
        for place, text, terms in self.elsewhere:
            if not terms <= shown:
                yield _REASONS[place](text)


def field_languages(field: FieldName, language: str) -> set[str]:
    """The languages by whose rules a field of a document is read: titles of sub-points in English, too."""
    return {language, ENGLISH_LANGUAGE} if field == "subpoint" else {language}


def _terms_in(wanted: Highlighter, text: str, languages: Iterable[str]) -> set[int]:
    return {term for language in languages for term in _terms_of(wanted.matches(text, language))}


def _terms_of(matches: Sequence[Highlight]) -> set[int]:
    return {term for match in matches for term in match.terms}


def searched_fields(passage: Passage, subpoints: Mapping[str, str]) -> Iterator[tuple[FieldName, str]]:
    """The other fields that are searched, each text once; `subpoints` are the titles of sub-points."""
    first: dict[str, FieldName] = {passage.heading: "heading"}
    first.setdefault(passage.locator, "locator")
    for value in passage.themes:
        if "/" in value and value in subpoints:
            first.setdefault(subpoints[value], "subpoint")
    return ((place, text) for text, place in first.items() if text)
