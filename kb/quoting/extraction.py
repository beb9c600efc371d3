"""Finds the quotations in a text: in quotation marks of any kind, or in a block set off by ">".

Of nested quotations, the outermost counts; an apostrophe is not a quotation mark. Time is linear in the
length of the text, whatever it contains.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kb.quoting.negation import CONTEXT_CHARS
from kb.quoting.quotation_marks import QuotationMarks, enclose
from kb.text.folding import folded_words

__all__ = ["QuotedSpan", "find_quotations"]

_QUOTED_LINE = re.compile(r"^[ \t]{0,3}>[> \t]*", re.MULTILINE)
_BLOCK = re.compile(r"(?:^[ \t]{0,3}>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_STRAIGHT_MARKS = "\"＂'＇"
_TEX_MARKS = re.compile(r"(?<!`)``(?!`)((?:(?!``|\n[ \t]*\n).){1,20000}?)''(?!')", re.DOTALL)
"""Quotation marks as TeX and typewriters have them, two characters each."""

_NOTE_MARK = "\u200b"
"""What `kb.quoting.manuscript` leaves in place of a note mark."""

_MAX_REFERENCE_CHARS = 1_000
_REFERENCE = re.compile(r"(?<=[\"'”’»])\s*\((?:[^()]|\([^()]{1,60}\)){1,900}\)\Z")
"""An in-text reference after a quotation: `(Office A, 2016, art. 3(a))`."""

_SOURCE = re.compile(r"\s*(?:[—–―]|--|\[!|\[-?@)")
"""How a line that names a block's source or kind begins."""


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """A quotation found in a text: its words without the marks, and the offset and line where they begin.

    `before` and `behind` are the text around it, as far as it bears on the quotation.
    """

    text: str
    start: int
    line: int
    before: str = ""
    behind: str = ""

    @property
    def is_single_word(self) -> bool:
        """Whether it is a single word, as in scare quotes; in scripts without spaces, a few characters."""
        return len(self.text.split()) == 1 and len(folded_words(self.text)) <= _MAX_WORD_CHARS


_MAX_WORD_CHARS = 4
"""How many characters may count as one word in scripts without spaces."""


def find_quotations(text: str, *, whole: bool = False) -> tuple[QuotedSpan, ...]:
    """The quotations of a text in order; with `whole`, a text that has none counts as one."""
    lines = [newline.end() for newline in re.finditer("\n", text)]
    text = _TEX_MARKS.sub(r" “\1” ", text)
    spans = sorted([*_blocks(text), *_outside_blocks(text)])
    spans = [(0, len(text))] if whole and not spans else spans
    claims = []
    for start, end in spans:
        words = _QUOTED_LINE.sub(lambda match: " " * len(match[0]), text[start:end])
        bare = words.strip()
        if any(map(str.isalnum, bare)):
            begin = start + words.index(bare)
            before, behind = text[max(0, start - CONTEXT_CHARS) : start], text[end : end + CONTEXT_CHARS]
            claims.append(QuotedSpan(bare, begin, bisect_right(lines, begin) + 1, before, behind))
    return tuple(claims)


def _outside_blocks(text: str) -> Iterator[tuple[int, int]]:
    """The text in quotation marks; a quotation still open where a block begins ends there."""
    blocks = [block.start() for block in _BLOCK.finditer(text)]
    for start, end in _marked(_BLOCK.sub(_blanked, text)):
        at = bisect_left(blocks, start)
        yield start, min(end, blocks[at]) if at < len(blocks) else end


def _blanked(match: re.Match[str]) -> str:
    """A block as blank lines, so that its marks do not count outside it."""
    return re.sub(r"[^\n]", " ", match[0])


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs of quoted blocks, without enclosing marks and lines that name the source."""
    for block in _BLOCK.finditer(text):
        begin = end = block.start()
        for line in [*block[0].splitlines(keepends=True), ""]:
            words = _QUOTED_LINE.sub("", line).strip()
            if not words or _SOURCE.match(words):
                yield from _unmarked(text, begin, end)
                begin = end + len(line)
            end += len(line)


def _unmarked(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without its enclosing quotation marks; several parts if each has its own marks."""
    words = _QUOTED_LINE.sub(lambda match: " " * len(match[0]), text[start:end])
    bare = _without_reference(words)
    if not bare:
        return
    start += words.index(bare)
    marked = list(_marked(bare)) if enclose(bare) else []
    edges = zip([0, *(last for _, last in marked)], [*(first for first, _ in marked), len(bare)], strict=True)
    is_parted = any(map(str.isalnum, "".join(bare[one:other] for one, other in edges)))
    match len(marked):
        case 0:
            yield start, start + len(bare)
        case 1:
            yield start + 1, start + len(bare) - 1
        case _ if not is_parted:
            yield from ((start + first, start + last) for first, last in marked)
        case _:  # straight marks do not show which of them enclose others
            inner = bare[0] in _STRAIGHT_MARKS
            yield start + inner, start + len(bare) - inner


def _without_reference(words: str) -> str:
    """The words of a block without the note mark or bracketed reference that follows its quotation."""
    bare = words.strip().strip(_NOTE_MARK).strip()
    tail = _REFERENCE.search(bare, max(0, len(bare) - _MAX_REFERENCE_CHARS))
    quotation = bare[: tail.start()].rstrip() if tail else bare
    return quotation if enclose(quotation) else bare


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """The text in quotation marks, without the marks."""
    marks = QuotationMarks(text)
    at = 0
    while at < len(marks.places):
        end = marks.end(at)
        if end is None:
            at += 1
        else:
            yield marks.places[at] + 1, end
            at = bisect_right(marks.places, end)
