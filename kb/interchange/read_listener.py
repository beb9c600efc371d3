"""What is told of content in the interchange form while the rest of it is still being read."""

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
        """A document already told of has further passages. No others are told of any more."""

    def end(self) -> None:
        """No other documents are told of; those that were may still get passages."""
