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

from kb.text.letters import search_form
from kb.text.note_marks import without_labels, without_marks
from kb.text.scripts import (
    BESIDE_UNSPACED,
    INVISIBLE,
    MARKS,
    UNSPACED,
    VARIATION_SELECTORS,
    continues_word,
    ends_in_letter,
)

__all__ = ["Folded", "FoldedWord", "fold", "folded_words", "foldings"]

_APOSTROPHE = "'"
"""All apostrophes and quotation marks, single or double, are folded to this."""

_QUOTES = "\"'‘’‚‛“”„‟′″‹›«»`´＂＇ʼ「」『』｢｣﹁﹂﹃﹄〝〞❝❞״"
_DASHES = "-‐‑‒–—―−⁃﹘﹣－"
_HYPHENS = ("-", "‐", "‑", "\u00ad")
"""These may split a word at the end of a line."""

_BREAKS = ("-", " ")
"""What a hyphen there is folded to: a soft one is invisible."""

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LONGER = _LIGATURES | {"…": "..."}

_SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_WITHOUT_INVISIBLE = dict.fromkeys([*map(ord, INVISIBLE), *range(0xE0100, 0xE01F0)])
_WITHOUT_UNSEEN = _WITHOUT_INVISIBLE | {0xAD: None}
_ONE_FOR_ONE = str.maketrans(
    dict.fromkeys(_QUOTES, _APOSTROPHE) | dict.fromkeys(_DASHES, "-") | dict.fromkeys(_SPACES, " ")
)
_UNSEEN = f"{INVISIBLE}{VARIATION_SELECTORS}\u00ad"
_GAP = rf"[\s{_UNSEEN}]"
_DASH_SIGNS = re.escape(_DASHES)
_DASH = f"[{_DASH_SIGNS}]"
_DASH_OR_GAP = rf"[\s{_UNSEEN}{_DASH_SIGNS}]"
_COMBINING = f"{MARKS}\u0e38-\u0e3a\u0e48-\u0e4b\u0eb8-\u0eba\u0ec8-\u0ecb\u1161-\u11ff\u3099\u309a"
"""What a letter may be composed with in Unicode NFC."""

# what is not folded one character for one; possessive throughout, so that time is always linear
_BESIDE = rf"(?P<beside>(?<=[{BESIDE_UNSPACED}]){_GAP}++|{_GAP}++(?=[{BESIDE_UNSPACED}]))"
_SPLIT = rf"(?P<split>\w[{_COMBINING}]{{0,9}}+[{_UNSEEN}]++[{_COMBINING}][{_COMBINING}{_UNSEEN}]*+)"
# the same alternatives after their first characters, which a search finds much faster than each of them;
# most spaces and dashes have nothing beside them and are dismissed at once
_SPECIAL = re.compile(
    rf"[\s{_UNSEEN}{_DASH_SIGNS}«‹{''.join(_LONGER)}]"
    rf"(?:(?<![\s{_DASH_SIGNS}«‹])|(?=[\s{_UNSEEN}{_DASH_SIGNS}»›]))(?:"
    rf"(?<={_GAP}){_GAP}*+(?:[»›]|{_DASH}{_DASH_OR_GAP}*+)"
    rf"|(?<=\s){_GAP}++"
    rf"|(?<={_DASH}){_DASH_OR_GAP}++"
    rf"|(?<=[«‹]){_GAP}++"
    rf"|(?<=[{_UNSEEN}]){_GAP}*+"
    rf"|(?<=[{''.join(_LONGER)}]))"
)
_SPECIAL_RARE = re.compile(
    f"{_SPLIT}"
    rf"|{_GAP}++(?:[»›]|{_DASH}{_DASH_OR_GAP}*+)"
    rf"|{_BESIDE}"
    rf"|\s{_GAP}++"
    rf"|{_DASH}{_DASH_OR_GAP}++"
    rf"|[«‹]{_GAP}++"
    rf"|[{_UNSEEN}]{_GAP}*+"
    rf"|[{''.join(_LONGER)}]"
)
"""Slower: used only for texts in a script without spaces, or with a mark separated from its letter."""

_RARE_SIGN, _PARTED_MARK = re.compile(f"[{BESIDE_UNSPACED}]"), re.compile(f"[{_UNSEEN}][{_COMBINING}]")
_WORD = re.compile(rf"[^\W_]|[{MARKS}]")
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
    """The folded text; with `joined`, whatever a line's end may have put into a word is dropped."""
    original = unicodedata.normalize("NFC", text)
    plain = original.translate(_ONE_FOR_ONE)
    pieces: list[str] = []
    breaks: list[int] = []
    here, there = [0], [0]
    size = at = 0
    special = _SPECIAL_RARE if _is_rare(original) else _SPECIAL
    for match in special.finditer(original):
        start, end = match.span()
        pieces.append(plain[at:start])
        size += start - at
        instead = _folded(match)
        if instead in _BREAKS and _parts_a_word(match, original):
            instead = "" if joined else instead
            breaks += [] if joined else [size]
        here += (size, size + len(instead))
        there += (start, end)
        pieces.append(instead)
        size += len(instead)
        at = end
    pieces.append(plain[at:])
    whole = "".join(pieces)
    return _without_margins(Folded(whole, original, tuple(breaks), here, there))


def _is_rare(text: str) -> bool:
    return not text.isascii() and bool(_RARE_SIGN.search(text) or _PARTED_MARK.search(text))


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
    """What a match of `_SPECIAL` or `_SPECIAL_RARE` is folded to."""
    characters = match[0]
    if match.re is _SPECIAL_RARE:
        if match["beside"]:
            return ""
        if match["split"]:
            return unicodedata.normalize("NFC", characters.translate(_WITHOUT_UNSEEN))
    if characters in _LONGER:
        return _LONGER[characters]
    if characters[0] in "«‹" or characters[-1] in "»›":
        return _APOSTROPHE
    if any(character in _DASHES for character in characters):
        return "-"
    bare = characters.translate(_WITHOUT_INVISIBLE)
    at_line_end = bare[:1] == "\u00ad" and "\n" in bare
    return " " if any(map(str.isspace, bare)) and not at_line_end else ""


def _parts_a_word(match: re.Match[str], original: str) -> bool:
    """Whether a match is a hyphen at a line's end that may split a word."""
    shown, before, behind = match[0].translate(_WITHOUT_INVISIBLE), match.start(), match.end()
    gap = shown[1:].replace("\u00ad", "")
    return (
        shown[:1] in _HYPHENS
        and bool(gap)
        and gap.isspace()
        and ends_in_letter(original[max(0, before - 1) : before])
        and continues_word(original[behind : behind + 1])
    )


def foldings(text: str) -> tuple[Folded, ...]:
    """The folded text, and folded again where a quotation may leave something out.

    That is a hyphen that may be there only because a line ended, the mark of a note or a bullet, and the
    numbers of list items.
    """
    original = unicodedata.normalize("NFC", text)
    bare = without_marks(original)
    variants = dict.fromkeys((original, bare, without_labels(bare)))
    return tuple(replace(one, original=original) for each in variants for one in _with_joined(each))


def _with_joined(text: str) -> tuple[Folded, ...]:
    plain = fold(text)
    return (plain, fold(text, joined=True)) if plain.breaks else (plain,)


@dataclass(frozen=True, slots=True)
class FoldedWord:
    """The text between two spaces of a folded text: mostly a word with its punctuation.

    In scripts without spaces it is one character. Words that differ in case, punctuation or in what
    search folds have the same `form`.
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
    if word.isascii():
        return (word if word.isalnum() else "".join(filter(str.isalnum, word)) or word).lower()
    return search_form("".join(_WORD.findall(word)) or word)
