"""Language tags: which are valid, what others were meant to be, and their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.english import ENGLISH
from kb.languages.language_tag import (
    check_language,
    deprecated_language,
    is_language_tag,
    language_name,
    language_range,
    language_ranges,
    primary_language,
)
from kb.messages import words
from tests.tables import table

VALID = {
    "en": "English",
    "th": "Thai",
    "EN": "English",
    "id": "Indonesian",
    "ms": "Malay",
    "km": "Khmer",
    "tet": "Tetum",
    "pt-BR": "Portuguese (Brazil)",
    "es-419": "Spanish (Latin America)",
    "zh-Hant": "Chinese (Traditional)",
    "zh-hant-tw": "Chinese (Traditional, Taiwan)",
    "zh-yue": "Cantonese",
    "sr-Latn-RS": "Serbian (Latin, Serbia)",
    "de-CH-1901": "German (Switzerland, Traditional German orthography)",
    "en-US-u-ca-buddhist": "English (United States)",
    "mul": "Multiple languages",
    "i-klingon": "Klingon",
    "x-own": "x-own",
    "qaa-Qaaa-QM": "qaa-Qaaa-QM",
}

MEANT = {
    "English": "en",
    "thai": "th",
    "Bahasa Indonesia": "id",
    "ไทย": "th",
    "中文": "zh",
    "العربية": "ar",
    "Farsi": "fa",
    "eng": "en",
    "tha-TH": "th-TH",
    "th_TH": "th-TH",
    "th_TH.UTF-8": "th-TH",
    "fr_FR@euro": "fr-FR",
    "zh_Hans_CN": "zh-Hans-CN",
    "en us": "en-US",
    "en-UK": "en-GB",
    "en--us": "en-US",
    " en": "en",
    "th,": "th",
    "Simplified Chinese": "zh-Hans",
    "Chinese (Traditional)": "zh-Hant",
    "Portuguese (Brazil)": "pt-BR",
}


@table(("tag", "name"), VALID.items())
def test_a_valid_tag_is_accepted_and_named(tag: str, name: str) -> None:
    assert check_language(tag) is None
    assert language_name(tag) == name


@table(("written", "tag"), MEANT.items())
def test_the_right_form_of_another_is_named(written: str, tag: str) -> None:
    message = check_language(written)
    assert message is not None
    assert words(message, ENGLISH) == f"“{written}” is not a language tag; write {tag}"


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("th, en", "th"),
        ("en th", "en"),
        ("en;fr", "en"),
        ("English and Thai", "en"),
        ("Khmer, Lao & Thai", "km"),
        ("中文/English", "zh"),
    ],
)
def test_several_languages_are_named_as_such(written: str, tag: str) -> None:
    message = check_language(written)
    assert message is not None
    assert words(message, ENGLISH).startswith(
        f"“{written}” names several languages; write the main one, {tag} "
    )


@table(
    "written",
    ["xx", "zz-ZZ", "Klingonish", "  ", "-", "🙂", "de-419-DE", "de-1901-1901", "a" * 9, "x" * 5000],
)
def test_what_nobody_can_guess_is_refused_with_examples(written: str) -> None:
    message = check_language(written)
    assert message is not None
    assert words(message, ENGLISH).endswith(
        "is not a language tag; write one, such as en, th or zh-Hant (BCP 47)"
    )
    assert language_name(written) == written


def test_no_language_is_no_fault() -> None:
    assert check_language("") is None


def test_a_deprecated_language_names_its_successor() -> None:
    assert [deprecated_language(tag) for tag in ("iw", "in-ID", "i-klingon", "en", "xx")] == [
        "he",
        "id-ID",
        "tlh",
        "",
        "",
    ]


@given(st.text(max_size=30) | st.text("abenthxz-_, 1()", max_size=30))
def test_whatever_is_suggested_is_valid(text: str) -> None:
    message = check_language(text)
    if message is None:
        assert not text or is_language_tag(text)
        return
    assert is_language_tag(str(dict(message.values).get("tag", "en")))


@table(
    ("tag", "ranges"),
    [
        ("th", ("th",)),
        ("zh-Hant-TW", ("zh", "zh-hant", "zh-hant-tw")),
        ("iw-IL", ("he", "iw-il")),
        ("en-x-simple", ("en", "en-x-simple")),
        ("i-klingon", ("tlh", "i-klingon")),
        ("qaa", ("qaa",)),
        ("", ("und",)),
        ("x-mine", ("und", "x-mine")),
    ],
)
def test_a_tag_is_in_every_range_that_it_begins_with(tag: str, ranges: tuple[str, ...]) -> None:
    assert language_ranges(tag) == ranges
    assert primary_language(tag) == ranges[0]


@pytest.mark.parametrize(
    ("value", "compared"), [("TH", "th"), ("zh-HANT", "zh-hant"), ("iw", "he"), ("und", "und")]
)
def test_ranges_are_compared_in_lower_case_and_by_their_present_code(value: str, compared: str) -> None:
    assert language_range(value) == compared
