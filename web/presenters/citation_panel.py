"""The citing panel: a document, passage, span or instrument in the reader's style and in the others; files.

The style is in the address, or in a cookie that is set only when the reader chooses one: without a
script nothing else can remember it. A page in a style depends on both, so its answer says
`Vary: Cookie` and the style is part of its ETag.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote_plus

from flask import Request, Response, redirect, request

from index.engine import Snapshot
from kb.citing.csl_item import CslItem
from kb.citing.elements.quoted_words import QuotedWords, quoted_text, quoted_words, words_alone
from kb.citing.exports.registry import BY_SUFFIX, CitationFormat
from kb.citing.styles.registry import DEFAULT_STYLE, STYLES, Citation, Style, cite, style_named
from kb.ids import shortened
from kb.model import Document, Passage
from kb.permalinks import document_path, instrument_path
from kb.permanence.location import Unknown, locate_document
from kb.permanence.span_location import locate_place
from kb.sources.instrument import Instrument
from kb.text.fingerprint import joined_texts
from web.http.responses import download, remember
from web.presenters.records import make_records
from web.urls import links, parameters, query_strings, site

__all__ = [
    "COOKIE",
    "CitationFile",
    "CitationPanel",
    "build_document_panel",
    "build_instrument_panel",
    "build_panel",
    "citation_alone",
    "citation_file",
    "citation_item",
    "remember_style",
    "remembered_style",
    "requested_style",
]

COOKIE = "style"

MAX_ENDS_OFFERED = 30
"""Passages that the panel offers as the end of a span; any other span can still be had by its address."""


def remembered_style(request: Request) -> str:
    """The style that the reader chose before; empty if none was chosen, or it no longer exists."""
    name = request.cookies.get(COOKIE, "")
    return name if name in STYLES else ""


def requested_style(request: Request) -> Style:
    """The style asked for, else the one chosen before, else the default. Raises BadRequest."""
    return style_named(request.args.get("style") or remembered_style(request) or DEFAULT_STYLE)


def remember_style(path: str, text: str, at: str = "", article: str = "") -> Response:
    """Remembers the style that the form sent, and redirects to the panel at an address that can be shared.

    `path` is that of the page, `text` a query to highlight, `at` the part of a document that is shown,
    `article` the article of an instrument that the panel cites.
    """
    style = requested_style(request)
    back = redirect(links.styled(path, style.name, text, "site:cite", at, article), 303)
    assert isinstance(back, Response)  # noqa: S101 - the application's own class
    remember(back, COOKIE, style.name, secure=site.is_secure())
    return back


@dataclass(frozen=True, slots=True)
class CitationPanel:
    """What the panel shows: the citation in the chosen style, the ones in all styles, and files to download.

    `path` is that of the page. `passages` are those cited, none for a document as a whole; `following` are
    those after the first, up to any of which a reader may cite. `article` is that of an instrument.
    """

    item: CslItem
    citation: Citation
    citations: tuple[Citation, ...]
    files: tuple[CitationFile, ...]
    path: str
    passages: tuple[Passage, ...] = ()
    following: tuple[Passage, ...] = ()
    article: str = ""

    @property
    def words(self) -> str:
        """What is quoted; empty for a document as a whole."""
        return self.item.get("abstract", "")

    @property
    def parts(self) -> tuple[QuotedWords, ...]:
        """What is quoted, each with the list that follows it."""
        return quoted_words(self.item)

    @property
    def copied(self) -> tuple[str, str]:
        """The quotation to copy, with quotation marks and without."""
        return quoted_text(self.item), words_alone(self.item)

    @property
    def reference(self) -> str:
        """How a brief names the passages: `report/p4..p6`, `report/p4:3-12@1a2b3c4d5e6f`."""
        named = self.path.removeprefix("/passages/")
        return f"{named}@{shortened(self.fingerprint)}" if self.is_excerpt else named

    @property
    def unapi_id(self) -> str:
        """The id for which unAPI returns the record of exactly what is cited."""
        return self.reference if self.is_excerpt else self.item["id"]

    @property
    def ends(self) -> tuple[Passage, ...]:
        """The passages that the citation may end with, beginning with the first one cited."""
        return (*self.passages[:1], *self.following)

    @property
    def is_excerpt(self) -> bool:
        """Whether only some words of the passages are cited."""
        return bool(self.passages) and self.words != joined_texts(each.text for each in self.passages)

    @property
    def link(self) -> str:
        """The permanent address."""
        return self.item["URL"]

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the words; empty for a document as a whole."""
        return self.item["custom"].get("fingerprint", "")


@dataclass(frozen=True, slots=True)
class CitationFile:
    """A file offered on a page; `address` is its path, `styled` the path with the chosen style."""

    format: CitationFormat
    address: str
    styled: str


def citation_item(snapshot: Snapshot, passage: Passage) -> CslItem:
    """The CSL item of a passage at its address on this site, accessed today."""
    return make_records()(snapshot.documents[passage.document], passage)


def build_panel(
    item: CslItem, snapshot: Snapshot, passages: tuple[Passage, ...], style: Style, path: str
) -> CitationPanel:
    """The panel for a page, at a path, of a passage, several passages, or an excerpt."""
    first, place = passages[0], path.rpartition("/")[2]

    def is_taken(suffix: str) -> bool:
        return locate_place(snapshot, first.document, f"{place}.{suffix}") != Unknown()

    following = snapshot.following(first, max(MAX_ENDS_OFFERED, len(passages) - 1))
    files = _files(path, style, is_taken)
    return CitationPanel(item, *_citations(item, style), files, path, passages, following)


def build_document_panel(snapshot: Snapshot, document: Document, style: Style) -> CitationPanel:
    """The panel of a document's page, which cites it as a whole."""
    item, path = make_records().of_document(document), document_path(document.id)

    def is_taken(suffix: str) -> bool:
        return locate_document(snapshot, f"{document.id}.{suffix}") != Unknown()

    return CitationPanel(item, *_citations(item, style), _files(path, style, is_taken), path)


def build_instrument_panel(
    snapshot: Snapshot, instrument: Instrument, article: str, style: Style
) -> CitationPanel:
    """The panel of an instrument's page, which cites it as a whole or an article of it."""
    item, path = make_records().of_instrument(instrument, article), instrument_path(instrument.id)

    def is_taken(suffix: str) -> bool:
        return f"{instrument.id}.{suffix}" in snapshot.instruments

    files = _files(path, style, is_taken, article)
    return CitationPanel(item, *_citations(item, style), files, path, article=article)


def _citations(item: CslItem, style: Style) -> tuple[Citation, tuple[Citation, ...]]:
    """The citation in the style, and those in all styles."""
    citations = {each.name: cite(item, each) for each in STYLES.values()}
    return citations[style.name], tuple(citations.values())


def _files(
    path: str, style: Style, is_taken: Callable[[str], bool], article: str = ""
) -> tuple[CitationFile, ...]:
    return tuple(_file(path, each, style, is_taken(each.suffix), article) for each in BY_SUFFIX.values())


def _file(path: str, format: CitationFormat, style: Style, is_taken: bool, article: str) -> CitationFile:
    # an item whose id ends like a file name keeps this address for good
    address = f"{path}/cite?format={format.name}" if is_taken else f"{path}.{format.suffix}"
    address = query_strings.appended(address, "article", quote_plus(article)) if article else address
    styled = query_strings.appended(address, "style", style.name) if format.styled else address
    return CitationFile(format, address, styled)


def citation_file(item: CslItem, format: CitationFormat, style: Style) -> Response:
    """A CSL item as a file of this format."""
    name = f"{item['id'].replace('/', '-')}.{format.suffix}" if format.saved else ""
    response = download(name, format.media_type, format.write([item], style))
    response.headers["Link"] = f'<{item["URL"]}>; rel="describes", <{item["URL"]}>; rel="cite-as"'
    return response


def citation_alone(item: CslItem) -> Response:
    """The citation in the style asked for, as plain text; a file if the request names a format."""
    style = requested_style(request)
    if name := request.args.get("format"):
        return citation_file(item, parameters.citation_format(name), style)
    return Response(f"{cite(item, style).plain}\n".encode("utf-8", "replace"), mimetype="text/plain")
