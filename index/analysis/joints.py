"""Which neighbouring words of a text are joined in writing, so that they are also found as one word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Literal

from index.analysis.characters import (
    APOSTROPHES,
    GROUPING,
    HYPHENS,
    LINE_HYPHENS,
    MIDDLE_DOT,
    NON_JOINER,
    UNSEEN,
)
from kb.text.scripts import continues_word, ends_in_letter

__all__ = ["JointKind", "digit_groups", "joints"]

JointKind = Literal["", "word", "number"]

Word = tuple[int, int, str]
"""Where a word begins and ends in the text, and its form."""

_UNSEEN = str.maketrans(dict.fromkeys(UNSEEN, ""))
_LINE_BREAKS = " \t\n\x0b\x0c\r\x85\u2028\u2029"

_FIRST_GROUP = re.compile(r"(?:[^\W\d_]{2,3})?\d+")
_LAST_GROUP = re.compile(r"\d+[^\W\d_]{0,3}")
"""A currency or unit is often attached to a number: `Rp1.250.000`, `1.000.000đ`. A single letter before it
more often names an annex or a form."""

_CONJUNCTIONS = frozenset(
    (
        *("and", "or", "nor", "to", "und", "oder", "bis", "sowie", "et", "ou", "y", "e", "o", "ed", "en"),
        *("of", "och", "og", "eller", "i", "lub", "ve", "veya", "dan", "atau", "va", "hoac"),
        *("и", "или", "та", "або"),
    )
)
"""A hyphen before one of these stands for a word to come: “pre- and post-war”."""


def joints(text: str, words: Sequence[Word]) -> list[JointKind]:
    """The kind of joint between each word and the next; none joins a grouped number to another word."""
    signs = [_sign(text, left, right) for left, right in pairwise(words)]
    numbers = _in_numbers(words, signs) if any(map(GROUPING.__contains__, signs)) else frozenset()
    return [_kind(at, sign, numbers) for at, sign in enumerate(signs)]


def _kind(at: int, sign: str, numbers: frozenset[int]) -> JointKind:
    if at in numbers:
        return "number"
    joined = sign == "-" or sign in APOSTROPHES
    return "word" if joined and numbers.isdisjoint((at - 1, at + 1)) else ""


def _sign(text: str, left: Word, right: Word) -> str:
    """What may join two words: `-` for any sign that joins letters, a separator of digits, or nothing."""
    between = text[left[1] : right[0]]
    if between == " " or not between:
        return ""
    bare = between if between.isascii() else between.translate(_UNSEEN)
    if len(bare) != 1 or (bare.isspace() and bare not in GROUPING):
        return "-" if _parts_one_word(between, bare, left[2], text[right[0]], right[2]) else ""
    if bare in GROUPING and _FIRST_GROUP.fullmatch(left[2]) and _LAST_GROUP.fullmatch(right[2]):
        return bare
    return "-" if bare in HYPHENS or bare in APOSTROPHES or _joins_letters(bare, left[2], right[2]) else ""


def _parts_one_word(between: str, bare: str, left: str, first: str, right: str) -> bool:
    """Whether a zero-width non-joiner, or a hyphen at the end of a line, splits one word into these two."""
    if not bare:
        return NON_JOINER in between
    hyphen, gap = (bare[0], bare[1:]) if bare[0] in LINE_HYPHENS else ("\u00ad", bare)
    return (
        hyphen in between
        and bool(gap)
        and not gap.strip(_LINE_BREAKS)
        and continues_word(first)
        and ends_in_letter(left)
        and right not in _CONJUNCTIONS
    )


def _joins_letters(sign: str, left: str, right: str) -> bool:
    """Whether the sign is a point in an abbreviation, or the middle dot of Catalan l·l."""
    if sign == MIDDLE_DOT:
        return left.endswith("l") and right.startswith("l")
    return sign == "." and len(left) == len(right) == 1 and left.isalpha()


def _in_numbers(words: Sequence[Word], signs: Sequence[str]) -> frozenset[int]:
    """The joints within grouped numbers: by threes, or by twos before the last three digits, as in India."""
    inside: set[int] = set()
    for sign, group in groupby(range(len(signs)), signs.__getitem__):
        chain = list(group)
        first, last = chain[0], chain[-1] + 1
        digits = digit_groups([form for _, _, form in words[first : last + 1]])
        if sign in GROUPING and first - 1 not in inside and _is_grouped(digits, sign):
            inside.update(chain)
    return frozenset(inside)


def digit_groups(forms: Sequence[str]) -> list[str]:
    """The groups of a number without the currency or unit attached to it: `rp1` `250` is `1` `250`."""
    first, *others, last = forms
    return [first.lstrip(_letters(first)), *others, last.rstrip(_letters(last))]


def _letters(form: str) -> str:
    return "".join(filter(str.isalpha, form))


def _is_grouped(digits: Sequence[str], sign: str) -> bool:
    first, *others, last = digits
    if not all(map(str.isdigit, digits)) or first.startswith("0") or len(last) != 3:
        return False
    if len(first) <= 3 and all(len(group) == 3 for group in others):
        return True
    return sign == "," and len(first) <= 2 and all(len(group) == 2 for group in others)
