"""Footnotes and endnotes: which lines of a column and which marks in the text belong to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kb.importers.pdf.characters.text_runs import RaisedMark
from kb.importers.pdf.columns import Column
from kb.importers.pdf.lines import NOTE_RULE, LinePart, PageLine

__all__ = ["Note", "NoteReader", "marks_in"]

MAX_NOTE_SIZE = 0.97
"""Times the text's size: notes are set smaller, unless a rule stands above them."""

MAX_GAP = 2.4
"""Times the notes' line height: a line further below a note is not part of it."""

_MARK = re.compile(r"(?P<mark>[*∗]{1,5}|[†‡]{1,3}|\d{1,3}/?|[a-z]/?)(?=\s|(?<=/))\s*(?=\S)")
_STARS = re.compile(r"(?<=[^\s*∗])[*∗]{1,5}(?=[\s.,;:)]|\Z)")
_SLASHED = re.compile(r"(?<=\s)(?:\d{1,3}|[a-z])/(?=[\s.,;:)]|\Z)")
_UNFINISHED = re.compile(r"[^.!?»”\"')\]]\Z")


@dataclass(slots=True)
class Note:
    """A note as it is gathered: its mark, and the parts of lines that make up its words."""

    mark: str
    parts: list[LinePart] = field(default_factory=list)

    @property
    def last(self) -> PageLine:
        return self.parts[-1].line


class NoteReader:
    """Reads the notes of a document, column by column in reading order."""

    def __init__(self, text_size: float) -> None:
        self._size = text_size
        self.notes: list[Note] = []
        self.rules: list[PageLine] = []

    @property
    def marks(self) -> frozenset[str]:
        return frozenset(note.mark for note in self.notes)

    def without_notes(self, column: Column) -> tuple[Column, list[Note]]:
        """The column less its notes, and the notes that begin in it."""
        kept: list[PageLine] = []
        before = len(self.notes)
        note: Note | None = None
        ruled = False
        for place, line in enumerate(column.lines):
            if NOTE_RULE.fullmatch(line.text):
                self.rules.append(line)
                ruled = True
                continue
            ruled = ruled or self._is_marked(column.lines, place)
            if ruled or self._is_small(line):
                starts = self._started(line, ruled=ruled)
                if starts:
                    note = starts[-1]
                    continue
                if note is None and self._goes_on(column.lines, place, ruled=ruled):
                    note = self.notes[-1]
                if note is not None and (ruled or _belongs(note, line)):
                    note.parts.append(LinePart(line, 0, len(line.text)))
                    continue
            note = None
            kept.append(line)
        return replace(column, lines=tuple(kept)), self.notes[before:]

    def _is_small(self, line: PageLine) -> bool:
        return line.size <= MAX_NOTE_SIZE * self._size

    def _is_marked(self, lines: Sequence[PageLine], place: int) -> bool:
        """Whether notes of the text's own size begin here: with the next mark, raised, below a gap."""
        line = lines[place]
        if line.mark_at_start is None or place == 0 or self._is_small(line):
            return False
        apart = line.baseline - lines[place - 1].baseline > 1.3 * line.size
        return apart and self._follows(line.text[: line.mark_at_start.end], ruled=False)

    def _started(self, line: PageLine, *, ruled: bool) -> list[Note]:
        """The notes that begin on a line: more than one where short notes share it."""
        mark = _mark_at_start(line)
        if mark is None:
            return []
        raised = line.mark_at_start is not None
        if not raised and not self._follows(mark[0], ruled=ruled):
            return []
        found = [Note(mark[0], [LinePart(line, mark[1], len(line.text))])]
        for other in line.marks[1:] if raised and mark[0].isdecimal() else ():
            value = line.text[other.start : other.end]
            if value.isdecimal() and int(value) == int(mark[0]) + len(found):
                begin = found[-1].parts[-1].start
                found[-1].parts[-1] = LinePart(line, begin, other.start)
                found.append(Note(value, [LinePart(line, other.end, len(line.text))]))
        self.notes += found
        return found

    def _follows(self, mark: str, *, ruled: bool) -> bool:
        """Whether a mark that is not raised may be the next; numbers may restart on a page."""
        number = mark.rstrip("/")
        if not number.isdecimal():
            return ruled or not mark[0].isalpha()
        last = next((note.mark for note in reversed(self.notes) if note.mark.rstrip("/").isdecimal()), "0")
        return int(number) in (int(last.rstrip("/")) + 1, 1) or (ruled and mark.endswith("/"))

    def _goes_on(self, lines: Sequence[PageLine], place: int, *, ruled: bool) -> bool:
        """Whether this line continues the last note of an earlier page or column."""
        if not self.notes:
            return False
        last, line = self.notes[-1].last, lines[place]
        if (last.page, last.box.left) == (line.page, line.box.left) or not _UNFINISHED.search(last.text[-2:]):
            return False
        if abs(line.size - last.size) > 0.04 * last.size or last.page < line.page - 1:
            return False
        rest = [one for one in lines[place:] if not self._is_small(one)]
        above = lines[place - 1] if place else None
        apart = above is None or line.baseline - above.baseline > 1.2 * line.size
        return ruled or (not rest and apart)


def _mark_at_start(line: PageLine) -> tuple[str, int] | None:
    raised = line.mark_at_start
    if raised is not None:
        return line.text[: raised.end], raised.end
    match = _MARK.match(line.text)
    return (match["mark"], match.end("mark")) if match else None


def _belongs(note: Note, line: PageLine) -> bool:
    last = note.last
    if abs(line.size - last.size) > 0.12 * last.size:
        return False
    return (
        line.page != last.page
        or -2 <= line.baseline - last.baseline <= MAX_GAP * line.size
        or (line.baseline < last.baseline - 40)
    )


def marks_in(line: PageLine, known: frozenset[str]) -> list[RaisedMark]:
    """The marks of notes in a line of the text: raised ones, and those like `1/` that a note has."""
    text = line.text
    found = [mark for mark in line.marks if _known(text[mark.start : mark.end], known)]
    for slashed in _SLASHED.finditer(text) if "/" in text else ():
        if slashed[0] in known:
            found.append(RaisedMark(*slashed.span()))
    for stars in _STARS.finditer(text) if "*" in text or "∗" in text else ():
        if stars[0] in known and not any(mark.start == stars.start() for mark in found):
            found.append(RaisedMark(stars.start(), stars.end()))
    return sorted(found, key=lambda mark: mark.start)


def _known(text: str, known: frozenset[str]) -> bool:
    return all(part in known or f"{part}/" in known for part in re.split("[,–-]", text))
