from __future__ import annotations

import pytest

from index.analysis.analyzer import STOP_WORDS, fold
from index.analysis.stop_words import elided_words, stop_words
from tests.tables import table


def test_english_keeps_its_own_list() -> None:
    assert stop_words("en") is STOP_WORDS


@table(
    ("language", "words"),
    [
        ("fr", "les des pour où quels même"),
        ("es", "los de cuáles qué también"),
        ("pt", "não são à"),
        ("de", "für und welche"),
        ("nb", "og ikke"),
        ("ru", "и не её"),
        ("id", "yang dan untuk"),
        ("ms", "yang dan kerana"),
        ("ar", "من في إلى"),
        ("tr", "ve için"),
    ],
)
def test_function_words_are_stop_words_without_their_accents(language: str, words: str) -> None:
    assert stop_words(language).issuperset(map(fold, words.split()))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "estado contra"),
        ("fr", "victime travail"),
        ("id", "orang korban"),
        ("vi", "toi tu bao ho"),
        ("de", "unter"),
    ],
)
def test_subjects_and_places_are_not(language: str, words: str) -> None:
    assert stop_words(language).isdisjoint(words.split())


def test_a_language_without_a_list_has_none() -> None:
    assert stop_words("th") == elided_words("th") == frozenset()
