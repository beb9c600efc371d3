"""What a PDF says of itself: its document information and, where that is empty, its XMP packet."""

from __future__ import annotations

import html
import re

import pypdfium2

__all__ = ["pdf_properties"]

MAX_PACKET_BYTES = 200_000
_FIELDS = {"title": "Title", "authors": "Author"}
_PACKET = re.compile(rb"<x:xmpmeta\b.*?</x:xmpmeta>", re.S)
_XMP = {
    "title": re.compile(r"<dc:title>.{0,200}?<rdf:li[^>]*>([^<]{1,1000})</rdf:li>", re.S),
    "authors": re.compile(r"<dc:creator>.{0,200}?<rdf:li[^>]*>([^<]{1,1000})</rdf:li>", re.S),
    "language": re.compile(r"<dc:language>.{0,200}?<rdf:li[^>]*>([A-Za-z-]{2,20})</rdf:li>", re.S),
}


def pdf_properties(document: pypdfium2.PdfDocument, data: bytes) -> dict[str, str]:
    """The title, author and language, as far as the file has them."""
    try:
        stated = document.get_metadata_dict()
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        stated = {}
    packet = _packet(data)
    found = {}
    for field in (*_FIELDS, "language"):
        given = _shown(stated.get(_FIELDS.get(field, ""), ""))
        matched = None if given else _XMP[field].search(packet)
        if value := given or (_shown(html.unescape(matched[1])) if matched else ""):
            found[field] = value
    return found


def _packet(data: bytes) -> str:
    """The first uncompressed XMP packet as text; its entities are not expanded."""
    start = data.find(b"<x:xmpmeta")
    found = _PACKET.match(data, start, start + MAX_PACKET_BYTES) if start >= 0 else None
    return found[0].decode("utf-8", "replace") if found else ""


def _shown(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
