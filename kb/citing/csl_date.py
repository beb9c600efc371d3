"""Dates of CSL-JSON."""

from __future__ import annotations

from kb import edtf
from kb.citing.csl_schema import CslDate

__all__ = ["csl_date"]


def csl_date(date: str) -> CslDate:
    """A CSL-JSON date; in words where date parts cannot express it."""
    try:
        begin, end = edtf.ends(date) if date else (None, None)
    except ValueError:
        return {"literal": date}
    if not (begin and end):
        return {"literal": edtf.in_words(date)} if date else {}
    if begin.low != begin.high or end.low != end.high:
        return {"literal": edtf.in_words(date)}
    made: CslDate = {"date-parts": [_parts(begin)] if begin == end else [_parts(begin), _parts(end)]}
    if begin == end and begin.month in edtf.SEASONS:
        made["season"] = begin.month - 20
    if begin.qualifier or end.qualifier:
        made["circa"] = True
    return made


def _parts(point: edtf.DatePoint) -> list[int]:
    if not point.month or point.month in edtf.SEASONS:
        return [point.low]
    return [point.low, point.month, *([point.day] if point.day else [])]
