"""The terms of rules, as found in passages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.theme_suggestions.stemmed_passage import StemmedPassage, term_stems
from index.theme_suggestions.term_rules import TermRule, TermRules
from tests.tables import table


def found(text: str, *terms: str, language: str = "en") -> list[str]:
    words = StemmedPassage(text, language)
    rules = TermRules([TermRule("a", term, 0.5) for term in terms], language)
    return sorted(words.surface(match.places) for match in rules.find(words))


@table(
    ("term", "text", "words"),
    [
        ("protect victims", "protection of and care for all victims", "protection victims"),
        ("protect victims", "Victims should be protected.", "Victims protected"),
        ("criminalise", "the criminalization of trafficking", "criminalization"),
        ("identify victims", "the identification of a victim", "identification victim"),
        ("ratify", "Ratification of the Protocol", "Ratification"),
        ("ratify", "They are to change. Ratify Protocol 14.", "Ratify"),
        ("victims are not punished", "A victim shall not be punished", "victim not punished"),
        ("trafficked again", "She was trafficked again.", "trafficked again"),
        ("awareness-raising", "raise the awareness", "raise awareness"),
        ("accede", "accession to the treaty", "accession"),
        ("bring to justice", "They were brought to justice.", "brought justice"),
        ("protect children", "protection of a child", "protection child"),
        ("workers’ rights", "the rights of every worker", "rights worker"),
    ],
)
def test_words_close_together_are_a_term_in_any_order_and_form(term: str, text: str, words: str) -> None:
    assert found(text, term) == [words]


@table(
    ("term", "text"),
    [
        ("protect victims", "Protection was asked for by many who had seen that the owners were victims."),
        ("victims are not punished", "Victims saw that he was punished."),
        ("trafficked again", "She was trafficked."),
        ("accession", "access to schools"),
        ("counselling", "counsel for the appellant"),
        ("training", "a strain"),
        ("the of", "the day"),
        ("", "x"),
    ],
)
def test_words_far_apart_and_other_words_are_none(term: str, text: str) -> None:
    assert found(text, term) == []


def test_a_shorter_term_within_a_longer_one_is_not_there() -> None:
    terms = ("legal assistance", "mutual legal assistance")
    assert found("mutual legal assistance", *terms) == ["mutual legal assistance"]
    assert found("mutual legal assistance, and legal assistance", *terms[:1]) == ["legal assistance"]


@pytest.mark.parametrize(
    "text",
    [
        "Ratify the Convention on the Rights of Migrant Workers.",
        "Ratify the International Convention on the Protection of All Migrant Workers and Their Families.",
        "Accede to the Migrant Workers Convention.",
        "the Protocol relating to Migrant Workers, 1990",
    ],
)
def test_a_term_within_the_name_of_an_instrument_is_not_there(text: str) -> None:
    assert found(text, "migrant workers") == []


@pytest.mark.parametrize(
    "text",
    [
        "The Convention was ratified. Migrant workers were told.",
        "Migrant workers rely on the Convention.",
        "Under the Convention, migrant workers may leave.",
        "a convention for migrant workers",
    ],
)
def test_a_term_beside_the_name_of_an_instrument_is_there(text: str) -> None:
    assert [one.lower() for one in found(text, "migrant workers")] == ["migrant workers"]


def test_an_acronym_is_found_in_its_capitals_only() -> None:
    rules = TermRules([TermRule("a", "NGO", 0.5, is_acronym=True)], "en")
    texts = ("NGOs", "an NGO’s work", "ngo", "The NGO.", "NGOX")
    assert [len(rules.find(StemmedPassage(text, "en"))) for text in texts] == [1, 1, 0, 1, 0]


def test_a_term_of_several_themes_says_less_for_each() -> None:
    rules = TermRules([TermRule("a", "x", 0.5), TermRule("b/c", "x", 0.5), TermRule("b", "y", 0.5)], "en")
    words = StemmedPassage("x y", "en")
    weights = {words.surface(match.places): dict(match.weights) for match in rules.find(words)}
    assert weights["y"] == {"b": 0.5}
    assert weights["x"] == pytest.approx({"a": 0.5 / 2**0.5, "b/c": 0.5 / 2**0.5})


@given(st.text(max_size=60), st.text(max_size=20), st.sampled_from(["en", "fr", "th", "xx"]))
def test_any_text_and_term_are_taken(text: str, term: str, language: str) -> None:
    for surface in found(text, term, language=language):
        assert set(term_stems(term, language)) <= set(StemmedPassage(text, language).positions)
        assert surface
