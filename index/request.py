"""What a search asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = [
    "FACETS",
    "MAX_HITS",
    "MAX_QUERY_CHARS",
    "PER_PAGE",
    "SORTS",
    "UNDATED",
    "FacetName",
    "Request",
    "Sort",
]


FacetName = Literal["theme", "document", "kind", "year", "language"]


FACETS: tuple[FacetName, ...] = ("theme", "document", "kind", "year", "language")


Sort = Literal["relevance", "newest", "oldest", "document"]


SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest", "document")


PER_PAGE = (10, 25, 50)


MAX_QUERY_CHARS = 10_000
"""The longest query."""


MAX_HITS = 10_000
"""The most hits returned at once."""


UNDATED = "undated"
"""The year facet's value for documents without a date."""


@dataclass(frozen=True, slots=True)
class Request:
    """One search: `filters` maps a facet to the selected values (OR within a facet, AND across facets).

    A theme is `slug` or `slug/subpoint`; a year `2015`, `2010..2015` or `undated`; a language a tag, `zh`
    or `zh-hant`, or `und` for documents that do not name theirs.
    `all_themes` asks for passages with all of the selected themes, not any. `hidden` includes
    superseded and withdrawn documents. `expand` also searches related terms from the thesaurus.
    `grouped` gives the best hit of each document, so that pages are pages of documents.
    """

    text: str = ""
    filters: Mapping[FacetName, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1
    per: int = 10
    hidden: bool = False
    all_themes: bool = False
    grouped: bool = False
    expand: bool = True
