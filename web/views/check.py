"""Checking quotations: a form, and the verdicts on what was pasted, which is neither kept nor logged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, g, make_response, render_template, request

from index.query import Phrase, write_query
from index.quotation_check.text_report import MAX_TEXT_CHARS, CheckedQuotation, QuotationReport, check_text
from index.quotation_check.warnings import warnings_of
from index.serializers.quotations import locators
from index.verdict import Place, VerdictWord
from kb.citing.rich_text import RichText, plain_text
from kb.citing.styles.registry import DEFAULT_STYLE, cite, style_named
from kb.messages import Message
from kb.model import Document, Passage
from kb.permalinks import permalink
from kb.quoting.extraction import QuotedSpan
from kb.quoting.pattern import read_pattern
from web.english import say
from web.http.security_headers import DISCREET
from web.presenters.records import make_records
from web.urls import links, search_links

__all__ = ["Finding", "ShownPlace", "blueprint"]

blueprint = Blueprint("check", __name__)

_FORM = "application/x-www-form-urlencoded"
_MAX_FORM_BYTES = 12 * MAX_TEXT_CHARS + 1_000
"""The size of a form with the longest text: one character may be sent as twelve bytes."""

_MAX_PLACES_IN_FULL, _MAX_ALL_IN_FULL = 5, 100
"""Places shown in full for one quotation, and for all, after which each gets one. The others are links."""

_MAX_CHARS_IN_FULL, _CHARS_PER_PASSAGE = 400_000, 500
"""Characters of sources in all places shown in full, each of which is on the page several times; and how many
characters a passage's citation counts as."""

_MAX_ALL_LINKS = 1_000
"""Places shown as links, for all quotations together."""

_VERDICTS: Mapping[VerdictWord, Message] = {
    "verbatim": Message("verdict-verbatim"),
    "nearly": Message("verdict-nearly"),
    "not found": Message("verdict-not-found"),
    "not checked": Message("verdict-not-checked"),
}

_COUNTS: Mapping[VerdictWord, Callable[[int], Message]] = {
    "verbatim": lambda count: Message("count-verbatim", count=count),
    "nearly": lambda count: Message("count-nearly", count=count),
    "not found": lambda count: Message("count-not-found", count=count),
    "not checked": lambda count: Message("count-not-checked", count=count),
}


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place of a quotation with its passages, each with its address, and their citations.

    `citation` is all citations as text, for copying; `warnings` is what a reader must know.
    """

    place: Place
    locators: str
    addresses: tuple[tuple[Passage, str], ...]
    citations: tuple[RichText, ...]
    citation: str
    link: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One quotation with its first places in full, links to others, and a search for the rest.

    `unlisted` is how many places are left out so that the page stays short.
    """

    checked: CheckedQuotation
    said: str
    shown: tuple[ShownPlace, ...]
    others: tuple[tuple[Document, Passage, str], ...]
    unlisted: int
    search: str


@blueprint.get("/check")
def form() -> str:
    """The empty form."""
    return render_template("check.html", report=None, findings=(), text="", most=MAX_TEXT_CHARS, counts="")


@blueprint.post("/check")
def answer() -> Response:
    """The form with what was pasted, and the verdicts."""
    if request.mimetype != _FORM:  # uploaded files would be written to disk
        abort(415, say(Message("not-a-form", mimetype=_FORM)))
    request.max_content_length = request.max_form_memory_size = _MAX_FORM_BYTES
    text = request.form.get("text", "")
    if len(text) > MAX_TEXT_CHARS:
        abort(413, say(Message("text-too-long", limit=MAX_TEXT_CHARS, count=len(text))))
    report = check_text(text, g.snapshot)
    page = render_template(
        "check.html",
        report=report,
        findings=tuple(_findings(report.checked)),
        text=text,
        most=MAX_TEXT_CHARS,
        counts=_counts(report),
    )
    response = make_response(page)
    response.headers["Cache-Control"] = DISCREET
    return response


def _counts(report: QuotationReport) -> str:
    """How many quotations got each verdict: `2 verbatim, 1 not found`."""
    words = [one.verdict.word for one in report.checked]
    return ", ".join(say(message(words.count(word))) for word, message in _COUNTS.items() if word in words)


def _findings(checked: Sequence[CheckedQuotation]) -> Iterator[Finding]:
    room = _Room()
    for one in checked:
        places, in_full = one.verdict.places, room.in_full(one.verdict.places)
        others = places[in_full:][: room.links]
        room.links -= len(others)
        unlisted = len(places) - in_full - len(others)
        yield Finding(
            checked=one,
            said=say(_VERDICTS[one.verdict.word]),
            shown=tuple(_shown_place(one.claim, place) for place in places[:in_full]),
            others=tuple(
                (place.document, place.passages[0], permalink(place.passages[0])) for place in others
            ),
            unlisted=unlisted,
            search=search_links.search_for(_phrase(one.verdict.quotation)) if one.verdict.further else "",
        )


@dataclass(slots=True)
class _Room:
    """How much may still be shown on a page: places in full, characters in them, and links."""

    places: int = _MAX_ALL_IN_FULL
    chars: int = _MAX_CHARS_IN_FULL
    links: int = _MAX_ALL_LINKS

    def in_full(self, places: Sequence[Place]) -> int:
        """How many places of a quotation are shown in full; takes up the room for them."""
        number = 0
        for place in places[: max(1, min(self.places, _MAX_PLACES_IN_FULL))]:
            chars = len(place.text) + _CHARS_PER_PASSAGE * len(place.passages)
            if chars > self.chars:
                break
            self.chars -= chars
            number += 1
        self.places -= number
        return number


def _shown_place(claim: QuotedSpan, place: Place) -> ShownPlace:
    record, style = make_records(), style_named(DEFAULT_STYLE)
    cited = tuple(cite(record(place.document, each), style).parts[0].runs for each in place.passages)
    return ShownPlace(
        place=place,
        locators=locators(place),
        addresses=tuple((passage, permalink(passage)) for passage in place.passages),
        citations=cited,
        citation="\n".join(map(plain_text, cited)),
        link=links.absolute(permalink(place.passages[0])),
        warnings=tuple(map(say, warnings_of(claim, place))),
    )


def _phrase(quotation: str) -> str:
    """The phrase query for the words of a quotation, or for its longest piece if it has ellipses."""
    pattern = read_pattern(quotation)
    pieces = [pattern.folded.text[piece.start : piece.end] for piece in pattern.pieces]
    return write_query(Phrase(max(pieces, key=len).replace('"', " ")))
