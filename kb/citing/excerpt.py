"""Excerpts: some of a passage's words, by their numbers.

A word is what white space separates; in scripts written without spaces it is a cluster
(`kb.text.clusters`), so that an excerpt never cuts a letter. Numbers stay the same whatever the white
space between the words, as fingerprints do. An excerpt begins and ends with a word: nobody chose the
punctuation and brackets at its edges (`kb.edges.trimming`).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice, product

from kb.edges.trimming import trimmed
from kb.ids import MAX_STRETCHES, PassageRef, WordRange, joined_words
from kb.messages import Message
from kb.quoting.pattern import read_patterns
from kb.quoting.verbatim import find_verbatim
from kb.text.clusters import CLUSTER
from kb.text.fingerprint import collapse, fingerprint
from kb.text.folding import foldings
from kb.text.scripts import UNSPACED

__all__ = [
    "cited_words",
    "excerpt",
    "excerpt_ranges",
    "find_words",
    "reference_fault",
    "word_range",
    "words_between",
]

_WORD = re.compile(rf"{CLUSTER}|[^\s{UNSPACED}]+|[{UNSPACED}]")

_QUOTATION_MARKS = " \t\n\"'“”‘’«»"

_ELLIPSES = re.compile(r"[\[(]\s?(?:…|\.(?:\s?\.)+)\s?[\])]|…|\.(?:\s?\.){2,}")

ELLIPSIS = " … "
"""Stands for words that an excerpt leaves out."""

MAX_PLACES_COMPARED = 2_000
"""How many places of the same words are compared; any further ones are ignored."""

_Stretch = tuple[int, int]


def cited_words(text: str, ref: PassageRef) -> str | Message:
    """The words of a passage that a reference means; all of them if it gives no numbers.

    A message if it cannot be resolved: the passage has fewer words, or another fingerprint.
    """
    if not fingerprint(text).startswith(ref.fingerprint):
        return Message("words-changed", reference=ref.text)
    if not ref.words:
        return text
    count = len(_stretches(text))
    if ref.words.last > count:
        return Message("excerpt-beyond-end", reference=ref.text, last=ref.words.last, count=count)
    return excerpt(text, ref.words)


def reference_fault(ref: PassageRef | Message, text: str) -> Message | None:
    """Why the text does not have the words that a reference means; None if it has them."""
    match ref:
        case PassageRef():
            words = cited_words(text, ref)
            return words if isinstance(words, Message) else None
        case fault:
            return fault


def excerpt(text: str, words: WordRange) -> str:
    """The words as in the text, with an ellipsis for those left out; empty if the text has fewer words."""
    return ELLIPSIS.join(text[start:end] for start, end in excerpt_ranges(text, words))


def excerpt_ranges(text: str, words: WordRange) -> tuple[tuple[int, int], ...]:
    """Where the stretches of an excerpt begin and end, in code points; empty if the text has fewer words.

    Punctuation at the edges is trimmed, unless the excerpt is the whole text.
    """
    places = _stretches(text)
    if words.last > len(places):
        return ()
    return trimmed(text, [(places[first - 1][0], places[last - 1][1]) for first, last in words.stretches])


def word_range(text: str, start: int, end: int) -> WordRange | None:
    """The numbers of the words that a stretch of the text covers, whole or in part; None if it covers none.

    The stretch from `start` to `end` is half-open, in code points.
    """
    inside = [at for at, word in enumerate(_stretches(text), 1) if word[0] < end and word[1] > start]
    return WordRange(inside[0], inside[-1]) if inside else None


def words_between(text: str, begin: int, end: int) -> WordRange | None:
    """The words with the characters from `begin` to `end`, half-open and counted without white space."""
    places = [at for at, sign in enumerate(text) if not sign.isspace()]
    if not 0 <= begin < end <= len(places):
        return None
    return word_range(text, places[begin], places[end - 1] + 1)


def find_words(text: str, sought: str) -> WordRange | None:
    """The numbers of the words sought; None if the text does not have them.

    They may leave words out, with ellipses. Of several places, the first whose excerpt is exactly what was
    sought is preferred, then the first made of whole words, then the first that cuts through no word, then
    the first of all. If they are not there as written, they are sought as a quotation, which may have other
    quotation marks or a capital in brackets.
    """
    text = unicodedata.normalize("NFC", text)
    own = collapse(text)
    written = _find_written(text, own, collapse(sought), 0)
    return written or _find_pieces(text, own, sought) or _find_quoted(own, sought)


def _find_pieces(text: str, own: str, sought: str) -> WordRange | None:
    """The words of the pieces between ellipses, each after the one before."""
    pieces = [collapse(piece) for piece in _ELLIPSES.split(sought)]
    pieces = [piece for piece in pieces if any(map(str.isalnum, piece))][:MAX_STRETCHES]
    found: list[tuple[int, int]] = []
    for piece in pieces:
        behind = found[-1][1] if found else 0
        start = _stretches(own)[behind][0] if behind < len(_stretches(own)) else len(own)
        one = _find_written(text, own, piece, start)
        if one is None:
            return None
        found.append((one.first, one.last))
    return joined_words(found)


def _find_quoted(own: str, sought: str) -> WordRange | None:
    """The words that a quotation means, whatever its typesetting."""
    if _ELLIPSES.search(sought) or not any(map(str.isalnum, sought)):
        return None
    for pattern, folded in product(read_patterns(sought.strip(_QUOTATION_MARKS)), foldings(own)):
        if match := find_verbatim(pattern, folded):
            return word_range(own, folded.place(match.start), folded.place(match.end))
    return None


def _find_written(text: str, own: str, wanted: str, behind: int) -> WordRange | None:
    """The words of a text that have `wanted` in them, with the same case, beginning at `behind` or later.

    `own` is the text with its white space collapsed, which has the same words; `behind` is an offset in it.
    """
    places = list(islice(_places(own, wanted, behind), MAX_PLACES_COMPARED)) if wanted else []
    if not places:
        return None
    words = _stretches(own)
    starts, ends = [start for start, _ in words], [end for _, end in words]
    found = [(bisect_right(ends, at), bisect_left(starts, at + len(wanted)) - 1) for at in places]
    written = _stretches(text)
    quoted = trimmed(text, [(written[first][0], written[last][1]) for first, last in found])

    def preference(number: int) -> tuple[bool, bool, bool]:
        at, (first, last), (start, end) = places[number], found[number], quoted[number]
        is_whole = (starts[first], ends[last]) == (at, at + len(wanted))
        cuts = _cuts(own, at) or _cuts(own, at + len(wanted))
        return collapse(text[start:end]) != wanted, not is_whole, cuts and not is_whole

    first, last = found[min(range(len(found)), key=preference)]
    return WordRange(first + 1, last + 1)


def _places(text: str, wanted: str, behind: int) -> Iterator[int]:
    at = text.find(wanted, behind)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _cuts(text: str, at: int) -> bool:
    """Whether letters or digits are on both sides of a place."""
    return text[at - 1 : at].isalnum() and text[at : at + 1].isalnum()


def _stretches(text: str) -> list[_Stretch]:
    return [word.span() for word in _WORD.finditer(text)]
