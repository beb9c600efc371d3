"""The grammar of ids and slugs, and of addresses: `document/passage`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.messages import Message

__all__ = [
    "ID_IN_TEXT_PATTERN",
    "ID_PATTERN",
    "IdPair",
    "address",
    "former_addresses",
    "is_address",
    "is_id",
    "is_theme_value",
    "parse_address",
    "split_address",
]

ID_PATTERN = "[A-Za-z0-9._-]{1,200}"
"""An id or a slug, to be part of a larger pattern."""

ID_IN_TEXT_PATTERN = "[A-Za-z0-9._-]{0,199}[A-Za-z0-9_-]"
"""An id in running text, where a final dot ends the sentence."""

IdPair = tuple[str, str]
"""The ids of a document and of a passage in it."""

_ID = re.compile(ID_PATTERN)


def is_id(text: str) -> bool:
    """Whether the text may be an id or a slug."""
    return _ID.fullmatch(text) is not None and text not in (".", "..")


def is_theme_value(text: str) -> bool:
    """Whether the text may name a theme or a sub-point: `slug` or `slug/subpoint`."""
    return is_id(text) or is_address(text)


def address(document: str, passage: str) -> str:
    """How a passage is named across documents: `document/passage`."""
    return f"{document}/{passage}"


def split_address(address: str) -> IdPair:
    """The ids of an address; the second is empty if only a document is named."""
    document, _, passage = address.partition("/")
    return document, passage


def parse_address(text: str) -> IdPair | None:
    """The ids that somebody's text names as `document/passage`; None if it is not an address."""
    document, passage = split_address(text)
    return (document, passage) if is_id(document) and is_id(passage) else None


def is_address(text: str) -> bool:
    """Whether the text may name a passage across documents: `document/passage`."""
    return parse_address(text) is not None


def former_addresses(given: Iterable[str], document: str) -> tuple[tuple[str, ...], tuple[Message, ...]]:
    """Former ids of a passage, `p3` or `document/p3`, as addresses, and what is wrong with any others."""
    every = [one if "/" in one else address(document, one) for one in given]
    faults = tuple(Message("bad-former-id", id=one[:80]) for one in every if not is_address(one))
    return tuple(filter(is_address, every)), faults
