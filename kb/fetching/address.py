"""Addresses of documents, as an editor or a redirect gives them."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from kb.errors import SourceUnreadable
from kb.messages import Message

__all__ = ["MAX_ADDRESS_CHARS", "is_address", "read_address", "redirected"]

MAX_ADDRESS_CHARS = 2_000
SCHEMES = ("http", "https")

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)
_KEPT = "!#$%&'()*+,/:;=?@[]~"
"""Characters that stay as they are: reserved ones, and the `%` of what is already quoted."""


def is_address(given: str) -> bool:
    """Whether this is an address, of any scheme, and not the name of a file."""
    return bool(_SCHEME.match(given))


def read_address(given: str) -> str:
    """The address as it is requested: in ASCII, without a fragment. Raises SourceUnreadable."""
    try:
        parts = urlsplit(given.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
        if parts.scheme not in SCHEMES:
            raise SourceUnreadable(Message("address-scheme", address=_short(given)))
        netloc = _netloc(host, port)
    except ValueError:
        raise SourceUnreadable(Message("address-wrong", address=_short(given))) from None
    if parts.username is not None or parts.password is not None:
        raise SourceUnreadable(Message("address-password", host=_short(host)))
    if len(given) > MAX_ADDRESS_CHARS:
        raise SourceUnreadable(Message("address-wrong", address=_short(given)))
    return urlunsplit((parts.scheme, netloc, quote(parts.path, _KEPT), quote(parts.query, _KEPT), ""))


def redirected(address: str, location: str) -> str:
    """Where an address redirects to, in the form of `read_address`. Raises SourceUnreadable."""
    try:
        target = urljoin(address, location.encode("latin-1", "replace").decode("utf-8", "replace"))
    except ValueError:
        raise SourceUnreadable(Message("address-wrong", address=_short(location))) from None
    return read_address(target)


def _netloc(host: str, port: int | None) -> str:
    """The host and port of an address. Raises ValueError for an invalid host."""
    suffix = "" if port is None else f":{port}"
    if ":" in host:
        return f"[{host}]{suffix}"
    name = host if host.isascii() else host.encode("idna").decode()
    if not name or re.search(r"[\x00-\x20\x7f%\\]", name):
        raise ValueError
    return name + suffix


def _short(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text)[:200]
