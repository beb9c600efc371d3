"""Addresses of what this site shows: passages, documents, themes, ...; of searches: `search_links`."""

from __future__ import annotations

from collections.abc import Iterable
from urllib import parse
from urllib.parse import urlencode

from flask import has_request_context
from flask import request as current

from kb.briefs.address import BRIEF_PATH, brief_query
from kb.briefs.brief import Brief
from kb.model import Document, Passage
from kb.permalinks import document_path, instrument_path, passage_path, permalink, quote, theme_path
from kb.tags import ThemeNames
from web.urls import site
from web.urls.query_strings import NO_EXPANSION, encoded, quoted
from web.urls.text_fragments import directive

__all__ = [
    "absolute",
    "article_to_cite",
    "at",
    "brief",
    "comparing",
    "document",
    "expands",
    "first_mark",
    "glossary",
    "in_context",
    "instrument",
    "onward",
    "page_picture",
    "part",
    "passage",
    "query",
    "source",
    "source_view",
    "styled",
    "text_fragment",
    "theme",
    "to_cite",
    "unapi",
    "version",
]


def absolute(path: str) -> str:
    """The full address of a path, for what is copied or saved."""
    return f"{site.base_url()}{path}"


def passage(passage: Passage, text: str = "", anchor: str = "") -> str:
    """The permanent address of a passage; `text` is a query whose matches are highlighted."""
    return at(permalink(passage) + query(text), anchor)


def unapi(id: str, format: str = "") -> str:
    """The address that returns the record of a document, a passage or a span by its id."""
    pairs = [(name, value) for name, value in (("id", id), ("format", format)) if value]
    return f"/unapi?{urlencode(pairs, safe='/')}"


def version(passage: Passage, fingerprint: str) -> str:
    """The address of a passage at which a page says whether its words still have this fingerprint."""
    return passage_path(passage.document, passage.id, fingerprint)


def comparing(first: str, second: str = "") -> str:
    """The address of two passages side by side, each named in any way that readers may use."""
    pairs = [(name, text) for name, text in (("a", first), ("b", second)) if text]
    return f"/compare?{encoded(pairs)}" if pairs else "/compare"


def text_fragment(passage: Passage, earlier: Iterable[str]) -> str:
    """The address that scrolls a browser to a passage's words; `earlier` is the text before them."""
    page = "\n".join((*earlier, passage.text))
    return f"{at(permalink(passage), passage.id)}:~:text={directive('', passage.text, '', page)}"


def onward(path: str) -> str:
    """The path that something moved to, with the query string of this request."""
    asked = parse.quote(current.query_string, safe="%!$&'()*+,;=:@/?-._~")
    return f"{path}?{asked}" if asked else path


def document(slug: str, text: str = "", anchor: str = "") -> str:
    """The address of a whole document, opened at the passage `anchor`."""
    return at(document_path(slug) + query(text), anchor)


def part(slug: str, passage: str, text: str = "", anchor: str = "") -> str:
    """The address of the part of a document around a passage, opened at the passage or at `anchor`."""
    return at(document_path(slug) + _asking(text, at=passage), anchor or passage)


def page_picture(passage: Passage, page: int, large: bool = False) -> str:
    """The address of a page of a passage's source as a picture, the passage marked."""
    return f"{permalink(passage)}/page-{page}{'-large' if large else ''}.png"


def source(document: str) -> str:
    """The address from which the source of a document is downloaded."""
    return f"/sources/{quote(document)}"


def source_view(document: str, page: int) -> str:
    """The address that opens the source of a document, a PDF, in the browser at a page.

    Browsers and PDF viewers understand `#page=4` (RFC 8118, 3).
    """
    return f"{source(document)}/view#page={page}"


def instrument(id: str, article: str = "") -> str:
    """The address of an instrument, opened at an article."""
    return instrument_path(id, article)


def article_to_cite(id: str, article: str) -> str:
    """The address of an instrument's page, opened at its citing panel with the citation of an article."""
    return at(instrument_path(id) + _asking("", article=article), "site:cite")


def theme(value: str, text: str = "") -> str:
    """The address of a theme (`slug`) or of a sub-point on its page (`slug/subpoint`)."""
    slug, _, subpoint = value.partition("/")
    return at(theme_path(slug) + query(text), subpoint)


def glossary(anchor: str = "") -> str:
    """The address of the glossary, or of one entry in it."""
    return at("/glossary", anchor)


def brief(made: Brief) -> str:
    """The address of a brief, which contains all of it."""
    return f"{BRIEF_PATH}?{words}" if (words := brief_query(made)) else BRIEF_PATH


def in_context(
    passage: Passage,
    document: Document,
    names: ThemeNames,
    text: str = "",
    marked: bool = False,
    in_part: bool = False,
    asked: str | None = None,
) -> str:
    """The address of a passage in its context, a document or a theme, with matches highlighted.

    The page opens at the passage or, if it is `marked`, at its first match; `in_part` asks for only
    that part of a long document. `asked` is `query(text)`, if already known.
    """
    asked = query(text) if asked is None else asked
    anchor = first_mark(passage) if marked else passage.id
    if not document.is_note or document.id not in names.titles:
        if in_part:
            return part(document.id, passage.id, text, anchor)
        return at(document_path(document.id) + asked, anchor)
    if names.has_note(passage):
        return at(theme_path(document.id) + asked, anchor)
    return at(permalink(passage) + asked, anchor if marked else "")


def first_mark(passage: Passage) -> str:
    """The id of the first match in a passage; no other id of the site's own has a second colon."""
    return f"site:match:{passage.id}"


def query(text: str) -> str:
    """The query string that asks a page to highlight matches: `?q=extradition`; empty for no words."""
    return _asking(text)


def _asking(text: str, **others: str) -> str:
    """The query string of a reading page; it keeps the reader's choice to search without related terms."""
    words = {"q": text} | ({} if expands() else NO_EXPANSION) if text else {}
    pairs = words | {name: value for name, value in others.items() if value}
    return "?" + "&".join([f"{name}={quoted(value, '')}" for name, value in pairs.items()]) if pairs else ""


def expands() -> bool:
    """Whether this request also searches related terms; links that carry its words carry this choice, too."""
    return not (has_request_context() and current.args.get("expand") == "off")


def styled(
    address: str, style: str, text: str = "", anchor: str = "", part: str = "", article: str = ""
) -> str:
    """The address with a citation style, words to highlight, and the part of a document or instrument.

    `part` is the passage at which a document is opened, `article` the article of an instrument.
    """
    return at(address + _asking(text, style=style, at=part, article=article), anchor)


def to_cite(path: str, text: str = "") -> str:
    """The address of a page opened at its citing panel, with words to highlight."""
    return at(path + query(text), "site:cite")


def at(address: str, anchor: str) -> str:
    """The address, opened at the element `anchor` unless that is empty."""
    return f"{address}#{quote(anchor)}" if anchor else address
