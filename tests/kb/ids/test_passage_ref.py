from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ids import PassageRef, PassageSpan, WordRange, is_id, parse_passage_ref, spans_in
from kb.messages import Message
from tests.tables import table

IDS = st.text(st.sampled_from("abN0._-"), min_size=1, max_size=8).filter(is_id)
NEW_IDS = IDS.filter(lambda id: ".." not in id and not id.startswith(".") and not id.endswith("."))
WORDS = st.tuples(st.integers(1, 999), st.integers(1, 999)).map(lambda pair: WordRange(*sorted(pair)))
PRINTS = st.text(st.sampled_from("0123456789abcdef"), min_size=8, max_size=64) | st.just("")
PLACES = NEW_IDS | st.builds(PassageSpan, NEW_IDS, NEW_IDS).map(lambda span: span.place)
REFS = st.builds(PassageRef, IDS) | st.builds(PassageRef, IDS, PLACES, st.none() | WORDS, PRINTS)


@given(REFS)
def test_a_reference_is_read_as_it_was_written(ref: PassageRef) -> None:
    assert parse_passage_ref(ref.text) == ref


@given(st.text(st.sampled_from("ab./:@-3f")) | st.text())
def test_any_text_is_taken_for_a_reference_or_refused_with_the_reason(text: str) -> None:
    match parse_passage_ref(text):
        case Message() as why:
            assert why.code in ("not-a-reference", "span-over-documents", "excerpt-reversed")
        case ref:
            assert parse_passage_ref(ref.text) == ref


@given(NEW_IDS, NEW_IDS)
def test_a_span_of_ids_that_may_be_given_today_is_read_in_one_way(first: str, last: str) -> None:
    assert spans_in(PassageSpan(first, last).place) == (PassageSpan(first, last),)


@given(IDS, IDS)
def test_whatever_ids_a_span_has_it_is_among_its_readings(first: str, last: str) -> None:
    assert PassageSpan(first, last) in spans_in(PassageSpan(first, last).place)


@given(IDS, NEW_IDS, NEW_IDS)
def test_the_document_may_be_repeated_but_not_changed(document: str, first: str, last: str) -> None:
    assert parse_passage_ref(f"{document}/{first}..{document}/{last}") == PassageRef(
        document, f"{first}..{last}"
    )


@pytest.mark.parametrize("text", ["plan/p4..report/p6", "plan/p4..plan2/p6", "a/p4..b/p6@1a2b3c4d"])
def test_a_span_over_two_documents_is_refused(text: str) -> None:
    assert parse_passage_ref(text) == Message("span-over-documents", reference=text)


@pytest.mark.parametrize("text", ["plan/p4:12-3", "plan/p4:2-1@1a2b3c4d"])
def test_an_excerpt_that_runs_backwards_is_refused(text: str) -> None:
    assert parse_passage_ref(text) == Message("excerpt-reversed", reference=text)


@table(
    "text",
    [
        *("", "/", "plan/", "/p4", "plan/..", "plan/.", "a/b/c", "plan/p4../p6", "plan p4"),
        *("plan:3-4", "plan/p4:3", "plan/p4:0-3", "plan/p4:3-4-5", "plan/p4:-", "plan/p4:３-４"),
        *("plan@1a2b3c4d", "plan/p4@", "plan/p4@1a2b3c4", "plan/p4@1A2B3C4D", "plan/p4@1a2b3c4d:3-4"),
    ],
)
def test_anything_else_is_no_reference(text: str) -> None:
    assert parse_passage_ref(text) == Message("not-a-reference", reference=text)


def test_dots_at_the_end_may_be_those_of_a_published_id() -> None:
    assert parse_passage_ref("plan/p4..") == PassageRef("plan", "p4..")
    assert spans_in("p4..") == ()


def test_two_long_ids_make_a_span() -> None:
    place = f"{'a' * 200}..{'b' * 200}"
    assert parse_passage_ref(f"plan/{place}") == PassageRef("plan", place)
    assert spans_in(f"{place}b") == ()
