"""The citing panel: a passage in the reader's style and in the others; files to download.

The style is in the address, or in a cookie that is set only when the reader chooses one: without a
script nothing else can remember it. A page in a style depends on both, so its answer says
`Vary: Cookie` and the style is part of its ETag.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Request, Response, redirect, request

from index.engine import Snapshot
from kb.citing.csl_item import CslItem
from kb.citing.exports.registry import BY_SUFFIX, CitationFormat
from kb.citing.styles.registry import DEFAULT_STYLE, STYLES, Citation, Style, cite, style_named
from kb.model import Passage
from web.http.prefix import prefix
from web.http.responses import download
from web.presenters.records import make_records
from web.urls import links, site

__all__ = [
    "COOKIE",
    "CitationFile",
    "CitationPanel",
    "build_panel",
    "citation_file",
    "citation_item",
    "remember_style",
    "remembered_style",
    "requested_style",
]

COOKIE = "style"
_MAX_AGE_SECONDS = 365 * 24 * 60 * 60


def remembered_style(request: Request) -> str:
    """The style that the reader chose before; empty if there is none, or it no longer exists."""
    name = request.cookies.get(COOKIE, "")
    return name if name in STYLES else ""


def requested_style(request: Request) -> Style:
    """The style asked for, else the one chosen before, else the default. Raises BadRequest."""
    return style_named(request.args.get("style") or remembered_style(request) or DEFAULT_STYLE)


def remember_style(passage: Passage, text: str) -> Response:
    """Keeps the style that the form sent and leads back to the panel, at an address that can be shared."""
    style = requested_style(request)
    back = redirect(links.styled(links.passage(passage), style.name, text, "site:cite"), 303)
    assert isinstance(back, Response)  # noqa: S101 - the application's own class
    back.set_cookie(
        COOKIE,
        style.name,
        max_age=_MAX_AGE_SECONDS,
        path=prefix() or "/",
        httponly=True,
        samesite="Lax",
        secure=request.is_secure or site.base_url().startswith("https:"),
    )
    return back


@dataclass(frozen=True, slots=True)
class CitationPanel:
    """What the panel shows: the citation in the style chosen, those in all styles, files with addresses."""

    item: CslItem
    citation: Citation
    citations: tuple[Citation, ...]
    files: tuple[CitationFile, ...]


@dataclass(frozen=True, slots=True)
class CitationFile:
    """A file beside a passage's page; `address` is its path, `styled` that with the style chosen."""

    format: CitationFormat
    address: str
    styled: str


def citation_item(snapshot: Snapshot, passage: Passage) -> CslItem:
    """The CSL item of a passage at its address on this site, accessed today."""
    return make_records()(snapshot.documents[passage.document], passage)


def build_panel(item: CslItem, snapshot: Snapshot, passage: Passage, style: Style) -> CitationPanel:
    """The panel of a passage's page."""
    citations = tuple(cite(item, each) for each in STYLES.values())
    current = next(each for each in citations if each.style is style)
    files = tuple(_file(snapshot, passage, each, style) for each in BY_SUFFIX.values())
    return CitationPanel(item, current, citations, files)


def _file(snapshot: Snapshot, passage: Passage, format: CitationFormat, style: Style) -> CitationFile:
    address = f"{links.passage(passage)}.{format.suffix}"
    if snapshot.passage(passage.document, f"{passage.id}.{format.suffix}"):
        # another passage has this address for good
        address = f"{links.passage(passage)}/cite?format={format.name}"
    styled = links.appended(address, "style", style.name) if format.styled else address
    return CitationFile(format, address, styled)


def citation_file(item: CslItem, format: CitationFormat, style: Style) -> Response:
    """The CSL item of a passage as a file of this format."""
    name = f"{item['id'].replace('/', '-')}.{format.suffix}" if format.saved else ""
    response = download(name, format.media_type, format.write([item], style))
    response.headers["Link"] = f'<{item["URL"]}>; rel="describes", <{item["URL"]}>; rel="cite-as"'
    return response
