from __future__ import annotations

import mmap
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.whoosh.segment.term_dictionary import (
    TermDictionary,
    matching_wildcard,
    prefix_range,
    within_edits,
)

# Few letters, so that patterns meet terms: of one to four bytes, marks that stand alone, signs of regexes.
LETTERS = "abé\u064eأقกา\u0e31語𝒳😀[.^\n\0"

letters = st.sampled_from(LETTERS)
term = st.text(letters, max_size=7) | st.text(st.sampled_from("ab"), max_size=9) | st.text(max_size=4)
well_formed = term.filter(lambda text: not any("\ud800" <= sign <= "\udfff" for sign in text))
vocabularies = st.sets(well_formed, max_size=40)
pattern = st.lists(letters | st.sampled_from("ab**??"), max_size=8).map("".join)


def ordered(terms: Iterable[str]) -> list[str]:
    return sorted(set(terms), key=str.encode)


def vocabulary(terms: Iterable[str]) -> TermDictionary:
    encoded = [one.encode() for one in ordered(terms)]
    blob = np.frombuffer(b"".join(encoded), np.uint8)
    return TermDictionary(blob, np.cumsum([len(one) for one in encoded], dtype=np.uint32))


def named(terms: TermDictionary, ordinals: Iterable[int]) -> list[str]:
    return [terms[ordinal] for ordinal in ordinals]


def distance(left: str, right: str) -> int:
    row = list(range(len(right) + 1))
    for above, sign in enumerate(left):
        corner, row[0] = above, above + 1
        for at, other in enumerate(right):
            corner, row[at + 1] = row[at + 1], min(corner + (sign != other), row[at] + 1, row[at + 1] + 1)
    return row[-1]


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


@given(vocabularies, pattern)
def test_a_wildcard_pattern_matches_whole_terms(terms: set[str], shape: str) -> None:
    held = vocabulary(terms)
    expected = [one for one in ordered(terms) if fnmatchcase(one, shape.replace("[", "[[]"))]
    assert named(held, matching_wildcard(held, shape)) == expected


@given(vocabularies, term, st.integers(0, 2), st.integers(0, 3))
def test_similarity_is_levenshtein_distance(terms: set[str], form: str, edits: int, prefix: int) -> None:
    held = vocabulary(terms)
    begun = [one for one in ordered(terms) if one.startswith(form[:prefix])]
    assert named(held, within_edits(held, form, edits, prefix)) == [
        one for one in begun if distance(form, one) <= edits
    ]


def test_a_transposition_is_two_edits() -> None:
    held = vocabulary(["from", "form"])
    assert named(held, within_edits(held, "form", 1)) == ["form"]
    assert named(held, within_edits(held, "form", 2)) == ["form", "from"]


def test_an_edit_is_one_character_however_many_bytes_it_takes() -> None:
    held = vocabulary(["x", "x語", "x語語", "x😀", "xกา"])
    assert named(held, within_edits(held, "x", 1)) == ["x", "x語", "x😀"]
    assert named(held, matching_wildcard(held, "x?")) == ["x語", "x😀"]


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


def test_a_piece_may_be_longer_than_the_rest_of_any_term() -> None:
    held = vocabulary(["xxabb", *(f"x{number:09}" for number in range(50))])
    assert named(held, matching_wildcard(held, "*a*bbbb*")) == []
    assert named(held, matching_wildcard(held, "*a*bb*")) == ["xxabb"]


@given(st.integers(0, 999), st.text(st.sampled_from("abc*?"), max_size=12))
def test_wildcards_match_among_many_and_long_terms(seed: int, shape: str) -> None:
    random, sizes = Random(seed), [*range(9), *range(9), 60, 120, 199]  # noqa: S311
    terms = {"".join(random.choices("abc", (9, 3, 1), k=random.choice(sizes))) for _ in range(200)}
    held = vocabulary(terms)
    assert named(held, matching_wildcard(held, shape)) == [
        one for one in ordered(terms) if fnmatchcase(one, shape)
    ]


def test_a_letter_is_found_far_behind_the_beginning() -> None:
    terms = ["a" * size + "b" + "a" * (198 - size) for size in range(199)]
    held = vocabulary([*terms, "a" * 199])
    assert len(matching_wildcard(held, "*b*")) == 199
    assert named(held, matching_wildcard(held, "*b*" + "?" * 190)) == ordered(terms[:9])


def test_long_words_are_compared_whole() -> None:
    held = vocabulary(["a" * 199, "a" * 198 + "b", "a" * 197 + "bb", "a" * 196])
    assert named(held, within_edits(held, "a" * 199, 2)) == ["a" * 199, "a" * 198 + "b", "a" * 197 + "bb"]


@pytest.mark.parametrize("shape", ["*" * 5000, "*?" * 3000, "*a" * 3000, "a*" * 99 + "b", "?*a" * 60])
def test_a_pattern_of_many_pieces_is_decided(shape: str) -> None:
    terms = ["a" * size for size in range(1, 200)]
    held = vocabulary(terms)
    least = len(shape.replace("*", ""))
    ends_well = not shape.endswith("b")
    expected = [one for one in terms if len(one) >= least and ends_well]
    assert named(held, matching_wildcard(held, shape)) == expected


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
