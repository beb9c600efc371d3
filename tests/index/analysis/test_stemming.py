from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import fold
from index.analysis.stemming import PAIR_MARK, analysis_language, is_marked, stem, stem_prefixes
from tests.tables import table

FORMS_OF_A_WORD = [
    ("fr", "exploitée exploités exploiter exploite exploitées exploitait"),
    ("fr", "victime victimes"),
    ("fr", "vulnérabilité vulnérabilités"),
    ("es", "explotación explotaciones"),
    ("es", "víctima víctimas"),
    ("es", "trabajadora trabajadores trabajador"),
    ("es", "protegía protegerían protege protegerán"),
    ("pt", "vítima vítimas"),
    ("pt", "exploração explorações"),
    ("ca", "explotació explotacions"),
    ("ro", "exploatație exploatația exploatații"),
    ("hu", "áldozatok áldozatoknak áldozatokat"),
    ("cs", "obětí oběti"),
    ("de", "Opfer Opfern Opfers"),
    ("de", "Straftäter Straftätern"),
    ("nl", "slachtoffer slachtoffers"),
    ("sv", "flicka flickor flickorna flickornas"),
    ("ru", "торговлей торговля торговлю торговли"),
    ("ru", "детский детская детские детского"),
    ("ru", "самолётов самолёты самолетов"),
    ("id", "dagang perdagangan memperdagangkan diperdagangkan"),
    ("id", "lindungi dilindungi perlindungan melindungi pelindung"),
    ("ms", "lindungi perlindungan melindungi"),
    ("ar", "جرائم الجرائم والجرائم"),
    ("ar", "ضحية الضحية"),
    ("ar", "ضحايا الضحايا بالضحايا للضحايا والضحايا"),
    ("ar", "شاهد الشاهد"),
    ("hi", "लड़की लड़कियों"),
    ("tr", "işçi işçiler işçilerin"),
    ("it", "lavoratori lavoratore"),
]


@table(("language", "words"), FORMS_OF_A_WORD)
def test_the_forms_of_a_word_have_one_stem(language: str, words: str) -> None:
    assert len({stem(fold(word), language) for word in words.split()}) == 1


@table(("language", "words"), FORMS_OF_A_WORD)
def test_a_word_begins_as_its_stem_says(language: str, words: str) -> None:
    forms = [fold(word) for word in words.split()]
    for one in forms:
        assert all(form.startswith(tuple(stem_prefixes(one, language))) for form in forms)


@table("language", ["th", "vi", "zh", "km", "my", "lo", "ja", "ko", "qaa"])
def test_a_language_without_a_stemmer_is_indexed_by_whole_forms(language: str) -> None:
    assert stem("workers", language) == f"{language}:workers"


@table(
    ("tag", "language"),
    [
        ("", "en"),
        ("en-GB", "en"),
        ("und", "en"),
        ("mul", "en"),
        ("zh-Hant-TW", "zh"),
        ("iw", "he"),
        ("pt-BR", "pt"),
    ],
)
def test_the_first_subtag_says_by_which_rules_a_document_is_read(tag: str, language: str) -> None:
    assert analysis_language(tag) == language


@given(st.text(max_size=30), st.sampled_from(["fr", "es", "ru", "id", "ar", "tr", "th", "el", "hi", "yi"]))
def test_any_form_has_a_stem_that_bears_its_language(text: str, language: str) -> None:
    form = fold(text.replace(PAIR_MARK, ""))  # which no word has
    marked = stem(form, language)
    assert marked.startswith(f"{language}:")
    assert is_marked(marked)
    assert (len(marked) > len(language) + 1) == bool(form)
