"""How text becomes terms: the same way for indexing, searching and highlighting.

A text is cut into *words*, each with its place in the text. A word has a *form* (folded by
`kb.text.letters`, a possessive 's left out) and, by its language, a stem (`index.analysis.stemming`).
Parts joined by a hyphen, an apostrophe, the points of an abbreviation or a sign that groups digits are words
of their own and are also found as one: `re-victimisation` is `re`, `victimisation` and
`revictimisation`, `12,000` is `12`, `000` and `12000`, without a currency attached to it
(`index.analysis.joints`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from index.analysis.characters import ASCII_RUN, RUN, UNSEEN, WORD
from index.analysis.joints import JointKind, digit_groups, joints
from kb.text.letters import search_form
from kb.text.scripts import MARKS, UNSPACED

__all__ = [
    "ANALYSIS_VERSION",
    "MAX_COMPOUND_WORDS",
    "STOP_WORDS",
    "Compound",
    "WordToken",
    "compound_form",
    "compounds",
    "fold",
    "is_compound",
    "plain_words",
    "prepare",
    "run_at",
    "runs",
    "runs_between",
    "split_runs",
    "tokenize",
]

ANALYSIS_VERSION = 6
"""An index made with another version of the analysis is rebuilt."""

MAX_COMPOUND_WORDS = 4
"""A compound of more words is not found as one."""

_MAX_WORDS: Mapping[JointKind, int] = {"": 1, "word": MAX_COMPOUND_WORDS, "number": 7}

_STOP_WORDS = (
    "a about after again all am an and any are as at be because been before being between both but by "
    "can cf could did do does doing during each eg etc few for from further had has have having he her "
    "here hers herself him himself his how i ie if in into is it its itself just me more most my myself "
    "no nor not now of on once only or other ought our ours ourselves own s same she should so some "
    "such t than that the their theirs them themselves then there these they this those through to too "
    "until very viz was we were what when where which while who whom why will with would you your yours "
    "yourself yourselves"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that say nothing about a subject, question words among them: they are never required and weigh
nothing next to others. They are indexed, because phrases need them. From the list that Snowball gives
for English, without those that are places or directions in law: against, above, under, within."""

_MAX_FORM_CHARS = 200
"""Longer forms are truncated: they are not words, and the length of terms must be bounded."""

_WORD = re.compile(WORD)

_plain = re.compile(rf"[^\W_](?>(?:[^\W_]++|[{MARKS}{UNSPACED}{UNSEEN}]++)*)")
_ascii_plain = re.compile("[0-9A-Za-z]++")
_ascii_runs, _ascii_parts = re.compile(ASCII_RUN), re.compile(f"({ASCII_RUN})")


@cache
def _runs() -> re.Pattern[str]:
    """The pattern of a run, compiled only for text beyond ASCII: that takes as long as starting Python."""
    return re.compile(RUN)


@cache
def _parts() -> re.Pattern[str]:
    return re.compile(f"({RUN})")


class WordToken(NamedTuple):
    """A word at `text[start:end]`; its position in the text is its index among the words."""

    start: int
    end: int
    form: str


class Compound(NamedTuple):
    """Words `first` to `last` (both included) that are written joined in the text, as one form."""

    first: int
    last: int
    form: str


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The form under which a word is indexed: see `kb.text.letters`."""
    return (word.lower() if word.isascii() else search_form(word))[:_MAX_FORM_CHARS]


def tokenize(text: str) -> tuple[WordToken, ...]:
    """All words of a text in order; time is linear in its length."""
    return _tokens(text) if len(text) > _MAX_KEPT_CHARS else _kept_tokens(text)


def _tokens(text: str) -> tuple[WordToken, ...]:
    return tuple([WordToken(m.start(), m.end(), fold(m[1] or m[0])) for m in _WORD.finditer(text)])


_MAX_KEPT_CHARS = 32
"""The words of a query are looked at again and again while it is understood."""

_kept_tokens = lru_cache(maxsize=8_192)(_tokens)


def plain_words(text: str) -> list[str]:
    """The forms of the words between spaces and punctuation; for many titles, faster than `tokenize`.

    In scripts without spaces that is a whole run, and a possessive 's is a word of its own.
    """
    return list(map(fold, (_ascii_plain if text.isascii() else _plain).findall(text)))


def prepare() -> None:
    """Compiles what texts beyond ASCII need, so that the first of them does not wait for it."""
    _runs()
    _parts()


def runs(text: str) -> list[str]:
    """The text cut into runs of words with one joint between two: each can be analysed by itself.

    `words` and `compounds` of all runs are those of the text.
    """
    return (_ascii_runs if text.isascii() else _runs()).findall(text)


def runs_between(text: str, start: int, end: int) -> Iterator[str]:
    """The runs of a part of a text that does not cut into a run."""
    pattern = _ascii_runs if text.isascii() else _runs()
    return (run[0] for run in pattern.finditer(text, start, end))


def run_at(text: str, start: int) -> str:
    """The run that begins at `start` in an ASCII text; empty if none does."""
    run = _ascii_runs.match(text, start)
    return run[0] if run else ""


def split_runs(text: str) -> list[str]:
    """The whole text in pieces: gap, run, gap and so on, ending with the gap after the last run."""
    return (_ascii_parts if text.isascii() else _parts()).split(text)


def compounds(text: str, tokens: Sequence[WordToken]) -> Iterator[Compound]:
    """The compounds among the words of `text`."""
    joined = joints(text, tokens)
    first = 0
    for here in range(1, len(tokens) + 1):
        if here < len(tokens) and joined[here - 1]:
            continue
        if 1 < here - first <= _MAX_WORDS[joined[first]]:
            forms = [word.form for word in tokens[first:here]]
            form = "".join(digit_groups(forms) if joined[first] == "number" else forms)
            yield Compound(first, here - 1, form[:_MAX_FORM_CHARS])
        first = here


def is_compound(text: str) -> bool:
    """Whether the whole text is one compound."""
    return compound_form(text) != ""


def compound_form(text: str) -> str:
    """The form of the whole text if it is one compound; otherwise empty."""
    cut = tokenize(text)
    wholes = (run.form for run in compounds(text, cut) if run.last - run.first + 1 == len(cut))
    return next(wholes, "")
