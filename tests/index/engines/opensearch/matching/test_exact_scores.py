"""Scores computed from the words that were sent equal those of the engine in memory."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from index.engines.opensearch.mapping import Lengths
from index.engines.opensearch.matching.exact_scores import ExactScores
from index.engines.opensearch.rerank import FetchedWords
from index.engines.opensearch.tokens import document_source
from index.query import compiled as q
from kb.tags import ThemeNames
from tests.index.engines.opensearch.live.test_agreement import TREES, content
from tests.index.memory_engine import MemoryBackend


class CountedTerms:
    """The document frequencies of the engine in memory."""

    def __init__(self, backend: MemoryBackend) -> None:
        self._terms = backend.terms

    def frequency(self, field: str, text: str) -> int:
        return self._terms.frequencies(field, [text])[0]


@cache
def backends() -> tuple[MemoryBackend, list[int], ExactScores]:
    memory = MemoryBackend(content(), "memory")
    numbers = list(memory.searched)
    titles = ThemeNames.of(content().themes).subpoint_titles
    sources: Sequence[dict[str, Any]] = [
        document_source(one.document, one.passage, rank=0, ordinal=at, titles=titles, record="")
        for at, one in memory.searched.items()
    ]
    sums = {name: sum(one[f"{name}_length"] for one in sources) for name in ("text", "heading")}
    sums |= {"stem": sum(sums.values()), "heading_stem": sums["heading"]}
    words = FetchedWords(np.array(numbers), sources)
    return memory, numbers, ExactScores(words, CountedTerms(memory), Lengths(len(sources), sums))  # type: ignore[arg-type]


@given(TREES)
@settings(deadline=None, max_examples=40)
def test_random_trees_score_as_in_memory(tree: q.Query) -> None:
    memory, numbers, exact = backends()
    expected = memory.evaluated(tree)
    scores = exact.scores(tree)
    assert scores.tolist() == pytest.approx([expected.get(number, 0.0) for number in numbers], abs=1e-9)
    for at, number in enumerate(numbers[:5]):
        points = sum(leaf.points for leaf in exact.leaf_scores(tree, at))
        assert points == pytest.approx(expected.get(number, 0.0), abs=1e-9)
