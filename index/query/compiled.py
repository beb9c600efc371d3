"""A query as every engine evaluates it: a tree of frozen nodes, and how its matches score.

`index.search.query_compiler` writes these trees. The fields are those of the index: `text` and `heading`
(exact forms), `stem` (text and heading together), `heading_stem`, `title` (stems of the document's
title), and the labels `document`, `theme`, `kind` and `year`.

A term of a scored field (`SCORED`) gives its boost times BM25, with `smoothed_idf` and the constants
below; one of any other field gives its boost. `All`, `Any` and `Adjacent` sum what their parts give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from kb.work.budget import within_budget

__all__ = [
    "K1",
    "SCORED",
    "Addition",
    "Adjacent",
    "All",
    "Any",
    "B",
    "Constant",
    "Difference",
    "Enough",
    "Everything",
    "Nothing",
    "Query",
    "Require",
    "Term",
    "idf",
    "leaves",
    "length_norms",
    "saturated",
    "smoothed_idf",
]

Floats = NDArray[np.float64]

K1, B = 1.2, 0.75
"""BM25's constants: how soon further occurrences stop counting, and how far long texts are marked down."""

SCORED = frozenset({"text", "stem", "heading", "heading_stem"})
"""The fields whose terms score by BM25."""


@dataclass(frozen=True, slots=True)
class Term:
    """The passages that have a term in a field."""

    field: str
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Adjacent:
    """The passages that have forms in order, at most `slop` other words between two; scored as its terms.

    A compound (`co-operation` as `cooperation`) begins at its first word and ends at its last.
    """

    field: str
    forms: tuple[str, ...]
    slop: int = 0
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class All:
    """What every part finds, with the sum of the scores."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """What any part finds, with the sum of the scores of those that do."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What `kept` finds and `excluded` does not, with the scores of `kept`."""

    kept: Query
    excluded: Query


@dataclass(frozen=True, slots=True)
class Addition:
    """What `found` finds, with the scores of `added` on top where that matches too."""

    found: Query
    added: Query


@dataclass(frozen=True, slots=True)
class Require:
    """What both find, with the scores of `scored` alone."""

    scored: Query
    required: Query


@dataclass(frozen=True, slots=True)
class Enough:
    """What some of the parts find whose weights add up to `least` or more; their sum is the score.

    Weights are whole numbers from 1, so that every engine gets the same sums. In OpenSearch it is a
    `function_score` with `min_score` over a `bool` of `constant_score` queries.
    """

    parts: tuple[Query, ...]
    weights: tuple[int, ...]
    least: int


@dataclass(frozen=True, slots=True)
class Constant:
    """What a query finds, each with the same score."""

    query: Query
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Everything:
    """All passages, each with a score of 1."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No passage."""


Query = (
    Term | Adjacent | All | Any | Difference | Addition | Require | Enough | Constant | Everything | Nothing
)


def leaves(
    query: Query, is_match: Callable[[Query], bool], optional: bool = False
) -> Iterator[tuple[Query, bool]]:
    """The leaves of a query that match a passage, each with whether it only adds to the score.

    `is_match` says whether a node matches the passage. The scores of the leaves add up to that of the query.
    """
    if not is_match(query):
        return
    match query:
        case All(parts) | Any(parts):
            for part in within_budget(parts):
                yield from leaves(part, is_match, optional)
        case Addition(found, added):
            yield from leaves(found, is_match, optional)
            yield from leaves(added, is_match, optional=True)
        case Require(scored=scored) | Difference(kept=scored):
            yield from leaves(scored, is_match, optional)
        case leaf:
            yield leaf, optional


def idf(passages: int, frequency: int) -> float:
    """Inverse document frequency as Lucene has it: ln(1 + (N - n + .5) / (n + .5)), above 0."""
    return log(1 + max(passages - frequency + 0.5, 0.5) / (frequency + 0.5))


def smoothed_idf(passages: int, frequency: int) -> float:
    """Inverse document frequency as Whoosh has it, the one that terms score by: ln(N / (n + 1)) + 1."""
    return log(passages / (frequency + 1)) + 1 if passages else 0.0


def length_norms(lengths: NDArray[np.generic], average: float) -> Floats:
    """BM25's length normalisation: what the length of each text adds to the divisor."""
    norms: Floats = K1 * ((1 - B) + B * np.maximum(lengths, 1) / average)
    return norms


def saturated(counts: Floats, norms: Floats) -> Floats:
    """BM25's saturated term frequency: it rises ever more slowly with the count, towards K1 + 1."""
    return counts * (K1 + 1) / (counts + norms)
