from __future__ import annotations

from dataclasses import replace

import pytest

from kb.permanence.span_history import lost_span_history, span_history
from kb.permanence.span_location import SpanHere, locate_place
from kb.published import Published
from kb.text.fingerprint import fingerprint
from tests.kb.permanence.test_span_location import Library
from tests.tables import table


def published(passage: str, day: str, text: str) -> Published:
    return Published("plan", passage, fingerprint(text), day, text)


def located(place: str) -> SpanHere:
    found = locate_place(Library(), "plan", place)
    assert isinstance(found, SpanHere)
    return found


def test_the_history_of_a_span_has_its_words_on_each_day_on_which_some_were_published() -> None:
    found = located("p1..p2")
    first, second = published("p1", "2025-01-01", "First."), published("p1", "2026-01-01", "Words of p1.")
    other = published("p2", "2025-06-01", "Second.")
    history = span_history(found, {"plan/p1": (first, second), "plan/p2": (other,)})
    assert [(one.date, one.text) for one in history] == [
        ("2025-01-01", "First.\nSecond."),
        ("2025-06-01", "First.\nSecond."),
        ("2026-01-01", "Words of p1.\nSecond."),
    ]
    assert history[0] == replace(history[1], date="2025-01-01")
    assert span_history(found, {}) == ()


GONE = {"plan/p3": (published("p3", "2025-01-01", "Third."),)}
"""The only words of a passage that was withdrawn on 2 January 2026."""


def test_a_withdrawn_passage_belongs_to_the_words_of_a_span_until_that_day() -> None:
    history = span_history(located("p2..p4"), GONE)
    assert [(one.date, one.text) for one in history] == [
        ("2025-01-01", "Words of p2.\nThird.\nWords of p4."),
        ("2026-01-02", "Words of p2.\nWords of p4."),
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-06-01", ["First.\nThird.\nFourth.", "First.\nThird.\nFourth.", "First.\nFourth."]),
        ("2026-01-02", ["First.\nThird.\nFourth.", "First.\nThird.\nFourth.", "First.\nFourth."]),
        ("2026-06-01", ["First.\nThird.\nFourth.", "First.\nFourth.", "First.\nFourth."]),
    ],
)
def test_changes_before_on_and_after_the_day_of_a_withdrawal(day: str, expected: list[str]) -> None:
    former = {"plan/p2": (published("p2", day, "First."),), "plan/p4": (published("p4", day, "Fourth."),)}
    assert [one.text for one in span_history(located("p2..p4"), GONE | former)] == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("p3..p4", "Third.\nWords of p4."),
        ("p1..p3", "Words of p1.\nWords of p2.\nThird."),
        ("p3..p6", "Third.\nWords of p4.\nWords of i1.\nWords of p7."),
    ],
)
def test_a_span_of_which_an_end_was_withdrawn_had_its_words(place: str, expected: str) -> None:
    history = lost_span_history(Library(), "plan", place, GONE)
    assert history[0].text == expected


@table("place", ["p3", "x..p3", "p3..x", "p4..p3", "..", "p3..p999999999", "a1..p3"])
def test_no_words_are_put_together_where_ids_do_not_count_up(place: str) -> None:
    assert lost_span_history(Library(), "plan", place, GONE) == ()
