"""Our own engine, as the measurements use it: the only module here that knows more than the public API."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from index.engine import Request
from index.language import parse
from index.store.compiler import compile_query
from index.store.engine import WhooshEngine, WhooshSnapshot
from index.store.found import Found
from index.store.ranking import first
from index.store.vocabulary import Vocabulary

__all__ = ["NAME", "engine_only", "opened", "top_only"]

NAME = "kb"


def opened(folder: Path) -> WhooshEngine:
    """The engine over an index. It keeps no results; what it keeps of patterns is switched off."""
    return _Forgetful(folder)


class _Forgetful(WhooshEngine):
    def snapshot(self) -> WhooshSnapshot:
        found = super().snapshot()
        vocabulary: Vocabulary = found._vocabulary
        if (expand := getattr(vocabulary.expand, "__wrapped__", None)) is not None:
            vocabulary.expand = partial(expand)  # type: ignore[assignment]
        return found


def engine_only(snapshot: WhooshSnapshot, request: Request) -> Any:
    """The ten best and the four facets, without snippets."""
    return snapshot.ranked(request)


def top_only(snapshot: WhooshSnapshot, request: Request) -> Any:
    """The ten best alone."""
    query, _ = compile_query(parse(request.text).node, snapshot._vocabulary, tuple(snapshot._titles))
    found = Found(query, snapshot._opened.segments, snapshot._statistics)
    return first(request.sort, snapshot._columns, found.numbers, found.scores, request.per)
