"""The words of one generation: which there are, and which a pattern stands for."""

from __future__ import annotations

import fnmatch
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, takewhile

from whoosh.reading import IndexReader

from index.analysis import fold, stem, words
from index.language.syntax import Fuzzy, Node, Prefix, Wildcard

__all__ = ["MOST_FORMS", "Expansion", "Vocabulary"]

MOST_FORMS = 256
"""The forms that one pattern may stand for; the commonest are kept."""

_FIELDS = ("text", "heading")

_TWO_EDITS_FROM = 8
"""Length in letters from which a fuzzy word may differ by two letters, not one."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """The forms a pattern stands for, commonest first, and how many there are in all."""

    forms: tuple[str, ...]
    total: int


class Vocabulary:
    """Looks words up in a Whoosh reader, once for each."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self.expand = lru_cache(maxsize=256)(self._expand)

    def has_word(self, form: str) -> bool:
        """Whether any passage has a word with this form's stem, in its text or heading."""
        term = stem(form)
        return any(self._stands(field, term) for field in ("stem", "heading_stem"))

    def _stands(self, field: str, term: str) -> bool:
        """Whether a term is in any passage that is not deleted: Whoosh forgets its words later."""
        return any(
            leaf.postings(field, term).is_active()
            for leaf, _ in self._reader.leaf_readers()
            if (field, term.encode()) in leaf
        )

    def labels(self, field: str) -> list[str]:
        """All values of a field of labels."""
        return [label.decode() for label in self._reader.lexicon(field)]

    def _expand(self, pattern: Node) -> Expansion:
        """The forms that a prefix, a shape or a likeness stands for; none for any other node."""
        match pattern:
            case Prefix(text):
                return self._capped(self._beginning("".join(word.form for word in words(text))))
            case Wildcard(text):
                return self._capped(self._shaped(text))
            case Fuzzy(text, edits):
                form = "".join(word.form for word in words(text))
                return self._capped(self._near(form, edits or (2 if len(form) >= _TWO_EDITS_FROM else 1)))
            case _:
                return Expansion((), 0)

    def _capped(self, forms: Iterable[str]) -> Expansion:
        counted = sorted((-self._frequency(form), form) for form in set(forms))
        return Expansion(tuple(form for _, form in counted[:MOST_FORMS]), len(counted))

    def _frequency(self, form: str) -> int:
        return sum(int(self._reader.doc_frequency(field, form.encode())) for field in _FIELDS)

    @cached_property
    def _forms(self) -> list[str]:
        """All forms of the collection in order: kept, because Whoosh reads its list of terms slowly."""
        found = (term.decode() for field in _FIELDS for term in self._reader.lexicon(field))
        return sorted(set(found))

    def _beginning(self, beginning: str) -> Iterable[str]:
        start = bisect_left(self._forms, beginning)
        return takewhile(lambda form: form.startswith(beginning), islice(self._forms, start, None))

    def _shaped(self, pattern: str) -> Iterable[str]:
        pieces = [piece if piece in "*?" else fold(piece) for piece in re.split(r"([*?])", pattern)]
        # fnmatch writes each * so that it never goes back: many of them cost no more than one.
        shape = re.compile(fnmatch.translate("".join(pieces).replace("[", "[[]")))
        return filter(shape.fullmatch, self._beginning(pieces[0]))

    def _near(self, form: str, edits: int) -> Iterable[str]:
        for field in _FIELDS:
            yield from map(str, self._reader.terms_within(field, form, edits, prefix=1))

    def forms_of(self, pattern: Node) -> tuple[str, ...]:
        """The forms that a pattern stands for, MOST_FORMS at most."""
        return self.expand(pattern).forms
