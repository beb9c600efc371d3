"""What one run of characters asks for: a word, a beginning, a shape or a likeness."""

from __future__ import annotations

import re
from typing import Literal

from index.analysis import words
from index.language.syntax import All, Fuzzy, Node, Prefix, Wildcard, Word

__all__ = ["OPERATORS", "letters", "pattern"]

OPERATORS = ("AND", "OR", "NOT")

_INNER_WILDCARD = re.compile(r"(?<![*?])[*?]++[^\W_]")
_TRAILING = "?.,;:!"


def pattern(chunk: str) -> Node:
    """What one run of characters asks for: everything, a shape, a beginning, a likeness or a word."""
    if chunk == "*":
        return All()
    body, edits = _bare(chunk)
    if edits is not None and _one_word(body):
        return Fuzzy(body.lstrip("*?"), edits)
    if _INNER_WILDCARD.search(body) and _one_word(body.replace("?", "").replace("*", "")):
        return Wildcard(_tidy(body))
    if body.endswith("*") and body.strip("*?"):
        return Prefix(body.rstrip("*?"))
    return Word(body.lower() if body in OPERATORS else body)


def _bare(text: str) -> tuple[str, Literal[0, 1, 2] | None]:
    """A word without the punctuation after it and without `~`, `~1`, `~2`, and the edits these allow."""
    edits: Literal[0, 1, 2] | None = None
    end = len(text)
    while end:
        if text[end - 1] == "~":
            edits, end = 0, end - 1
        elif text[max(end - 2, 0) : end] in ("~1", "~2"):
            edits, end = (1 if text[end - 1] == "1" else 2), end - 2
        elif text[end - 1] in _TRAILING or (edits is not None and text[end - 1] == "*"):
            end -= 1
        else:
            break
    return text[:end], edits


def _tidy(pattern: str) -> str:
    """`**` means no more than `*`, and would cost more."""
    return re.sub(r"\*+", "*", pattern)


def _one_word(text: str) -> bool:
    return len(words(text)) == 1


def letters(node: Node) -> str:
    """What of a node stands for letters; empty for one that is no word."""
    match node:
        case Word(text) | Prefix(text) | Fuzzy(text):
            return text
        case Wildcard(pattern):
            return pattern.replace("*", "").replace("?", "")
        case _:
            return ""
