"""The source passages of a theme, each once, with the words that belong to its sub-points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.engine import Snapshot
from kb.model import Document, Passage

__all__ = ["ThemeSource", "theme_sources"]

_Words = tuple[int, int, str]
"""Where words begin and end in a passage, and the sub-point that they belong to."""


@dataclass(frozen=True, slots=True)
class ThemeSource:
    """A source passage in pieces, each with the slug of the sub-point it belongs to, or an empty one.

    `subpoints` are those of all its pieces, in the order of the theme.
    """

    passage: Passage
    document: Document
    pieces: tuple[tuple[str, str], ...]
    subpoints: tuple[str, ...]


def theme_sources(
    snapshot: Snapshot, found: Iterable[Passage], notes: Sequence[Passage]
) -> list[ThemeSource]:
    """The passages found on a theme, followed by any others that its notes quote."""
    quoting: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for note in notes:
        if note.quotation:
            quoting[note.quotation.document, note.quotation.passage].append(note)
    listed = {(one.document, one.id): one for one in found}
    for place in quoting:
        passage = listed.get(place) or snapshot.passage(*place)
        if passage:
            listed.setdefault(place, passage)
    documents = snapshot.documents
    return [_source(one, documents[one.document], quoting[place]) for place, one in listed.items()]


def _source(passage: Passage, document: Document, notes: Sequence[Passage]) -> ThemeSource:
    words = sorted(_words(passage, notes))
    named = {subpoint for _, _, subpoint in words}
    subpoints = tuple(note.id for note in notes if note.id in named)
    return ThemeSource(passage, document, tuple(_pieces(passage.text, words)), subpoints)


def _words(passage: Passage, notes: Iterable[Passage]) -> Iterator[_Words]:
    for note in notes:
        wanted = note.quotation.words if note.quotation else ""
        start = passage.text.find(wanted) if wanted else -1
        if start >= 0:
            yield start, start + len(wanted), note.id


def _pieces(text: str, words: Iterable[_Words]) -> Iterator[tuple[str, str]]:
    """The text cut at the words; of two that overlap, the second begins where the first ends."""
    at = 0
    for start, end, subpoint in words:
        if end <= at:
            continue
        if start > at:
            yield text[at:start], ""
        yield text[max(at, start) : end], subpoint
        at = end
    if at < len(text):
        yield text[at:], ""
