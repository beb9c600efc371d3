"""A page of HTML as blocks, footnotes and rows of tables."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from kb.errors import SourceUnreadable
from kb.importers.blocks import SourceDocument
from kb.importers.charsets import decoded_text
from kb.importers.html.list_marks import list_styles
from kb.importers.html.notes import page_notes
from kb.importers.html.properties import page_properties
from kb.importers.html.region import main_region, squeezed
from kb.importers.html.walk import PageWalk
from kb.messages import Message

__all__ = ["read_html_page", "read_html_text"]

MAX_TAGS = 1_000_000
_DECLARED_WITHIN = 4096
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s*<\?xml[^>]*\?>")
_EXTRACTOR = "kb html 1"


def read_html_page(data: bytes, name: str) -> SourceDocument:
    """The text of a page. Raises SourceUnreadable for one without elements, or with far too many."""
    if data.count(b"<") > MAX_TAGS:
        raise SourceUnreadable(Message("html-too-many-tags", name=name, count=MAX_TAGS))
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    decoded = decoded_text(data, declared[1].decode("ascii") if declared else "")
    return read_html_text(decoded.text, decoded.remarks, name)


def read_html_text(
    text: str, remarks: tuple[Message, ...], name: str, metadata: Mapping[str, str] | None = None
) -> SourceDocument:
    """A page already decoded, or made from another format: then its whole body is the document.

    `metadata` is what the other format said of itself.
    """
    try:
        root = _parsed(text)
        return _read(root, remarks, metadata)
    except (etree.ParserError, etree.XMLSyntaxError, RecursionError, ValueError) as exc:
        raise SourceUnreadable(Message("html-damaged", name=name)) from exc


def _parsed(text: str) -> HtmlElement:
    """The parsed tree; no script is run, nothing is fetched, and HTML cannot define entities."""
    bare = _PROLOGUE.sub("", text.replace("\0", ""), count=1)
    parser = HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    return document_fromstring(bare, parser=parser)


def _read(
    root: HtmlElement, remarks: tuple[Message, ...], metadata: Mapping[str, str] | None
) -> SourceDocument:
    region = main_region(root) if metadata is None else root.find("body")
    if region is None:
        raise ValueError("no body")
    css = "\n".join(one.text or "" for one in root.iter("style"))
    walk = PageWalk(page_notes(root), list_styles(css[:500_000]), len(squeezed(region)))
    walk.read(region)
    return SourceDocument(
        extractor=_EXTRACTOR,
        lines=tuple(walk.lines),
        blocks=tuple(walk.blocks),
        footnotes=tuple(walk.footnotes),
        dropped=tuple(walk.dropped),
        metadata=page_properties(root) if metadata is None else metadata,
        remarks=remarks,
    )
