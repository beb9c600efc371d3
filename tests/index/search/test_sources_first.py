"""Sources come before our own notes, under every order, on every page, in every engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engine import Snapshot
from index.query.compiled import idf
from index.request import SORTS, Request
from index.results import Hit, Results
from index.serializers.search import results_json
from index.serializers.totals import summary
from index.tuning import Tuning
from kb.model import Collection
from kb.site import Site
from tests.engines import build, open_engine, snapshot_of
from tests.index.memory_engine import memory_engine
from tests.index.samples import collection, document
from tests.tables import table

WORDS = ("law", "sea", "fish", "land", "ship", "net", "port")


def _texts(seed: int, size: int) -> list[str]:
    """Texts of a few words each, the same at every call."""
    return [
        " ".join(
            WORDS[(seed * 3 + at * step + at // 5) % len(WORDS)] for step in range(1, 2 + (at + seed) % 6)
        )
        for at in range(size)
    ]


CONTENT = collection(
    document("zebra", kind="note", title="Our note on the sea"),
    document("a", title="A treaty of the sea", date="2001"),
    document("mine", kind="note", title="Another note"),
    document("b", date="2015"),
    document("c", date=""),
    zebra=_texts(1, 6),
    a=_texts(2, 8),
    mine=_texts(3, 5),
    b=_texts(4, 9),
    c=_texts(5, 4),
)
NO_NOTES = collection(document("a"), a=_texts(2, 12))
ONLY_NOTES = collection(document("mine", kind="note"), mine=_texts(2, 12))
MIXED = replace(CONTENT, site=Site(notes="mixed"))

_BOTH: dict[str, Callable[[Collection, Path], Snapshot]] = {
    "memory": lambda content, folder: memory_engine(content).snapshot(),
    "registered": snapshot_of,
}


@pytest.fixture(scope="module", params=_BOTH)
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Snapshot, Snapshot]:
    """The same content with notes after sources, and with both mixed."""
    make = _BOTH[request.param]
    return make(CONTENT, tmp_path_factory.mktemp("apart")), make(MIXED, tmp_path_factory.mktemp("mixed"))


FEW_WORDS = st.lists(st.sampled_from([*WORDS, "OR", "-fish", "xyzzy"]), max_size=4)
MANY_WORDS = st.permutations([*WORDS, "xyzzy", "lawyer"])
REQUESTS = st.builds(
    Request,
    text=st.one_of(FEW_WORDS, FEW_WORDS, MANY_WORDS).map(" ".join),
    sort=st.sampled_from(SORTS),
    grouped=st.booleans(),
    filters=st.sampled_from([{}, {"kind": ("note",)}, {"document": ("a", "mine")}]),
)


def tier(hit: Hit) -> tuple[bool, bool]:
    return hit.matched == "some", hit.document.is_note


def banded(hits: Sequence[Hit], text: str) -> list[tuple[bool, bool, bool]]:
    """The place of each hit: all of the words or some, enough of them or not, source or note."""
    words = dict.fromkeys(text.split())
    passages = [passage.text.split() for passage in CONTENT.all_passages()]
    weights = {word: round(8 * idf(len(passages), sum(word in each for each in passages))) for word in words}
    weights = {word: weight for word, weight in weights.items() if any(word in each for each in passages)}
    both = len({hit.document.is_note for hit in hits}) == 2
    is_long = len(words) > Tuning.MAX_REQUIRED_WORDS

    def lacks(hit: Hit) -> bool:
        has = sum(weight for word, weight in weights.items() if word in hit.passage.text.split())
        weighed = both and len(weights) > 1 and (is_long or hit.matched == "some")
        return weighed and has < Tuning.ENOUGH_WORDS * sum(weights.values())

    return [(hit.matched == "some", lacks(hit), hit.document.is_note) for hit in hits]


def named(hits: object) -> list[tuple[str, str]]:
    return [(hit.passage.address, hit.matched) for hit in hits]  # type: ignore[attr-defined]


def pages(snapshot: Snapshot, request: Request) -> list[Results]:
    first = snapshot.search(request)
    listed = first.total_documents if request.grouped else first.total + first.total_some
    last = -(-listed // request.per)
    return [first, *(snapshot.search(replace(request, page=page)) for page in range(2, last + 1))]


@given(request=REQUESTS)
def test_sources_with_all_then_notes_with_all_then_both_with_some(
    pair: tuple[Snapshot, Snapshot], request: Request
) -> None:
    found = pages(pair[0], request)
    hits = [hit for page in found for hit in page.hits]
    if not request.grouped:
        assert banded(hits, request.text) == sorted(banded(hits, request.text))
    assert len({hit.passage.address for hit in hits}) == len(hits)
    assert len({(one.total, one.total_some, one.total_notes, one.total_some_notes) for one in found}) == 1
    if not request.grouped:
        counts = Counter(map(tier, hits))
        first = found[0]
        tiers = (first.total_sources, first.total_notes, first.total_some_sources, first.total_some_notes)
        keys = ((False, False), (False, True), (True, False), (True, True))
        assert tiers == tuple(counts.get(key, 0) for key in keys)
        assert first.total == first.total_sources + first.total_notes
        assert first.source_documents == len({one.document.id for one in hits if not one.document.is_note})
        assert named(pair[0].every_hit(request)) == named(hits)


@given(request=REQUESTS)
def test_mixed_notes_have_the_same_scores_in_an_order_that_only_parts_sources_from_notes(
    pair: tuple[Snapshot, Snapshot], request: Request
) -> None:
    apart, mixed = (list(snapshot.every_hit(request)) for snapshot in pair)
    if not request.grouped:
        places = dict(zip(named(apart), banded(apart, request.text), strict=True))
        assert sorted(named(mixed), key=places.__getitem__) == named(apart)
        assert {hit.passage.address: hit.score for hit in apart} == pytest.approx(
            {hit.passage.address: hit.score for hit in mixed}
        )
    assert {hit.document.id for hit in apart} == {hit.document.id for hit in mixed}


@given(request=REQUESTS)
def test_documents_are_listed_by_the_first_passage_of_each(
    pair: tuple[Snapshot, Snapshot], request: Request
) -> None:
    firsts: dict[str, Hit] = {}
    for hit in pair[0].every_hit(replace(request, grouped=False), snippets=False):
        firsts.setdefault(hit.document.id, hit)
    listed = pair[0].every_hit(replace(request, grouped=True), snippets=False)
    assert named(listed) == named(firsts.values())


def test_an_answer_says_how_many_are_sources_and_how_many_notes(pair: tuple[Snapshot, Snapshot]) -> None:
    for snapshot in pair:
        data = results_json(snapshot.search(Request(text="law")))
        assert data["total_sources"] + data["total_notes"] == data["total"]
        kinds = [hit["kind"] for hit in (results_json(snapshot.search(Request(text="law", per=50)))["hits"])]
        assert kinds.count("note") == data["total_notes"] > 0


def test_a_new_order_of_notes_is_a_new_generation(tmp_path: Path) -> None:
    generations = []
    for content in (CONTENT, MIXED, CONTENT):
        build(content, tmp_path)
        generations.append(open_engine(tmp_path).snapshot())
    assert len({one.generation for one in generations}) == 3
    assert [one.site.notes for one in generations] == ["after-sources", "mixed", "after-sources"]


RESULTS = Results(Request(), "", 0, (), {})


@table(
    ("counts", "words"),
    [
        ({"total": 7, "total_notes": 4, "source_documents": 2}, "3 passages in 2 documents, 4 notes"),
        ({"total": 2, "total_notes": 1, "source_documents": 1}, "1 passage in 1 document, 1 note"),
        ({"total": 1_200, "source_documents": 1_000}, "1,200 passages in 1,000 documents"),
        ({"total": 4, "total_notes": 4}, "4 notes"),
        ({}, "No passages found"),
        ({"cut": True}, "The search was cut short before it found anything"),
        (
            {"total": 7, "total_notes": 4, "source_documents": 2, "cut": True},
            "At least 3 passages in 2 documents, 4 notes: the search was cut short",
        ),
        (
            {"total": 3, "total_some": 8, "total_some_notes": 1, "source_documents": 4},
            "3 passages with all the words, 7 passages and 1 note with some, in 4 documents",
        ),
        (
            {"total": 3, "total_notes": 3, "total_some": 1, "total_some_notes": 1},
            "3 notes with all the words, 1 note with some",
        ),
        (
            {"total_some": 7, "total_some_notes": 2, "source_documents": 4},
            "No passage has all the words; 5 passages and 2 notes have some of them, in 4 documents",
        ),
        (
            {"total_some": 1, "source_documents": 1},
            "No passage has all the words; 1 passage has some of them, in 1 document",
        ),
    ],
)
def test_sources_and_notes_are_counted_apart(counts: dict[str, int], words: str) -> None:
    assert summary(replace(RESULTS, **counts)) == words  # type: ignore[arg-type]


@pytest.mark.parametrize("content", [NO_NOTES, ONLY_NOTES], ids=["no notes", "only notes"])
def test_a_collection_of_one_kind_is_ranked_as_ever(content: Collection, tmp_path: Path) -> None:
    apart = snapshot_of(content, tmp_path / "apart")
    mixed = snapshot_of(replace(content, site=Site(notes="mixed")), tmp_path / "mixed")
    for text in ("law sea", "law", "sea port xyzzy"):
        assert named(apart.every_hit(Request(text=text))) == named(mixed.every_hit(Request(text=text)))
