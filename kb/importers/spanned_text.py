"""Text that knows which stretches of which source lines it is made of, whatever is cut from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kb.sources.lines import Span

__all__ = ["EMPTY", "Piece", "SpannedText", "joined", "line_text"]


class Piece(NamedTuple):
    """Characters of a line from an offset on, unchanged; any `glue` comes before them."""

    text: str
    line: int
    start: int = 0
    glue: str = ""

    @property
    def span(self) -> Span:
        return Span(self.line, self.start, self.start + len(self.text), self.glue)


@dataclass(frozen=True)
class SpannedText:
    """Pieces of lines, in order. Every change is a cut or a joint, so the spans can be replayed."""

    pieces: tuple[Piece, ...] = ()

    @cached_property
    def text(self) -> str:
        if len(self.pieces) < 2:
            return self.pieces[0].text if self.pieces else ""
        first = self.pieces[0]
        return first.text + "".join([piece.glue + piece.text for piece in self.pieces[1:]])

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(piece.span for piece in self.pieces)

    def cut(self, start: int, end: int | None = None) -> SpannedText:
        """The text between two offsets, without white space at either end."""
        return SpannedText(tuple(_within(self.pieces, start, _MAX if end is None else end))).stripped()

    def without(self, start: int, end: int) -> SpannedText:
        """The text without what is between two offsets; nothing takes its place."""
        if start <= 0:
            return self.cut(end)
        before, after = list(_within(self.pieces, 0, start)), list(_within(self.pieces, end, _MAX))
        if after and not after[0].glue:  # what is between the two stays if the cut begins after it
            glue = self.text[len(SpannedText(tuple(before)).text) : start]
            after[0] = Piece(after[0].text, after[0].line, after[0].start, glue)
        return SpannedText((*before, *after)).stripped()

    def stripped(self) -> SpannedText:
        """The text without white space at either end."""
        pieces = [piece for piece in self.pieces if piece.text]
        while pieces and not pieces[0].text.strip():
            del pieces[0]
        while pieces and not pieces[-1].text.strip():
            del pieces[-1]
        if not pieces:
            return EMPTY
        first = pieces[0]
        indent = len(first.text) - len(first.text.lstrip())
        pieces[0] = Piece(first.text[indent:], first.line, first.start + indent, "")
        last = pieces[-1]
        pieces[-1] = Piece(last.text.rstrip(), last.line, last.start, last.glue)
        return SpannedText(tuple(pieces))


EMPTY = SpannedText()
_MAX = 1 << 62


def line_text(text: str, line: int) -> SpannedText:
    """A whole line."""
    return SpannedText((Piece(text, line),)).stripped()


def joined(texts: Iterable[SpannedText], glue: str = " ") -> SpannedText:
    """Texts one after another, with `glue` between them."""
    pieces: list[Piece] = []
    for text in texts:
        for place, piece in enumerate(text.pieces):
            between = piece.glue if place or not pieces else glue
            pieces.append(Piece(piece.text, piece.line, piece.start, between))
    return SpannedText(tuple(pieces))


def _within(pieces: Iterable[Piece], start: int, end: int) -> Iterator[Piece]:
    """The pieces between two offsets of their text, cut where these fall inside one."""
    offset = 0
    for place, piece in enumerate(pieces):
        glue = piece.glue if place else ""
        begin = offset + len(glue)
        offset = begin + len(piece.text)
        first, last = max(start - begin, 0), min(end, offset) - begin
        if first < last:
            kept = glue if start < begin else ""
            yield Piece(piece.text[first:last], piece.line, piece.start + first, kept)
