"""Dates as a style writes them: `25–26 March 2015`, `Mar. 25, 2015`, `2015, March 25`, `ca. 1998`."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from kb.edtf import SEASONS, DatePoint, ends

__all__ = ["MONTHS", "SHORT_MONTHS", "Dating", "day", "whole", "year"]

MONTHS = tuple(calendar.month_name)
SHORT_MONTHS = (
    *("", "Jan.", "Feb.", "Mar.", "Apr.", "May", "June"),
    *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)
"""As the Bluebook (table T12) and the MLA (appendix 1) shorten them."""

Order = Literal["day first", "month first", "year first"]


@dataclass(frozen=True, slots=True)
class Dating:
    """A style's way with dates: the order of day, month and year, the months' names, the word for about."""

    order: Order = "day first"
    months: tuple[str, ...] = MONTHS
    about: str = "c "


def whole(edtf: str, dating: Dating) -> str:
    """A date with everything known of it; one that cannot be read stays as it is written."""
    return _written(edtf, dating, lambda point: point)


def year(edtf: str, dating: Dating) -> str:
    """The year alone, or the years: `2015`, `2014–2016`, `2010s`, `ca. 1998`."""
    return _written(edtf, dating, lambda point: replace(point, month=0, day=0))


def day(date: datetime.date, dating: Dating) -> str:
    """A day of the calendar; where dates of issue begin with the year, such days do not."""
    if dating.order == "year first":
        dating = replace(dating, order="month first")
    return _parts(str(date.year), dating.months[date.month], str(date.day), dating)


def _written(edtf: str, dating: Dating, kept: Callable[[DatePoint], DatePoint]) -> str:
    if not edtf:
        return ""
    try:
        begin, end = (kept(point) if point else None for point in ends(edtf))
    except ValueError:
        return edtf
    if begin and end:
        return _point(begin, dating) if begin == end else _interval(begin, end, dating)
    return (f"{_point(begin, dating)}–" if begin else "") + (f"–{_point(end, dating)}" if end else "")


def _interval(begin: DatePoint, end: DatePoint, dating: Dating) -> str:
    same_year = begin.low == end.low and begin.high == end.high and not (begin.qualifier or end.qualifier)
    if same_year and begin.month == end.month and begin.day and end.day:
        return _parts(_year(end), _month(end, dating), f"{begin.day}–{end.day}", dating)
    if same_year and begin.month and end.month:
        return _within_a_year(begin, end, dating)
    return f"{_point(begin, dating)}–{_point(end, dating)}"


def _within_a_year(begin: DatePoint, end: DatePoint, dating: Dating) -> str:
    day_first = dating.order == "day first"
    first, last = (
        " ".join(filter(None, (day, month) if day_first else (month, day)))
        for day, month in ((_day(point), _month(point, dating)) for point in (begin, end))
    )
    return _parts(_year(end), f"{first}–{last}", "", dating, has_day=bool(end.day))


def _point(point: DatePoint, dating: Dating) -> str:
    words = _parts(_year(point), _month(point, dating), _day(point), dating)
    about = dating.about if point.qualifier in ("~", "%") else ""
    return about + words + ("?" if point.qualifier in ("?", "%") else "")


def _parts(year: str, month: str, day: str, dating: Dating, has_day: bool = False) -> str:
    match dating.order:
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


def _month(point: DatePoint, dating: Dating) -> str:
    return SEASONS[point.month][0] if point.month in SEASONS else dating.months[point.month]


def _day(point: DatePoint) -> str:
    return str(point.day) if point.day else ""
