"""Compiled queries in the cluster's query language. The contract suite tests what they find on a cluster."""

from __future__ import annotations

from typing import Any

import pytest

from index.engines.opensearch.mapping import Lengths
from index.engines.opensearch.matching.dsl import QueryTranslator
from index.engines.opensearch.matching.phrases import phrase
from index.engines.opensearch.matching.term_weights import TermWeights
from index.engines.opensearch.passage_index import PassageIndex
from index.engines.opensearch.words.known_words import KnownWords
from index.query.compiled import (
    K1,
    Addition,
    Adjacent,
    All,
    Constant,
    Difference,
    Enough,
    Everything,
    Nothing,
    Query,
    Require,
    Term,
    idf,
    smoothed_idf,
)
from index.query.compiled import (
    Any as AnyOf,
)
from tests.index.engines.opensearch.canned import CannedCluster, word_list

LENGTHS = Lengths(100, {"stem": 1000}, {"stem": 1100}, {"stem": 90, "text": 100})
WORDS = [
    {"term": "law", "most": 7, "stem": 7, "text": 5, "stems": ["law"], "form": "law"},
    {"term": "sea", "most": 2, "stem": 2},
    {"term": "of", "most": 50, "text": 50, "stems": ["of"], "form": "of"},
    {
        "term": "cooperation",
        "most": 4,
        "text": 4,
        "text_marks": 1,
        "stems": ["cooper"],
        "form": "cooperation",
    },
]
LABELS = {("theme", "x"): 3, ("document", "a"): 9}


def counts(body: Any) -> Any:
    answers = {}
    for name, agg in body["aggs"].items():
        keys = [next(iter(one["term"].items())) for one in agg["filters"]["filters"]]
        answers[name] = {"buckets": [{"doc_count": LABELS.get(key, 0)} for key in keys]}
    return {"aggregations": answers}


def translated(query: Query) -> tuple[Any, CannedCluster]:
    cluster, words = CannedCluster(counts), CannedCluster(word_list(WORDS))
    weights = TermWeights(PassageIndex(cluster, "kb"), KnownWords(PassageIndex(words, "kb-words")), LENGTHS)
    return QueryTranslator(weights).translate(query), cluster


LAW, SEA = Term("stem", "law", 2.0), Term("stem", "sea")


def test_a_term_scores_by_our_idf_whatever_the_cluster_takes_it_for() -> None:
    made, _ = translated(LAW)
    boost = made["term"]["stem"]["boost"]
    assert boost * idf(90, 7) == pytest.approx(2.0 * (K1 + 1) * smoothed_idf(100, 7))


def test_all_labels_of_a_query_are_counted_in_one_search() -> None:
    query = All((LAW, AnyOf((SEA, Term("theme", "x"))), Constant(Term("document", "a"))))
    _, cluster = translated(query)
    assert len(cluster.asked) == 1


def test_nodes_select_and_score_as_their_names_say() -> None:
    law, sea = (translated(one)[0] for one in (LAW, SEA))
    expected = {
        All((LAW, SEA)): {"bool": {"must": [law, sea]}},
        AnyOf((LAW, AnyOf((SEA, Nothing())))): {"bool": {"should": [law, sea], "minimum_should_match": 1}},
        Difference(LAW, SEA): {"bool": {"must": [law], "must_not": [sea]}},
        Addition(LAW, SEA): {"bool": {"must": [law], "should": [sea]}},
        Require(LAW, SEA): {"bool": {"must": [law], "filter": [sea]}},
        Enough((LAW, SEA, Term("stem", "unknown")), (3, 1, 9), 2): {
            "function_score": {
                "query": {
                    "bool": {
                        "should": [
                            {"constant_score": {"filter": law, "boost": 3}},
                            {"constant_score": {"filter": sea, "boost": 1}},
                        ],
                        "minimum_should_match": 1,
                    }
                },
                "min_score": 2,
            }
        },
        Enough((Nothing(),), (1,), 1): {"match_none": {}},
        Constant(LAW, 3.0): {"constant_score": {"filter": law, "boost": 3.0}},
        Term("theme", "x", 0.5): {"constant_score": {"filter": {"term": {"theme": "x"}}, "boost": 0.5}},
        All((LAW, Term("stem", "unknown"))): {"match_none": {}},
        All(()): {"match_none": {}},
        AnyOf(()): {"match_none": {}},
    }
    for query, made in expected.items():
        assert translated(query)[0] == made, query


def test_what_no_search_finds_is_in_no_answer() -> None:
    for query in (Everything(), Term("document", "a")):
        assert "'retrievable': True" in str(translated(query)[0])


def test_a_phrase_selects_and_its_words_score() -> None:
    made, _ = translated(Adjacent("text", ("law", "of", "law")))
    (found,) = made["bool"]["filter"]
    assert found == {"match_phrase": {"text": {"query": "law of law"}}}
    assert [one["term"]["text"]["value"] for one in made["bool"]["should"]] == ["law", "of"]
    assert translated(Adjacent("text", ("law", "sea")))[0] == {"match_none": {}}


def test_a_compound_reaches_from_its_beginning_to_its_end() -> None:
    made = str(translated(Adjacent("text", ("law", "cooperation")))[0])
    assert "cooperation<" in made
    assert "cooperation>" in made
    assert "use_field" in made


def test_words_between_are_spaced_out_as_far_as_that_is_feasible() -> None:
    plain = lambda form: False  # noqa: E731
    few = phrase("text", ("a", "b", "c"), 2, plain)["intervals"]["text"]["all_of"]["intervals"]
    assert [one["match"]["query"] for one in few[0]["any_of"]["intervals"]] == ["a b", "a _ b", "a _ _ b"]
    many = phrase("text", tuple("abcdef"), 9, plain)["intervals"]["text"]["all_of"]["intervals"]
    assert many[1]["match"]["query"] == "f"
    assert "any_of" not in many[0]
