"""Dates and times in the language of the interface; citations follow the rules of their style instead."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, format_time

from kb.edtf import SEASONS, DatePoint, ends, in_words
from kb.messages import Message
from web.english import say
from web.languages.catalogue import InterfaceLanguage

__all__ = ["date_words", "moment"]


def date_words(edtf: str, language: InterfaceLanguage) -> str:
    """A date in words; an unreadable one stays as it is."""
    return _kept(edtf, language.tag)


@lru_cache(maxsize=10_000)  # by tag: looking up a Locale takes a hundred times as long as a string
def _kept(edtf: str, tag: str) -> str:
    try:
        return in_words(edtf) if tag == "en" or not edtf else _words(edtf, Locale.parse(tag, sep="-"))
    except ValueError:
        return edtf


def moment(iso: str, language: InterfaceLanguage) -> str:
    """A date and time in words: `23 November 2026, 20:12 UTC`."""
    when = datetime.fromisoformat(iso).astimezone(UTC)
    if language.is_english:
        return f"{when.day} {when:%B %Y, %H:%M} UTC"
    day, hour = format_date(when, "long", language.locale), format_time(when, "short", UTC, language.locale)
    return f"{day} {hour} UTC"


def _words(edtf: str, locale: Locale) -> str:
    begin, end = ends(edtf)
    if begin and end:
        return _point(begin, locale) if begin == end else _interval(begin, end, locale)
    first, _, last = edtf.partition("/")
    if begin:
        since = _point(begin, locale)
        return say(
            Message("date-from", date=since) if last == ".." else Message("date-to-unknown", date=since)
        )
    until = _point(end, locale) if end else edtf
    return say(
        Message("date-until", date=until) if first == ".." else Message("date-from-unknown", date=until)
    )


def _point(point: DatePoint, locale: Locale) -> str:
    shown = _exact(point, locale)
    match point.qualifier:
        case "~":
            return say(Message("date-about", date=shown))
        case "?":
            return say(Message("date-perhaps", date=shown))
        case "%":
            return say(Message("date-perhaps-about", date=shown))
        case _:
            return shown


def _exact(point: DatePoint, locale: Locale) -> str:
    year = f"{point.low:04d}"
    if point.high != point.low:
        is_decade = point.high - point.low == 9
        return say(Message("date-decade", year=year)) if is_decade else f"{year}–{point.high:04d}"
    if point.month in SEASONS:
        return f"{say(_SEASON_NAMES[point.month])} {year}"
    if not point.month:
        return year
    if not point.day:
        return format_skeleton("yMMMM", _day(point), locale=locale)
    return format_date(_day(point), "long", locale=locale)


def _interval(begin: DatePoint, end: DatePoint, locale: Locale) -> str:
    if _is_plain(begin) and _is_plain(end) and bool(begin.day) == bool(end.day):
        skeleton = "yMMMd" if begin.day and end.day else "yMMM" if begin.month and end.month else "y"
        return format_interval(_day(begin), _day(end), skeleton, locale=locale)
    return f"{_point(begin, locale)} – {_point(end, locale)}"


def _is_plain(point: DatePoint) -> bool:
    return not point.qualifier and point.low == point.high and point.month not in SEASONS


def _day(point: DatePoint) -> date:
    return date(point.low, point.month or 1, point.day or 1)


_SEASON_NAMES = {
    21: Message("season-spring"),
    22: Message("season-summer"),
    23: Message("season-autumn"),
    24: Message("season-winter"),
}
