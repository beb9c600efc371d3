"""The grammar of fingerprints, whole and as citations show them."""

from __future__ import annotations

import re

__all__ = [
    "FINGERPRINT_PATTERN",
    "MIN_FINGERPRINT_CHARS",
    "SHORT_FINGERPRINT_CHARS",
    "fingerprint_pattern",
    "is_fingerprint",
    "parse_fingerprint",
    "shortened",
]

FINGERPRINT_PATTERN = "[0-9a-f]{64}"
"""A whole fingerprint: SHA-256 in lower-case hexadecimal."""

SHORT_FINGERPRINT_CHARS = 12
"""How much of a fingerprint citations and addresses show."""

MIN_FINGERPRINT_CHARS = 8
"""Enough of a fingerprint to tell apart the few texts that were ever published under one id."""

_FINGERPRINT = re.compile(FINGERPRINT_PATTERN)


def is_fingerprint(text: str) -> bool:
    """Whether the text is a whole SHA-256 in lower-case hexadecimal."""
    return _FINGERPRINT.fullmatch(text) is not None


def fingerprint_pattern(min_chars: int = MIN_FINGERPRINT_CHARS) -> str:
    """A fingerprint or its beginning of at least `min_chars` characters, as part of a larger pattern."""
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
