"""Our own engine, as the measurements use it: the only module here that knows more than the public API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from index.analysis.analyzer import stem, tokenize
from index.engines.whoosh.engine import WhooshEngine, WhooshSnapshot
from index.engines.whoosh.ranking.top_k import first
from index.request import Request

__all__ = ["NAME", "engine_only", "opened", "titled", "top_only"]

NAME = "kb"


def opened(folder: Path) -> WhooshEngine:
    """The engine over an index. It keeps no results, and forgets what it keeps of patterns each time."""
    return _Forgetful(folder)


class _Forgetful(WhooshEngine):
    def snapshot(self) -> WhooshSnapshot:
        return _forgetful(super().snapshot())


def _forgetful(snapshot: WhooshSnapshot) -> WhooshSnapshot:
    """The snapshot without what it keeps of patterns: each page and each search looks them up once."""
    snapshot._vocabulary.expand.cache_clear()
    return snapshot


def titled(snapshot: WhooshSnapshot, text: str) -> bool:
    """Whether a word of the query stands in the title of a document."""
    count = snapshot._vocabulary.frequency
    return any(count("title", stem(word.form)) for word in tokenize(text))


def engine_only(snapshot: WhooshSnapshot, request: Request) -> Any:
    """The ten best and the four facets, without snippets."""
    return _forgetful(snapshot).ranked(request)


def top_only(snapshot: WhooshSnapshot, request: Request) -> Any:
    """The ten best alone."""
    searching = _forgetful(snapshot)._searching
    node = searching.reading(request.text).node
    found, _ = searching.found(node)
    ranked = searching.reranker.ranked(node, found.numbers, found.scores)
    return first(request.sort, searching.columns, found.numbers, ranked.scores, request.per)
