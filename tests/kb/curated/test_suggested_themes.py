"""Suggested themes in the attributes of a passage."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.curated.passage_blocks import dump_passages, parse_passages
from kb.curated.suggested_themes import read_suggestions, suggestion_values
from kb.model import Passage, ThemeSuggestion

values = st.sampled_from(["a", "a/x", "a/y", "b-1"])
reasons = st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8), max_size=3)
suggestions = st.lists(
    st.builds(ThemeSuggestion, values, st.integers(0, 100), reasons.map(tuple)),
    unique_by=lambda one: one.value,
    max_size=4,
).map(tuple)


@given(suggestions)
def test_suggestions_written_read_back_the_same(written: tuple[ThemeSuggestion, ...]) -> None:
    (read,), faults = parse_passages(dump_passages([Passage("d", "p", "x", suggested=written)]), "d", Path())
    assert (read.suggested, read.themes, faults) == (written, (), ())


def test_the_line_is_one_that_an_editor_reads() -> None:
    suggested = (
        ThemeSuggestion("protection/housing", 93, ("safe house", "victims")),
        ThemeSuggestion("training", 61),
    )
    assert dump_passages([Passage("d", "p4", "Words.", suggested=suggested)]) == (
        'Words.\n{: #p4 suggested="protection/housing training" '
        'because="protection/housing 93 %: safe house, victims; training 61 %" }\n'
    )


def test_renaming_the_attribute_accepts_what_is_suggested() -> None:
    suggested = (ThemeSuggestion("protection/housing", 93, ("shelter",)),)
    text = dump_passages([Passage("d", "p", "x", suggested=suggested)]).replace("suggested=", "themes=")
    (read,), faults = parse_passages(text, "d", Path())
    assert (read.themes, read.suggested, faults) == (("protection", "protection/housing"), (), ())


@pytest.mark.parametrize(
    ("suggested", "because", "read"),
    [
        ("a", "", [("a", 0, ())]),
        ("a", "b 90 %: x", [("a", 0, ())]),
        ("a a", "a 90 %", [("a", 90, ())]),
        ("a", "a 900 %: x,  y ", [("a", 100, ("x", " y "))]),
        ("a", "nothing of this kind; a 7 %: x", [("a", 7, ("x",))]),
        ("a /b a/b/c", "", [("a", 0, ())]),
    ],
)
def test_what_an_editor_left_of_it_is_read(suggested: str, because: str, read: object) -> None:
    found = read_suggestions({"suggested": suggested, "because": because})
    assert [(one.value, one.confidence, one.words) for one in found] == read


def test_signs_that_separate_reasons_become_spaces() -> None:
    suggested = (ThemeSuggestion("a", 60, ("Guidelines, E/2002/68/Add.1; Guideline: 4", " ; ")),)
    assert suggestion_values(suggested)["because"] == "a 60 %: Guidelines E/2002/68/Add.1 Guideline 4"
