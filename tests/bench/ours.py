"""Our own engine, as the measurements use it: the only module here that knows more than the public API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from index.analysis.analyzer import tokenize
from index.analysis.stemming import stem
from index.engines.registry import open_engine
from index.query import parse_query
from index.request import Request
from index.search.engine import SearchEngine
from index.search.service import SearchService
from kb.settings import Settings

__all__ = ["NAME", "engine_only", "opened", "titled", "top_only"]

NAME = "kb"


def opened(folder: Path, cluster: str = "") -> SearchEngine:
    """The engine over an index, or on the nodes of a cluster, given by their URLs.

    It caches no results, and drops its cache of patterns each time.
    """
    engine = open_engine(
        Settings(
            (),
            folder,
            explicit_content=False,
            engine="opensearch" if cluster else "",
            cluster=cluster,
        )
    )
    return _Forgetful(engine._generations)


class _Forgetful(SearchEngine):
    def snapshot(self) -> SearchService:
        return _forgetful(super().snapshot())


def _forgetful(snapshot: SearchService) -> SearchService:
    """The snapshot without its cache of patterns: each page and each search looks them up once."""
    snapshot._vocabulary.expand.cache_clear()
    return snapshot


def titled(snapshot: SearchService, text: str) -> bool:
    """Whether a word of the query occurs in the title of a document."""
    count = snapshot._vocabulary.frequency
    return any(count("title", stem(word.form)) for word in tokenize(text))


def engine_only(snapshot: SearchService, request: Request) -> Any:
    """The ten best hits and the four facets, without snippets."""
    tiers = _forgetful(snapshot)._searcher.tiers(request, parse_query(request.text))
    begin = (request.page - 1) * request.per
    return tiers.page(begin, request.per), tiers.counted.counts


def top_only(snapshot: SearchService, request: Request) -> Any:
    """The ten best hits alone."""
    searcher = _forgetful(snapshot)._searcher
    ranking, _ = searcher.ranked(request, searcher.interpret(request.text).node)
    return ranking.page(request.sort, 0, request.per, request.grouped)
