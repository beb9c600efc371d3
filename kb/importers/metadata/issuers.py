"""Who issued a document: bodies in its masthead, whoever prepared it, or an author that is not a person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.importers.blocks import SourceDocument
from kb.importers.metadata.bodies import Body, bodies_of, court_of, is_organisation
from kb.importers.metadata.front_page import FrontPage
from kb.importers.metadata.origins import FoundField, found_on
from kb.importers.metadata.titles.wording import one_line
from kb.messages import Message

__all__ = ["court_named", "document_issuer"]

TOP_LINES, MINISTRY_LINES, COURT_BLOCKS = 30, 8, 30
"""How far down a page a body is looked for; below a masthead a ministry may be one that is written about."""

_PREPARED = re.compile(
    r"\b(?:has|have) been prepared by (?:the )?(?P<body>[A-Z][\w'’&-]+(?:,? (?:(?:of|for|and|the"
    r"|de) )*[A-Z][\w'’&-]+){0,8})"
    r"(?= and is laid| in order|[.,])"
)
_PRINTERS = re.compile(r"\b(?:printing|stationery|publications? office|corporation|software|scanner)\b", re.I)
_OF_COURT = re.compile(r"for the [^\d.]{3,60}", re.I)


def document_issuer(read: SourceDocument, page: FrontPage) -> FoundField:
    """The body that issued the document, as printed; the most specific of those in a masthead."""
    if publisher := one_line(read.metadata.get("issuers", "")):
        return FoundField(publisher, Message("found-in-properties"))
    if body := _most_specific(
        (*_organs(bodies_of(page.top(TOP_LINES))), *bodies_of(page.top(MINISTRY_LINES)))
    ):
        return FoundField(body.name, found_on(page))
    for block in page.blocks:
        if prepared := _PREPARED.search(block.text[:400]):
            return FoundField(prepared["body"], found_on(page))
    author = one_line(read.metadata.get("authors", ""))
    if author and is_organisation(author) and not _PRINTERS.search(author):
        return FoundField(author.partition(" - ")[0], Message("found-in-properties"))
    return FoundField()


def _most_specific(bodies: Sequence[Body]) -> Body | None:
    """The United Nations organ of the highest rank, else the first body."""
    issuing = [body for body in bodies if body.kind in ("organ", "body")]
    return max(_organs(issuing) or issuing[:1], key=lambda body: body.rank, default=None)


def _organs(bodies: Sequence[Body]) -> list[Body]:
    return [body for body in bodies if body.kind == "organ"]


def court_named(read: SourceDocument, page: FrontPage) -> FoundField:
    """The court that has a line of the first page to itself, or wrote the file."""
    texts = [block.text for block in page.blocks[:COURT_BLOCKS]]
    for place, text in enumerate(texts):
        if court := court_of(text):
            following = texts[place + 1].strip(" ,") if place + 1 < len(texts) else ""
            name = f"{court} {following}" if _OF_COURT.fullmatch(following) else court
            return FoundField(name, found_on(page))
    author = court_of(one_line(read.metadata.get("authors", "")))
    return FoundField(author, Message("found-in-properties")) if author else FoundField()
