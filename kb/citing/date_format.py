"""Dates as a style writes them: `25–26 March 2015`, `Mar. 25, 2015`, `2015, March 25`, `ca. 1998`."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from kb.edtf import SEASONS, DatePoint, ends

__all__ = ["MONTHS", "SHORT_MONTHS", "DateFormat", "calendar_day", "full_date", "lettered", "year_only"]

MONTHS = tuple(calendar.month_name)
SHORT_MONTHS = (
    *("", "Jan.", "Feb.", "Mar.", "Apr.", "May", "June"),
    *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)
"""As abbreviated in the Bluebook (table T12) and the MLA Handbook (appendix 1)."""

DateOrder = Literal["day first", "month first", "year first"]


@dataclass(frozen=True, slots=True)
class DateFormat:
    """How a style writes dates: the order of day, month and year, month names, the word for circa."""

    order: DateOrder = "day first"
    months: tuple[str, ...] = MONTHS
    circa: str = "c "


def full_date(edtf: str, date_format: DateFormat) -> str:
    """The whole date, as far as it is known; a date that is not EDTF stays as written."""
    return _written(edtf, date_format, lambda point: point)


def year_only(edtf: str, date_format: DateFormat) -> str:
    """The year alone, or the years: `2015`, `2014–2016`, `2010s`, `ca. 1998`."""
    return _written(edtf, date_format, lambda point: replace(point, month=0, day=0))


def lettered(written: str, letter: str, date_format: DateFormat) -> str:
    """A date as written by these functions, with a letter after its year: `2015a, March 25`."""
    if not written:
        return ""
    if date_format.order != "year first":
        return written + letter
    year, comma, day = written.partition(", ")
    return f"{year}{letter}{comma}{day}"


def calendar_day(date: datetime.date, date_format: DateFormat) -> str:
    """A calendar day, such as that of access; no style begins one with the year."""
    if date_format.order == "year first":
        date_format = replace(date_format, order="month first")
    return _parts(str(date.year), date_format.months[date.month], str(date.day), date_format)


def _written(edtf: str, date_format: DateFormat, kept: Callable[[DatePoint], DatePoint]) -> str:
    if not edtf:
        return ""
    try:
        begin, end = (kept(point) if point else None for point in ends(edtf))
    except ValueError:
        return edtf
    if begin and end:
        return _point(begin, date_format) if begin == end else _interval(begin, end, date_format)
    return (f"{_point(begin, date_format)}–" if begin else "") + (
        f"–{_point(end, date_format)}" if end else ""
    )


def _interval(begin: DatePoint, end: DatePoint, date_format: DateFormat) -> str:
    same_year = begin.low == end.low and begin.high == end.high and not (begin.qualifier or end.qualifier)
    if same_year and begin.month == end.month and begin.day and end.day:
        return _parts(_year(end), _month(end, date_format), f"{begin.day}–{end.day}", date_format)
    if same_year and begin.month and end.month:
        return _within_a_year(begin, end, date_format)
    return f"{_point(begin, date_format)}–{_point(end, date_format)}"


def _within_a_year(begin: DatePoint, end: DatePoint, date_format: DateFormat) -> str:
    day_first = date_format.order == "day first"
    first, last = (
        " ".join(filter(None, (day, month) if day_first else (month, day)))
        for day, month in ((_day(point), _month(point, date_format)) for point in (begin, end))
    )
    return _parts(_year(end), f"{first}–{last}", "", date_format, has_day=bool(end.day))


def _point(point: DatePoint, date_format: DateFormat) -> str:
    words = _parts(_year(point), _month(point, date_format), _day(point), date_format)
    about = date_format.circa if point.qualifier in ("~", "%") else ""
    return about + words + ("?" if point.qualifier in ("?", "%") else "")


def _parts(year: str, month: str, day: str, date_format: DateFormat, has_day: bool = False) -> str:
    match date_format.order:
        case "day first":
            return " ".join(filter(None, (day, month, year)))
        case "month first":
            before = " ".join(filter(None, (month, day)))
            return " ".join(filter(None, (f"{before}," if day or has_day else before, year)))
        case "year first":
            return ", ".join(filter(None, (year, " ".join(filter(None, (month, day))))))


def _year(point: DatePoint) -> str:
    if point.low == point.high:
        return f"{point.low:04}"
    return f"{point.low:04}s" if point.high - point.low == 9 else f"{point.low:04}–{point.high:04}"


def _month(point: DatePoint, date_format: DateFormat) -> str:
    return SEASONS[point.month][0] if point.month in SEASONS else date_format.months[point.month]


def _day(point: DatePoint) -> str:
    return str(point.day) if point.day else ""
