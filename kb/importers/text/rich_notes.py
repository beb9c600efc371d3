"""The notes of an RTF text, taken out of its paragraphs, each with its mark and former place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.importers.blocks import NoteMark
from kb.importers.spanned_text import SpannedText
from kb.importers.text.rich_styles import NOTE_BEGINS, NOTE_ENDS, NUMBERED, STYLE_MARKS

__all__ = ["RichNote", "without_notes", "words_and_marks"]

_NOTE = re.compile(f"{NOTE_BEGINS}([^{NOTE_BEGINS}{NOTE_ENDS}]*){NOTE_ENDS}")
_MARK = re.compile(rf"[\s{STYLE_MARKS}]*([*∗†‡§]{{1,4}}|\d{{1,4}})[.)]?[\s{STYLE_MARKS}]+(?=\S)")
_SIGNS = re.compile(f"[{NOTE_ENDS}{NUMBERED}]")


@dataclass(frozen=True, slots=True)
class RichNote:
    """A note: its mark, or its number if it shows none, and its words, which may span paragraphs."""

    mark: str
    text: str


def without_notes(text: str) -> tuple[str, list[RichNote]]:
    """A text with `NOTE_BEGINS` in the place of each note; and the notes."""
    notes: list[RichNote] = []
    numbered = 0

    def taken(found: re.Match[str]) -> str:
        nonlocal numbered
        words = found[1]
        own = None if NUMBERED in words else _MARK.match(words)
        numbered += own is None
        notes.append(RichNote(own[1] if own else str(numbered), words[own.end() :] if own else words))
        return NOTE_BEGINS

    bare = _SIGNS.sub("", _NOTE.sub(taken, text))
    notes = [RichNote(note.mark, _SIGNS.sub("", note.text)) for note in notes]
    return (bare, notes) if bare.count(NOTE_BEGINS) == len(notes) else (bare.replace(NOTE_BEGINS, ""), [])


def words_and_marks(
    line: SpannedText, marked: str, notes: Sequence[RichNote]
) -> tuple[SpannedText, tuple[NoteMark, ...]]:
    """The words of a line without its note marks, and the marks; `marked` is its text with `NOTE_BEGINS`."""
    cuts: list[tuple[int, int]] = []
    marks: list[NoteMark] = []
    offset = kept = 0
    for piece, note in zip(marked.split(NOTE_BEGINS), notes, strict=False):
        offset += len(piece)
        shown = len(note.mark) if piece.endswith(note.mark) else 0
        kept += len(piece) - shown
        cuts += [(offset - shown, offset)] if shown else []
        marks.append(NoteMark(note.mark, kept))
    for start, end in reversed(cuts):
        line = line.without(start, end)
    return line, tuple(marks)
