"""The words of one generation: which there are, and which a pattern stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from index.analysis.analyzer import fold, stem, stem_prefixes, tokenize
from index.engines.whoosh.arrays import Ints, largest
from index.engines.whoosh.matching.statistics import Statistics
from index.engines.whoosh.segment import term_dictionary
from index.engines.whoosh.segment.catalogue import Catalogue
from index.engines.whoosh.segment.reader import Field, Segment
from index.engines.whoosh.segment.term_dictionary import Terms
from index.query.ast import Fuzzy, Node, Prefix, Wildcard

__all__ = ["MOST_FORMS", "Expansion", "WhooshVocabulary"]

MOST_FORMS = 256
"""The forms that one pattern may stand for; the commonest are kept."""

_FIELDS = ("text", "heading")

_TWO_EDITS_FROM = 8
"""Length in letters from which a fuzzy word may differ by two letters, not one."""

_MOST_LOOKED_AT = 400
"""Forms looked at for those of a stem: of few letters, most words may begin so."""

_COUNTS_KEPT = 16_384
"""Terms whose count is remembered, and stems whose forms are, some 200 bytes each."""

_KEPT = 256
"""Patterns kept expanded, 20 KB each at most."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """The forms a pattern stands for, commonest first, and how many there are in all."""

    forms: tuple[str, ...]
    total: int


class WhooshVocabulary:
    """Looks words up in all segments. Only live documents count."""

    def __init__(self, segments: Sequence[Segment], catalogue: Catalogue, statistics: Statistics) -> None:
        self._segments = segments
        self.passages = statistics.documents
        self.rarity = statistics.rarity
        self._sharpened = statistics.sharpened
        self._labels: dict[str, Sequence[str]] = {
            "document": catalogue.documents.ids,
            "kind": [name for name in catalogue.kind_names if name],
            "year": [name for name in catalogue.year_names if name.lstrip("-").isdigit()],
        }
        # the cache must not refer back to what has it, or old files would stay open
        self.expand = lru_cache(maxsize=_KEPT)(partial(_expand, segments))
        self._counts: dict[tuple[str, str], int] = {}
        self.forms_like = lru_cache(maxsize=_COUNTS_KEPT)(partial(_forms_like, segments))

    def frequency(self, field: str, text: str) -> int:
        """In how many live passages a term stands."""
        return self.frequencies(field, [text])[0]

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        """In how many live passages each of some terms stands; what was asked before is remembered."""
        counts = self._counts
        unknown = [text for text in texts if (field, text) not in counts]
        if unknown:
            if len(counts) > _COUNTS_KEPT:
                counts = self._counts = {}  # another thread may be reading the old one
                unknown = list(texts)
            found = zip(unknown, _frequencies(self._segments, field, unknown), strict=True)
            counts.update({(field, text): count for text, count in found})
        return [counts[field, text] for text in texts]

    def sharpened(self, field: str, text: str) -> float:
        """What turns Whoosh's weight of a term into Lucene's."""
        return self._sharpened(self.frequency(field, text))

    def has_word(self, form: str) -> bool:
        """Whether any passage has a word with this form's stem, in its text or heading."""
        return self.frequency("stem", stem(form)) > 0

    def rarity_of(self, form: str) -> float:
        """How much a word with this form's stem tells of a passage: its inverse document frequency."""
        return self.rarity(self.frequency("stem", stem(form)))

    def in_titles(self, form: str) -> bool:
        """Whether titles are searched for a word: what most passages have in theirs says nothing."""
        return 0 < self.frequency("title", stem(form)) <= self.passages / 2

    def labels(self, field: str) -> Sequence[str]:
        """All values of a field of labels: documents, kinds or years."""
        return self._labels[field]

    def forms_of(self, pattern: Node) -> tuple[str, ...]:
        """The forms that a pattern stands for, MOST_FORMS at most."""
        return self.expand(pattern).forms


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
            for at in range(first, min(last, first + _MOST_LOOKED_AT)):
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
            most = edits or (2 if len(form) >= _TWO_EDITS_FROM else 1)
            return _found(segments, lambda terms: term_dictionary.near(terms, form, most))
        case _:
            return Expansion((), 0)


def _found(segments: Sequence[Segment], look: Callable[[Terms], Ints]) -> Expansion:
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
    ranked = {main.terms[int(ordinals[at])]: int(counts[at]) for at in largest(counts, MOST_FORMS)} | further
    forms = sorted(filter(ranked.__getitem__, ranked), key=lambda form: (-ranked[form], form))
    total = np.count_nonzero(counts) + sum(map(bool, further.values()))
    return Expansion(tuple(forms[:MOST_FORMS]), int(total))


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
