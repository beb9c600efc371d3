from __future__ import annotations

from unicodedata import is_normalized

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.citing.excerpt import cited_words, excerpt, find_words, word_range
from kb.ids import PassageRef, WordRange
from kb.messages import Message
from kb.text.fingerprint import fingerprint
from tests.tables import table

TEXT = "Victims  of trafficking\nshall not be held in “detention”."
TEXTS = st.text(st.sampled_from("ab c.\n人身เก็"), max_size=40)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (1, 1, "Victims"),
        (3, 5, "trafficking\nshall not"),
        (8, 9, "in “detention”"),
        (9, 9, "detention"),
        (1, 9, TEXT),
        (9, 10, ""),
    ],
)
def test_an_excerpt_is_the_words_as_the_passage_has_them(first: int, last: int, words: str) -> None:
    assert excerpt(TEXT, WordRange(first, last)) == words


def test_scripts_without_spaces_are_counted_by_clusters_so_that_no_letter_is_cut() -> None:
    assert excerpt("禁止人口贩运 (2000)", WordRange(3, 7)) == "人口贩运 (2000)"
    assert excerpt("การค้ามนุษย์", WordRange(1, 2)) == "กา" + "ร"


@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_a_stretch_is_found_again_by_the_numbers_of_its_words(text: str, start: int, end: int) -> None:
    words = word_range(text, start, end)
    if words is None:
        assert not text[start:end].split()
    else:
        whole = excerpt(text, words)
        assert text[start:end].strip(". \n") in whole
        place = find_words(text, whole)
        assert place
        assert excerpt(text, place).split() == whole.split()


@given(TEXTS, st.sampled_from(["  ", "\n", "\u00a0"]))
def test_numbers_stay_the_same_whatever_the_white_space(text: str, space: str) -> None:
    other = text.replace(" ", space)
    whole = WordRange(1, max(1, len(text)))
    assert word_range(text, 0, len(text)) == word_range(other, 0, len(other))
    assert excerpt(text, whole).split() == excerpt(other, whole).split()


@table(
    ("sought", "words"),
    [
        ("", None),
        ("victims", WordRange(1, 1)),
        ("“victims of  trafficking”", WordRange(1, 3)),
        ("Victims … not be … detention", WordRange(1, 9, ((2, 4), (7, 8)))),
        ("Victims [...] “detention”.", WordRange(1, 9, ((2, 8),))),
        ("detention ... Victims", None),
        ("trafficking victims", None),
        ("shall  not\nbe", WordRange(4, 6)),
        ("held in “detention”", WordRange(7, 9)),
        ("traffick", WordRange(3, 3)),
    ],
)
def test_what_a_reader_pastes_is_found_in_whole_words(sought: str, words: WordRange | None) -> None:
    assert find_words(TEXT, sought) == words


def test_words_of_a_passage_are_cited_as_long_as_they_are_the_same() -> None:
    print_ = fingerprint(TEXT)[:12]
    assert cited_words(TEXT, PassageRef("d", "p1", WordRange(1, 3), print_)) == "Victims  of trafficking"
    assert cited_words(TEXT, PassageRef("d", "p1")) == TEXT
    beyond = PassageRef("d", "p1", WordRange(3, 12))
    assert cited_words(TEXT, beyond) == Message("excerpt-beyond-end", reference="d/p1:3-12", last=12, count=9)
    changed = PassageRef("d", "p1", WordRange(1, 3), print_)
    assert cited_words(TEXT + " Never.", changed) == Message("words-changed", reference=changed.text)


@given(st.text(max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_what_any_text_has_is_found(text: str, start: int, end: int) -> None:
    sought = text[start:end]
    assert bool(find_words(text, sought)) == bool(sought.strip()) or not is_normalized("NFC", text)


@table(
    ("text", "sought", "words"),
    [
        ("A woman and a man, then no man here", "man", WordRange(8, 8)),
        ("A woman and a man, then none", "man", WordRange(5, 5)),
        ("A woman and no other", "man", WordRange(2, 2)),
        ("The thesis is his", "is", WordRange(3, 3)),
        ("The thesis is his", "his", WordRange(4, 4)),
        ("The thesis is his", "is his", WordRange(3, 4)),
        ("Article 16 and article 6", "6", WordRange(5, 5)),
        ("baก aกข", "aก", WordRange(3, 4)),
        ("cafe\u0301 か\u3099law law.", "law", WordRange(3, 3)),
        ("aaกa.", "a", WordRange(3, 3)),
        ("a. 人 a. c", "a.", WordRange(3, 3)),
        ("A law. A law.\nb", "law.", WordRange(2, 2)),
    ],
)
def test_whole_words_come_before_the_same_letters_within_a_word(
    text: str, sought: str, words: WordRange
) -> None:
    assert find_words(text, sought) == words
