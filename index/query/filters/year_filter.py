"""Year filters: which values are valid, and which years they match."""

from __future__ import annotations

import re

from index.request import UNDATED

__all__ = ["is_year_filter", "year_matches"]

_YEAR = r"-?\d{1,4}"
_YEARS = re.compile(rf"{UNDATED}|{_YEAR}|{_YEAR}\.\.(?:{_YEAR})?|\.\.{_YEAR}", re.ASCII)


def is_year_filter(value: str) -> bool:
    """Whether it is `2015`, `2010..2015`, `2010..`, `..2015` or `undated`."""
    if not _YEARS.fullmatch(value):
        return False
    first, _, last = value.partition("..")
    return not (first and last) or int(first) <= int(last)


def year_matches(year: str, value: str) -> bool:
    """Whether the filter value selects a document's year, or `undated`."""
    first, dots, last = value.partition("..")
    if UNDATED in (year, first):
        return year == first
    if not dots:
        return int(year) == int(first)
    return (not first or int(first) <= int(year)) and (not last or int(year) <= int(last))
