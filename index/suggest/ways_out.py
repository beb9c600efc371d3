"""Ways out of a search that finds nothing: wider searches, each of which finds something."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from index.query import And, Node, write_query
from index.request import Request
from index.results import WayOut
from index.suggest.search_advice import any_words_query, missing_words
from index.vocabulary.term_vocabulary import Vocabulary
from kb.errors import WorkCutShort
from kb.work.budget import within_budget

__all__ = ["ways_out"]

_MAX_FILTERS_LEFT_OUT = 8
"""Filters that are left out one by one, to see whether that helps."""

Count = Callable[[Request], tuple[int, int]]
"""How many passages have all the words of a request, and how many more have some."""


def ways_out(request: Request, node: Node | None, vocabulary: Vocabulary, count: Count) -> tuple[WayOut, ...]:
    """The wider searches that find something, as many as the budget of work allows to try."""
    found: list[WayOut] = []
    with suppress(WorkCutShort):
        for way in within_budget(_wider(request, node, vocabulary)):
            total = sum(count(way.request))
            if total and not (way.kind == "any-words" and found and found[-1].total == total):
                found.append(replace(way, total=total))
    return tuple(found)


def _wider(request: Request, node: Node | None, vocabulary: Vocabulary) -> Iterator[WayOut]:
    first = replace(request, page=1)
    if node:
        missing = missing_words(node, vocabulary)
        if missing and (rest := _without(node, missing)):
            yield WayOut("without-words", replace(first, text=rest), missing)
        if text := any_words_query(node):
            yield WayOut("any-words", replace(first, text=text))
    chosen = [(name, value) for name, values in request.filters.items() for value in values]
    for name, value in chosen[:_MAX_FILTERS_LEFT_OUT]:
        filters = {**request.filters, name: tuple(each for each in request.filters[name] if each != value)}
        yield WayOut("without-filter", replace(first, filters=filters), (value,))
    if request.all_themes and len(request.filters.get("theme", ())) > 1:
        yield WayOut("any-theme", replace(first, all_themes=False))
    if len(chosen) > 1:
        yield WayOut("without-filters", replace(first, filters={}, all_themes=False))


def _without(node: Node, words: Sequence[str]) -> str:
    """The query without some of the words that it asks for; empty if nothing would be left."""
    if not isinstance(node, And):
        return ""
    rest = [child for child in node.nodes if write_query(child) not in words]
    if not rest or len(rest) == len(node.nodes):
        return ""
    return write_query(And(tuple(rest)) if len(rest) > 1 else rest[0])
