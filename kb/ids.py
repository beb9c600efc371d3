"""The grammar of ids, addresses and fingerprints; no other module has a pattern of its own for them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.messages import Message

__all__ = [
    "FINGERPRINT_PATTERN",
    "ID_IN_TEXT_PATTERN",
    "ID_PATTERN",
    "MIN_FINGERPRINT_CHARS",
    "SHORT_FINGERPRINT_CHARS",
    "IdPair",
    "address",
    "fingerprint_pattern",
    "former_addresses",
    "is_address",
    "is_fingerprint",
    "is_id",
    "is_theme_value",
    "parse_address",
    "parse_fingerprint",
    "shortened",
    "split_address",
]

ID_PATTERN = "[A-Za-z0-9._-]{1,200}"
"""An id or a slug, to be part of a larger pattern."""

ID_IN_TEXT_PATTERN = "[A-Za-z0-9._-]{0,199}[A-Za-z0-9_-]"
"""An id in running text, where a dot behind it ends the sentence."""

FINGERPRINT_PATTERN = "[0-9a-f]{64}"
"""A whole fingerprint: SHA-256 in lower-case hexadecimal."""

SHORT_FINGERPRINT_CHARS = 12
"""How much of a fingerprint citations and addresses show."""

MIN_FINGERPRINT_CHARS = 8
"""Enough of a fingerprint to tell apart the few texts that were ever published under one id."""

IdPair = tuple[str, str]
"""The ids of a document and of a passage in it."""

_ID = re.compile(ID_PATTERN)
_FINGERPRINT = re.compile(FINGERPRINT_PATTERN)


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
    """The ids of an address; the second is empty where only a document is named."""
    document, _, passage = address.partition("/")
    return document, passage


def parse_address(text: str) -> IdPair | None:
    """The ids that somebody's text names as `document/passage`; None where it is no address."""
    document, passage = split_address(text)
    return (document, passage) if is_id(document) and is_id(passage) else None


def is_address(text: str) -> bool:
    """Whether the text may name a passage across documents: `document/passage`."""
    return parse_address(text) is not None


def former_addresses(given: Iterable[str], document: str) -> tuple[tuple[str, ...], tuple[Message, ...]]:
    """Former ids of a passage, `p3` or `document/p3`, as addresses, and what is wrong with any other."""
    every = [one if "/" in one else address(document, one) for one in given]
    faults = tuple(Message("bad-former-id", id=one[:80]) for one in every if not is_address(one))
    return tuple(filter(is_address, every)), faults


def is_fingerprint(text: str) -> bool:
    """Whether the text is a whole SHA-256 in lower-case hexadecimal."""
    return _FINGERPRINT.fullmatch(text) is not None


def fingerprint_pattern(min_chars: int = MIN_FINGERPRINT_CHARS) -> str:
    """A fingerprint or its beginning, of so many characters at least, to be part of a larger pattern."""
    return f"[0-9a-f]{{{min_chars},64}}"


_CITED_FINGERPRINT = re.compile(f"(?:sha256:)?({fingerprint_pattern()})")


def parse_fingerprint(text: str) -> str:
    """A fingerprint or its beginning, as citations write it. Raises ValueError for anything else."""
    cited = _CITED_FINGERPRINT.fullmatch(text.strip().lower())
    if not cited:
        raise ValueError(f"a fingerprint has {MIN_FINGERPRINT_CHARS} to 64 digits and letters a to f")
    return cited[1]


def shortened(fingerprint: str) -> str:
    """The fingerprint as citations and addresses show it."""
    return fingerprint[:SHORT_FINGERPRINT_CHARS]
