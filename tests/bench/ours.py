"""Our own engine, as the measurements use it: the only module here that knows more than the public API."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from index.analysis import stem, words
from index.engine import Request
from index.store.engine import WhooshEngine, WhooshSnapshot
from index.store.ranking import first
from index.store.vocabulary import Vocabulary

__all__ = ["NAME", "engine_only", "opened", "titled", "top_only"]

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


def titled(snapshot: WhooshSnapshot, text: str) -> bool:
    """Whether a word of the query stands in the title of a document."""
    count = snapshot._vocabulary.frequency
    return any(count("title", stem(word.form)) for word in words(text))


def engine_only(snapshot: WhooshSnapshot, request: Request) -> Any:
    """The ten best and the four facets, without snippets."""
    return snapshot.ranked(request)


def top_only(snapshot: WhooshSnapshot, request: Request) -> Any:
    """The ten best alone."""
    searching = snapshot._searching
    node = searching.reading(request.text).node
    found, _ = searching.found(node)
    ranked = searching.reranker.ranked(node, found.numbers, found.scores)
    return first(request.sort, searching.columns, found.numbers, ranked.scores, request.per)
