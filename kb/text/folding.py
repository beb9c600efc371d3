"""Text folded for comparison: what typesetting changes is folded, everything else stays.

Folded are white space (in scripts without spaces there is none), the kinds of quotation marks and dashes
and the space around dashes, ligatures, invisible characters, and hyphens at line ends. Letters, their
case, and all other characters stay. Every offset of the folded text can be traced to the original.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field, replace

from kb.text.note_marks import without_marks
from kb.text.scripts import BESIDE_UNSPACED, INVISIBLE, UNSPACED

__all__ = ["Folded", "FoldedWord", "fold", "folded_words", "foldings"]

_APOSTROPHE = "'"
"""All apostrophes and quotation marks, single or double, are folded to this."""

_QUOTES = "\"'‘’‚‛“”„‟′″‹›«»`´＂＇ʼ「」『』｢｣﹁﹂﹃﹄〝〞❝❞״"
_DASHES = "-‐‑‒–—―−⁃﹘﹣－"
_HYPHENS = "-‐‑"
"""These may split a word at the end of a line."""

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LONGER = _LIGATURES | {"…": "..."}

_SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_ONE_FOR_ONE = str.maketrans(
    dict.fromkeys(_QUOTES, _APOSTROPHE) | dict.fromkeys(_DASHES, "-") | dict.fromkeys(_SPACES, " ")
)
_DASH = f"[{re.escape(_DASHES)}]"
# what is not folded one character for one; possessive throughout, so that time is always linear
_ALWAYS_SPECIAL = (
    rf"\s[\s{INVISIBLE}]++"
    rf"|{_DASH}(?:{_DASH}|\s)++"
    rf"|[«‹]\s++"
    rf"|\u00ad\s*+"
    rf"|[{INVISIBLE}]++"
    rf"|[{''.join(_LONGER)}]"
)
_BEFORE_SIGN = rf"\s++(?:[»›]|{_DASH}(?:{_DASH}|\s)*+)"
_GAP = rf"(?P<gap>(?<=[{BESIDE_UNSPACED}])[\s{INVISIBLE}]++|[\s{INVISIBLE}]++(?=[{BESIDE_UNSPACED}]))"
_SPECIAL = re.compile(f"{_BEFORE_SIGN}|{_ALWAYS_SPECIAL}")
_SPECIAL_UNSPACED = re.compile(f"{_BEFORE_SIGN}|{_GAP}|{_ALWAYS_SPECIAL}")
"""Slower, and so used only for texts with characters of scripts without spaces."""

_HAS_UNSPACED = re.compile(f"[{BESIDE_UNSPACED}]")
_TOKEN = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]++")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `original` is what it was made from, in Unicode NFC.

    `breaks` are the offsets of hyphens that may be there only because a line ended.
    """

    text: str
    original: str
    breaks: tuple[int, ...] = ()
    _here: list[int] = field(default_factory=lambda: [0])
    _there: list[int] = field(default_factory=lambda: [0])

    def place(self, at: int) -> int:
        """The offset in the original of an offset in the folded text."""
        if at >= len(self.text):
            return len(self.original)
        piece = bisect_right(self._here, at) - 1
        place = self._there[piece] + at - self._here[piece]
        return min(place, self._there[piece + 1]) if piece + 1 < len(self._there) else place

    def cut(self, start: int, end: int) -> str:
        """The stretch of the original that was folded to `text[start:end]`; adjacent ones leave no gap."""
        return self.original[self.place(start) : self.place(end)]


def fold(text: str, *, joined: bool = False) -> Folded:
    """The folded text; with `joined`, every hyphen that a line's end may explain is dropped."""
    original = unicodedata.normalize("NFC", text)
    plain = original.translate(_ONE_FOR_ONE)
    pieces: list[str] = []
    breaks: list[int] = []
    here, there = [0], [0]
    size = at = 0
    special = _SPECIAL_UNSPACED if _HAS_UNSPACED.search(original) else _SPECIAL
    for match in special.finditer(original):
        start, end = match.span()
        pieces.append(plain[at:start])
        size += start - at
        instead = _folded(match)
        if instead == "-" and _parts_a_word(match, original):
            instead = "" if joined else "-"
            breaks += [] if joined else [size]
        here += (size, size + len(instead))
        there += (start, end)
        pieces.append(instead)
        size += len(instead)
        at = end
    pieces.append(plain[at:])
    whole = "".join(pieces)
    return _without_margins(Folded(whole, original, tuple(breaks), here, there))


def _without_margins(folded: Folded) -> Folded:
    """Strips both ends."""
    margin = len(folded.text) - len(folded.text.lstrip(" "))
    text = folded.text.strip(" ")
    if not margin:
        return replace(folded, text=text)
    here = [max(0, at - margin) for at in folded._here]
    there = list(folded._there)
    first = sum(at <= margin for at in folded._here) - 1
    there[first] += margin - folded._here[first]
    breaks = tuple(at - margin for at in folded.breaks)
    return Folded(text, folded.original, breaks, here[first:], there[first:])


def _folded(match: re.Match[str]) -> str:
    """What a match of `_SPECIAL` or `_SPECIAL_UNSPACED` is folded to."""
    characters = match[0]
    if match.re is _SPECIAL_UNSPACED and match["gap"]:
        return ""
    if characters in _LONGER:
        return _LONGER[characters]
    if characters[0] == "\u00ad" or characters[0] in INVISIBLE:
        return ""
    if characters[0] in "«‹" or characters[-1] in "»›":
        return _APOSTROPHE
    return "-" if any(character in _DASHES for character in characters) else " "


def _parts_a_word(match: re.Match[str], original: str) -> bool:
    """Whether a match is a hyphen at a line's end that may split a word."""
    characters, before, behind = match[0], match.start() - 1, match.end()
    return (
        characters[0] in _HYPHENS
        and characters[1:].isspace()
        and before >= 0
        and original[before].isalpha()
        and original[behind : behind + 1].islower()
    )


def foldings(text: str) -> tuple[Folded, ...]:
    """The folded text, and folded again where a quotation may leave something out.

    That is a hyphen that may be there only because a line ended, and the mark of a note or a bullet.
    """
    original = unicodedata.normalize("NFC", text)
    bare = without_marks(original)
    folded = _with_joined(original)
    return (
        folded
        if bare == original
        else (*folded, *(replace(one, original=original) for one in _with_joined(bare)))
    )


def _with_joined(text: str) -> tuple[Folded, ...]:
    plain = fold(text)
    return (plain, fold(text, joined=True)) if plain.breaks else (plain,)


@dataclass(frozen=True, slots=True)
class FoldedWord:
    """What stands between two spaces of a folded text: mostly a word with its punctuation.

    In scripts without spaces it is one character. Words that differ in case or punctuation alone
    have the same `form`.
    """

    start: int
    end: int
    text: str
    form: str


def folded_words(text: str, start: int = 0, end: int | None = None) -> list[FoldedWord]:
    """The words of a folded text, or of a stretch of it."""
    matches = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return [FoldedWord(one.start(), one.end(), one[0], _form(one[0])) for one in matches]


def _form(word: str) -> str:
    return word.casefold() if word.isalnum() else "".join(filter(str.isalnum, word)).casefold() or word
