"""The vocabulary of an index, as far as marking and advice ask about it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from index.query import Node

__all__ = ["MAX_WORDINGS", "Vocabulary"]

MAX_WORDINGS = 8
"""Wordings in which a term of the thesaurus is looked for: `trafficked person`, `trafficked persons`."""


class Vocabulary(Protocol):
    """What an engine tells of its words; an engine's own vocabulary fits it."""

    def forms_of(self, pattern: Node) -> Collection[str]:
        """The forms that a prefix, a shape or a likeness stands for."""

    def forms_like(self, form: str) -> Collection[str]:
        """The forms that have the stem of a form, commonest first."""

    def has_word(self, form: str) -> bool:
        """Whether any passage has a word with this form's stem."""

    def rarity_of(self, form: str) -> float:
        """How much a word with this form's stem tells of a passage: the rarer the more, above 0."""

    def in_titles(self, form: str) -> bool:
        """Whether titles of documents are searched for a word with this form's stem: some have it, few do."""
