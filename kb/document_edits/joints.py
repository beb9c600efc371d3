"""How the words of two passages are joined: with a space, without one, or without the hyphen between them."""

from __future__ import annotations

import re
from collections.abc import Set

from kb.text.scripts import continues_word, is_unspaced

__all__ = ["joint", "words_of"]

_WORD = re.compile(r"[^\W\d_]+")
_LAST = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]\Z")


def joint(first: str, second: str, known: Set[str]) -> tuple[int, str]:
    """How many characters the first text loses at its end, and what goes between the two.

    A hyphen at the end is dropped if the word without it is among the `known` words, in lower case.
    """
    divided, rest = _LAST.search(first), _WORD.match(second)
    if divided and rest and continues_word(second[0]):
        return (1 if (divided[1] + rest[0]).casefold() in known else 0), ""
    return 0, "" if is_unspaced(first[-1:]) and is_unspaced(second[:1]) else " "


def words_of(text: str) -> set[str]:
    """The words of a text, in lower case."""
    return {word.casefold() for word in _WORD.findall(text)}
