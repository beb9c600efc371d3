from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ids import (
    address,
    former_addresses,
    is_address,
    is_fingerprint,
    is_id,
    is_theme_value,
    parse_address,
    parse_fingerprint,
    shortened,
    split_address,
)
from kb.text.fingerprint import fingerprint
from tests.tables import table

IDS = st.text(st.sampled_from("abN0._-"), min_size=1, max_size=8).filter(is_id)


@pytest.mark.parametrize("text", ["p1", "art-16.2", "...", "a" * 200, "_"])
def test_letters_digits_dots_hyphens_and_underscores_make_an_id(text: str) -> None:
    assert is_id(text)


@table("text", ["", ".", "..", "a b", "a/b", "a" * 201, "é", "p1\n", "p#1", "%2e"])
def test_anything_else_is_no_id(text: str) -> None:
    assert not is_id(text)
    assert not is_address(f"document/{text}")
    assert parse_address(f"{text}/p1") is None


@given(IDS, IDS)
def test_an_address_is_taken_apart_as_it_was_put_together(document: str, passage: str) -> None:
    whole = address(document, passage)
    assert parse_address(whole) == split_address(whole) == (document, passage)
    assert is_theme_value(whole)


@given(st.text())
def test_any_text_is_taken_for_an_address_or_not(text: str) -> None:
    ids = parse_address(text)
    assert (ids is not None) == is_address(text)
    assert ids is None or address(*ids) == text


def test_an_address_without_a_passage_names_a_document() -> None:
    assert split_address("plan") == ("plan", "")


@pytest.mark.parametrize(("text", "valid"), [("a", True), ("a/b", True), ("a/b/c", False), ("/b", False)])
def test_a_theme_or_a_sub_point_has_at_most_two_slugs(text: str, valid: bool) -> None:
    assert is_theme_value(text) is valid


@given(st.lists(st.text(st.sampled_from("ab/. "), max_size=6)))
def test_former_ids_are_addresses_or_refused(given_: list[str]) -> None:
    former, faults = former_addresses(given_, "d")
    assert len(former) + len(faults) == len(given_)
    assert all(map(is_address, former))


@pytest.mark.parametrize("text", ["b26b34aa", "  B26B34AA\n", "sha256:b26b34aa", "SHA256:B26B34AA"])
def test_a_fingerprint_is_read_as_citations_write_it(text: str) -> None:
    assert parse_fingerprint(text) == "b26b34aa"


@table("text", ["", "b26b34a", "g" * 8, "a" * 65, "md5:b26b34aa", "b26b 34aa", "８" * 8])
def test_anything_else_is_no_fingerprint(text: str) -> None:
    with pytest.raises(ValueError, match="a fingerprint has 8 to 64 digits and letters a to f"):
        parse_fingerprint(text)


def test_a_shortened_fingerprint_is_its_beginning() -> None:
    whole = fingerprint("words")
    assert is_fingerprint(whole)
    assert not is_fingerprint(shortened(whole))
    assert parse_fingerprint(shortened(whole)) == whole[:12]
