"""However a collection is divided, the same is sent, in the same order."""

from __future__ import annotations

import json

import pytest

from index.engines.opensearch.publishing import parts
from index.engines.opensearch.publishing.parts import CHECKSUM, analysed, cut
from index.engines.opensearch.publishing.plan import plan_generation
from index.engines.opensearch.words.word_counts import WordCounts
from kb.model import Collection


def sent(collection: Collection) -> tuple[list[tuple[str, str, str]], dict[str, int], list[object], int]:
    """What is sent, sums of checksums, the word list with the phrases, and how many parts there are."""
    plan, counts = plan_generation(collection, None, ()), WordCounts()
    documents: list[tuple[str, str, str]] = []
    checksums = dict.fromkeys(plan.entries, 0)
    number = 0
    for part in cut(collection, plan.sent, plan.entries):
        made = analysed(part)
        documents += map(tuple, made.sent)
        counts.take(made.counts)
        for name, checksum in made.checksums.items():
            checksums[name] += checksum
        number += 1
    return documents, checksums, [*counts.documents(["en"]), counts.phrases(["en"])], number


@pytest.mark.parametrize(("limit", "value"), [("_PART_PASSAGES", 7), ("_PART_CHARS", 2_000)])
def test_parts_of_any_size_are_the_same_together(
    shipped_collection: Collection, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    *whole, few = sent(shipped_collection)
    monkeypatch.setattr(parts, limit, value)
    *cut_up, many = sent(shipped_collection)
    assert cut_up == whole
    assert many > 5 * few
    documents, checksums = whole[:2]
    addresses = [one.address for one in shipped_collection.all_passages()]
    assert [address for address, _, _ in documents] == addresses
    for name, checksum in checksums.items():
        of_document = [json.loads(source) for _, document, source in documents if document == name]
        assert sum(source[CHECKSUM] for source in of_document) == checksum
        assert [source["number"] & 0xFFFFFF for source in of_document] == list(range(len(of_document)))
