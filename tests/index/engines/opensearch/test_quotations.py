"""Where a quotation may begin among the passages that were fetched."""

from __future__ import annotations

from typing import Any

from index.engines.opensearch.mapping import Lengths
from index.engines.opensearch.matching.term_weights import TermWeights
from index.engines.opensearch.passage_index import PassageIndex
from index.engines.opensearch.quotations import QuotationPassages
from index.engines.opensearch.tokens import document_source
from index.engines.opensearch.words.known_words import KnownWords
from index.engines.opensearch.words.word_counts import WordCounts
from tests.index.engines.opensearch.canned import CannedCluster, word_list
from tests.index.samples import document, passage

TEXTS = {
    7: "Nothing of the kind",
    8: "States shall protect the",
    9: "victims of trafficking at once",
    40: "No victims",
}
SOURCES = {
    number: document_source(
        document("a"), passage("a", f"p{number}", text), rank=0, ordinal=number, titles={}, record=""
    )
    for number, text in TEXTS.items()
}


def answer(body: Any) -> Any:
    if "aggs" in body:
        return {
            "aggregations": {
                name: {"buckets": [{"doc_count": 0} for _ in agg["filters"]["filters"]]}
                for name, agg in body["aggs"].items()
            }
        }
    if body["_source"]:
        (wanted,) = body["query"]["bool"]["filter"]
        found = [number for number in SOURCES if number in wanted["terms"]["number"]]
        return {"hits": {"hits": [{"sort": [number], "_source": SOURCES[number]} for number in found]}}
    return {"hits": {"hits": [{"sort": [1.0, number]} for number in (9, 8, 40)]}}


def weights() -> TermWeights:
    index = PassageIndex(CannedCluster(answer), "kb")
    counts = WordCounts()
    for source in SOURCES.values():
        counts.add(source)
    listed = CannedCluster(word_list(list(counts.documents(["en"]))))
    return TermWeights(index, KnownWords(PassageIndex(listed, "kb-words")), Lengths())


def test_a_quotation_that_runs_on_into_the_next_passage_is_found_in_both() -> None:
    read: list[int] = []
    known = weights()
    finder = QuotationPassages(known._index, known, read.extend)
    for forms in ("protect all the victims of trafficking", "shall protect the victims of trafficking at"):
        first, *_ = finder.near(forms.split(), around=0, least=0.5)
        assert first.numbers == (8, 9)
    assert first.first == 1
    assert first.last == 8
    assert {8, 9} <= set(read)
    assert finder.near(["unknown", "words"], around=1, least=0.5) == []


def test_words_in_another_order_lie_in_a_window() -> None:
    known = weights()
    finder = QuotationPassages(known._index, known, lambda numbers: None)
    (found, *_) = finder.near(
        ["at", "once", "trafficking", "of", "victims"], around=0, least=0.8, ordered=False
    )
    assert found.numbers == (9,)
