"""Which characters make a word, and which may join two: patterns for `index.analysis.analyzer`.

Invisible characters within a word (soft hyphens, joiners, bidirectional controls) are part of it, and
`kb.text.letters.search_form` drops them. Only the zero-width non-joiner separates two words, in Arabic
script, where Persian writes it between a word and its endings: Lucene's PersianCharFilter takes it for
a space. The two are also found as one word, as the parts of `re-victimisation` are.
"""

from __future__ import annotations

import re

from kb.text.clusters import CHARACTER, CLUSTER, UNSPACED_LETTERS
from kb.text.scripts import INVISIBLE, MARKS

__all__ = [
    "APOSTROPHES",
    "ASCII_RUN",
    "GROUPING",
    "HYPHENS",
    "LETTER",
    "LINE_HYPHENS",
    "MIDDLE_DOT",
    "NON_JOINER",
    "POSSESSIVE",
    "RUN",
    "UNSEEN",
    "WITHIN",
    "WORD",
]

UNSEEN = INVISIBLE + "\u00ad"
"""Characters that do not show within a line."""

NON_JOINER = "\u200c"
MIDDLE_DOT = "·"
HYPHENS = frozenset("-‐‑⁃﹣－֊־")
LINE_HYPHENS = "-‐‑"
"""These may split a word at the end of a line, as in `kb.text.folding`."""

APOSTROPHES = frozenset("'’ʼ‘´＇ʻ׳״")

_NARROW_SPACES = "\u2009\u202f\u00a0"
GROUPING = frozenset(".,'’٬،，．" + _NARROW_SPACES)
"""Separators between the groups of a number; of the spaces, only thin and no-break ones."""

# a footnote sign is not part of a word, nor is an apostrophe that Unicode counts as a letter
LETTER = rf"[^\W_{UNSPACED_LETTERS}²³¹\u2070\u2074-\u2079ʼʻ]"
_ARABIC = rf"(?![{MARKS}])[\u0620-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
WITHIN = (
    rf"(?:[{UNSEEN.replace(NON_JOINER, '')}]++(?=[{MARKS}]|{LETTER})"
    rf"|[{UNSEEN}]++(?=[{MARKS}]|(?!{_ARABIC}){LETTER}))"
)
"""Invisible characters between letters of a word."""

POSSESSIVE = rf"(?:['’ʼ＇][sS](?!{LETTER}))?"

# Plain English words come first: the classes below take twice as long on them.
_PLAIN = r"[0-9A-Za-z]++(?![^\x00-\x7f])"
_SPACED = rf"(?:{_PLAIN}|{LETTER}++(?>(?:(?:[{MARKS}]|{WITHIN}){LETTER}*+)*))"

WORD = rf"{CHARACTER}|({_SPACED}){POSSESSIVE}|{CLUSTER}"
"""A word, without its possessive ’s as the only group.

In scripts written without spaces each cluster is a word, so that a run of them is found as a phrase.
"""

_ANY_WORD = rf"(?:{CHARACTER}|{_SPACED}{POSSESSIVE}|{CLUSTER})"
_SIGNS = re.escape("".join(sorted((HYPHENS | APOSTROPHES | GROUPING) - {*_NARROW_SPACES})) + MIDDLE_DOT)
# fast paths: most words are followed by a space, and most joints by an English letter
_JOINT = (
    rf"(?![ \u0e01-\u0e2e\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff])"
    rf"(?:[-'’.,](?=[0-9A-Za-z])|[{UNSEEN}]*+(?:[{re.escape(LINE_HYPHENS)}][\s{UNSEEN}]*+"
    rf"|[{_SIGNS}][{UNSEEN}]*+|[{_NARROW_SPACES}][{UNSEEN}]*+(?=\d)|(?<=[{UNSEEN}])[\s{UNSEEN}]*+))"
)

RUN = rf"{_ANY_WORD}(?>(?:{_JOINT}{_ANY_WORD})*)"
"""Words with what may join them in between: what can be analysed by itself."""

ASCII_RUN = r"[0-9A-Za-z]++(?>(?:[-'.,](?>(?:(?<=-)\s++)?)[0-9A-Za-z]++)*)"
"""`RUN` for ASCII texts, found faster."""
