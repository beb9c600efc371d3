"""The limits of a request, checked once for the page, the JSON and the terminal.

The longest query (`MAX_QUERY_CHARS`, 10,000 characters) and the page sizes are constants of
`index.request`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from index.english import ENGLISH
from index.query.filters.year_filter import is_year_filter
from index.request import FACETS, MAX_QUERY_CHARS, PER_PAGE, SORTS, FacetName, Request
from kb.errors import BadRequest
from kb.ids import is_id, is_theme_value
from kb.languages.language_tag import is_language_tag
from kb.messages import Message

__all__ = ["MAX_PAGE", "check_request"]

MAX_PAGE = 100_000

MAX_KIND_CHARS = 200


def check_request(request: Request) -> Request:
    """The request, if it is valid. Raises BadRequest with the parameter and what it can be."""
    text, sort, page, per = request.text, request.sort, request.page, request.per
    too_long = Message("query-too-long", limit=MAX_QUERY_CHARS, count=len(text))
    _check("q", len(text) <= MAX_QUERY_CHARS, too_long)
    _check("sort", sort in SORTS, Message("unknown-sort", value=sort[:100], choices=_either(SORTS)))
    _check("page", 1 <= page <= MAX_PAGE, Message("page-out-of-range", limit=MAX_PAGE))
    _check("per", per in PER_PAGE, Message("bad-page-size", value=per, choices=_either(PER_PAGE)))
    for facet in FACETS:
        for value in request.filters.get(facet, ()):
            _check(facet, _VALID[facet](value), _MALFORMED[facet](value[:100]))
    return request


def _check(parameter: str, holds: bool, message: Message) -> None:
    if not holds:
        raise BadRequest(parameter, message, ENGLISH)


def _either(choices: Sequence[object]) -> str:
    *others, last = map(str, choices)
    return f"{', '.join(others)} or {last}"


_VALID: Mapping[FacetName, Callable[[str], bool]] = {
    "theme": is_theme_value,
    "document": is_id,
    "kind": lambda value: 0 < len(value) <= MAX_KIND_CHARS,
    "year": is_year_filter,
    "language": is_language_tag,
}
_MALFORMED: Mapping[FacetName, Callable[[str], Message]] = {
    "theme": lambda value: Message("not-a-theme", value=value),
    "document": lambda value: Message("not-a-document-id", value=value),
    "kind": lambda value: Message("not-a-kind", value=value),
    "year": lambda value: Message("not-a-year", value=value),
    "language": lambda value: Message("not-a-language", value=value),
}
