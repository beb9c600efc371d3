"""Themes against documents: how many passages speak of which theme where, and where nothing does."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from index.english import ENGLISH
from kb.errors import BadRequest
from kb.messages import Message
from kb.model import Theme

__all__ = [
    "HEAT_STEPS",
    "ROW_ORDERS",
    "Matrix",
    "MatrixRow",
    "RowOrder",
    "heat_scale",
    "matrix_columns",
    "sorted_rows",
]

RowOrder = Literal["document", "silent", "most"]
ROW_ORDERS: tuple[RowOrder, ...] = ("document", "silent", "most")

HEAT_STEPS = 5
"""Steps of heat, each with as many cells as the others, ties aside; silence is step 0."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A document: its passages on each of the matrix's themes, and all that were found, each once."""

    document: str
    counts: tuple[int, ...]
    total: int

    @property
    def gaps(self) -> int:
        """On how many of the themes it says nothing."""
        return self.counts.count(0)


@dataclass(frozen=True, slots=True)
class Matrix:
    """`values` are the themes, or a theme and its sub-points, as `slug` and `slug/subpoint`; a row for
    every document that passes the filters, what it says nothing of included, in collection order.
    """

    values: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    notices: tuple[Message, ...] = ()

    @property
    def totals(self) -> tuple[int, ...]:
        """The passages on each theme in all documents together."""
        return tuple(map(sum, zip(*(row.counts for row in self.rows), strict=True))) or self._none

    @property
    def gaps(self) -> tuple[int, ...]:
        """How many documents say nothing of each theme."""
        counts = zip(*(row.counts for row in self.rows), strict=True)
        return tuple(column.count(0) for column in counts) or self._none

    @property
    def total(self) -> int:
        """All passages found, each once."""
        return sum(row.total for row in self.rows)

    @property
    def _none(self) -> tuple[int, ...]:
        return (0,) * len(self.values)


def matrix_columns(themes: Iterable[Theme], slug: str) -> tuple[str, ...]:
    """The values of all themes, or of one and its sub-points. Raises BadRequest for one that is not known."""
    if not slug:
        return tuple(theme.slug for theme in themes)
    found = next((theme for theme in themes if theme.slug == slug), None)
    if found is None:
        raise BadRequest("theme", Message("unknown-matrix-theme", value=slug[:100]), ENGLISH)
    return (slug, *(f"{slug}/{each.slug}" for each in found.subpoints))


def heat_scale(rows: Iterable[MatrixRow]) -> Callable[[int], int]:
    """Gives for any count its step: 0 for none, then 1 to STEPS by the quantiles of all that is not none."""
    counts = sorted(count for row in rows for count in row.counts if count)
    bounds = [counts[len(counts) * step // HEAT_STEPS] for step in range(1, HEAT_STEPS)] if counts else []
    return lambda count: 1 + bisect_left(bounds, count) if count else 0


def sorted_rows(rows: Sequence[MatrixRow], order: RowOrder) -> list[MatrixRow]:
    """The rows in collection order, or first those that are silent most, or that say most."""
    return sorted(rows, key=_KEYS[order]) if order in _KEYS else list(rows)


_KEYS: Mapping[str, Callable[[MatrixRow], tuple[int, int]]] = {
    "silent": lambda row: (-row.gaps, sum(row.counts)),
    "most": lambda row: (-sum(row.counts), row.gaps),
}
