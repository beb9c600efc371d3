"""On a cluster, random queries find what they find in memory: the same passages, counts, order and scores."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.query import compiled as q
from index.query import parse_query
from index.request import Request
from index.search.engine import SearchEngine
from kb.model import Collection
from tests.cluster.live import on_cluster
from tests.index.memory_engine import memory_engine
from tests.index.samples import collection, document, passage
from tests.index.test_engines import WORDS, _outline, requests

pytestmark = [pytest.mark.live, pytest.mark.slow]

DATES = ["", "1999", "2001-05", "1980/1982", "2015"]
LANGUAGES = ["", "en", "en", "fr", "fr-CA", "id", "th", "vi"]
TAGS = [(), ("protection",), ("crime-cooperation", "crime-cooperation/mla")]
UNITS = ["", "", "", "bullet", "heading", "lead-in"]


@cache
def content() -> Collection:
    """Short texts of few words, so that these often stand side by side, in documents of all kinds."""
    some = random.Random(16)  # noqa: S311
    documents = [
        document(
            f"d{at}",
            title=some.choice(["The law of the sea", "Victims", "Report"]),
            date=some.choice(DATES),
            kind=some.choice(["report", "treaty", "note", ""]),
            language=some.choice(LANGUAGES),
            status=some.choice(["current", "current", "superseded"]),
        )
        for at in range(12)
    ]
    return collection(
        *documents,
        **{
            one.id: [
                passage(
                    one.id,
                    f"p{at}",
                    " ".join(some.choices(WORDS, k=some.randrange(10))),
                    *some.choice(TAGS),
                    heading=some.choice(["", "", "co-operation at sea"]),
                    unit=some.choice(UNITS),  # type: ignore[arg-type]
                )
                for at in range(some.randrange(14))
            ]
            for one in documents
        },
    )


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> tuple[SearchEngine, SearchEngine]:
    """The engine on the cluster, and the one in memory."""
    folder: Path = tmp_path_factory.mktemp("sources")
    return on_cluster(folder)(content()), memory_engine(content())


@given(requests(), st.sampled_from([1, 2, 4]))
@settings(deadline=None)
def test_searches_agree(engines: tuple[SearchEngine, SearchEngine], asked: Request, page: int) -> None:
    request = Request(**{name: getattr(asked, name) for name in asked.__slots__} | {"page": page})
    ours, theirs = (engine.snapshot().search(request) for engine in engines)
    if ours.corrected:  # by similar words, which the engine in memory does not have
        return
    assert _outline(ours) == _outline(theirs)
    assert [hit.score for hit in ours.hits] == pytest.approx([hit.score for hit in theirs.hits], rel=1e-6)


FORMS = ["law", "un", "co", "cooperation", "operation", "the", "victim", "sea", "sealaw", "2", "人", "口"]
TERMS = st.builds(
    q.Term, st.sampled_from(["text", "heading"]), st.sampled_from(FORMS), st.sampled_from([1.0, 0.3])
)
STEMS = st.builds(
    q.Term, st.sampled_from(["stem", "heading_stem"]), st.sampled_from([*FORMS, "cooper", "|人口"])
)
LABELS = st.sampled_from(
    [q.Term("theme", "protection"), q.Term("kind", "treaty", 2.0), q.Term("document", "d3")]
)
PHRASES = st.builds(
    q.Adjacent,
    st.sampled_from(["text", "heading"]),
    st.lists(st.sampled_from(FORMS), min_size=2, max_size=4).map(tuple),
    st.integers(0, 3),
)
LEAVES = st.one_of(TERMS, STEMS, LABELS, PHRASES, st.sampled_from([q.Everything(), q.Nothing()]))


def _groups(trees: st.SearchStrategy[q.Query]) -> st.SearchStrategy[q.Query]:
    several = st.lists(trees, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(q.All, several),
        st.builds(q.Any, several),
        st.builds(q.Difference, trees, trees),
        st.builds(q.Addition, trees, trees),
        st.builds(q.Require, trees, trees),
        st.builds(q.Constant, trees, st.sampled_from([1.0, 2.5])),
    )


TREES = st.recursive(LEAVES, _groups, max_leaves=8)


@given(TREES, requests())
@settings(deadline=None)
def test_compiled_trees_find_and_score_the_same(
    engines: tuple[SearchEngine, SearchEngine], tree: q.Query, request: Request
) -> None:
    found = []
    for engine in engines:
        backend = engine.snapshot()._backend
        matches = backend.match(tree, request)
        numbers = matches.numbers(matches.total)
        found.append(
            dict(zip(backend.addresses(numbers.tolist()), matches.scores(numbers).tolist(), strict=True))
        )
    assert found[0].keys() == found[1].keys()
    assert found[0] == pytest.approx(found[1], rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    "pattern", ["l~", "un~", "un~2", "law~2", "se~2", "co-operaton~", "v*", "?n", "zz~2"]
)
def test_patterns_stand_for_the_same_forms(engines: tuple[SearchEngine, SearchEngine], pattern: str) -> None:
    node = parse_query(pattern).node
    assert node is not None
    ours, theirs = (engine.snapshot()._backend.terms.expand(node) for engine in engines)
    assert ours == theirs
