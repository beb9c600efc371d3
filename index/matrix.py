"""Themes against documents: how many passages each document has on each theme, and where it has none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
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

RowOrder = Literal["document", "silent", "covered", "most", "fewest"]
ROW_ORDERS: tuple[RowOrder, ...] = ("document", "silent", "covered", "most", "fewest")
"""As in the collection; most gaps first, or fewest; most passages first, or fewest."""

HEAT_STEPS = 5
"""Heat steps with about the same number of cells each; a count of 0 is step 0."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A document: its number of passages on each theme, and its `total`, where each passage counts once."""

    document: str
    counts: tuple[int, ...]
    total: int

    @property
    def gaps(self) -> int:
        """How many themes it has no passage on."""
        return self.counts.count(0)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Columns and rows. `values` are the themes, or a theme and its sub-points (`slug`, `slug/subpoint`).

    There is a row for every document that passes the filters, in collection order, empty ones included.
    """

    values: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    notices: tuple[Message, ...] = ()

    @property
    def totals(self) -> tuple[int, ...]:
        """How many passages all documents have on each theme."""
        return tuple(map(sum, zip(*(row.counts for row in self.rows), strict=True))) or self._none

    @property
    def gaps(self) -> tuple[int, ...]:
        """How many documents have no passage on each theme."""
        counts = zip(*(row.counts for row in self.rows), strict=True)
        return tuple(column.count(0) for column in counts) or self._none

    @property
    def total(self) -> int:
        """How many passages match; each counts once."""
        return sum(row.total for row in self.rows)

    @property
    def _none(self) -> tuple[int, ...]:
        return (0,) * len(self.values)


def matrix_columns(themes: Iterable[Theme], slug: str) -> tuple[str, ...]:
    """The values of all themes, or of one and its sub-points. Raises BadRequest for an unknown theme."""
    if not slug:
        return tuple(theme.slug for theme in themes)
    chosen = next((theme for theme in themes if theme.slug == slug), None)
    if chosen is None:
        raise BadRequest("theme", Message("unknown-matrix-theme", value=slug[:100]), ENGLISH)
    return (slug, *(f"{slug}/{each.slug}" for each in chosen.subpoints))


def heat_scale(rows: Iterable[MatrixRow]) -> Callable[[int], int]:
    """From a count to its heat step: 0 for 0, else 1 to HEAT_STEPS, by the quantiles of the counts."""
    counts = sorted(count for row in rows for count in row.counts if count)
    bounds = [counts[len(counts) * step // HEAT_STEPS] for step in range(1, HEAT_STEPS)] if counts else []
    return lambda count: 1 + bisect_left(bounds, count) if count else 0


def sorted_rows(rows: Sequence[MatrixRow], order: RowOrder, column: int | None = None) -> list[MatrixRow]:
    """The rows in an order; passages are those of a column, of all where it is None.

    Rows that are alike stay in collection order.
    """
    match order:
        case "document":
            return list(rows)
        case "silent":
            return sorted(rows, key=lambda row: (-row.gaps, row.total))
        case "covered":
            return sorted(rows, key=lambda row: (row.gaps, -row.total))
        case "most" | "fewest":
            sign = -1 if order == "most" else 1
            return sorted(rows, key=lambda row: sign * (row.total if column is None else row.counts[column]))
