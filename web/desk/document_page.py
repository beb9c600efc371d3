"""A document at the desk: thirty of its passages, and the source beside the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.document_edits.open_document import OpenDocument
from kb.document_edits.spans import SpanFinder
from kb.model import Passage
from web.desk.source_pane import SourcePane, source_pane

__all__ = ["PASSAGES_A_PAGE", "DocumentPage", "PassageRow", "document_page"]

PASSAGES_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage in the list; `heading` is empty where the passage before has the same."""

    passage: Passage
    heading: str
    page: int | None
    in_source: bool


@dataclass(frozen=True, slots=True)
class DocumentPage:
    rows: Sequence[PassageRow]
    number: int
    last: int
    total: int
    pane: SourcePane | None
    chosen: str


def document_page(open_: OpenDocument, number: int, at: str) -> DocumentPage:
    """The page of the list with this number, or that with the passage `at`, which is then chosen."""
    passages = open_.passages
    last = max(1, -(-len(passages) // PASSAGES_A_PAGE))
    place = next((place for place, one in enumerate(passages) if one.id == at), None)
    number = min(max(number, 1), last) if place is None else place // PASSAGES_A_PAGE + 1
    begin = (number - 1) * PASSAGES_A_PAGE
    shown = passages[begin : begin + PASSAGES_A_PAGE]
    finder = SpanFinder(open_.extract) if open_.extract else None
    chosen = passages[place] if place is not None else next(iter(shown), None)
    before = passages[begin - 1].heading if begin else ""
    headings = [before, *(one.heading for one in shown)]
    rows = [
        _row(one, one.heading if one.heading != above else "", finder)
        for one, above in zip(shown, headings, strict=False)
    ]
    pane = source_pane(chosen, finder) if chosen and finder else None
    return DocumentPage(rows, number, last, len(passages), pane, chosen.id if chosen else "")


def _row(passage: Passage, heading: str, finder: SpanFinder | None) -> PassageRow:
    if finder is None:
        return PassageRow(passage, heading, None, in_source=True)
    spanned = finder.find(passage.id, passage.text)
    first = spanned.spans[0] if spanned and spanned.spans else None
    page = finder.extract.lines[first.line].page if first else None
    return PassageRow(passage, heading, page, in_source=spanned is not None)
