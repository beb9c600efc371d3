"""Puts raised text that PDFium gives apart from its line, such as the th of 18th, back into its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.importers.pdf.characters.glyphs import GlyphReader
from kb.importers.pdf.characters.text_runs import MARK, MAX_MARK_SIZE, RaisedMark, TextRun
from kb.sources.lines import Box

__all__ = ["with_raised_inside"]

MAX_RAISED_CHARS = 4
MAX_RAISED_RUN_CHARS = 30
"""The longest run of several raised words that PDFium gives together."""


def with_raised_inside(page: GlyphReader, runs: Sequence[TextRun]) -> list[TextRun]:
    """The runs, those that are raised within another, such as the th of 18th, put back into its words."""
    sizes = [run.size for run in runs]
    small = min(sizes, default=0)
    if small > MAX_MARK_SIZE * max(sizes, default=0):
        return list(runs)
    hosts = [run for run in runs if len(run.text) > 3 and small <= MAX_MARK_SIZE * run.size]
    runs = [part for run in runs for part in _words(page, run, hosts)] if hosts else runs
    kept: list[TextRun] = []
    inserted: dict[int, list[TextRun]] = {}
    for run in runs:
        host = (
            next((one for one in hosts if _is_raised_in(run, one)), None)
            if len(run.text) <= MAX_RAISED_CHARS
            else None
        )
        if host is None:
            kept.append(run)
        else:
            inserted.setdefault(id(host), []).append(run)
    return [_with_raised(page, run, inserted[id(run)]) if id(run) in inserted else run for run in kept]


def _words(page: GlyphReader, run: TextRun, hosts: Sequence[TextRun]) -> Iterator[TextRun]:
    """Each word of a run that is raised in another; else the run."""
    words = run.text.split(" ")
    if len(words) == 1 or len(run.text) > MAX_RAISED_RUN_CHARS or max(map(len, words)) > MAX_RAISED_CHARS:
        yield run
        return
    if not any(_is_raised_in(run, host) for host in hosts):
        yield run
        return
    first = run.first
    for word in words:
        left, right = page.edges[first][0], page.edges[first + len(word) - 1][1]
        box = Box(left, run.box.top, right, run.box.bottom)
        yield run._replace(text=word, box=box, first=first, marks=())
        first += len(word) + 1


def _is_raised_in(run: TextRun, host: TextRun) -> bool:
    if run.size > MAX_MARK_SIZE * host.size or not 0.1 * host.size < host.baseline - run.baseline < host.size:
        return False
    return host.box.left < run.box.left and run.box.right < host.box.right


def _with_raised(page: GlyphReader, host: TextRun, raised: Sequence[TextRun]) -> TextRun:
    text, marks = host.text, list(host.marks)
    for run in sorted(raised, key=lambda run: -run.box.left):
        middle = (run.box.left + run.box.right) / 2
        place = next(
            (at for at in range(len(host.text)) if page.edges[host.first + at][0] > middle), len(host.text)
        )
        while place and host.text[place - 1].isspace():
            place -= 1
        text = text[:place] + run.text + text[place:]
        length = len(run.text)
        marks = [
            RaisedMark(mark.start + length, mark.end + length) if mark.start >= place else mark
            for mark in marks
        ]
        if MARK.fullmatch(run.text):
            marks.append(RaisedMark(place, place + length))
    return host._replace(text=text, marks=tuple(sorted(marks, key=lambda mark: mark.start)))
