"""The table of words that tesseract writes (TSV), as lines with their boxes.

Columns: level, page, block, paragraph, line, word, left, top, width, height, confidence (0 to 100), text.
Words are of level 5; boxes are in pixels from the top left corner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import fmean, median
from typing import NamedTuple

from kb.sources.lines import Box
from kb.text.scripts import UNSPACED

__all__ = ["OcrLine", "mean_confidence", "read_word_table"]

COLUMNS = 12
WORD_LEVEL = "5"
MIN_GAP_HEIGHTS = 0.5
"""The least white space, between words of a script without spaces, that counts as a space."""

_UNSPACED = re.compile(f"[{UNSPACED}]")


class _Word(NamedTuple):
    line: tuple[str, ...]
    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class OcrLine:
    """A line as it was read; `size` is the usual height of its words, `confidence` from 0 to 100."""

    text: str
    box: Box
    size: float
    confidence: float


def read_word_table(table: str, points_a_pixel: float = 1.0) -> list[OcrLine]:
    """The lines of a table, in its order; malformed rows are skipped."""
    words = _words(table, points_a_pixel)
    return [_line(list(group)) for _, group in groupby(words, key=lambda word: word.line)]


def _words(table: str, scale: float) -> Iterator[_Word]:
    for row in table.split("\n"):
        cells = row.rstrip("\r").split("\t", COLUMNS - 1)
        if len(cells) < COLUMNS or cells[0] != WORD_LEVEL or not any(map(_is_shown, cells[-1])):
            continue
        try:
            left, top, width, height, confidence = map(float, cells[6:11])
        except ValueError:
            continue
        box = Box(left * scale, top * scale, (left + width) * scale, (top + height) * scale)
        yield _Word(tuple(cells[1:5]), _cleaned(cells[-1]), box, confidence)


def _is_shown(character: str) -> bool:
    return character.isprintable() and not character.isspace()


def _cleaned(text: str) -> str:
    return "".join(one for one in text if one.isprintable()).strip()


def _line(words: Sequence[_Word]) -> OcrLine:
    box = words[0].box
    for word in words[1:]:
        box |= word.box
    size = median(word.box.height for word in words)
    return OcrLine(_joined(words, size), box, size, fmean(word.confidence for word in words))


def _joined(words: Sequence[_Word], size: float) -> str:
    text = words[0].text
    for before, word in pairwise(words):
        unspaced = _UNSPACED.match(before.text[-1]) and _UNSPACED.match(word.text[0])
        gap = max(word.box.left - before.box.right, before.box.left - word.box.right)
        text += f"{'' if unspaced and gap < MIN_GAP_HEIGHTS * size else ' '}{word.text}"
    return text


def mean_confidence(lines: Iterable[OcrLine]) -> float:
    """How sure the program is of the letters of these lines, from 0 to 100."""
    weights = [(len(line.text), line.confidence) for line in lines]
    total = sum(length for length, _ in weights)
    return sum(length * confidence for length, confidence in weights) / total if total else 0.0
