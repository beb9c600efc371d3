from __future__ import annotations

import mmap
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.whoosh.segment.term_dictionary import TermDictionary, prefix_range
from index.engines.whoosh.segment.term_patterns import matching_wildcard, within_edits
from tests.index.engines.whoosh.segment.term_dictionaries import (
    named,
    ordered,
    term,
    vocabularies,
    vocabulary,
)


@given(vocabularies)
def test_terms_are_given_by_their_ordinals(terms: set[str]) -> None:
    held = vocabulary(terms)
    assert len(held) == len(terms)
    assert named(held, range(len(held))) == ordered(terms)


@given(vocabularies, st.integers(0, 40), st.integers(0, 40))
def test_neighbouring_terms_are_read_together(terms: set[str], first: int, last: int) -> None:
    held = vocabulary(terms)
    assert held.between(first, min(last, len(held))) == ordered(terms)[first:last]


def test_more_terms_may_be_looked_up_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.engines.whoosh.segment.term_dictionary._MAX_FOUND", 2)
    held = vocabulary("abc")
    assert [held.find(one) for one in "abcdabcd"] == [0, 1, 2, -1] * 2
    assert len(held._found) <= 2


@given(vocabularies, st.lists(term | st.text(st.characters(codec=None), max_size=3), max_size=12))
def test_a_term_is_found_at_its_ordinal_and_absent_terms_are_not(terms: set[str], others: list[str]) -> None:
    held, asked = vocabulary(terms), [*terms, *others]
    places = {one: at for at, one in enumerate(ordered(terms))}
    expected = [places.get(one, -1) for one in asked]
    assert [held.find(one) for one in asked] == expected
    assert held.find_all(asked).tolist() == expected
    assert held._find_at_once(asked) == expected


def test_many_terms_are_found_one_by_one_and_all_at_once() -> None:
    numbers = [str(number) for number in range(0, 3_000, 2)]
    held = vocabulary(numbers)
    places = {one: at for at, one in enumerate(ordered(set(numbers)))}
    asked = [*map(str, range(3_001)), "", "0a", "~"]
    expected = [places.get(one, -1) for one in asked]
    assert [held.find(one) for one in asked] == expected
    assert held.find_all(asked).tolist() == expected


@given(vocabularies, term)
def test_terms_with_a_prefix_are_one_range(terms: set[str], prefix: str) -> None:
    held = vocabulary(terms)
    first, last = prefix_range(held, prefix)
    assert named(held, range(first, last)) == [one for one in ordered(terms) if one.startswith(prefix)]


def test_a_term_dictionary_may_hold_only_the_empty_term() -> None:
    held = vocabulary([""])
    assert held.find_all(["", "a"]).tolist() == held._find_at_once(["", "a"]) == [0, -1]
    assert [within_edits(held, "a", edits, 0).tolist() for edits in (0, 1, 2)] == [[], [0], [0]]
    assert [matching_wildcard(held, shape).tolist() for shape in ("", "*", "**", "?", "*a*")] == [
        [0],
        [0],
        [0],
        [],
        [],
    ]


def test_a_term_dictionary_can_be_memory_mapped(tmp_path: Path) -> None:
    held, path = vocabulary(["labor", "labour", "law", "trafficking"]), tmp_path / "terms"
    path.write_bytes(held.ends.tobytes() + held.blob.tobytes())
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    size = len(held) * 4
    lying = TermDictionary(
        np.frombuffer(mapped, np.uint8, offset=size), np.frombuffer(mapped, "<u4", len(held))
    )
    assert named(lying, matching_wildcard(lying, "la*r")) == ["labor", "labour"]
    assert named(lying, within_edits(lying, "labor", 1)) == ["labor", "labour"]
    assert lying.find_all(["law", "lay"]).tolist() == [2, -1]
