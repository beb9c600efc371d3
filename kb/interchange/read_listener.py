"""Hears of content in the interchange form while the rest is still being read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kb.model import Document, Passage, Theme

__all__ = ["ReadListener"]


class ReadListener(Protocol):
    """Told of each document's passages once another's begin, so that work on them can begin as well.

    What it hears may still turn out to be faulty, or be changed when all content is put together.
    """

    def begin(self, themes: Sequence[Theme], documents: Sequence[Document]) -> None:
        """The themes and documents, in order; their passages follow."""

    def document(self, id: str, passages: Sequence[Passage]) -> None:
        """A document's passages, in order.

        The sequence is emptied once its passages need not stay in memory.
        """

    def again(self, id: str) -> None:
        """A document reported earlier has further passages. No more documents are reported."""

    def end(self) -> None:
        """No more documents are reported; those that were may still get passages."""
