"""Suggests themes for passages, from what a content folder has on themes and under them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from math import exp

from index.analysis.stemming import ENGLISH_LANGUAGE, analysis_language
from index.theme_suggestions.evidence import EvidenceFinder, ProfileText, ThemeEvidence
from index.theme_suggestions.instrument_rules import InstrumentRules
from index.theme_suggestions.neighbours import AcceptedPassage
from index.theme_suggestions.stemmed_passage import content_stems
from index.theme_suggestions.term_rules import TermRule
from index.theme_suggestions.text_language import language_of
from index.theme_suggestions.theme_rules import foreign_rules, theme_rules
from kb.collection.folder import ContentFolder
from kb.curated.theme_terms_file import ThemeTerm, read_theme_terms
from kb.curated.thesaurus_file import shipped_thesaurus
from kb.model import Document, Passage, Theme, ThemeSuggestion, Thesaurus
from kb.sources.instrument import Instrument
from kb.tags import INTRODUCTION

__all__ = ["ThemeSource", "ThemeSuggester", "suggester_of", "themes_for_drafts"]

LIKENESS, NEIGHBOURS = 1.6, 1.2
"""How much likeness to a profile, and votes of neighbours, count beside term rules."""

EVEN, STEEPNESS = 0.6, 8.0
"""Evidence that is as likely right as wrong, and how fast confidence grows with more."""

MIN_CONFIDENCE = 50
"""Percent, from which a theme is suggested."""

MAX_SUGGESTIONS = 6
MAX_ACCEPTED = 200
"""Accepted passages of a theme value that are compared with: more cost time and tell little more."""

MAX_PASSAGES_READ = 200
"""Passages of a document that are read to tell its language."""


@dataclass(frozen=True, slots=True)
class ThemeSource:
    """What suggestions are made from: themes with their notes and terms, and accepted passages."""

    themes: tuple[Theme, ...] = ()
    passages: tuple[tuple[Document, tuple[Passage, ...]], ...] = ()
    terms: tuple[ThemeTerm, ...] = ()
    thesaurus: Thesaurus = field(default_factory=Thesaurus)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)

    @classmethod
    def of(cls, content: ContentFolder) -> ThemeSource:
        """The source that a content folder is; what is faulty in it is left out."""
        made = {one.slug: one for draft in content.drafts for one in draft.made}
        themes = made | {one.slug: one for draft in content.drafts for one in draft.themes}
        passages = tuple(
            (document, draft.passages.get(document.id, ()))
            for draft in content.drafts
            for document in draft.documents
        )
        instruments = {one.id: one for one in content.instruments or ()}
        for draft in content.drafts:
            instruments.update(draft.instruments)
        terms, _ = read_theme_terms(content.path)
        thesaurus = content.thesaurus or shipped_thesaurus()
        return cls(tuple(themes.values()), passages, terms, thesaurus, instruments)

    def notes(self) -> Iterator[Passage]:
        for document, passages in self.passages:
            if document.is_note:
                yield from passages


def suggester_of(content: ContentFolder) -> ThemeSuggester:
    """The suggester of a content folder."""
    return ThemeSuggester(ThemeSource.of(content))


def themes_for_drafts(content: ContentFolder) -> Callable[[Document, Sequence[Passage]], tuple[Passage, ...]]:
    """Adds suggestions to the passages of a draft: the entry point that `kb add` asks."""
    return suggester_of(content).suggested


class ThemeSuggester:
    """Suggests themes of a collection for passages; in languages in which nothing is known of them, none."""

    def __init__(self, source: ThemeSource) -> None:
        self._source = source
        self._values = {
            value
            for theme in source.themes
            for value in (theme.slug, *(f"{theme.slug}/{one.slug}" for one in theme.subpoints))
        }
        notes = tuple(source.notes())
        self._language = language_of(" ".join(one.text for one in notes)) or ENGLISH_LANGUAGE
        self._instruments = InstrumentRules(source.instruments, notes)
        self._finders: dict[str, EvidenceFinder] = {}

    def suggested(self, document: Document, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """The passages of a document, with suggestions for those that a search may find and no theme has."""
        language = self.language_for(document, passages)
        return tuple(
            replace(one, suggested=self.suggest(document, one, language))
            if one.retrievable and not one.themes
            else one
            for one in passages
        )

    def language_for(self, document: Document, passages: Sequence[Passage]) -> str:
        """The language that a document is read in: the one its function words tell, else the one it names."""
        told = language_of(" ".join(one.text for one in passages[:MAX_PASSAGES_READ]))
        return told or analysis_language(document.language)

    def suggest(self, document: Document, passage: Passage, language: str) -> tuple[ThemeSuggestion, ...]:
        """What is suggested for a passage, the most likely first: sub-points where they are clear."""
        found = self._evidence(document, passage, language)
        sure = [value for value, one in found.items() if _confidence(one) >= MIN_CONFIDENCE]
        likely = [value for value in sure if value.partition("/")[0] in sure]
        below = {value.partition("/")[0] for value in likely if "/" in value}
        kept = [value for value in likely if "/" in value or value not in below][:MAX_SUGGESTIONS]
        return tuple(self._suggestion(value, found[value], passage, language) for value in kept)

    def ranked(self, document: Document, passage: Passage, language: str) -> tuple[ThemeSuggestion, ...]:
        """All themes, without sub-points, the most likely first."""
        found = self._evidence(document, passage, language)
        themes = {value: one for value, one in found.items() if "/" not in value}
        return tuple(self._suggestion(value, one, passage, language) for value, one in themes.items())

    def _suggestion(
        self, value: str, evidence: ThemeEvidence, passage: Passage, language: str
    ) -> ThemeSuggestion:
        words = self._finder(language).decisive(value, evidence, passage.text)
        return ThemeSuggestion(value, _confidence(evidence), words)

    def _evidence(self, document: Document, passage: Passage, language: str) -> dict[str, ThemeEvidence]:
        """The evidence by theme value, the most convincing first."""
        found = self._finder(language).find(passage.text, passage.heading)
        for article, weights in self._instruments.find(document, passage):
            for value, weight in weights.items():
                for each in dict.fromkeys((value, value.partition("/")[0])):
                    found.setdefault(each, ThemeEvidence()).add_rule(weight, article)
        known = ((value, one) for value, one in found.items() if value in self._values)
        return dict(sorted(known, key=lambda each: -_weight(each[1])))

    def _finder(self, language: str) -> EvidenceFinder:
        if language not in self._finders:
            texts = self._texts() if language == self._language else ()
            rules = self._rules(language)
            self._finders[language] = EvidenceFinder(language, rules, texts, self._accepted(language))
        return self._finders[language]

    def _rules(self, language: str) -> Iterator[TermRule]:
        source, own = self._source, self._language
        terms = [one for one in source.terms if (one.language or own) == language]
        if language == own:
            return theme_rules(source.themes, terms, source.thesaurus, language, self._spoken_of())
        known = [one for one in source.terms if (one.language or own) == own]
        return foreign_rules(source.themes, terms, known, source.thesaurus, own)

    def _spoken_of(self) -> dict[str, set[str]]:
        """The stems of each theme's notes."""
        found: dict[str, set[str]] = {}
        for one in self._texts():
            stems = content_stems(one.text, self._language)
            found.setdefault(one.value.partition("/")[0], set()).update(stems)
        return found

    def _texts(self) -> Iterator[ProfileText]:
        for theme in self._source.themes:
            yield ProfileText(theme.slug, "", theme.title)
            for point in theme.subpoints:
                yield ProfileText(f"{theme.slug}/{point.slug}", "", point.title)
        for note in self._source.notes():
            if note.themes:
                yield ProfileText(note.themes[0] if note.id == INTRODUCTION else note.themes[-1], note.text)

    def _accepted(self, language: str) -> list[AcceptedPassage]:
        """Passages with themes of documents in a language, no more than a limit of each theme value."""
        kept: Counter[str] = Counter()
        found = []
        for document, passages in self._source.passages:
            tagged = [one for one in passages if one.themes and not document.is_note]
            new = [one for one in tagged if any(kept[value] < MAX_ACCEPTED for value in one.themes)]
            if new and self.language_for(document, new) == language:
                for one in islice(_spread(new), MAX_ACCEPTED):
                    kept.update(one.themes)
                    found.append(AcceptedPassage(frozenset(content_stems(one.text, language)), one.themes))
        return found


def _spread(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages; of a long document, a sample spread evenly over it."""
    step = max(1, len(passages) // MAX_ACCEPTED)
    yield from passages[::step]


def _weight(evidence: ThemeEvidence) -> float:
    vote = evidence.vote.share if evidence.vote else 0.0
    return 1 - evidence.doubt + LIKENESS * evidence.contrast + NEIGHBOURS * vote


def _confidence(evidence: ThemeEvidence) -> int:
    """How surely the evidence speaks for a theme value, in percent: a logistic function of its weight."""
    return round(100 / (1 + exp(-STEEPNESS * (_weight(evidence) - EVEN))))
