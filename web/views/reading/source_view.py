"""The source of a document as the site shows it: its file, and the pages that a passage is on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from flask import current_app, g

from kb.kept_sources.drawing import AskedPage
from kb.kept_sources.page_drawer import PageDrawer
from kb.model import Document, Passage
from kb.site import Site
from kb.sources.kept_source import KeptSource
from web.english import say
from web.urls import links

__all__ = [
    "LARGE_PX",
    "MAX_SENT_BYTES",
    "PICTURE_PX",
    "ShownPage",
    "SourceView",
    "asked_page",
    "may_be_sent",
    "page_numbers",
    "source_view",
]

PICTURE_PX = 1_100
"""Wide enough for a passage's column on screens with two pixels for one, and legible on a phone."""

LARGE_PX = 2_000
MAX_PICTURES = 3
"""Further pages of a long passage are shown as links."""

MAX_SENT_BYTES = 32_000_000
"""A file is sent whole, from memory."""


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of a source: its picture, or why there is none, and the address that opens the source there."""

    number: int
    picture: str
    large: str
    opened: str = ""
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source: its name, its checksum, where to download it if readers may, and the pages of a passage.

    `pages` is how many pages the source has; `shown` are those with pictures, `further` the others.
    """

    name: str
    sha256: str
    download: str = ""
    pages: int = 0
    shown: tuple[ShownPage, ...] = ()
    further: tuple[ShownPage, ...] = ()

    @property
    def has_obstacle(self) -> bool:
        return any(page.obstacle for page in self.shown)


def source_view(document: Document, passage: Passage | None = None) -> SourceView | None:
    """The view of a document's source; None if it has none."""
    if not document.source:
        return None
    kept = g.snapshot.sources.get(document.id)
    offered = bool(kept and may_be_sent(kept))
    shown = tuple(_pages(passage, kept, offered)) if passage and kept else ()
    return SourceView(
        PurePosixPath(document.source).name,
        document.sha256,
        links.source(document.id) if offered else "",
        kept.pages if kept else 0,
        shown[:MAX_PICTURES],
        shown[MAX_PICTURES:],
    )


def may_be_sent(kept: KeptSource) -> bool:
    """Whether readers may download the file of a source."""
    site: Site = g.snapshot.site
    has_files = current_app.extensions["sources"] is not None
    return has_files and site.source_downloads and kept.file.bytes <= MAX_SENT_BYTES


def _pages(passage: Passage, kept: KeptSource, opens: bool) -> Iterator[ShownPage]:
    drawer: PageDrawer | None = current_app.extensions["drawer"]
    for page in page_numbers(passage, kept):
        asked = asked_page(passage, kept, page)
        obstacle = drawer.obstacle(asked) if drawer else None
        yield ShownPage(
            page,
            links.page_picture(passage, page),
            links.page_picture(passage, page, large=True),
            links.source_view(passage.document, page) if opens else "",
            say(obstacle) if obstacle else "",
        )


def page_numbers(passage: Passage, kept: KeptSource) -> range:
    """The source pages of a passage that readers may see."""
    last = passage.page_end or passage.page
    if not (g.snapshot.site.source_pages and current_app.extensions["drawer"] and passage.page and last):
        return range(0)
    return range(passage.page, min(last, kept.pages) + 1)


def asked_page(passage: Passage, kept: KeptSource, page: int, large: bool = False) -> AskedPage:
    """The request to draw a page of a passage's source."""
    return AskedPage(kept, passage.id, passage.text, page, LARGE_PX if large else PICTURE_PX)
