"""The directory of a segment file: what it may say, so that nothing can lead a reader astray.

A checksum tells whether a file is as it was written, not who wrote it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from index.engines.whoosh.segment.fields import COLUMNS, EQUALLY_LONG, ONE_EACH

__all__ = ["ALIGNMENT", "ColumnEntry", "Directory", "read_directory", "require_layout"]

ALIGNMENT = 8
"""Every column begins at a multiple of this."""

_MAX_DOCUMENTS = (1 << 32) - 1
_BYTES: Mapping[str, int] = {"|u1": 1, "<u2": 2, "<u4": 4, "<u8": 8, "<i8": 8}
"""The types of columns, as NumPy names them, and the size of a value."""


class ColumnEntry(NamedTuple):
    """A column: the type of its values, where it begins, and how many there are."""

    type: str
    begin: int
    size: int

    @property
    def end(self) -> int:
        return self.begin + self.size * _BYTES[self.type]


@dataclass(frozen=True, slots=True)
class Directory:
    """The columns of a file, one after another, and its number of documents."""

    columns: Mapping[str, ColumnEntry]
    documents: int


def read_directory(data: bytes, begin: int, end: int) -> Directory:
    """The directory of columns that fill the bytes from `begin` to `end`.

    Raises ValueError, LookupError, TypeError or RecursionError for anything else.
    """
    value = json.loads(data)
    columns = {name: ColumnEntry(*entry) for name, entry in value["columns"].items()}
    documents = _whole(value["facts"]["documents"])
    at = begin
    for one in columns.values():
        if _whole(one.begin) != at + -at % ALIGNMENT or _whole(one.size) < 0 or one.type not in _BYTES:
            raise ValueError(one)
        at = one.end
    if at != end or not 0 <= documents <= _MAX_DOCUMENTS or len(value) != 2 or len(value["facts"]) != 1:
        raise ValueError(value)
    return Directory(columns, documents)


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


def require_layout(directory: Directory, documents: int) -> None:
    """Raises ValueError unless the columns are those of a published segment with so many documents."""
    columns = directory.columns
    if list(columns) != list(COLUMNS) or directory.documents != documents:
        raise ValueError(list(columns))
    wrong = [name for name, one in columns.items() if one.type not in COLUMNS[name]]
    wrong += [name for name in ONE_EACH if columns[name].size != directory.documents]
    wrong += [
        name for names in EQUALLY_LONG for name in names if columns[name].size != columns[names[0]].size
    ]
    if wrong or columns["text.bases"].size != directory.documents + 1:
        raise ValueError(wrong)
