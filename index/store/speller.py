"""What suggesting asks of one generation, answered from the terms that its query has looked up already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from index.analysis import stem
from index.store.leaves import Leaves
from index.store.neighbours import Neighbours
from index.suggesting import Neighbour

__all__ = ["Speller"]


@dataclass(frozen=True, slots=True)
class Speller:
    """`leaves` are those of the query in question; `total` counts what a query finds in the collection."""

    leaves: Leaves
    near: Neighbours
    total: Callable[[str], int]

    def passages(self, form: str) -> int:
        """In how many passages a word with this form's stem stands, in text or heading, whichever is more."""
        term = stem(form)
        return self.leaves.frequency("stem", term) or self.leaves.frequency("heading_stem", term)

    def finds(self, query: str) -> int:
        """How many passages of the whole collection a query finds."""
        return self.total(query)

    def neighbours(self, form: str, edits: int) -> tuple[Neighbour, ...]:
        """The commonest words at most so many edits from a form."""
        return self.near.of(form, edits)
