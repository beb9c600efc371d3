"""Which characters make a word, and which join two words: patterns for `index.analysis.analyzer`."""

from __future__ import annotations

import re

from kb.text.scripts import UNSPACED

__all__ = ["APOSTROPHES", "ASCII_RUN", "HYPHENS", "LETTER", "MARKS", "POSSESSIVE", "RUN", "WORD"]

HYPHENS = frozenset("-\u00ad‐‑⁃－")
APOSTROPHES = frozenset("'’ʼ‘＇")

MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0983\u09bc-\u09cd\u0a00-\u0dff\u1ab0-\u1aff"
)
"""Marks that belong to the letter before them, though Python does not count them as letters."""

LETTER = rf"[^\W_{UNSPACED}²³¹\u2070-\u209f]"  # a footnote sign is not part of a word
POSSESSIVE = rf"(?:['’ʼ＇][sS](?!{LETTER}))?"

# Plain English words come first: the classes below take twice as long on them.
_PLAIN = r"[0-9A-Za-z]++(?![^\x00-\x7f])"
_SPACED = rf"(?:{_PLAIN}|{LETTER}(?:{LETTER}|[{MARKS}])*)"

WORD = rf"[{UNSPACED}]|({_SPACED}){POSSESSIVE}"
"""A word, without its possessive ’s as the only group.

In scripts written without spaces each character is a word, so that a run of them is found as a phrase.
"""

_ANY_WORD = rf"(?:[{UNSPACED}]|{_SPACED}{POSSESSIVE})"
_JOINTS = re.escape("".join(sorted(HYPHENS | APOSTROPHES)) + ".,")

RUN = rf"{_ANY_WORD}(?:[{_JOINTS}]{_ANY_WORD})*+"
"""Words with one joint between two: what can be analysed by itself."""

ASCII_RUN = r"[0-9A-Za-z]++(?:[-'.,][0-9A-Za-z]++)*+"
"""The same in an ASCII text, found faster."""
