"""The second look reads words and stems as they were sent, once for a list of passages."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np

from index.engines.opensearch.passage_index import PassageIndex
from index.engines.opensearch.rerank import FetchedWords, TokenReader
from index.engines.opensearch.tokens import PART, PIECE_GAP, document_source, source_terms
from tests.index.engines.opensearch.canned import CannedCluster
from tests.index.samples import document, passage

TEXTS = ["Law of the co-operation of states", "Nothing", "laws, laws and law"]
SOURCES = [
    document_source(
        document("a"), passage("a", f"p{at}", text, heading="Law"), rank=1, ordinal=at, titles={}, record=""
    )
    for at, text in enumerate(TEXTS)
]


def answer(body: Any) -> Any:
    return {"hits": {"hits": [{"_source": source} for source in SOURCES]}}


def test_places_counts_and_lengths_are_those_of_the_texts() -> None:
    cluster = CannedCluster(answer)
    reader = TokenReader(PassageIndex(cluster, "kb"))
    numbers = np.array([one["number"] for one in SOURCES])
    found = reader.occurrences(["law", "cooperation", "of"], numbers)
    assert list(zip(found.owners.tolist(), found.positions.tolist(), strict=True)) == [
        (0, 0), (0, 1), (0, 3), (0, 5), (2, 3)
    ]  # fmt: skip
    assert reader.occurrences(["sea"], numbers).owners.tolist() == []
    assert reader.frequencies("stem", "law", numbers).tolist() == [2, 1, 4]
    assert reader.frequencies("stem", "sea", numbers).tolist() == [0, 0, 0]
    assert reader.lengths("text", numbers).tolist() == [8, 1, 4]
    assert reader.lengths("stem", numbers).tolist() == [9, 2, 5]
    assert len(cluster.asked) == 1


def test_a_term_is_placed_wherever_it_is_and_nowhere_else() -> None:
    """By words that begin, end and repeat each other."""
    chance = Random(3)  # noqa: S311
    terms = ["a", "aa", "aaa", "ab", "ba", "aba"]
    for _ in range(200):
        pieces = [" ".join(_position(terms, chance) for _ in range(chance.randint(1, 9))) for _ in "12"]
        gap = [()] * PIECE_GAP
        positions = [*source_terms(pieces[0]), *gap, *source_terms(pieces[1])]
        words = FetchedWords(np.array([7]), [{"text": pieces}])
        for term in terms:
            expected = [at for at, there in enumerate(positions) if term in there]
            assert words.places("text", term) == ({0: expected} if expected else {})


def _position(terms: list[str], chance: Random) -> str:
    return PART.join(chance.choices(terms, k=chance.choice([1, 1, 2])))
