"""The subtags of which language tags are made, and the names of languages, read from `subtags.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

__all__ = ["Subtag", "SubtagType", "find_subtag", "is_registered", "subtag_by_name"]

SubtagType = Literal["language", "extlang", "script", "region", "variant", "grandfathered"]

_PRIVATE: Mapping[str, re.Pattern[str]] = {
    "language": re.compile("q[a-t][a-z]"),
    "script": re.compile("qa(a[a-z]|b[a-x])"),
    "region": re.compile("q[m-z]|x[a-z]"),
}
"""Subtags that anyone may use as they like: RFC 5646, section 2.2."""


class Subtag(NamedTuple):
    """A row: `preferred` is what replaced a deprecated subtag, empty for all others."""

    type: str
    subtag: str
    name: str
    other_names: tuple[str, ...]
    preferred: str


@cache
def _table() -> str:
    return files("kb.languages").joinpath("subtags.tsv").read_text(encoding="utf-8")


@cache
def find_subtag(type: SubtagType, subtag: str) -> Subtag | None:
    """The row of a subtag in lower case; None if it is not registered."""
    # most collections use a few subtags: searching the text is far quicker than parsing all of it
    table = _table()
    at = table.find(f"\n{type}\t{subtag}\t") + 1
    return _row(table[at : table.index("\n", at)]) if at else None


def _row(line: str) -> Subtag:
    type, subtag, name, others, preferred = line.split("\t")
    return Subtag(type, subtag, name, tuple(filter(None, others.split(";"))), preferred)


def is_registered(type: SubtagType, subtag: str) -> bool:
    """Whether a subtag in lower case is registered, or is for private use."""
    private = type in _PRIVATE and _PRIVATE[type].fullmatch(subtag)
    return bool(private) or find_subtag(type, subtag) is not None


def _rows() -> Iterator[Subtag]:
    return (_row(line) for line in _table().splitlines() if not line.startswith("#"))


@cache
def _by_name(type: SubtagType) -> Mapping[str, str]:
    names: dict[str, str] = {}
    current = [row for row in _rows() if row.type == type and not row.preferred]
    for row in sorted(current, key=lambda row: len(row.subtag)):
        for name in (row.name, *row.other_names):
            names.setdefault(name.casefold(), row.subtag)
    return names


def subtag_by_name(type: SubtagType, name: str) -> str:
    """The subtag of a name; for a language also of its code in ISO 639-2. Empty if there is none."""
    return _by_name(type).get(name.casefold(), "")
