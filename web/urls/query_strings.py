"""Query strings of this site's addresses; values are cached, as a page repeats them dozens of times."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote_plus

__all__ = ["NO_EXPANSION", "appended", "encoded", "quoted"]

NO_EXPANSION = {"expand": "off"}
"""The parameter that turns off the search for related terms."""


def encoded(pairs: Sequence[tuple[str, str]]) -> str:
    """The pairs as a query string, without its question mark."""
    return "&".join([f"{name}={quoted(value)}" for name, value in pairs])


def appended(address: str, name: str, value: object) -> str:
    """The address with one more parameter; searches have `per` and `page` last, in this order."""
    return f"{address}{'&' if '?' in address else '?'}{name}={value}"


def quoted(value: str, safe: str = "/") -> str:
    """A value as a query string has it; cached, since a page has the same ones in dozens of links."""
    return _kept_quoted(value, safe) if len(value) <= _MAX_KEPT_CHARS else quote_plus(value, safe)


_MAX_KEPT_CHARS = 200
_kept_quoted = lru_cache(maxsize=4_096)(quote_plus)
