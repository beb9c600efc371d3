"""How two lines are joined: with a space, without one, or without the hyphen at the end of the first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.importers.pdf.lines import PageLine
from kb.text.scripts import is_unspaced

__all__ = ["Joint", "Joints"]

MIN_HYPHENS_A_PAGE = 0.8
"""In a document with so many line-end hyphens, most mark a divided word: of those whose joined form is seen
elsewhere, 94 %. Where there are fewer, the program that made it divides no words, and 69 % are compounds
(measured over 64 documents)."""

_HYPHENS = "-\u2010"
_LAST_WORD = re.compile(rf"([^\W\d_]+(?:[{_HYPHENS}'’][^\W\d_]+)*)[{_HYPHENS}]\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_ATTACHING = "–—/@"
_ATTACHED = re.compile(rf"[\w.%)\]][{_ATTACHING}]\Z|://\Z")
_ADDRESS_BREAKS = "/._=&?#%-"
_ADDRESS = re.compile(rf"(?:https?://|www\.)\S*[{_ADDRESS_BREAKS}]\Z", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"(?:[^\s/%=&]*[/%=&]){2}\S*")
_PARTS = frozenset(
    [
        *("multi", "socio", "non", "self", "co", "pre", "post", "anti", "ex", "semi", "vice", "well", "so"),
        *("half", "cross", "high", "low", "long", "short", "full", "part", "twenty", "thirty", "forty"),
        *("fifty", "sixty", "seventy", "eighty", "ninety"),
    ]
)
"""First parts of compounds."""

MIN_PART_CHARS = 4


@dataclass(frozen=True, slots=True)
class Joint:
    """What joins two lines, and how many characters to leave out at the end of the first."""

    glue: str = " "
    cut: int = 0


class Joints:
    """Joins the lines of one document, by the words that are seen elsewhere in it."""

    def __init__(self, lines: Sequence[PageLine], pages: int) -> None:
        self._words = _counts_of_words([line.text.casefold() for line in lines])
        ends = sum(line.text[-1:] in _HYPHENS and bool(_divided(line.text)) for line in lines)
        self._divides = ends >= MIN_HYPHENS_A_PAGE * max(pages, 1)

    def joint(self, first: str, second: str) -> Joint:
        if first[-1:] in _HYPHENS and second[:1].isalnum():
            return self._at_hyphen(first, second)
        attached = first[-1:] in _ATTACHING and _ATTACHED.search(first[-3:])
        if attached or _is_address(first.rpartition(" ")[2], second):
            return Joint("")
        if first and second and is_unspaced(first[-1]) and is_unspaced(second[0]):
            return Joint("")
        return Joint()

    def _at_hyphen(self, first: str, second: str) -> Joint:
        before, after = _divided(first), _FIRST_WORD.match(second)
        if before is None or after is None:
            return Joint("") if first[-2:-1].isalnum() else Joint()
        return Joint("", cut=1) if self._is_divided(before[1], after[0]) else Joint("")

    def _is_divided(self, first: str, second: str) -> bool:
        """Whether the hyphen only divides a word."""
        last = re.split(rf"[{_HYPHENS}]", first)[-1]
        whole, compound = self._words[(last + second).casefold()], self._words[f"{last}-{second}".casefold()]
        if whole != compound:
            return whole > compound
        if second[0].isupper() or last.casefold() in _PARTS:
            return False
        parts = last.casefold(), second.casefold()
        compounds = all(len(part) >= MIN_PART_CHARS and self._words[part] > 1 for part in parts)
        return self._divides and not compounds


def _divided(line: str) -> re.Match[str] | None:
    """The word that a line ends with, less its hyphen."""
    return _LAST_WORD.search(line.rpartition(" ")[2])


def _is_address(last: str, second: str) -> bool:
    """Whether a web address continues from the last word of a line on the next line."""
    if last[-1:] in _ADDRESS_BREAKS and _ADDRESS.search(last):
        return True
    goes_on = second[:1] in "%/_=&?#" or last[-1:] in "/_=&?%"
    return goes_on and bool(_IN_ADDRESS.fullmatch(last))


def _counts_of_words(lines: Sequence[str]) -> Counter[str]:
    """The words of lines, without those divided at a line end; for compounds, also neighbouring pairs."""
    counts = Counter(_WORD.findall("\n".join(lines)))
    counts.subtract(word for line in lines if line[-1:] in _HYPHENS for word in _WORD.findall(line)[-1:])
    for word, count in [(word, count) for word, count in counts.items() if "-" in word or "\u2010" in word]:
        parts = re.split("[-\u2010]", word)
        if len(parts) > 2:
            counts.update({f"{a}-{b}": count for a, b in pairwise(parts)})
    return counts
