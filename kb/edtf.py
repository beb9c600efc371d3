"""Dates in EDTF (ISO 8601-2): level 0 and the common part of level 1.

We parse these ourselves: a full EDTF library is heavy, and a collection only needs years, a sort
order and dates in words. Supported: YYYY, YYYY-MM, YYYY-MM-DD (a time is accepted and ignored), unknown
digits (201X, 19XX, 2015-XX, 2015-03-XX), seasons (2015-21 to 2015-24), the qualifiers ? ~ %,
and intervals with `/`, `..` or nothing for an open or unknown end.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache

from kb.english import ENGLISH
from kb.messages import Message, words

__all__ = ["SEASONS", "BadDate", "DatePoint", "DateSpan", "ends", "in_words", "parse", "start", "years"]

MAX_YEARS = 200
SEASONS = {21: ("spring", 3), 22: ("summer", 6), 23: ("autumn", 9), 24: ("winter", 12)}
QUALIFIERS = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}
POINT = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}(?::[0-9]{2})?)?)?(?P<qualifier>[?~%]?)"
)


class BadDate(ValueError):
    """Text that is not a date; `message` tells an editor why."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(words(message, ENGLISH))


@dataclass(frozen=True, slots=True)
class DateSpan:
    """When a date begins (year, month, day; 0 for an unknown part), and its years."""

    first: tuple[int, int, int]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DatePoint:
    """A single date: its years are `low` to `high`; a season is a month from 21 to 24."""

    low: int
    high: int
    month: int
    day: int
    qualifier: str

    @property
    def first(self) -> tuple[int, int, int]:
        return self.low, SEASONS[self.month][1] if self.month in SEASONS else self.month, self.day

    @property
    def last(self) -> tuple[int, int, int]:
        _, month, day = self.first
        return self.high, month or 12, day or 31


@lru_cache(maxsize=4096)
def parse(edtf: str) -> DateSpan:
    """Read an EDTF date. Raises BadDate for anything else."""
    begin, end = ends(edtf)
    if begin and end:
        return DateSpan(begin.first, _between(begin.low, end.high))
    known = begin or end
    if known is None:
        raise BadDate(Message("bad-date", date=edtf))
    return DateSpan(known.first, _between(known.low, known.high))


def years(edtf: str) -> tuple[int, ...]:
    """The years of a date, none for an empty one; if more than 200, only the first and the last.

    An interval with an open or unknown end has the years of its known end.
    """
    return parse(edtf).years if edtf else ()


def start(edtf: str) -> tuple[int, int, int]:
    """Year, month and day on which a date begins, for sorting; 0 for an unknown part."""
    return parse(edtf).first if edtf else (0, 0, 0)


def in_words(edtf: str) -> str:
    """The date as prose: `25-26 March 2015`, `about 1998`, `2010s`; empty for an empty one."""
    if not edtf:
        return ""
    parse(edtf)
    begin, end = ends(edtf)
    if begin and end:
        return _point_words(begin) if begin == end else _interval_words(begin, end)
    first, _, last = edtf.partition("/")
    if begin:
        return f"from {_point_words(begin)}" if last == ".." else f"{_point_words(begin)} to an unknown date"
    assert end is not None  # noqa: S101 - parse() has refused a date with neither end
    return f"until {_point_words(end)}" if first == ".." else f"an unknown date to {_point_words(end)}"


def ends(edtf: str) -> tuple[DatePoint | None, DatePoint | None]:
    """The beginning and end of a date, None if open or unknown; for a single date, the same point twice.

    Raises BadDate as `parse` does, except for an interval with neither end.
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return (_point(edtf, edtf),) * 2
    begin = None if first in ("", "..") else _point(first, edtf)
    end = None if last in ("", "..") else _point(last, edtf)
    if begin and end and begin.first > end.last:
        raise BadDate(Message("date-ends-first", date=edtf))
    return begin, end


def _point(text: str, edtf: str) -> DatePoint:
    match = POINT.fullmatch(text)
    if not match or (match["month"] == "XX" and match["day"] not in (None, "XX")):
        raise BadDate(Message("bad-date", date=edtf))
    low, high = int(match["year"].replace("X", "0")), int(match["year"].replace("X", "9"))
    month, day = (int((match[part] or "0").replace("X", "0")) for part in ("month", "day"))
    if not _exists(low, match["month"], match["day"]):
        raise BadDate(Message("no-such-date", date=edtf))
    return DatePoint(low, high, month, day, match["qualifier"])


def _exists(year: int, month: str | None, day: str | None) -> bool:
    if month in (None, "XX"):
        return True
    number = int(month or 0)
    if number in SEASONS:
        return day is None
    if not 1 <= number <= 12:
        return False
    return day in (None, "XX") or 1 <= int(day or 0) <= calendar.monthrange(year, number)[1]


def _between(low: int, high: int) -> tuple[int, ...]:
    return tuple(range(low, high + 1)) if high - low < MAX_YEARS else (low, high)


def _year_words(point: DatePoint) -> str:
    if point.low == point.high:
        return f"{point.low:04d}"
    return f"{point.low:04d}s" if point.high - point.low == 9 else f"{point.low:04d}-{point.high:04d}"


def _month_words(point: DatePoint) -> str:
    return SEASONS[point.month][0] if point.month in SEASONS else calendar.month_name[point.month]


def _point_words(point: DatePoint) -> str:
    day = str(point.day) if point.day else ""
    parts = filter(None, (day, _month_words(point), _year_words(point)))
    return QUALIFIERS[point.qualifier] + " ".join(parts)


def _interval_words(begin: DatePoint, end: DatePoint) -> str:
    exact = not (begin.qualifier or end.qualifier) and begin.low == begin.high and end.low == end.high
    same_year = exact and begin.low == end.low
    if exact and not (begin.month or end.month):
        return f"{begin.low:04d}-{end.low:04d}"
    if same_year and begin.month == end.month and begin.day and end.day:
        return f"{begin.day}-{_point_words(end)}"
    if same_year and begin.month and end.month:
        return f"{_point_words(begin).rpartition(' ')[0]} to {_point_words(end)}"
    return f"{_point_words(begin)} to {_point_words(end)}"
