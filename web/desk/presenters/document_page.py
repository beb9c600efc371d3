"""A document at the desk: thirty of its passages, and the source beside the selected one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.cli.content_words import counted_passages
from kb.document_edits.open_document import OpenDocument
from kb.document_edits.span_edits import pages_of
from kb.document_edits.spans import SpanFinder
from kb.model import Passage
from web.desk.presenters.source_pane import SourcePane, source_pane

__all__ = ["PASSAGES_A_PAGE", "DocumentPage", "PassageRow", "document_page"]

PASSAGES_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage in the list; `heading` is empty if the passage before has the same one.

    `before` and `behind` are the ids of its neighbours, empty if it has none.
    """

    passage: Passage
    heading: str
    page: int | None
    in_source: bool
    before: str
    behind: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Page `number` of `last`; `content` counts the passages and headings of the document in words."""

    rows: Sequence[PassageRow]
    number: int
    last: int
    content: str
    pane: SourcePane | None
    chosen: str


def document_page(open_: OpenDocument, number: int, at: str) -> DocumentPage:
    """The page of the list with this number, or the one with the passage `at`, which is then selected."""
    passages = open_.passages
    last = max(1, -(-len(passages) // PASSAGES_A_PAGE))
    place = next((place for place, one in enumerate(passages) if one.id == at), None)
    number = min(max(number, 1), last) if place is None else place // PASSAGES_A_PAGE + 1
    begin = (number - 1) * PASSAGES_A_PAGE
    shown = passages[begin : begin + PASSAGES_A_PAGE]
    finder = SpanFinder(open_.extract) if open_.extract else None
    chosen = passages[place] if place is not None else next(iter(shown), None)
    rows = [_row(passages, place, finder) for place in range(begin, begin + len(shown))]
    pane = source_pane(chosen, finder) if chosen and finder else None
    return DocumentPage(rows, number, last, counted_passages(passages), pane, chosen.id if chosen else "")


def _row(passages: Sequence[Passage], at: int, finder: SpanFinder | None) -> PassageRow:
    passage = passages[at]
    spanned = finder.find(passage.id, passage.text) if finder else None
    page = pages_of(finder.extract, spanned.spans)[0] if finder and spanned else None
    in_source = finder is None or spanned is not None
    before, behind = passages[:at][-1:], passages[at + 1 : at + 2]
    return PassageRow(
        passage,
        _new_heading(passages, at),
        page or passage.page,
        in_source,
        "".join(one.id for one in before),
        "".join(one.id for one in behind),
    )


def _new_heading(passages: Sequence[Passage], at: int) -> str:
    """The heading above a passage; empty if the passage, or the one before it, shows it already."""
    passage, before = passages[at], passages[at - 1] if at else None
    if passage.unit == "heading" or (
        before and (before.unit == "heading" or before.heading == passage.heading)
    ):
        return ""
    return passage.heading
