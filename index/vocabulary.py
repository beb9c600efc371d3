"""The vocabulary of an index, as highlighting and advice need it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from index.query import Node

__all__ = ["MAX_WORDINGS", "Vocabulary"]

MAX_WORDINGS = 8
"""Wordings of a related term that are searched: `trafficked person`, `trafficked persons`."""


class Vocabulary(Protocol):
    """The words of an index; each engine has its own."""

    def forms_of(self, pattern: Node) -> Collection[str]:
        """The forms that match a prefix, wildcard or fuzzy word."""

    def forms_like(self, form: str) -> Collection[str]:
        """The forms with the same stem as this one, the most common first."""

    def has_word(self, form: str) -> bool:
        """Whether any passage has a word with this form's stem."""

    def rarity_of(self, form: str) -> float:
        """The idf of this form's stem, above 0: the rarer, the higher."""

    def in_titles(self, form: str) -> bool:
        """Whether document titles are searched for this form's stem: some titles have it, but few do."""
