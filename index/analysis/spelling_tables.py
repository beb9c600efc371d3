"""The tables of British and American spelling, read from `spelling.tsv`, which says what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import NamedTuple

__all__ = ["Affixes", "Context", "SpellingTables", "read_spelling_tables"]


class Affixes(NamedTuple):
    """Spellings, the British first, and what may stand before and after them in a word."""

    spellings: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


class Context(NamedTuple):
    """Spellings, and the patterns of what stands before and after them where they are free."""

    spellings: tuple[str, ...]
    before: str
    after: str


class SpellingTables(NamedTuple):
    """The rows of `spelling.tsv` by their kind.

    `words` may follow one of the `prefixes`, `whole_words` may not; `beginnings` are parts of words
    at their beginning or after a prefix, `parts` wherever they stand.
    """

    prefixes: tuple[str, ...]
    ise_endings: tuple[str, ...]
    words: tuple[Affixes, ...]
    whole_words: tuple[Affixes, ...]
    beginnings: tuple[Context, ...]
    parts: tuple[Context, ...]
    kept: tuple[str, ...]
    unchanged: tuple[str, ...]


def read_spelling_tables() -> SpellingTables:
    """The tables that ship with this package."""
    rows: dict[str, list[Sequence[str]]] = {}
    for line in files("index.analysis").joinpath("spelling.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, *cells = line.split("\t")
            rows.setdefault(kind, []).append(cells)
    ise_endings = _listed(rows["ise"])
    return SpellingTables(
        prefixes=_listed(rows["prefix"]),
        ise_endings=ise_endings,
        words=tuple(_affixes(row, ise_endings) for row in rows["word"]),
        whole_words=tuple(_affixes(row, ise_endings) for row in rows["whole"]),
        beginnings=tuple(context for row in rows["beginning"] for context in _contexts(row)),
        parts=tuple(context for row in rows["part"] for context in _contexts(row)),
        kept=_listed(rows["kept"]),
        unchanged=_listed(rows["unchanged"]),
    )


def _listed(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(word for (words,) in rows for word in words.split())


def _affixes(row: Sequence[str], ise_endings: Sequence[str]) -> Affixes:
    spellings, before, after = (tuple(_pieces(cell, ise_endings)) for cell in row)
    return Affixes(spellings, before, after)


def _pieces(cell: str, ise_endings: Sequence[str]) -> Iterator[str]:
    for piece in cell.split():
        if piece == "ISE":
            yield from (f"i{letter}{ending}" for letter in "sz" for ending in ise_endings)
        else:
            yield "" if piece == "-" else piece


def _contexts(row: Sequence[str]) -> Iterator[Context]:
    spellings, places = row
    for place in places.split():
        before, after = place.split("_")
        yield Context(tuple(spellings.split()), before, after)
