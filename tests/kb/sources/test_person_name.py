"""Names of persons, as editors and programs write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.sources.person_name import PersonName, name_fields, name_text, parse_name, read_name, read_names
from tests.tables import table


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gallagher, Anne T.", PersonName("Gallagher", "Anne T.")),
        ("King,Martin Luther , Jr.", PersonName("King", "Martin Luther", "Jr.")),
        ("Aung San Suu Kyi", PersonName(literal="Aung San Suu Kyi")),
        ("Smith, A., Jones, B., Wong, C.", PersonName(literal="Smith, A., Jones, B., Wong, C.")),
        ("Doe,", PersonName(literal="Doe,")),
        ("van der Berg, Jan", PersonName("van der Berg", "Jan")),
    ],
)
def test_one_comma_parts_a_family_name_from_a_given_name(text: str, name: PersonName) -> None:
    assert parse_name(text) == name


@table(
    "value",
    [
        None,
        "",
        " ",
        5,
        [],
        {},
        {"name": "Doe"},
        {"family": 5},
        {"given": "Jane"},
        {"family": ""},
        {"family": "Doe", "literal": "Jane Doe"},
        {"literal": "J", "suffix": "Jr."},
        {"family": "Doe", "given": None},
    ],
)
def test_what_is_no_name_is_none(value: object) -> None:
    assert read_name(value) is None
    assert read_names(["Doe, Jane", value]) is None


def test_a_name_is_spoken_given_name_first() -> None:
    assert parse_name("King, Martin Luther, Jr.").words == "Martin Luther King Jr."
    assert parse_name("Aung San Suu Kyi").words == "Aung San Suu Kyi"


def test_one_name_and_a_list_of_them_are_read_alike() -> None:
    jane = PersonName("Doe", "Jane")
    assert read_names("Doe, Jane") == read_names([{"family": "Doe", "given": "Jane"}]) == (jane,)
    assert read_names([]) == ()


words = st.text(st.sampled_from("ab, .é金") | st.characters(codec="utf-8"), max_size=8)
words = words.map(lambda text: text if text.strip() else "")
said = words.filter(bool)


@given(st.builds(PersonName, said, words, words) | st.builds(PersonName, literal=said))
def test_any_name_is_read_back_from_its_text_or_from_its_parts(name: PersonName) -> None:
    assert read_name(name_text(name) or name_fields(name)) == name
