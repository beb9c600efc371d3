"""A cache of pages that are the same for everybody: each is made once per generation.

The key is the ETag, which depends on everything that such a page is made of, including the address requested
with its host and path prefix. So a strange Host header gets its own page and never changes anybody else's,
and the size of the cache is limited. It keeps what the view made, before headers, prefix and compression,
which belong to each request.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response, g, request

from kb.work.budget import was_cut
from kb.work.sized_cache import SizedCache

__all__ = ["install"]

_SAME_FOR_ALL = frozenset(
    (
        "home.home",
        "pages.theme",
        "pages.glossary",
        "pages.help_",
        "pages.about",
        "instruments.listed",
        "instruments.page",
        "document_list.documents",
        "check.form",
    )
)
"""The endpoints whose pages depend on no reader if they are asked for without parameters."""

_MAX_KEPT_BYTES = 2 << 20


@dataclass(frozen=True, slots=True)
class _Page:
    body: bytes
    headers: tuple[tuple[str, str], ...]


def install(app: Flask) -> None:
    """Must be called last, so that answers are kept before anything else changes them."""
    pages: SizedCache[str, _Page] = SizedCache(_MAX_KEPT_BYTES)

    def made_before() -> Response | None:
        page = pages.get(g.etag) if _is_same_for_all() else None
        return Response(page.body, headers=list(page.headers)) if page else None

    def keep(response: Response) -> Response:
        if _is_same_for_all() and response.status_code == 200 and not (response.is_streamed or was_cut()):
            body = response.get_data()
            pages.keep(g.etag, _Page(body, tuple(response.headers)), len(body))
        return response

    app.before_request(made_before)
    app.after_request(keep)


def _is_same_for_all() -> bool:
    return request.endpoint in _SAME_FOR_ALL and not request.args and "etag" in g
