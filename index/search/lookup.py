"""A request looked up: what was understood, what matches, and what may have been meant instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.query import ParsedQuery
from index.search.ranking.tiers import Tiers

__all__ = ["Lookup"]


@dataclass(frozen=True, slots=True)
class Lookup:
    """A request with its parsed query, its matches and suggested corrections.

    `tried` has a lookup for the text of each query searched to find these, including the one typed.
    """

    parsed: ParsedQuery
    tiers: Tiers
    suggestions: tuple[str, ...] = ()
    tried: Mapping[str, Lookup] = field(default_factory=dict)
