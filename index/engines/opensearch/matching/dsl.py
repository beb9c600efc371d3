"""A compiled query (`index.query.compiled`) as the cluster's own, node by node."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any as Untyped

from index.engines.opensearch.matching.phrases import phrase
from index.engines.opensearch.matching.term_weights import TermKey, TermWeights
from index.engines.opensearch.tokens import begin_mark
from index.query.compiled import (
    SCORED,
    Addition,
    Adjacent,
    All,
    Any,
    Constant,
    Difference,
    Enough,
    Everything,
    Nothing,
    Query,
    Require,
    Term,
)
from kb.work.budget import check_budget, within_budget

__all__ = ["Dsl", "QueryTranslator"]

Dsl = dict[str, Untyped]

_RETRIEVABLE: Dsl = {"term": {"retrievable": True}}
_NOTHING: Dsl = {"match_none": {}}


@dataclass(frozen=True, slots=True)
class QueryTranslator:
    """Translates queries for one generation."""

    weights: TermWeights

    def translate(self, query: Query) -> Dsl:
        check_budget()
        self.weights.look_up(_terms(query))
        return self._scored(query)

    def _scored(self, query: Query) -> Dsl:
        """What matches a query, with its scores."""
        match query:
            case Term(field, text, boost):
                return self._term(field, text, boost)
            case Adjacent():
                return self._adjacent(query)
            case All(parts):
                return _all([self._scored(part) for part in within_budget(parts)])
            case Any():
                return _any([self._scored(part) for part in within_budget(_flat(query))])
            case Difference(kept, excluded):
                return {"bool": {"must": [self._scored(kept)], "must_not": [self._scored(excluded)]}}
            case Addition(found, added):
                return {"bool": {"must": [self._scored(found)], "should": [self._scored(added)]}}
            case Require(scored, required):
                return {"bool": {"must": [self._scored(scored)], "filter": [self._scored(required)]}}
            case Enough(parts, weights, least):
                weighed = zip(parts, weights, strict=True)
                return _enough(
                    [(self._scored(part), weight) for part, weight in within_budget(weighed)], least
                )
            case Constant(inner, score):
                return _constant(self._scored(inner), score)
            case Everything():
                return _constant(_RETRIEVABLE, 1.0)
            case Nothing():
                return _NOTHING

    def _term(self, field: str, text: str, boost: float) -> Dsl:
        if not self.weights.frequency(field, text):
            return _NOTHING
        if field in SCORED:
            return {"term": {field: {"value": text, "boost": boost * self.weights.factor(field, text)}}}
        label: Dsl = {"term": {field: text}}
        # headings and lead-ins have no other label
        return _constant(_both(label, _RETRIEVABLE) if field == "document" else label, boost)

    def _adjacent(self, query: Adjacent) -> Dsl:
        """The phrase only selects; its words score."""
        field = query.field
        if not all(self.weights.frequency(field, form) for form in query.forms):
            return _NOTHING
        found = phrase(field, query.forms, query.slop, lambda form: self.is_compound(field, form))
        scored = [self._term(field, form, query.boost) for form in dict.fromkeys(query.forms)]
        return {"bool": {"filter": [found], "should": scored}}

    def is_compound(self, field: str, form: str) -> bool:
        return self.weights.frequency(f"{field}_marks", begin_mark(form)) > 0


def _terms(query: Query) -> Iterator[TermKey]:
    """All terms whose frequencies a translation needs."""
    match query:
        case Term(field, text):
            yield field, text
        case Adjacent(field, forms):
            for form in forms:
                yield field, form
                yield f"{field}_marks", begin_mark(form)
        case All(parts) | Any(parts) | Enough(parts):
            for part in parts:
                yield from _terms(part)
        case Difference(first, second) | Addition(first, second) | Require(first, second):
            yield from _terms(first)
            yield from _terms(second)
        case Constant(inner):
            yield from _terms(inner)
        case Everything() | Nothing():
            return


def _flat(query: Any) -> Iterator[Query]:
    """The parts of an Any, nested ones flattened."""
    waiting = list(reversed(query.parts))
    while waiting:
        match waiting.pop():
            case Any(parts):
                waiting.extend(reversed(parts))
            case other:
                yield other


def _all(parts: Sequence[Dsl]) -> Dsl:
    if not parts or _NOTHING in parts:
        return _NOTHING
    return parts[0] if len(parts) == 1 else {"bool": {"must": list(parts)}}


def _any(parts: Sequence[Dsl]) -> Dsl:
    some = [part for part in parts if part != _NOTHING]
    if len(some) < 2:
        return some[0] if some else _NOTHING
    return {"bool": {"should": some, "minimum_should_match": 1}}


def _enough(parts: Sequence[tuple[Dsl, int]], least: int) -> Dsl:
    """Whole numbers, whose sums are exact in the cluster's floats too."""
    found = _any([_constant(part, weight) for part, weight in parts if part != _NOTHING])
    return found if found == _NOTHING else {"function_score": {"query": found, "min_score": least}}


def _both(*filters: Dsl) -> Dsl:
    return {"bool": {"filter": list(filters)}}


def _constant(query: Dsl, score: float) -> Dsl:
    return {"constant_score": {"filter": query, "boost": score}}
