"""The words of one generation: which there are, and which a pattern stands for."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from whoosh.reading import IndexReader

from index.analysis import fold, stem, words
from index.language.syntax import Fuzzy, Node, Prefix, Wildcard

__all__ = ["MOST_FORMS", "Expansion", "Vocabulary"]

MOST_FORMS = 256
"""The forms that one pattern may stand for; the commonest are kept."""

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

    def has_form(self, form: str) -> bool:
        """Whether any passage has this very form, in its text or heading."""
        return any((field, form.encode()) in self._reader for field in ("text", "heading"))

    def has_word(self, form: str) -> bool:
        """Whether any passage has a word with this form's stem."""
        term = stem(form).encode()
        return any((field, term) in self._reader for field in ("stem", "heading_stem"))

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
                form = words(text)[0].form
                return self._capped(self._near(form, edits or (2 if len(form) >= _TWO_EDITS_FROM else 1)))
            case _:
                return Expansion((), 0)

    def _capped(self, forms: Iterable[str]) -> Expansion:
        counted = sorted((-self._reader.doc_frequency("text", form.encode()), form) for form in set(forms))
        return Expansion(tuple(form for _, form in counted[:MOST_FORMS]), len(counted))

    def _beginning(self, beginning: str) -> Iterable[str]:
        return (term.decode() for term in self._reader.expand_prefix("text", beginning))

    def _shaped(self, pattern: str) -> Iterable[str]:
        pieces = [piece if piece in "*?" else fold(piece) for piece in re.split(r"([*?])", pattern)]
        # fnmatch writes each * so that it never goes back: many of them cost no more than one.
        shape = re.compile(fnmatch.translate("".join(pieces).replace("[", "[[]")))
        return (form for form in self._beginning(pieces[0]) if shape.fullmatch(form))

    def _near(self, form: str, edits: int) -> Iterable[str]:
        return (str(near) for near in self._reader.terms_within("text", form, edits, prefix=1))

    def stands_for_any(self, pattern: Node) -> bool:
        """Whether a pattern stands for any word of the collection."""
        return bool(self.expand(pattern).total)
