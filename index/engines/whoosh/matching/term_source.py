"""The terms of one generation: their frequencies, and those that a pattern matches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import product

import numpy as np

from index.analysis.analyzer import fold, tokenize
from index.analysis.stemming import stem, stem_prefixes
from index.engines.whoosh.arrays import Ints, largest
from index.engines.whoosh.matching.statistics import Statistics
from index.engines.whoosh.segment.catalogue import StoredCatalogue
from index.engines.whoosh.segment.reader import Field, Segment
from index.engines.whoosh.segment.term_dictionary import TermDictionary, prefix_range
from index.engines.whoosh.segment.term_patterns import matching_wildcard, within_edits
from index.engines.whoosh.suggest.spellcheck import SimilarWordFinder
from index.query.ast import Fuzzy, Node, Prefix, Wildcard
from index.vocabulary.term_source import MAX_FORMS, Expansion, SimilarWord
from kb.work.budget import within_budget

__all__ = ["WhooshTerms"]

_FIELDS = ("text", "heading")

_MIN_TWO_EDIT_LETTERS = 8
"""Fuzzy words of this many letters or more may be two edits away; shorter ones, one."""

_MAX_FORMS_EXAMINED = 400
"""Forms examined for those that share a stem: a short stem begins very many words."""

_FEW_BEGINNINGS = 4
"""More than the spellings of nearly any word: other words are of a language with prefixes."""

_FORMS_OF_A_BEGINNING = 50
"""Forms examined for each beginning of a word in a language with prefixes."""


class WhooshTerms:
    """Implements `index.vocabulary.term_source.TermSource` over all segments; only live documents count."""

    def __init__(
        self, segments: Sequence[Segment], catalogue: StoredCatalogue, statistics: Statistics
    ) -> None:
        self._segments = segments
        self.passages = statistics.documents
        self.average_length = statistics.average
        self._labels: dict[str, Sequence[str]] = {
            "document": catalogue.documents.ids,
            "kind": [name for name in catalogue.kind_names if name],
            "year": [name for name in catalogue.year_names if name.lstrip("-").isdigit()],
            "language": catalogue.language_ranges,
        }
        self._similar_words = SimilarWordFinder(segments)

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        """How many live passages have each of some terms."""
        return _frequencies(self._segments, field, texts)

    def labels(self, field: str) -> Sequence[str]:
        """All values of a label field: documents, kinds, years or ranges of languages."""
        return self._labels[field]

    def expand(self, pattern: Node) -> Expansion:
        """The forms a pattern matches, MAX_FORMS at most, the most frequent first."""
        return _expand(self._segments, pattern)

    def forms_like(self, form: str, languages: Sequence[str]) -> tuple[str, ...]:
        """The forms with the same stem in any of the languages, the most frequent first."""
        return _forms_like(self._segments, form, languages)

    def look_ahead(self, forms: Callable[[], Iterable[str]], languages: Sequence[str]) -> None:
        """Does nothing: all terms are at hand."""

    def similar(self, form: str, edits: int) -> tuple[SimilarWord, ...]:
        """The most frequent words within `edits` edits; a swap of two neighbouring letters is one."""
        return self._similar_words.of(form, edits)


def _frequencies(segments: Sequence[Segment], field: str, texts: Sequence[str]) -> list[int]:
    total = [0] * len(texts)
    for column in filter(None, (one.field(field) for one in segments)):
        for at, ordinal in enumerate(column.terms.find_each(texts)):
            total[at] += column.count(ordinal) if ordinal >= 0 else 0
    return total


def _forms_like(segments: Sequence[Segment], form: str, languages: Sequence[str]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    fields = [field for one in segments if (field := one.field("text"))]
    for field, language in within_budget(product(fields, languages)):
        wanted, beginnings = stem(form, language), stem_prefixes(form, language)
        examined = _MAX_FORMS_EXAMINED if len(beginnings) <= _FEW_BEGINNINGS else _FORMS_OF_A_BEGINNING
        for beginning in within_budget(beginnings):
            first, last = prefix_range(field.terms, beginning)
            for at, each in enumerate(field.terms.between(first, min(last, first + examined)), first):
                if stem(each, language) == wanted:
                    counts[each] = max(counts.get(each, 0), field.count(at))
    return tuple(sorted(filter(counts.__getitem__, counts), key=lambda each: (-counts[each], each)))


def _expand(segments: Sequence[Segment], pattern: Node) -> Expansion:
    """The forms that a prefix, wildcard or fuzzy word matches; none for any other node."""
    match pattern:
        case Prefix(text):
            form = _form(text)
            return _matching(segments, lambda terms: np.arange(*prefix_range(terms, form)))
        case Wildcard(text):
            return _matching(segments, lambda terms: matching_wildcard(terms, _folded(text)))
        case Fuzzy(text, edits):
            form = _form(text)
            max_edits = edits or (2 if len(form) >= _MIN_TWO_EDIT_LETTERS else 1)
            return _matching(segments, lambda terms: within_edits(terms, form, max_edits))
        case _:
            return Expansion((), 0)


def _matching(segments: Sequence[Segment], select: Callable[[TermDictionary], Ints]) -> Expansion:
    """The most frequent of the forms that `select` picks in any segment, and how many it picks in all.

    The largest field has nearly all forms, so only those of the others are compared as text.
    """
    fields = [field for one in segments for name in _FIELDS if (field := one.field(name))]
    if not fields:
        return Expansion((), 0)
    main = max(fields, key=lambda field: len(field.terms))
    ordinals = select(main.terms)
    counts = main.counts(ordinals)
    further: dict[str, int] = {}
    for field in within_budget(fields):
        if field is not main:
            counts = _added(main, ordinals, counts, field, select(field.terms), further)
    first = largest(counts, MAX_FORMS)
    listed = zip(ordinals.take(first).tolist(), counts.take(first).tolist(), strict=True)
    ranked = {main.terms[ordinal]: count for ordinal, count in listed} | further
    forms = sorted(filter(ranked.__getitem__, ranked), key=lambda form: (-ranked[form], form))
    total = np.count_nonzero(counts) + sum(map(bool, further.values()))
    return Expansion(tuple(forms[:MAX_FORMS]), int(total))


def _form(text: str) -> str:
    return "".join(word.form for word in tokenize(text))


def _added(
    main: Field, ordinals: Ints, counts: Ints, field: Field, selected: Ints, further: dict[str, int]
) -> Ints:
    """The counts plus those of another field; forms that `main` lacks are added to `further`."""
    forms = [field.terms[at] for at in selected.tolist()]
    indexes = np.minimum(ordinals.searchsorted(at := main.terms.find_all(forms)), max(len(ordinals) - 1, 0))
    known = at >= 0
    more = field.counts(selected)
    np.add.at(counts, indexes[known], more[known])
    for form, count in zip(np.array(forms, object)[~known], more[~known].tolist(), strict=True):
        further[form] = further.get(form, 0) + count
    return counts


def _folded(pattern: str) -> str:
    """The pattern with its letters folded as those of terms are."""
    return "".join(piece if piece in "*?" else fold(piece) for piece in re.split(r"([*?])", pattern))
