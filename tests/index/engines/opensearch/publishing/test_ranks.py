"""Order keys ascend, keep sources before notes, and do not shift when a document comes in between."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.engines.opensearch.publishing.ranks import document_ranks, spread_ranks
from index.engines.opensearch.tokens import FIRST_NOTE
from tests.index.samples import document


def test_a_document_that_comes_in_between_moves_no_other() -> None:
    names = ["a", "b", "c"]
    ranks = document_ranks([document(name) for name in names], {})
    for at in range(4):
        with_new = [*names[:at], "new", *names[at:]]
        now = document_ranks([document(name) for name in with_new], ranks)
        assert sorted(now, key=now.__getitem__) == with_new
        assert {name: now[name] for name in names} == ranks


def test_notes_come_after_sources_wherever_the_collection_has_them() -> None:
    documents = [document("n", kind="note"), document("a"), document("m", kind="note"), document("b")]
    ranks = document_ranks(documents, {})
    assert sorted(ranks, key=ranks.__getitem__) == ["a", "b", "n", "m"]
    assert ranks["b"] < FIRST_NOTE <= ranks["n"]
    became_a_note = document_ranks([document("a", kind="note"), document("b")], ranks)
    assert became_a_note["b"] == ranks["b"] < FIRST_NOTE <= became_a_note["a"]


def test_of_documents_in_another_order_as_few_as_can_be_get_another_rank() -> None:
    ranks = document_ranks([document(name) for name in "abcde"], {})
    now = document_ranks([document(name) for name in "bcdea"], ranks)
    assert [name for name in "abcde" if now[name] != ranks[name]] == ["a"]


KNOWN = st.lists(st.one_of(st.just(-1), st.integers(5, 40)), max_size=12)


@given(KNOWN)
def test_ranks_ascend_whatever_was_known_and_however_little_room_there_is(known: list[int]) -> None:
    for size in (40, 1 << 37):
        ranks = spread_ranks(known, 5, size)
        assert len(ranks) == len(known)
        assert all(one < other for one, other in pairwise(ranks))
        assert all(5 <= rank < 5 + size for rank in ranks)


def test_a_hundred_documents_in_the_same_place_find_room() -> None:
    names = ["first", "last"]
    ranks = document_ranks([document(name) for name in names], {})
    for count in range(100):
        names.insert(1, f"d{count}")
        ranks = document_ranks([document(name) for name in names], ranks)
        assert sorted(ranks, key=ranks.__getitem__) == names
