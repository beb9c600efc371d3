"""Words and patterns: `word`, `prefix*`, `wo?d` and `fuzzy~`."""

from __future__ import annotations

import re
from typing import Literal

from index.analysis.analyzer import is_compound, tokenize
from index.query.ast import AllPassages, And, Fuzzy, Node, Prefix, Wildcard, Word
from kb.text.scripts import has_unspaced

__all__ = ["OPERATORS", "letters_of", "parse_pattern"]

OPERATORS = ("AND", "OR", "NOT")

_INNER_WILDCARD = re.compile(r"(?<![*?])[*?]++[^\W_]")
_JOINTS = re.compile("[-‐‑’'ʼ]")
_QUOTES = "'‘’"
_TRAILING = "?.,;:!" + _QUOTES


def parse_pattern(chunk: str) -> Node:
    """The node of a run of characters: a word, prefix, wildcard or fuzzy word, or every passage for `*`.

    A pattern is a single word; in `A/HRC/61*` the last word is a prefix, and the rest comes before it.
    """
    if chunk == "*":
        return AllPassages()
    body, edits = _bare(chunk.lstrip(_QUOTES))
    plain = _JOINTS.sub("", body) if is_compound(body.replace("?", "x").replace("*", "x")) else body
    if edits is not None and _one_word(plain):
        return Fuzzy(plain.lstrip("*?"), edits)
    if _INNER_WILDCARD.search(plain) and _one_word(plain.replace("?", "").replace("*", "")):
        return Wildcard(_tidy(plain))
    if body.endswith("*") and body.strip("*?"):
        return _prefix(body.rstrip("*?"))
    if edits is not None and has_unspaced(body):
        return Word(f"{body}~")  # a run is not a single word, and the parser says so
    return Word(body.lower() if body in OPERATORS else body)


def _prefix(text: str) -> Node:
    tokens = tokenize(text)
    if len(tokens) < 2 or is_compound(text):
        return Prefix(text)
    at = tokens[-1].start
    lead = text[:at].rstrip(_TRAILING + "/-")
    if len(text) - at < 2 or has_unspaced(text[at:]) or any(sign in lead for sign in "*?~"):
        return Word(
            _without_signs(text)
        )  # too short, a run that is found anywhere, or not a pattern after all
    return And((Word(lead.lower() if lead in OPERATORS else lead), Prefix(text[at:])))


def _without_signs(text: str) -> str:
    """The text without pattern signs or punctuation at its end."""
    while (shorter := _bare(text.rstrip("*?"))[0]) != text:
        text = shorter
    return text


def _bare(text: str) -> tuple[str, Literal[0, 1, 2] | None]:
    """A word without trailing punctuation and without `~`, `~1` or `~2`, and the edits these allow."""
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
    """`**` means the same as `*`, and would cost more."""
    return re.sub(r"\*+", "*", pattern)


def _one_word(text: str) -> bool:
    return len(tokenize(text)) == 1


def letters_of(node: Node) -> str:
    """The letters of a word or pattern, without its signs; empty for other nodes."""
    match node:
        case Word(text) | Prefix(text) | Fuzzy(text):
            return text
        case And(nodes):
            return " ".join(map(letters_of, nodes))
        case Wildcard(pattern):
            return pattern.replace("*", "").replace("?", "")
        case _:
            return ""
