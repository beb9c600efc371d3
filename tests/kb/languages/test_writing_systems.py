"""What may be said of the language of a text, given that of its document."""

from __future__ import annotations

from kb.languages.language_tag import is_language_tag
from kb.languages.writing_systems import language_of, writing_system
from tests.tables import table


@table(
    ("tag", "text", "certain", "uncertain"),
    [
        ("ar", "إعلان", "ar", "ar"),
        ("ar", "Declaration on Trafficking", "", ""),
        ("ar", "إعلان (UN)", "ar", "ar"),
        ("ar", "2015", "ar", ""),
        ("AR-eg", "إعلان", "AR-eg", "AR-eg"),
        ("he-IL", "דוח", "he-IL", "he-IL"),
        ("iw", "דוח", "he", "he"),
        ("th", "แถลงการณ์", "th", "th"),
        ("zh-Hant-TW", "人口", "zh-Hant-TW", "zh-Hant-TW"),
        ("zh-min-nan", "人口", "nan", "nan"),
        ("ja", "共同声明", "ja", "ja"),
        ("zh", "إعلان", "", ""),
        ("ur-Latn", "insani smuggling", "ur-Latn", ""),
        ("ur-Latn", "اسمگلنگ", "", ""),
        ("fr", "Déclaration", "fr", ""),
        ("fr", "إعلان", "", ""),
        ("rhg-Rohg", "\U00010d00\U00010d01", "rhg-Rohg", "rhg-Rohg"),
        ("rhg", "Rohingya", "rhg", ""),
        ("sr", "Закон", "sr", ""),
        ("sr", "Zakon", "sr", ""),
        ("sr-Cyrl", "Zakon", "", ""),
        ("ru", "Закон", "ru", "ru"),
        ("Arabic", "إعلان", "", ""),
        ("th_TH", "แถลงการณ์", "", ""),
        ("th, en", "แถลงการณ์", "", ""),
        ("x-private", "words", "", ""),
        ("", "إعلان", "", ""),
    ],
)
def test_a_text_is_said_to_be_in_a_language_that_its_script_allows(
    tag: str, text: str, certain: str, uncertain: str
) -> None:
    assert language_of(tag, text) == certain
    assert language_of(tag, text, is_certain=False) == uncertain
    assert certain == "" or is_language_tag(certain)


@table(
    ("tag", "script", "font_class"),
    [
        ("ar", "arab", "complex"),
        ("th", "thai", "complex"),
        ("km", "khmr", "complex"),
        ("hi", "deva", "complex"),
        ("zh-Hans", "hani", "east-asian"),
        ("ja", "jpan", "east-asian"),
        ("ko", "kore", "east-asian"),
        ("fr", "latn", "latin"),
        ("ru", "cyrl", "latin"),
        ("pa-Arab", "arab", "complex"),
        ("ff-Adlm", "adlm", "complex"),
        ("az-Latn", "latn", "latin"),
    ],
)
def test_a_language_has_a_script_and_word_processors_a_class_for_it(
    tag: str, script: str, font_class: str
) -> None:
    system = writing_system(tag)
    assert system
    assert (system.script, system.font_class) == (script, font_class)


def test_the_script_of_an_unknown_language_is_unknown() -> None:
    assert writing_system("Arabic") is None
    assert writing_system("sr") is None
