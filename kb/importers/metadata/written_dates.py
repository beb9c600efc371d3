"""Dates as documents print them, in several languages, as EDTF: `12 March 2020`, `12 de marzo de 2020`.

A date whose day and month could be confused (`03/04/2020`) is skipped: nobody can be sure of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

__all__ = ["WrittenDate", "gregorian_year", "with_ascii_digits", "written_dates"]

MIN_YEAR, MAX_YEAR = 1500, 2100
BUDDHIST_ERA = 543
"""Years by which the Buddhist era, used in Thai documents, is ahead."""

_MIN_BUDDHIST_YEAR = 2400
_TABLE = Path(__file__).with_name("months.tsv")
_LINKS = r"(?:\s*(?:de[l]?|d['’]|of|da|do|di|den|του|ชุด)\s+|[\s.,]*)"
_ORDINAL = r"(?:st|nd|rd|th|er|re|[ºª°o]|\.|-го|-а)?"
_ERA = r"(?:\s*(?:B\.?E\.?|พ\.?\s?ศ\.?|ค\.?\s?ศ\.?)\s*)?"
_NUMERIC = re.compile(
    r"(?<![\d./-])(?:(?P<iso>\d{4}-\d{2}-\d{2})|(?P<first>\d{1,2})\s?(?P<sign>[./-])\s?(?P<second>\d{1,2})\s?(?P=sign)"
    r"\s?(?P<year>\d{4}))(?![\d/-]|\.\d)"
)
_CJK = re.compile(r"(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월](?:\s*(?P<day>\d{1,2})\s*[日일])?")
_KOREAN = re.compile(r"(?<![\d.])(?P<year>\d{4})\.\s?(?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})\.")


_RANGE = re.compile(r"\d(?:st|nd|rd|th)?\s?(?:[-\u2010-\u2015]|to|and|et|y|e|und|bis|и)\s?\Z")
"""What comes before a date that ends a span: `8-19 February 2010` is when something was held."""


class WrittenDate(NamedTuple):
    """A date in EDTF, and the half-open stretch of the text that it is written in."""

    edtf: str
    start: int
    end: int


def written_dates(text: str) -> list[WrittenDate]:
    """The dates in a text, each with its year, in order; the ends of spans are left out."""
    plain = with_ascii_digits(text)
    every = sorted(
        (*_in_words(plain), *_in_numbers(plain), *_in_ideographs(plain)),
        key=lambda one: (one.start, -one.end),
    )
    kept: list[WrittenDate] = []
    for one in every:
        if not (kept and one.start < kept[-1].end) and not _RANGE.search(plain[: one.start]):
            kept.append(one)
    return kept


def with_ascii_digits(text: str) -> str:
    """The text with the digits of any script as ASCII, at the same places."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(one)) if one.isdecimal() and not one.isascii() else one for one in text
    )


def gregorian_year(year: int) -> int:
    """The year of the common era; from 2400 on, a year is taken to be of the Buddhist era."""
    return year - BUDDHIST_ERA if year >= _MIN_BUDDHIST_YEAR else year


def _in_words(text: str) -> Iterator[WrittenDate]:
    for found in _patterns().finditer(text):
        month = _months()[found["month"].casefold()]
        yield from _dated(found, month, found["day"] or found["day_after"] or "")


def _in_numbers(text: str) -> Iterator[WrittenDate]:
    for found in _NUMERIC.finditer(text):
        if found["iso"]:
            try:
                yield WrittenDate(date.fromisoformat(found["iso"]).isoformat(), found.start(), found.end())
            except ValueError:
                continue
            continue
        first, second = int(found["first"]), int(found["second"])
        if found["sign"] == "." or first > 12 or first == second:
            yield from _dated(found, second, str(first))
        elif second > 12:
            yield from _dated(found, first, str(second))


def _in_ideographs(text: str) -> Iterator[WrittenDate]:
    for pattern in (_CJK, _KOREAN):
        for found in pattern.finditer(text):
            yield from _dated(found, int(found["month"]), found["day"] or "")


def _dated(found: re.Match[str], month: int, day: str) -> Iterator[WrittenDate]:
    year = gregorian_year(int(found["year"]))
    try:
        whole = date(year, month, int(day or 1)).isoformat()
    except ValueError:
        return
    if MIN_YEAR <= year <= MAX_YEAR:
        yield WrittenDate(whole if day else whole[:7], found.start(), found.end())


@cache
def _months() -> Mapping[str, int]:
    """The number of each month by its name, case folded."""
    months: dict[str, int] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            for number, forms in enumerate(line.split("\t")[1:], 1):
                months.update((form.replace("_", " ").casefold(), number) for form in forms.split("|"))
    return months


@cache
def _patterns() -> re.Pattern[str]:
    """`12 March 2020`, `March 12, 2020`, `March 2020`."""
    names = "|".join(re.escape(name) for name in sorted(_months(), key=len, reverse=True))
    day = rf"(?<![\d.,/])(?P<day>\d{{1,2}}){_ORDINAL}(?:\s+day)?{_LINKS}"
    day_after = rf"(?:\s+(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?,?(?=\s+{_ERA}\d{{4}}))?"
    year = rf"{_LINKS}{_ERA}(?P<year>\d{{4}})(?!\d)"
    return re.compile(
        rf"(?:{day}|(?<![^\W\d_]))(?P<month>{names})(?![^\W\d_])\.?{day_after}{year}", re.IGNORECASE
    )
