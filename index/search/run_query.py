"""Queries for runs in scripts without spaces: which of a run's pairs a passage must have.

A passage has all of a run if each of its clusters is in one of the pairs that the passage has: all
of `人口贩运受害者` is in `人口贩运的受害者`, which lacks only `运受`, and that is not a word. A passage
has some of a run if it has a pair that is not much more common than the others: one that shares
only `的人` says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.analysis.pairs import Coverage
from index.query.compiled import All, Any, Query, Require

__all__ = ["covering"]


def covering(needed: Coverage, queries: Mapping[str, Query]) -> Query:
    """The passages with one form of each tuple, scored by all forms that they have."""
    groups = [_any([queries[form] for form in forms]) for forms in needed]
    required = groups[0] if len(groups) == 1 else All(tuple(groups))
    if len(groups) == len(queries):
        return required
    return Require(_any(list(queries.values())), required)


def _any(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Any(tuple(queries))
