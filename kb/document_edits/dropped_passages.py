"""Passages that were dropped: the extract of the source still has them, and says where they belong."""

from __future__ import annotations

from kb.collection.extract_file import SourceExtract
from kb.document_edits.document_state import EditRefused
from kb.document_edits.open_document import OpenDocument
from kb.messages import Message
from kb.model import Passage

__all__ = ["dropped_passages", "place_of"]


def dropped_passages(open_: OpenDocument) -> list[Passage]:
    """The passages that only the extract has, in the order of the source.

    One that an editor merged by hand does not count: its words are in another passage.
    """
    extract = open_.extract
    if extract is None:
        return []
    there = {one.id for one in open_.passages}
    words = " ".join(_folded(one.text) for one in open_.passages)
    gone = ((id, extract.replayed(id)) for id in extract.passages if id not in there)
    return [
        Passage(open_.document.id, id, text)
        for id, text in gone
        if text.split() and _folded(text) not in words
    ]


def _folded(text: str) -> str:
    return " ".join(text.split())


def place_of(open_: OpenDocument, id: str) -> int:
    """The index at which a dropped passage belongs, by the lines of the source. Raises EditRefused."""
    extract = open_.extract
    if open_.faults or extract is None or id not in extract.passages:
        raise EditRefused(Message("edit-nothing-to-bring-back"))
    first = _first_place(extract, id)
    later = (number for number, one in enumerate(open_.passages) if _first_place(extract, one.id) > first)
    return next(later, len(open_.passages))


def _first_place(extract: SourceExtract, id: str) -> tuple[int, int]:
    made = extract.passages.get(id)
    return (made.spans[0].line, made.spans[0].start) if made and made.spans else (-1, 0)
