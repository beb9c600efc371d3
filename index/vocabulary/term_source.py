"""What an engine reports of the terms in its index: `TermSource`, and the values it returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.query import Node

__all__ = ["MAX_FORMS", "Expansion", "SimilarWord", "TermSource"]

MAX_FORMS = 256
"""The forms that one pattern may expand to; the most frequent are kept."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """The forms a pattern matches, the most frequent first, and how many there are in all."""

    forms: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SimilarWord:
    """A word of the collection, the number of passages it is in, and its edit distance."""

    form: str
    passages: int
    edits: int


class TermSource(Protocol):
    """The terms of an engine's index. Only live passages count."""

    @property
    def passages(self) -> int:
        """The number of passages."""

    def average_length(self, field: str) -> float:
        """The mean length of a scored field in words; 1 if it is empty throughout."""

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        """The document frequency of each term: how many passages have it."""

    def labels(self, field: str) -> Sequence[str]:
        """All values of a label field: documents, kinds, years or ranges of languages."""

    def expand(self, pattern: Node) -> Expansion:
        """The forms that a prefix, wildcard or fuzzy word matches, MAX_FORMS at most."""

    def forms_like(self, form: str, languages: Sequence[str]) -> tuple[str, ...]:
        """The forms with the same stem in any of the languages, the most frequent first."""

    def similar(self, form: str, edits: int) -> Sequence[SimilarWord]:
        """The most frequent words within `edits` edits; needs the capability "spelling".

        A swap of two neighbouring letters is one edit.
        """

    def look_ahead(self, forms: Callable[[], Iterable[str]], languages: Sequence[str]) -> None:
        """Says which forms, read in these languages, will be asked about next, so that one request may do.

        An engine for which that is of no use does not call `forms`.
        """
