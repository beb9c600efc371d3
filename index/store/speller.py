"""What suggesting asks of one generation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from index.analysis import stem
from index.store.neighbours import Neighbours
from index.store.vocabulary import Vocabulary
from index.suggesting import Neighbour

__all__ = ["Speller"]


@dataclass(frozen=True, slots=True)
class Speller:
    """`total` counts what a query finds in the collection."""

    vocabulary: Vocabulary
    near: Neighbours
    total: Callable[[str], int]

    def passages(self, form: str) -> int:
        """In how many passages a word with this form's stem stands."""
        return self.vocabulary.frequency("stem", stem(form))

    def finds(self, query: str) -> int:
        """How many passages of the whole collection a query finds."""
        return self.total(query)

    def neighbours(self, form: str, edits: int) -> tuple[Neighbour, ...]:
        """The commonest words at most so many edits from a form."""
        return self.near.of(form, edits)
