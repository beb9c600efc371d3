"""Fingerprints, occurrence, and the nearest stretch of a source."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.quoting.pattern import read_pattern
from kb.quoting.verbatim import find_verbatim
from kb.settings import shipped_content
from kb.text import source_match
from kb.text.fingerprint import collapse, fingerprint
from kb.text.folding import fold
from kb.text.source_match import (
    SearchedSource,
    TooManySteps,
    changes,
    context_of_difference,
    first_difference,
    nearest_stretch,
    occurs,
)
from tests.kb.growth import LINEAR, growth
from tests.tables import table

SOURCE = (
    "The States Parties shall adopt measures.\n\nEach  State shall\tprotect victims’ privacy and identity."
)


def test_a_fingerprint_is_sha256_of_the_collapsed_text() -> None:
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert fingerprint("abc") == known
    assert fingerprint(" \n abc\t") == known


@given(st.text())
def test_a_fingerprint_ignores_white_space_and_unicode_form(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert fingerprint(f"  {decomposed}\n") == fingerprint(text)
    assert collapse(collapse(text)) == collapse(text)


def test_a_fingerprint_can_be_made_of_half_a_character() -> None:
    assert len(fingerprint("\ud800")) == 64


def test_words_occur_across_line_breaks() -> None:
    assert occurs("measures. Each State shall protect", SOURCE)


def test_a_changed_word_does_not_occur() -> None:
    assert not occurs("Each State must protect", SOURCE)


def test_a_passage_cut_within_a_word_does_not_occur() -> None:
    assert not occurs("shall protect victims’ priv", SOURCE)
    assert not occurs("tates Parties", SOURCE)
    assert occurs("part", "parts apart part")


def test_nothing_does_not_occur() -> None:
    assert not occurs(" \n", SOURCE)


def test_the_nearest_stretch_is_the_one_with_the_most_words_in_place() -> None:
    assert (
        nearest_stretch("Each State must protect victims’ privacy", SOURCE)
        == "Each State shall protect victims’ privacy"
    )


def test_the_nearest_stretch_of_strange_words_is_empty() -> None:
    assert nearest_stretch("quite unlike", SOURCE) == ""


@pytest.mark.slow
def test_the_nearest_stretch_is_found_in_a_source_of_megabytes() -> None:
    source = " ".join(f"word{number} the of" for number in range(200_000))
    assert nearest_stretch("word777 the to word778", source) == "word777 the of word778"


def test_a_source_that_repeats_itself_has_a_nearest_stretch() -> None:
    assert nearest_stretch("the the of the the", "the " * 100_000).startswith("the the")


def test_the_first_difference_is_named() -> None:
    assert first_difference("a labor b labor", "a labour b labour") == ("labor", "labour")
    assert first_difference("a b", "a b") == ("", "")
    assert first_difference("a b", "a very b") == ("", "very")


def test_every_change_is_named_in_order() -> None:
    assert changes("a b c d", "a x c d e") == [("b", "x"), ("", "e")]
    assert changes("a b", "a b") == []
    assert changes("a b c", "a b") == [("c", "")]


def test_the_words_around_a_difference_are_shown_and_no_more() -> None:
    words = [f"w{number}" for number in range(100)]
    text = " ".join(words)
    assert context_of_difference(text.replace("w60", "x"), text) == f"...{' '.join(words[40:81])}..."
    assert context_of_difference(text.replace("w0 ", "x ", 1), text) == f"{' '.join(words[:21])}..."
    assert context_of_difference("a b", "a b") == "a b"


def test_every_run_of_words_of_the_shipped_source_is_found_in_it() -> None:
    source = next((shipped_content() / "sources").glob("*.txt")).read_text(encoding="utf-8")
    words = source.split()
    assert all(occurs(" ".join(words[at : at + 9]), source) for at in range(len(words)))
    assert all(nearest_stretch(" ".join(words[at : at + 9]), source) for at in range(0, len(words), 7))


UNSPACED = {
    "ราชอาณาจักรไทยต้องคุ้มครองผู้เสียหาย\nจากการค้ามนุษย์ และให้ความช่วย\nเหลือ": (
        "คุ้มครองผู้เสียหายจากการค้ามนุษย์",
        "ให้ความช่วยเหลือ",
        "ต้องคุ้มครอง ผู้เสียหาย",
    ),
    "各缔约国应保护人口贩\n运受害者的隐私。第5条　国际合作": (
        "保护人口贩运受害者",
        "受害者的\n隐私",
        "5条国际合作",
    ),
    "締約国は、被害者の\nプライバシーを保護する。": ("被害者のプライバシーを保護する", "締約国は、\n被害者"),
    "រដ្ឋភាគី\u200bត្រូវ\u200bការពារ\u200bជនរងគ្រោះ": ("ត្រូវការពារ", "ការពារ\nជនរងគ្រោះ"),
}


@pytest.mark.parametrize(("source", "passages"), UNSPACED.items())
def test_a_passage_of_a_script_without_spaces_occurs_wherever_lines_end(
    source: str, passages: tuple[str, ...]
) -> None:
    for passage in passages:
        assert occurs(passage, source)
        assert find_verbatim(read_pattern(passage), fold(source)), "kb quote must say the same"


@table(
    ("passage", "source"),
    [
        ("保护人口贩卖受害者", "各缔约国应保护人口贩运受害者"),
        ("ผู้เสียห", "คุ้มครองผู้เสียหาย"),
        ("การคามนุษย์", "การค้ามนุษย์"),
        ("ด็ก", "คุ้มครองเด็ก"),
        ("條約", "条約"),
        ("か", "が"),
        ("5条", "第15条"),
    ],
)
def test_another_character_or_sign_does_not_occur(passage: str, source: str) -> None:
    assert not occurs(passage, source)
    assert find_verbatim(read_pattern(passage), fold(source)) is None


def test_invisible_characters_are_no_difference() -> None:
    source = "traf\u00ad\nficking in\u200b\u2060 per\u200dsons \u202bضحايا\u202c"
    assert occurs("trafficking in persons ضحايا", source)
    assert occurs(source, "trafficking in persons ضحايا")


@table("sign", ["\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff", "\u202e", "\u034f"])
@table("text", ["victims’ privacy and identité", "тот йод", "ضحايا الاتجار", "人口 贩运", "ค้ามนุษย์"])
def test_invisible_characters_are_no_difference_anywhere(text: str, sign: str) -> None:
    marked = sign.join(unicodedata.normalize("NFD", text))
    assert occurs(text, f"so {marked} on")
    assert occurs(marked, f"so {text} on")


def test_in_a_script_without_spaces_a_difference_is_a_few_characters() -> None:
    source = "各缔约国应保护人口贩运受害者的隐私和身份。"
    passage = "应保护人口贩卖受害者的隐私"
    assert nearest_stretch(passage, source) == "应保护人口贩运受害者的隐私"
    assert first_difference(passage, nearest_stretch(passage, source)) == ("卖", "运")
    assert changes("ให้ความช่วย", "ให้ ความ ช่วย") == []


@given(st.lists(st.text("a b\u00adcç\n", max_size=6), max_size=8), st.text("a b\u00adcç\n", max_size=40))
def test_a_searched_source_has_what_occurs_in_it_in_any_order(passages: list[str], source: str) -> None:
    searched = SearchedSource(source)
    for text in passages:
        assert searched.has(text) == occurs(text, source)


@pytest.mark.slow
def test_passages_in_the_order_of_their_source_take_time_linear_in_its_length() -> None:
    def search(size: int) -> None:
        words = [f"word{number}" for number in range(size)]
        searched = SearchedSource(" ".join(words))
        assert all(searched.has(word) for word in words)

    assert growth(search, 4_000) < LINEAR


@pytest.mark.parametrize(
    ("source", "passages"),
    [("a" * 50_000, ["a"] * 50), (" ".join(map(str, range(90_000))), ["89999", "0"] * 50_000)],
    ids=["a word cut everywhere", "the last word and the first in turn"],
)
def test_passages_made_to_take_long_are_given_up(
    monkeypatch: pytest.MonkeyPatch, source: str, passages: list[str]
) -> None:
    monkeypatch.setattr(source_match, "MAX_STEPS", 100_000)
    searched = SearchedSource(source)
    with pytest.raises(TooManySteps):
        list(map(searched.has, passages))
