"""The source lines that a passage is made of, even if an editor changed the passage by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kb.collection.extract_file import SourceExtract
from kb.importers.spanned_text import Piece, SpannedText, line_text
from kb.sources.lines import SourceLine, Span

__all__ = ["SpanFinder", "cut_at"]


@dataclass(frozen=True)
class SpanFinder:
    """Finds the words of passages in an extract."""

    extract: SourceExtract

    def find(self, id: str, text: str) -> SpannedText | None:
        """The text as pieces of the source's lines; None if they do not have it word for word.

        It is looked for in the passage's own spans, then in those of all passages, then in the lines.
        """
        if made := self.extract.passages.get(id):
            own = _spanned(self.extract.lines, made.spans)
            if _bare(own.text) == _bare(text):
                return own
        for run in (self._of_passages, self._of_lines):
            if found := run.find(text):
                return found
        return None

    @cached_property
    def _of_passages(self) -> _Run:
        made = self.extract.passages.values()
        return _Run(_joined(_spanned(self.extract.lines, one.spans) for one in made))

    @cached_property
    def _of_lines(self) -> _Run:
        return _Run(_joined(line_text(line.text, number) for number, line in enumerate(self.extract.lines)))


@dataclass(frozen=True)
class _Run:
    """Consecutive pieces, searched ignoring white space."""

    spanned: SpannedText

    def find(self, text: str) -> SpannedText | None:
        bare = _bare(text)
        at = self._bare.find(bare) if bare else -1
        if at < 0:
            return None
        return self.spanned.cut(self._offsets[at], self._offsets[at + len(bare) - 1] + 1)

    @cached_property
    def _bare(self) -> str:
        return _bare(self.spanned.text)

    @cached_property
    def _offsets(self) -> list[int]:
        """The offset in the text of each character that is not white space."""
        return [at for at, character in enumerate(self.spanned.text) if not character.isspace()]


def cut_at(spanned: SpannedText, text: str, offset: int) -> tuple[SpannedText, SpannedText]:
    """The pieces before and after an offset in the text; the white space of the two may differ."""
    before = len(_bare(text[:offset]))
    places = [at for at, character in enumerate(spanned.text) if not character.isspace()]
    return spanned.cut(0, places[before]), spanned.cut(places[before])


def _spanned(lines: tuple[SourceLine, ...], spans: Iterable[Span]) -> SpannedText:
    """Spans as text; those beyond the lines, in a damaged extract, are left out."""
    return SpannedText(
        tuple(
            Piece(lines[span.line].text[span.start : span.end], span.line, span.start, span.glue)
            for span in spans
            if span.line < len(lines)
        )
    )


def _joined(texts: Iterable[SpannedText]) -> SpannedText:
    pieces: list[Piece] = []
    for text in texts:
        for number, piece in enumerate(text.pieces):
            pieces.append(piece if number else Piece(piece.text, piece.line, piece.start, "\n"))
    return SpannedText(tuple(pieces))


def _bare(text: str) -> str:
    return "".join(text.split())
