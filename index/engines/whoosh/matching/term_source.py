"""The terms of one generation: which there are, how frequent, and which of them a pattern stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from index.analysis.analyzer import fold, stem, stem_prefixes, tokenize
from index.engines.whoosh.arrays import Ints, largest
from index.engines.whoosh.matching.statistics import Statistics
from index.engines.whoosh.segment import term_dictionary
from index.engines.whoosh.segment.catalogue import StoredCatalogue
from index.engines.whoosh.segment.reader import Field, Segment
from index.engines.whoosh.segment.term_dictionary import TermDictionary
from index.engines.whoosh.suggest.spellcheck import SimilarWordFinder
from index.query.ast import Fuzzy, Node, Prefix, Wildcard
from index.vocabulary import MAX_FORMS, Expansion, SimilarWord

__all__ = ["WhooshTerms"]

_FIELDS = ("text", "heading")

_MIN_TWO_EDIT_LETTERS = 8
"""Length in letters from which a fuzzy word may differ by two letters, not one."""

_MAX_FORMS_EXAMINED = 400
"""Forms looked at for those of a stem: of few letters, most words may begin so."""


class WhooshTerms:
    """Looks terms up in all segments; only live documents count. Fits `index.vocabulary.TermSource`."""

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
        }
        self._neighbours = SimilarWordFinder(segments)

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        """In how many live passages each of some terms stands."""
        return _frequencies(self._segments, field, texts)

    def labels(self, field: str) -> Sequence[str]:
        """All values of a field of labels: documents, kinds or years."""
        return self._labels[field]

    def expand(self, pattern: Node) -> Expansion:
        """The forms a pattern stands for, MAX_FORMS at most, the most frequent first."""
        return _expand(self._segments, pattern)

    def forms_like(self, form: str) -> tuple[str, ...]:
        """The forms that have the stem of a form, the most frequent first."""
        return _forms_like(self._segments, form)

    def similar(self, form: str, edits: int) -> tuple[SimilarWord, ...]:
        """The most frequent words at most so many edits away; two letters swapped are one edit."""
        return self._neighbours.of(form, edits)


def _frequencies(segments: Sequence[Segment], field: str, texts: Sequence[str]) -> list[int]:
    total = [0] * len(texts)
    for found in filter(None, (one.field(field) for one in segments)):
        for place, ordinal in enumerate(found.terms.find_all(texts).tolist()):
            total[place] += found.count(ordinal) if ordinal >= 0 else 0
    return total


def _forms_like(segments: Sequence[Segment], form: str) -> tuple[str, ...]:
    """The forms of the collection that have the stem of a form, commonest first."""
    counts: dict[str, int] = {}
    for field in filter(None, (one.field("text") for one in segments)):
        for beginning in stem_prefixes(form):
            first, last = term_dictionary.beginning(field.terms, beginning)
            for at in range(first, min(last, first + _MAX_FORMS_EXAMINED)):
                if stem(each := field.terms[at]) == stem(form):
                    counts[each] = max(counts.get(each, 0), field.count(at))
    return tuple(sorted(filter(counts.__getitem__, counts), key=lambda each: (-counts[each], each)))


def _expand(segments: Sequence[Segment], pattern: Node) -> Expansion:
    """The forms that a prefix, a shape or a likeness stands for; none for any other node."""
    match pattern:
        case Prefix(text):
            form = _form(text)
            return _found(segments, lambda terms: np.arange(*term_dictionary.beginning(terms, form)))
        case Wildcard(text):
            return _found(segments, lambda terms: term_dictionary.shaped(terms, _folded(text)))
        case Fuzzy(text, edits):
            form = _form(text)
            most = edits or (2 if len(form) >= _MIN_TWO_EDIT_LETTERS else 1)
            return _found(segments, lambda terms: term_dictionary.near(terms, form, most))
        case _:
            return Expansion((), 0)


def _found(segments: Sequence[Segment], look: Callable[[TermDictionary], Ints]) -> Expansion:
    """The commonest of the forms that `look` finds in any segment, and how many it finds.

    The largest field has nearly all of them: only what the others have is compared as text.
    """
    fields = [field for one in segments for name in _FIELDS if (field := one.field(name))]
    if not fields:
        return Expansion((), 0)
    main = max(fields, key=lambda field: len(field.terms))
    ordinals = look(main.terms)
    counts = main.counts(ordinals)
    further: dict[str, int] = {}
    for field in fields:
        if field is not main:
            counts = _joined(main, ordinals, counts, field, look(field.terms), further)
    ranked = {main.terms[int(ordinals[at])]: int(counts[at]) for at in largest(counts, MAX_FORMS)} | further
    forms = sorted(filter(ranked.__getitem__, ranked), key=lambda form: (-ranked[form], form))
    total = np.count_nonzero(counts) + sum(map(bool, further.values()))
    return Expansion(tuple(forms[:MAX_FORMS]), int(total))


def _form(text: str) -> str:
    return "".join(word.form for word in tokenize(text))


def _joined(
    main: Field, ordinals: Ints, counts: Ints, field: Field, found: Ints, further: dict[str, int]
) -> Ints:
    """The counts with those of another field; forms that the first has not are added to `further`."""
    forms = [field.terms[at] for at in found.tolist()]
    places = np.minimum(ordinals.searchsorted(at := main.terms.find_all(forms)), max(len(ordinals) - 1, 0))
    known = at >= 0
    more = field.counts(found)
    np.add.at(counts, places[known], more[known])
    for form, count in zip(np.array(forms, object)[~known], more[~known].tolist(), strict=True):
        further[form] = further.get(form, 0) + count
    return counts


def _folded(pattern: str) -> str:
    """The pattern with its letters folded as those of the terms are."""
    return "".join(piece if piece in "*?" else fold(piece) for piece in re.split(r"([*?])", pattern))
