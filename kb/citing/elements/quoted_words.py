"""What is quoted of a passage: its words in quotation marks, and behind those of a note what it lists.

The provisions that a note lists are no prose of its own, and yet the fingerprint is of all its text: so they
follow as a list, in every format alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kb.citing.csl_item import CslItem

__all__ = ["QuotedWords", "quoted_text", "quoted_words", "words_alone"]


class QuotedWords(NamedTuple):
    """Words to set in quotation marks, and the lines of the list that follows them."""

    words: str
    listed: tuple[str, ...] = ()


def quoted_words(item: CslItem) -> tuple[QuotedWords, ...]:
    """What is quoted, in one piece or, of several notes with lists, in one for each; none of a document."""
    if parts := item["custom"].get("parts"):
        return tuple(QuotedWords(words, tuple(listed)) for words, *listed in parts)
    return (QuotedWords(item["abstract"]),) if item.get("abstract") else ()


def quoted_text(item: CslItem) -> str:
    """It as plain text: the words in quotation marks, the list with hyphens."""
    return _joined(each._replace(words=f"“{each.words}”") for each in quoted_words(item))


def words_alone(item: CslItem) -> str:
    """The same without quotation marks."""
    return _joined(quoted_words(item))


def _joined(parts: Iterable[QuotedWords]) -> str:
    blocks = ((each.words, "\n".join(f"- {line}" for line in each.listed)) for each in parts)
    return "\n\n".join(block for both in blocks for block in both if block)
