"""Which characters make a word, and which may join two: patterns for `index.analysis.analyzer`.

Invisible characters within a word (soft hyphens, joiners, controls of direction) are part of it, and
`kb.text.letters.search_form` drops them. Only the zero-width non-joiner parts two words, in Arabic
script, where Persian writes it between a word and its endings: Lucene's PersianCharFilter takes it for
a space. The two are also found as one word, as the parts of `re-victimisation` are.
"""

from __future__ import annotations

import re

from kb.text.scripts import INVISIBLE, UNSPACED

__all__ = [
    "APOSTROPHES",
    "ASCII_RUN",
    "GROUPING",
    "HYPHENS",
    "LETTER",
    "LINE_HYPHENS",
    "MARKS",
    "MIDDLE_DOT",
    "NON_JOINER",
    "POSSESSIVE",
    "RUN",
    "UNSEEN",
    "WORD",
]

UNSEEN = INVISIBLE + "\u00ad"
"""What does not show within a line."""

NON_JOINER = "\u200c"
MIDDLE_DOT = "·"
HYPHENS = frozenset("-‐‑⁃－֊־")
LINE_HYPHENS = "-‐‑"
"""These may split a word at the end of a line, as in `kb.text.folding`."""

APOSTROPHES = frozenset("'’ʼ‘＇ʻ׳״")

_NARROW_SPACES = "\u2009\u202f\u00a0"
GROUPING = frozenset(".,'’٬،，．" + _NARROW_SPACES)
"""Between the groups of a number; of spaces the thin and the no-break ones, never a plain one."""

MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711-\u07f3\u07fd\u0816-\u082d\u0859-\u085b\u0898-\u08e1"
    "\u08e3-\u0963\u0981-\u09e3\u09fe-\u0a75\u0a81-\u0ae3\u0afa-\u0b63\u0b82-\u0bd7\u0c00-\u0c63\u0c81-\u0c83"
    "\u0cbc-\u0d4d\u0d57-\u0d63\u0d81-\u0df3\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e-\u0f84\u0f86-\u0fbc\u0fc6"
    "\u135d-\u135f\u1712-\u1734\u1752-\u1773\u180b-\u180d\u180f-\u193b\u1a17-\u1a1b\u1ab0-\u1b44\u1b6b-\u1b73"
    "\u1b80-\u1bf3\u1c24-\u1c37\u1cd0-\u1cd2\u1cd4-\u1dff\u20d0-\u20f0\u2cef-\u2cf1\u2d7f-\u2dff\u302a-\u302f"
    "\ua66f-\ua672\ua674-\ua67d\ua69e-\ua6f1\ua802-\ua827\ua82c\ua880-\ua8c5\ua8e0-\ua8f1\ua8ff-\ua92d"
    "\ua947-\ua953\ua980-\ua9c0\uaa29-\uaa4d\uaaeb-\uaaef\uaaf5\uaaf6\uabe3-\uabea\uabec\uabed\ufb1e"
    "\ufe00-\ufe0f\ufe20-\ufe2f\U00011100-\U00011134\U00011145-\U00011173\U000e0100-\U000e01ef"
)
"""Marks, which belong to the letter before them, though Python does not count them as letters."""

# a footnote sign is not part of a word, nor is an apostrophe that Unicode counts as a letter
LETTER = rf"[^\W_{UNSPACED}²³¹\u2070-\u209fʼʻ]"
_ARABIC = rf"(?![{MARKS}])[\u0620-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
_PARTS_WORDS = rf"{NON_JOINER}(?=[{UNSEEN}]*+{_ARABIC})"
_WITHIN = rf"(?:(?!{_PARTS_WORDS})[{UNSEEN}])++(?=[{MARKS}]|{LETTER})"
POSSESSIVE = rf"(?:['’ʼ＇][sS](?!{LETTER}))?"

# Plain English words come first: the classes below take twice as long on them.
_PLAIN = r"[0-9A-Za-z]++(?![^\x00-\x7f])"
_SPACED = rf"(?:{_PLAIN}|{LETTER}(?:{LETTER}|[{MARKS}]|{_WITHIN})*+)"

WORD = rf"[{UNSPACED}]|({_SPACED}){POSSESSIVE}"
"""A word, without its possessive ’s as the only group.

In scripts written without spaces each character is a word, so that a run of them is found as a phrase.
"""

_ANY_WORD = rf"(?:[{UNSPACED}]|{_SPACED}{POSSESSIVE})"
_SIGNS = re.escape("".join(sorted((HYPHENS | APOSTROPHES | GROUPING) - {*_NARROW_SPACES})) + MIDDLE_DOT)
_JOINT = (
    rf"[{UNSEEN}]*+(?:[{re.escape(LINE_HYPHENS)}][\s{UNSEEN}]*+|[{_SIGNS}][{UNSEEN}]*+"
    rf"|[{_NARROW_SPACES}][{UNSEEN}]*+(?=\d)|(?<=[{UNSEEN}])[\s{UNSEEN}]*+)"
)

RUN = rf"{_ANY_WORD}(?:{_JOINT}{_ANY_WORD})*+"
"""Words with what may join them in between: what can be analysed by itself."""

ASCII_RUN = r"[0-9A-Za-z]++(?:[-'.,](?:(?<=-)\s++)?+[0-9A-Za-z]++)*+"
"""The same in an ASCII text, found faster."""
