"""All words first, then some: what is counted, how it is ordered, divided and filtered."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.request import FACETS, Request
from index.results import Results
from index.serializers.search import results_json
from tests.engines import Snapshot, snapshot_of
from tests.index.samples import collection, document, passage

CONTENT = collection(
    document("a", date="2001", title="Convention on the high waters"),
    document("b", date="2010"),
    a=[
        passage("a", "p1", "law of the sea", "protection"),
        passage("a", "p2", "law of the land and of labor", "protection"),
        passage("a", "p3", "sea fish", "crime-cooperation"),
    ],
    b=[
        passage("b", "p1", "law law law"),
        passage("b", "p2", "labour at sea"),
        passage("b", "p3", "nothing else"),
    ],
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(CONTENT, tmp_path_factory.mktemp("index"))


def found(results: Results, matched: str) -> set[str]:
    return {hit.passage.address for hit in results.hits if hit.matched == matched}


def test_passages_with_some_of_the_words_follow_those_with_all(snapshot: Snapshot) -> None:
    results = snapshot.search(Request(text="law sea"))
    assert found(results, "all") == {"a/p1"}
    assert found(results, "some") == {"a/p2", "a/p3", "b/p1", "b/p2"}
    assert (results.total, results.total_some, results.total_documents) == (1, 4, 2)
    assert [hit.matched for hit in results.hits] == ["all", "some", "some", "some", "some"]
    data = results_json(results)
    assert (data["total"], data["total_some"]) == (1, 4)
    assert [hit["matched"] for hit in data["hits"]] == ["all", "some", "some", "some", "some"]


def test_where_a_page_has_all_the_words_nothing_follows(tmp_path: Path) -> None:
    many = snapshot_of(collection(a=["law sea"] * 10 + ["law"] * 5), tmp_path)
    assert many.search(Request(text="law sea")).total_some == 0
    assert many.search(Request(text="law sea", per=25)).total_some == 5


@pytest.mark.parametrize("sort", ["newest", "oldest", "document"])
def test_in_every_order_those_with_all_come_first(snapshot: Snapshot, sort: str) -> None:
    results = snapshot.search(Request(text="law sea", sort=sort))  # type: ignore[arg-type]
    assert [hit.matched for hit in results.hits] == ["all", *["some"] * 4]


def test_filters_hold_for_both(snapshot: Snapshot) -> None:
    results = snapshot.search(Request(text="law sea", filters={"document": ("b",)}))
    assert (results.total, results.total_some) == (0, 2)
    assert {hit.passage.document for hit in results.hits} == {"b"}


def test_facets_count_what_has_all_the_words_or_else_what_has_some(snapshot: Snapshot) -> None:
    counted = {
        value.value: value.count for value in snapshot.search(Request(text="law sea")).facets["document"]
    }
    assert counted == {"a": 1, "b": 0}
    counted = {
        value.value: value.count for value in snapshot.search(Request(text="fish land")).facets["document"]
    }
    assert counted == {"a": 2, "b": 0}


def test_a_count_is_what_choosing_the_value_gives(snapshot: Snapshot) -> None:
    for text in ("law sea", "law", "sea"):
        results = snapshot.search(Request(text=text))
        for name in FACETS:
            for value in results.facets[name]:
                chosen = snapshot.search(Request(text=text, filters={name: (value.value,)}))
                assert chosen.total == value.count


def test_pages_run_on_from_those_with_all_to_those_with_some(tmp_path: Path) -> None:
    many = snapshot_of(collection(a=["law sea"] * 3 + ["law"] * 20), tmp_path)
    pages = [many.search(Request(text="law sea", page=page)).hits for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [10, 10, 3, 0]
    assert [hit.matched for hit in pages[0]] == ["all"] * 3 + ["some"] * 7
    assert len({hit.passage.id for page in pages for hit in page}) == 23
    assert [hit.passage.id for hit in many.every_hit(Request(text="law sea"))] == [
        hit.passage.id for page in pages for hit in page
    ]


def test_a_document_is_listed_once_when_grouped(snapshot: Snapshot) -> None:
    results = snapshot.search(Request(text="law sea", grouped=True))
    assert (results.hits[0].passage.address, results.hits[0].matched) == ("a/p1", "all")
    assert [hit.passage.document for hit in results.hits] == ["a", "b"]


def test_operators_leave_no_some(snapshot: Snapshot) -> None:
    for text in ("law AND sea", "law sea -fish", '"law of the sea"', "law NOT sea"):
        assert snapshot.search(Request(text=text)).total_some == 0


def test_a_long_question_means_any_of_its_words(snapshot: Snapshot) -> None:
    results = snapshot.search(
        Request(text="what law rules ships and fish and boats or nets on the land at sea")
    )
    assert results.total == 5
    assert results.total_some == 0
    assert "query-of-any-words" in {notice.code for notice in results.notices}


def test_the_title_of_a_document_counts_beside_words_of_the_passage_itself(snapshot: Snapshot) -> None:
    assert found(snapshot.search(Request(text="convention fish")), "all") == {"a/p3"}
    assert snapshot.search(Request(text="convention")).total == 0
    assert snapshot.search(Request(text="convention seas")).total == 2  # sea stands in two of its passages


def test_what_most_titles_have_says_nothing(tmp_path: Path) -> None:
    listed = [document(name, title="Report of the committee") for name in "abc"]
    snapshot = snapshot_of(collection(*listed, a=["law"], b=["sea"], c=["law of the committee"]), tmp_path)
    assert found(snapshot.search(Request(text="committee law")), "all") == {"c/p1"}


@pytest.mark.parametrize(("text", "order"), [("labor", ["a/p2", "b/p2"]), ("labour", ["b/p2", "a/p2"])])
def test_the_spelling_typed_stands_before_the_other(snapshot: Snapshot, text: str, order: list[str]) -> None:
    assert [hit.passage.address for hit in snapshot.search(Request(text=text)).hits] == order


def test_exact_form_above_stem_and_stem_above_variant(tmp_path: Path) -> None:
    texts = ["they organize this", "they organised this", "they organise this", "organs for this"]
    hits = snapshot_of(collection(a=texts), tmp_path).search(Request(text="organise")).hits
    assert [hit.passage.id for hit in hits] == ["p3", "p2", "p1"]
    assert all(hit.snippet.ranges for hit in hits)


@pytest.mark.parametrize("sign", "-/,;._|^")
def test_the_parts_of_a_compound_are_found_where_no_passage_has_it_whole(
    snapshot: Snapshot, sign: str
) -> None:
    request = Request(text=f"sea{sign}land")
    results = snapshot.search(request)
    assert (results.total, found(results, "some")) == (0, {"a/p1", "a/p2", "a/p3", "b/p2"})
    assert all(hit.snippet.ranges for hit in results.hits)
    assert snapshot.count(request) == (0, 4)


def test_of_a_compound_that_some_passage_has_nothing_else_is_found(tmp_path: Path) -> None:
    whole = snapshot_of(collection(a=["sea-law", "sea", "law"]), tmp_path)
    results = whole.search(Request(text="sea/law"))
    assert (results.total, results.total_some) == (1, 0)
