"""The evaluator agrees with Whoosh's own searcher, over our segments and over an index Whoosh wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query
from whoosh.searching import Searcher

from index.analysis.stemming import stem
from index.engines.records.passage_record import read_passage
from index.engines.whoosh.backend import WhooshBackend
from index.engines.whoosh.compat.whoosh_index import WhooshIndex
from index.engines.whoosh.generation import OpenGeneration, open_index
from index.engines.whoosh.indexing import publication
from index.engines.whoosh.indexing.builder import build
from index.engines.whoosh.matching.evaluation import Evaluation
from index.engines.whoosh.matching.statistics import Statistics
from index.query import compiled, parse_query
from index.query.compiled import (
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
)
from index.search.query_compiler import compile_query
from index.vocabulary.term_vocabulary import TermVocabulary
from kb.model import Collection
from tests.index.engines.whoosh import whoosh_queries
from tests.index.engines.whoosh.oracle import LiveBM25F, in_whoosh
from tests.index.samples import collection, passage
from tests.index.stock import exact_lengths, stock_reader

WORDS = ["law", "laws", "un", "U.N.", "co-operation", "cooperation", "the", "victim", "day-to-day", "sea"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
PASSAGES = st.lists(
    st.tuples(TEXTS, st.sampled_from(["", "Law of the sea", "Co-operation"]), st.booleans()), max_size=5
)
STATES = st.lists(st.dictionaries(st.sampled_from("abcd"), PASSAGES, max_size=4), min_size=1, max_size=4)

FORMS = [
    "law",
    "laws",
    "un",
    "co",
    "operation",
    "cooperation",
    "the",
    "victim",
    "day",
    "daytoday",
    "sea",
    "no",
]
BOOSTS = st.sampled_from([1.0, 1.0, 0.5, 2.0, 3.25])


def terms() -> st.SearchStrategy[Query]:
    form = st.sampled_from(FORMS)
    return st.one_of(
        st.builds(Term, st.sampled_from(["text", "heading"]), form, BOOSTS),
        st.builds(Term, st.sampled_from(["stem", "heading_stem"]), form.map(stem), BOOSTS),
        st.builds(Term, st.just("document"), st.sampled_from("abcdx"), BOOSTS),
        st.builds(Term, st.just("theme"), st.sampled_from(["protection", "protection/aftercare"])),
        st.builds(Term, st.just("kind"), st.sampled_from(["report", "treaty"])),
    )


def phrases() -> st.SearchStrategy[Query]:
    forms = st.lists(st.sampled_from(FORMS), min_size=2, max_size=4).map(tuple)
    return st.builds(Adjacent, st.sampled_from(["text", "heading"]), forms, st.integers(0, 3), BOOSTS)


def trees() -> st.SearchStrategy[Query]:
    return st.recursive(
        st.one_of(terms(), phrases(), st.just(Everything()), st.just(Nothing())),
        lambda inner: st.one_of(
            st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
            st.builds(compiled.Any, st.lists(inner, min_size=1, max_size=12).map(tuple)),
            st.builds(Difference, inner, inner),
            st.builds(Addition, inner, inner),
            st.builds(Require, inner, inner),
            st.builds(Constant, inner, st.sampled_from([0.5, 2.0])),
        ),
        max_leaves=8,
    )


@contextmanager
def segments_kept() -> Iterator[None]:
    """Turns merging off: every build adds a segment and leaves deleted passages in the others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publication, "_is_worth_merging", lambda segment, gathered: False)
        yield


def content(state: dict[str, list[tuple[str, str, bool]]]) -> Collection:
    return collection(
        **{
            name: [
                passage(
                    name,
                    f"p{at}",
                    text,
                    *(["protection", "protection/aftercare"] if themed else []),
                    heading=heading,
                    unit="heading" if themed and not heading else "",
                )
                for at, (text, heading, themed) in enumerate(rows)
            ]
            for name, rows in state.items()
        }
    )


def evaluated(opened: OpenGeneration, asked: Query) -> dict[str, float]:
    found = Evaluation(asked, opened.segments, Statistics(opened.segments))
    records = [
        record
        for segment in opened.segments
        for record in map(segment.stored.__getitem__, range(segment.size))
    ]
    scores = found.scores(found.numbers)
    named = (read_passage(records[number]).address for number in found.numbers.tolist())
    return dict(zip(named, scores.tolist(), strict=True))


def searched(reader: Any, asked: Query, name: Any) -> dict[str, float]:
    return in_whooshs_words(reader, in_whoosh(asked), name)


def in_whooshs_words(reader: Any, asked: Any, name: Any) -> dict[str, float]:
    hits = Searcher(reader, weighting=LiveBM25F()).search(asked, limit=None, optimize=False)
    return {name(hit["record"]): hit.score for hit in hits}


def address(record: str) -> str:
    return read_passage(record).address


def built(tmp_path_factory: pytest.TempPathFactory, states: list[Any]) -> Path:
    """The folder of an index with a segment for each state of the content."""
    folder: Path = tmp_path_factory.mktemp("index")
    with segments_kept():
        for state in states:
            build(content(state), folder)
    return folder


@pytest.mark.slow
@given(STATES, st.lists(trees(), min_size=10, max_size=25))
def test_matches_and_scores_are_those_of_whooshs_own_searcher(
    tmp_path_factory: pytest.TempPathFactory, states: list[Any], asked: list[Any]
) -> None:
    folder = built(tmp_path_factory, states)
    opened, index = open_index(folder), WhooshIndex(folder).reader()
    with exact_lengths():
        stock = stock_reader(content(states[-1]))
        for each in asked:
            ours = evaluated(opened, each)
            assert ours == pytest.approx(searched(index, each, address), abs=1e-9), each
            assert ours == pytest.approx(searched(stock, each, str), abs=1e-9), each


@pytest.mark.slow
@given(STATES, st.lists(trees(), min_size=5, max_size=10))
def test_segments_with_deletions_answer_as_one_segment_built_at_once(
    tmp_path_factory: pytest.TempPathFactory, states: list[Any], asked: list[Any]
) -> None:
    often, once = tmp_path_factory.mktemp("often"), tmp_path_factory.mktemp("once")
    with segments_kept():
        for state in states:
            build(content(state), often)
    build(content(states[-1]), once)
    merged = tmp_path_factory.mktemp("merged")
    for state in states:
        build(content(state), merged)
    opened = [open_index(folder) for folder in (often, once, merged)]
    for each in asked:
        first, *others = [evaluated(one, each) for one in opened]
        for other in others:
            assert first == pytest.approx(other, abs=1e-12), each


@st.composite
def weighed(draw: st.DrawFn) -> Enough:
    """A sum of weights, which Whoosh has no query for, over what it has."""
    parts = tuple(draw(st.lists(trees(), min_size=1, max_size=4)))
    weights = draw(st.lists(st.integers(1, 9), min_size=len(parts), max_size=len(parts)))
    return Enough(parts, tuple(weights), draw(st.integers(1, 20)))


@pytest.mark.slow
@given(
    STATES.map(lambda states: states[-2:]), st.lists(st.tuples(weighed(), trees()), min_size=1, max_size=3)
)
def test_enough_parts_are_those_whose_weights_add_up(
    tmp_path_factory: pytest.TempPathFactory, states: list[Any], asked: list[tuple[Enough, Query]]
) -> None:
    folder = built(tmp_path_factory, states)
    opened = open_index(folder)
    for each, other in asked:
        weights = zip(each.parts, each.weights, strict=True)
        sums: Counter[str] = Counter()
        for one, weight in weights:
            sums.update(dict.fromkeys(evaluated(opened, one), weight))
        enough = {one: weight for one, weight in sums.items() if weight >= each.least}
        scores = evaluated(opened, other)
        both = {one: scores.get(one, 0.0) + enough.get(one, 0) for one in {**scores, **enough}}
        assert evaluated(opened, each) == enough
        assert evaluated(opened, compiled.Any((other, each))) == both
        assert evaluated(opened, Require(other, each)).keys() == scores.keys() & enough.keys()
        assert evaluated(opened, Difference(other, each)).keys() == scores.keys() - enough.keys()


def test_merged_segments_have_the_positions_of_one_built_at_once(tmp_path: Path) -> None:
    first = collection(a=["law of the sea", "the un law"], b=["sea law"])
    last = collection(b=["sea law"], c=["the law of the U.N. charter", "law"])
    for state in (first, last):
        build(state, tmp_path / "often")
    build(last, tmp_path / "once")
    (often,), (once,) = (open_index(tmp_path / name).segments for name in ("often", "once"))
    for name in ("text", "stem", "heading", "document"):
        ours, theirs = often.field(name), once.field(name)
        assert ours
        assert theirs
        assert [ours.terms[at] for at in range(len(ours.terms))] == [
            theirs.terms[at] for at in range(len(theirs.terms))
        ]
        for at in range(len(ours.terms)):
            assert np.array_equal(ours.postings(at).docs, theirs.postings(at).docs)
            if name in ("text", "heading"):
                assert np.array_equal(ours.positions(at), theirs.positions(at))


QUERIES = st.lists(
    st.sampled_from(
        ["law", "victim", "the", "OR", "NOT", '"law sea"', "co-operation", "la*", "-sea", "day~"]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


@pytest.mark.slow
@given(STATES, QUERIES)
def test_a_query_as_typed_is_answered_as_whooshs_own_searcher_answers_its_rewritten_form(
    tmp_path_factory: pytest.TempPathFactory, states: list[Any], typed: str
) -> None:
    folder = built(tmp_path_factory, states)
    opened = open_index(folder)
    vocabulary = TermVocabulary(WhooshBackend(opened).terms)
    rewritten, _ = compile_query(parse_query(typed).node, vocabulary, ())
    expected = searched(WhooshIndex(folder).reader(), rewritten, address)
    assert evaluated(opened, rewritten) == pytest.approx(expected, abs=1e-9)


# Bugs in Whoosh's own queries, each by a minimal example; the oracle replaces these queries.


def test_whooshs_and_not_lets_the_first_match_through(tmp_path: Path) -> None:
    build(collection(a=["un x", "un law"]), tmp_path)
    reader, opened = WhooshIndex(tmp_path).reader(), open_index(tmp_path)
    asked = query.AndNot(query.Term("text", "law"), query.Term("text", "un"))
    assert set(in_whooshs_words(reader, asked, address)) == {"a/p2"}
    ours = Difference(Term("text", "law"), Term("text", "un"))
    assert evaluated(opened, ours) == searched(reader, ours, address) == {}


def test_whooshs_not_gives_a_deleted_passage(tmp_path: Path) -> None:
    with segments_kept():
        build(collection(a=["law"], b=["sea"]), tmp_path)
        build(collection(a=["law"]), tmp_path)
    reader = WhooshIndex(tmp_path).reader()
    asked = query.Not(query.Term("text", "law"))
    assert list(asked.matcher(Searcher(reader)).all_ids()) == [1]  # which is deleted
    assert evaluated(open_index(tmp_path), Difference(Everything(), Term("text", "law"))) == {}


def test_whooshs_and_maybe_loses_a_score_after_a_skip(tmp_path: Path) -> None:
    texts = [passage("a", "p1", "", heading="law"), passage("a", "p2", "sea", "protection"),
             passage("a", "p3", "sea", "protection", heading="law")]  # fmt: skip
    build(collection(a=texts), tmp_path)
    reader, opened = WhooshIndex(tmp_path).reader(), open_index(tmp_path)
    parts = Term("heading", "law"), Term("theme", "protection")
    sea = Term("text", "sea")
    alone = searched(reader, Require(parts[0], sea), address)
    theirs = query.Require(query.AndMaybe(*map(in_whoosh, parts)), in_whoosh(sea))
    assert in_whooshs_words(reader, theirs, address) == pytest.approx(alone)  # without the 1 for the theme
    ours = Require(Addition(*parts), sea)
    assert evaluated(opened, ours) == pytest.approx({"a/p3": alone["a/p3"] + 1})
    assert searched(reader, ours, address) == pytest.approx(evaluated(opened, ours))


def test_whooshs_phrase_does_not_support_compounds(tmp_path: Path) -> None:
    build(collection(a=["legal co-operation treaty"]), tmp_path)
    reader, opened = WhooshIndex(tmp_path).reader(), open_index(tmp_path)
    forms = ("legal", "cooperation", "treaty")
    assert in_whooshs_words(reader, query.Phrase("text", list(forms)), address) == {}
    assert set(evaluated(opened, Adjacent("text", forms))) == {"a/p1"}
    assert set(in_whooshs_words(reader, whoosh_queries.Adjacent("text", forms), address)) == {"a/p1"}
