"""Two passages side by side, their differences marked if they share enough words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Lock

from flask import Blueprint, g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from index.citation_resolver.parser import MAX_CITATION_CHARS
from index.citation_resolver.resolution import CitationMatch, Resolution
from index.citation_resolver.resolver import resolve
from index.engine import Snapshot
from kb.citing.styles.registry import Citation, cite
from kb.errors import BadRequest, IndexUnusable
from kb.ids import address, split_address
from kb.messages import Message
from kb.model import Document, Passage
from kb.permanence.location import Here, LeftOut, Moved, Unknown, Withdrawn, locate
from kb.published import LeftOutPassage, Withdrawal
from kb.text.diff import DiffPiece, differences
from kb.work.budget import uncounted
from web.english import ENGLISH
from web.presenters.citation_panel import citation_item, requested_style
from web.presenters.results.hit_titles import document_name
from web.urls import links
from web.views import left_out

__all__ = ["MIN_SHARED_FRACTION", "Comparison", "Side", "blueprint", "compared"]

blueprint = Blueprint("compare", __name__)

MIN_SHARED_FRACTION = 1 / 3
"""How much of the shorter passage must be in the other for marked differences to mean anything."""

_EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Side:
    """One side: a passage, what is known of a missing one, or passages to choose from."""

    asked: str
    passage: Passage | None = None
    document: Document | None = None
    citation: Citation | None = None
    gone: Withdrawal | None = None
    left_out: LeftOutPassage | None = None
    choices: tuple[CitationMatch, ...] = ()
    notices: tuple[Message, ...] = ()

    @property
    def status(self) -> int:
        """The HTTP status that this side alone would have."""
        if self.left_out:
            return 503
        if self.gone:
            return 410
        return 404 if self.is_wrong else 200

    @property
    def is_wrong(self) -> bool:
        """Whether what was asked for leads nowhere."""
        known = self.passage or self.choices or self.gone or self.left_out
        return bool(self.asked) and not known


@dataclass(frozen=True, slots=True)
class Example:
    """Two neighbouring passages of a document and a citation that leads to a passage, or neither."""

    document: Document | None
    passages: Sequence[Passage]
    cited: Document | None
    citation: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts in pieces, each with whether only this text has it; not `marked` if they share too little."""

    first: list[tuple[str, bool]]
    second: list[tuple[str, bool]]
    marked: bool
    same: bool


@blueprint.get("/compare")
def compare() -> AnyResponse:
    """Both passages, or the choices and hints that lead to them."""
    asked = [_asked(name) for name in ("a", "b")]
    found = [resolve(g.snapshot, text) if text else Resolution("", ()) for text in asked]
    if any(_has_moved(text, each) for text, each in zip(asked, found, strict=True)):
        now = [_address(each) or text for text, each in zip(asked, found, strict=True)]
        return redirect(links.comparing(*now), 308)
    first, second = (_side(text, each) for text, each in zip(asked, found, strict=True))
    page = render_template(
        "compare.html",
        sides=(first, second),
        example=_example(),
        comparison=(
            compared(first.passage.text, second.passage.text) if first.passage and second.passage else None
        ),
        swapped=links.comparing(second.asked, first.asked),
    )
    response = make_response(page, max(first.status, second.status))
    return left_out.temporary(response) if response.status_code == 503 else response


def _example() -> Example:
    """The example of this collection: found once for each generation, outside any request's budget.

    Empty while it cannot be looked for: a comparison does not fail because of it.
    """
    generation = g.snapshot.generation
    with _lock:
        if generation not in _EXAMPLES:
            try:
                with uncounted():
                    _EXAMPLES[generation] = _found_example(g.snapshot)
            except IndexUnusable:
                return _NO_EXAMPLE
            for old in list(_EXAMPLES)[:-_MAX_GENERATIONS]:
                del _EXAMPLES[old]
        return _EXAMPLES[generation]


def _found_example(snapshot: Snapshot) -> Example:
    """The two passages after the first in the earliest source with so many, and a citation that works."""
    sources = (document for document in snapshot.documents.values() if not document.is_note)
    long = (each for each in sources if snapshot.sizes[each.id] >= _MIN_PASSAGES_OF_EXAMPLE)
    first = None
    for document in islice(long, _MAX_TRIED):
        passages = snapshot.passages(document.id)[1:3]
        first = first or (document, passages)
        for citation in _citations(snapshot, document, passages):
            return Example(*first, document, citation)
    return Example(*first, None, "") if first else _NO_EXAMPLE


def _citations(snapshot: Snapshot, document: Document, passages: Iterable[Passage]) -> Iterator[str]:
    """What somebody would write to cite the passages, if it leads only to them."""
    for passage in passages:
        text = f"{document_name(document)} {passage.locator}"
        if (
            passage.locator
            and len(text) <= _MAX_EXAMPLE_CHARS
            and "…" not in text  # the title was cut
            and _address(resolve(snapshot, text)) == passage.address
        ):
            yield text


_NO_EXAMPLE = Example(None, (), None, "")
_EXAMPLES: dict[str, Example] = {}
_lock = Lock()
_MAX_GENERATIONS, _MAX_TRIED, _MIN_PASSAGES_OF_EXAMPLE, _MAX_EXAMPLE_CHARS = 2, 5, 3, 80


def compared(first: str, second: str) -> Comparison:
    """Marks the words that only one of two passages has; case and punctuation are ignored."""
    pieces = differences(first, second, _form)
    kept = sum(len(piece.old.split()) for piece in pieces if piece.kind == "kept")
    fewest = min(len(first.split()), len(second.split()))
    if not fewest or kept < MIN_SHARED_FRACTION * fewest:
        return Comparison([(first, False)], [(second, False)], False, False)
    same = all(piece.kind == "kept" for piece in pieces)
    return Comparison(_marked(pieces, 1), _marked(pieces, 2), True, same)


def _form(word: str) -> str:
    return _EDGES.sub("", word).casefold() or word


def _marked(pieces: Iterable[DiffPiece], side: int) -> list[tuple[str, bool]]:
    """The pieces of one text, with white space outside the marks."""
    found: list[tuple[str, bool]] = []
    for piece in pieces:
        words = str(piece[side])
        bare = words.rstrip()
        found += [(bare, piece.kind != "kept"), (words[len(bare) :], False)]
    return [(words, marked) for words, marked in found if words]


def _asked(name: str) -> str:
    text = request.args.get(name, "").strip()
    if len(text) > MAX_CITATION_CHARS:
        message = Message("citation-too-long", limit=MAX_CITATION_CHARS, length=len(text))
        raise BadRequest(name, message, ENGLISH)
    return text


def _address(found: Resolution) -> str:
    return address(found.sure.document, found.sure.passage) if found.sure else ""


def _has_moved(asked: str, found: Resolution) -> bool:
    """Whether the text is an address that was given up for another."""
    match locate(g.snapshot, *split_address(asked)):
        case Moved():
            return found.sure is not None
        case _:
            return False


def _side(asked: str, found: Resolution) -> Side:
    match found.sure and locate(g.snapshot, found.sure.document, found.sure.place):
        case Here(passage, document):
            citation = cite(citation_item(g.snapshot, passage), requested_style(request))
            return Side(passage.address, passage, document, citation)
        case Withdrawn(left):
            return Side(asked, gone=left)
        case LeftOut(missing):
            return Side(asked, left_out=missing)
    choices = tuple(match for match in found.matches if match.passage and not _is_span(match))
    return Side(asked, choices=choices, notices=found.notices if choices else _why_not(asked, found))


def _why_not(asked: str, found: Resolution) -> tuple[Message, ...]:
    """Hints on what to enter if the text leads to no single passage."""
    if found.notices and found.matches:
        return found.notices
    if any(map(_is_span, found.matches)):
        return (Message("several-not-compared"),)
    for match in found.matches:
        if passages := g.snapshot.passages(match.document):
            title = g.snapshot.documents[match.document].title
            return (Message("whole-not-compared", title=title, example=passages[0].address),)
    if asked.startswith(("/", "http://", "https://")):
        return (Message("address-not-compared"),)
    return found.notices


def _is_span(match: CitationMatch) -> bool:
    return bool(match.passage) and locate(g.snapshot, match.document, match.place) == Unknown()
