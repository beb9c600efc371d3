"""Themes by documents as a table: which document covers which theme, and where the gaps are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import cast
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, g, render_template, request

from index.matrix import ROW_ORDERS, Matrix, MatrixRow, RowOrder, heat_scale, sorted_rows
from index.request import Request
from kb.errors import BadRequest
from kb.formats.spreadsheet import cell, csv_lines
from kb.messages import Message
from kb.model import NOTE, Document
from kb.permanence.location import current_theme
from kb.tags import ThemeNames
from web.admission.export_slots import writing_budget
from web.english import ENGLISH, say
from web.http.responses import download_pieces
from web.urls import parameters, search_links

__all__ = [
    "ROWS_PER_PAGE",
    "MatrixCell",
    "MatrixLine",
    "MatrixRequest",
    "SortLink",
    "blueprint",
    "matrix_request",
]

blueprint = Blueprint("matrix", __name__)

ROWS_PER_PAGE = 100
"""Documents on one page of the table."""

_DIRECTIONS: Mapping[RowOrder, str] = {
    "document": "other",
    "silent": "ascending",
    "covered": "descending",
    "most": "descending",
    "fewest": "ascending",
}
"""The value of `aria-sort` for the column that the table is sorted by."""

COLUMNS = ("document", "title", "kind", "date")
"""The columns of the file that describe each document, before its counts."""


@dataclass(frozen=True, slots=True)
class MatrixRequest:
    """What the address asks for: the search to count, the theme that is open, and which documents.

    `silent` keeps only documents that say nothing on that theme or sub-point; `by` is the one whose passages
    decide the order, empty for all passages.
    """

    request: Request
    theme: str = ""
    notes: bool = False
    order: RowOrder = "document"
    by: str = ""
    silent: str = ""

    def at(self, path: str = "/matrix", **changes: object) -> str:
        """The address that asks the same with these changes, from its first page unless that is one."""
        page = changes.pop("page", 1)
        if "theme" in changes:  # the columns change
            changes = {"by": "", "silent": "", **changes}
        return _address(path, replace(self, **changes), page)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class SortLink:
    """The order that a column's header leads to; `state` says how the table is sorted by it, if at all."""

    order: RowOrder
    url: str
    state: str


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The passages of a document on a theme: how many, their shade in the table, and the search for them."""

    count: int
    heat: int
    url: str


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """A document's row."""

    document: Document
    cells: tuple[MatrixCell, ...]
    total: MatrixCell
    silent: int


@blueprint.get("/matrix")
def table() -> str:
    """A page of the table: a hundred documents at most."""
    asked = _asked()
    found, rows = _found(asked)
    page, last = asked.request.page, max(1, -(-len(rows) // ROWS_PER_PAGE))
    if not 1 <= page <= last:
        abort(404, say(Message("no-matrix-page", count=last)))
    return render_template(
        "matrix.html",
        asked=asked,
        matrix=found,
        lines=list(_lines(asked, found, rows[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE])),
        listed=len(rows),
        names=ThemeNames.of(g.snapshot.themes),
        kinds=_kinds(asked),
        sorts=_sorts(asked, found.values),
        page=page,
        last=last,
    )


@blueprint.get("/matrix.csv")
def file() -> Response:
    """The whole table, all its pages, as a download."""
    asked = _asked()
    with current_app.extensions["slots"].taken():
        lines = _table_lines(*_found(asked))
        with writing_budget():
            return download_pieces("themes-by-document.csv", "text/csv", lines, "utf-8-sig")


def _table_lines(found: Matrix, rows: Sequence[MatrixRow]) -> Iterator[str]:
    names = ThemeNames.of(g.snapshot.themes)
    head = [*COLUMNS, *(cell(names[value]) for value in found.values), "all passages"]
    return csv_lines(chain([head], map(_table_line, rows)))


def _table_line(row: MatrixRow) -> list[object]:
    document = g.snapshot.documents[row.document]
    said = (document.id, document.title, document.kind, document.date)
    return [*map(cell, said), *row.counts, row.total]


def matrix_request(arguments: parameters.Arguments) -> MatrixRequest:
    """What the parameters ask for; unknown ones are ignored. Raises BadRequest."""
    asked = parameters.search_request(arguments)
    filters = {**asked.filters, "theme": ()}
    return MatrixRequest(
        Request(asked.text, filters, page=asked.page, hidden=asked.hidden),
        theme=arguments.get("theme", ""),
        notes=_one_of(arguments, "of", ("sources", "notes")) == "notes",
        order=cast(RowOrder, _one_of(arguments, "order", ROW_ORDERS)),
        by=arguments.get("by", ""),
        silent=arguments.get("silent", ""),
    )


def _asked() -> MatrixRequest:
    """What the address asks for, its themes by the names that they have now."""
    asked = matrix_request(request.args)
    theme, by, silent = (current_theme(g.snapshot, name) for name in (asked.theme, asked.by, asked.silent))
    return replace(asked, theme=theme, by=by, silent=silent)


def _one_of(arguments: parameters.Arguments, name: str, values: Sequence[str]) -> str:
    """The value asked for, or the first if there is none. Raises BadRequest for an unknown one."""
    value = arguments.get(name) or values[0]
    if value not in values:
        message = Message("unknown-value", value=value[:40], choices=", ".join(values))
        raise BadRequest(name, message, ENGLISH)
    return value


def _found(asked: MatrixRequest) -> tuple[Matrix, list[MatrixRow]]:
    """The table, and its rows filtered and sorted as asked."""
    found = g.snapshot.matrix(asked.request, asked.theme, asked.notes)
    silent, by = (_column(found, name, getattr(asked, name)) for name in ("silent", "by"))
    rows = [row for row in found.rows if silent is None or not row.counts[silent]]
    return found, sorted_rows(rows, asked.order, by)


def _column(found: Matrix, name: str, value: str) -> int | None:
    """The column of a theme in the table; None if none was named. Raises BadRequest."""
    if value and value not in found.values:
        raise BadRequest(name, Message("theme-not-in-table", value=value[:100]), ENGLISH)
    return found.values.index(value) if value else None


def _sorts(asked: MatrixRequest, values: Sequence[str]) -> Mapping[str, SortLink]:
    """Where each column's header leads: `documents`, `covered`, all passages (empty), and each theme."""
    links = {"documents": _sort(asked, "", "document"), "covered": _sort(asked, "", "silent", "covered")}
    return links | {value: _sort(asked, value, "most", "fewest") for value in ("", *values)}


def _sort(asked: MatrixRequest, by: str, *orders: RowOrder) -> SortLink:
    """A link to the first order, or to the other one if the table is already in the first."""
    is_sorted = asked.order in orders and asked.by == by
    order = orders[-1] if is_sorted and asked.order == orders[0] else orders[0]
    state = _DIRECTIONS[asked.order] if is_sorted else ""
    return SortLink(order, asked.at(order=order, by=by), state)


def _lines(asked: MatrixRequest, found: Matrix, rows: Sequence[MatrixRow]) -> Iterator[MatrixLine]:
    step = heat_scale(found.rows)
    for row in rows:
        at = _searches(asked.request, row.document)
        cells = tuple(
            MatrixCell(count, step(count), at(value))
            for value, count in zip(found.values, row.counts, strict=True)
        )
        yield MatrixLine(
            g.snapshot.documents[row.document], cells, MatrixCell(row.total, 0, at("")), row.gaps
        )


def _searches(asked: Request, document: str) -> Callable[[str], str]:
    """A function from a theme, or an empty one, to the address of the search in one document alone."""
    inside = replace(asked, filters={"document": (document,)}, page=1)
    narrowed = search_links.narrowing(inside, "theme")
    return lambda value: narrowed(value) if value else search_links.search(inside)


def _kinds(asked: MatrixRequest) -> list[str]:
    """The kinds of sources to choose from, including the chosen one."""
    values = g.snapshot.search(Request(hidden=asked.request.hidden)).facets.get("kind", ())
    kinds = dict.fromkeys([*asked.request.filters.get("kind", ()), *(each.value for each in values)])
    return [kind for kind in kinds if kind != NOTE]


def _address(path: str, asked: MatrixRequest, page: object) -> str:
    wanted = asked.request
    pairs = [("q", wanted.text), ("theme", asked.theme)]
    pairs += [(name, value) for name, values in wanted.filters.items() for value in values]
    pairs += [("status", "all" * wanted.hidden), ("of", "notes" * asked.notes), ("silent", asked.silent)]
    pairs += [
        ("order", asked.order if asked.order != ROW_ORDERS[0] else ""),
        ("by", asked.by),
        ("page", "" if page == 1 else str(page)),
    ]
    written = urlencode([(name, value) for name, value in pairs if value], safe="/")
    return f"{path}?{written}" if written else path
