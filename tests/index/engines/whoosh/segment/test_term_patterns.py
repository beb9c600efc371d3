from __future__ import annotations

from fnmatch import fnmatchcase
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.whoosh.segment.term_patterns import matching_wildcard, within_edits
from tests.index.engines.whoosh.segment.term_dictionaries import (
    named,
    ordered,
    pattern,
    term,
    vocabularies,
    vocabulary,
)


def distance(left: str, right: str) -> int:
    row = list(range(len(right) + 1))
    for above, sign in enumerate(left):
        corner, row[0] = above, above + 1
        for at, other in enumerate(right):
            corner, row[at + 1] = row[at + 1], min(corner + (sign != other), row[at] + 1, row[at + 1] + 1)
    return row[-1]


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
