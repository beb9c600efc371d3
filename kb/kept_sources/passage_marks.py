"""Where the words of a passage are in its source: stretches of extracted lines, page by page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kb.collection.extract_file import SourceExtract
from kb.sources.lines import Box, SourceLine, Span
from kb.text.fingerprint import collapse
from kb.text.scripts import INVISIBLE, VARIATION_SELECTORS

__all__ = ["LineMark", "letters", "located_spans", "page_marks"]

_NO_LETTER = re.compile(rf"[\s\u00ad{INVISIBLE}{VARIATION_SELECTORS}]")

Place = tuple[int, int]
"""A line, by its number, and an offset in it."""


@dataclass(frozen=True, slots=True)
class LineMark:
    """A half-open stretch of a line on a page, in code points; `box` is that of the whole line."""

    box: Box
    text: str
    start: int
    end: int


def page_marks(extract: SourceExtract, passage: str, text: str, page: int) -> tuple[LineMark, ...]:
    """The parts of a passage that are on this page of its source; empty if there are none."""
    return tuple(_marks(extract.lines, located_spans(extract, passage, text), page))


def _marks(lines: Sequence[SourceLine], spans: Iterable[Span], page: int) -> Iterator[LineMark]:
    for span in spans:
        line = lines[span.line]
        if line.page == page and line.box and line.text[span.start : span.end].strip():
            yield LineMark(line.box, line.text, span.start, span.end)


def located_spans(extract: SourceExtract, passage: str, text: str) -> tuple[Span, ...]:
    """The spans of a passage, even if an editor cut or merged it; empty if it is not in the lines.

    Of several places, the one nearest to its own spans counts.
    """
    own = extract.passages[passage].spans if passage in extract.passages else ()
    if own and collapse(extract.replayed(passage)) == collapse(text):
        return own
    near = own[0].line if own else 0
    every = (span for made in extract.passages.values() for span in made.spans)
    whole = (Span(number, 0, len(line.text)) for number, line in enumerate(extract.lines))
    return _found(extract.lines, every, text, near) or _found(extract.lines, whole, text, near)


def _found(lines: Sequence[SourceLine], spans: Iterable[Span], text: str, near: int) -> tuple[Span, ...]:
    wanted, places = "".join(one for one, _ in letters(text)), list[Place]()
    pieces = []
    for span in spans:
        for letter, at in letters(lines[span.line].text[span.start : span.end]):
            pieces.append(letter)
            places.append((span.line, span.start + at))
    starts = [found.start() for found in re.finditer(re.escape(wanted), "".join(pieces))] if wanted else []
    if not starts:
        return ()
    start = min(starts, key=lambda at: abs(places[at][0] - near))
    return tuple(_spans(places[start : start + len(wanted)]))


def _spans(places: Iterable[Place]) -> Iterator[Span]:
    for line, group in groupby(places, key=lambda place: place[0]):
        offsets = [at for _, at in group]
        yield Span(line, offsets[0], offsets[-1] + 1)


def letters(text: str) -> Iterator[tuple[str, int]]:
    """All visible characters other than white space, in NFC, each with its offset in the text."""
    if text.isascii():
        yield from ((one, at) for at, one in enumerate(text) if not one.isspace())
        return
    for cluster in re.finditer(r"(?s).[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0653-\u0655]*", text):
        for one in unicodedata.normalize("NFC", cluster[0]):
            if not _NO_LETTER.match(one):
                yield one, cluster.start()
