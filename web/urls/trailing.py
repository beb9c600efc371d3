"""Addresses followed by something that is not part of them: a slash, a bracket, a full stop.

Whoever copies an address from a text takes such characters along, and so do mail programs. An id may end
with a full stop or a hyphen, so an address is corrected only if there is nothing at it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote, unquote

from flask import current_app, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from index.engine import Snapshot
from kb.citing.exports.registry import BY_SUFFIX
from kb.errors import IndexUnusable
from kb.ids import WORDS_PATTERN, fingerprint_pattern, parse_fingerprint
from kb.permanence.location import Unknown, locate_document
from kb.permanence.span_location import locate_place
from web.urls import links

__all__ = ["MAX_TRAILING_CHARS", "corrected"]

MAX_TRAILING_CHARS = 8
"""Far more than usually follows an address, and few enough to try one by one."""

_TRAILING_CATEGORIES = ("P", "S", "Z", "Cc", "Cf")
"""Punctuation, symbols, white space, line ends and invisible characters, by their Unicode categories."""


def corrected() -> str:
    """The address that this request means, with its query; empty where there is none."""
    if request.method not in ("GET", "HEAD"):
        return ""
    path = next(filter(_answers, _shortened(request.path)), "")
    return links.onward(quote(path, safe="/:")) if path else _with_fingerprint() or _with_version()


def _with_fingerprint() -> str:
    """The address of this request, without what follows the fingerprint at its end."""
    before, name, value = request.query_string.decode("ascii", "replace").rpartition("v=")
    if not name or (before and before[-1] not in "?&;"):
        return ""
    meant = next(filter(_is_fingerprint, _shortened(unquote(value))), "")
    return f"{quote(request.path)}?{quote(before, safe='%&=+;/')}v={meant}" if meant else ""


_REFERENCE = re.compile(f"(/passages/.+)@({fingerprint_pattern()})")


def _with_version() -> str:
    """The address meant by a reference such as `p4:3-12@1a2b3c4d` in place of a passage's id."""
    found = _REFERENCE.fullmatch(request.path)
    return f"{quote(found[1], safe='/:')}?v={found[2]}" if found and _answers(found[1]) else ""


def _is_fingerprint(text: str) -> bool:
    try:
        return bool(parse_fingerprint(text))
    except ValueError:
        return False


def _shortened(text: str) -> Iterator[str]:
    """The text with one trailing character less, then two, and so on."""
    for _ in range(MAX_TRAILING_CHARS):
        if len(text) < 2 or not unicodedata.category(text[-1]).startswith(_TRAILING_CATEGORIES):
            return
        text = text[:-1]
        yield text


def _answers(path: str) -> bool:
    """Whether there is a page at the path, or what is left of one that was."""
    try:
        named = current_app.create_url_adapter(request).match(path, "GET")[1]  # type: ignore[union-attr]
    except (HTTPException, RequestRedirect):
        return False
    return not named or _is_published(**named)


def _is_published(
    document: str = "", passage: str = "", slug: str = "", instrument: str = "", **others: str
) -> bool:
    """Whether a passage, a document, a theme or an instrument is there, or has moved, or was withdrawn."""
    try:
        snapshot: Snapshot = g.get("snapshot") or current_app.extensions["engine"].snapshot()
    except IndexUnusable:
        return False
    if instrument:
        return any(each in snapshot.instruments for each in _named(instrument))
    if slug:
        themes = (theme.slug for theme in snapshot.themes)
        return slug in themes or any(locate_document(snapshot, each) != Unknown() for each in _named(slug))
    return any(locate_place(snapshot, document, each) != Unknown() for each in _named(passage))


def _named(id: str) -> list[str]:
    """What the end of an address may name: an item with this id, or else a file of one."""
    stem, _, suffix = id.rpartition(".")
    ids = [id, stem] if suffix in BY_SUFFIX else [id]
    return [_WORDS.sub("", each) for each in ids]


_WORDS = re.compile(f":{WORDS_PATTERN}$")
