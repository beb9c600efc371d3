"""What a request may ask: the same limits for the page, the JSON and the terminal."""

from __future__ import annotations

from collections.abc import Callable

from index.query.year_filter import is_year_filter
from index.request import FACETS, MAX_QUERY_CHARS, PER_PAGE, SORTS, UNDATED, Request
from kb.errors import BadRequest
from kb.ids import is_id, is_theme_value

__all__ = ["MAX_PAGE", "check_request"]

MAX_PAGE = 100_000


def check_request(request: Request) -> Request:
    """The request, or BadRequest naming the parameter, what is wrong and what it may be."""
    _check(
        "q",
        len(request.text) <= MAX_QUERY_CHARS,
        f"a query has {MAX_QUERY_CHARS:,} characters at most; shorten it",
    )
    _check("sort", request.sort in SORTS, f"“{request.sort}” is no order; choose one of {', '.join(SORTS)}")
    _check("page", 1 <= request.page <= MAX_PAGE, f"pages are numbered from 1 to {MAX_PAGE:,}")
    _check("per", request.per in PER_PAGE, f"choose one of {', '.join(map(str, PER_PAGE))} passages a page")
    for facet in FACETS:
        for value in request.filters.get(facet, ()):
            _check(facet, _VALID[facet](value), _REMEDY[facet].format(value=value[:100]))
    return request


def _check(parameter: str, holds: bool, message: str) -> None:
    if not holds:
        raise BadRequest(parameter, message)


_VALID: dict[str, Callable[[str], bool]] = {
    "theme": is_theme_value,
    "document": is_id,
    "kind": lambda value: 0 < len(value) <= 200,
    "year": is_year_filter,
}
_REMEDY = {
    "theme": "“{value}” is no theme; a theme is named like extradition or theme/sub-point",
    "document": "“{value}” is no document; a document is named by letters, digits, dots and hyphens",
    "kind": "“{value}” is no kind of document",
    "year": f"“{{value}}” is no year; write 2015, 2010..2015, 2010.. or {UNDATED}",
}
