"""Search strength: which spellings of a word are one form, and which stay apart."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.letters import search_form
from kb.text.scripts import INVISIBLE
from tests.tables import table

ALIKE = {
    "capitals": "victim VICTIM Victim",
    "Latin accents": "protégé protege PROTÉGÉ prote\u0301ge\u0301 ｐｒｏｔéｇé",
    "Vietnamese": "đường duong ĐƯỜNG đường",
    "Polish": "Łódź lodz ŁÓDŹ łódz",
    "Nordic": "sjømænd sjomaend SJØMÆND",
    "Icelandic": "þjóð thjod ÞJÓÐ",
    "French": "cœur coeur CŒUR",
    "German": "Straße STRASSE strasse straſse STRAẞE",
    "Dutch": "ĳssel ijssel Ĳssel",
    "Catalan": "coŀlecció collecció colleccio",
    "Croatian": "ǆep džep ǅep dzep",
    "Maltese": "ħabs habs ĦABS",
    "Turkish": "İstanbul istanbul ISTANBUL ıstanbul",
    "Azerbaijani": "şəhər səhər ŞƏHƏR",
    "African": "ɓata bata ƁATA",
    "transliterated Arabic": "Qurʾān Quran qurʿan",
    "ligatures": "traﬃc traffic TRAFFIC",
    "Greek": "οδός ΟΔΟΣ ὁδὸς οδοσ",
    "Greek iota subscript": "τῷ τω τῳ",
    "Russian": "ещё еще ЕЩЁ",
    "Russian short i": "йод иод ЙОД",
    "Ukrainian": "ґанок ганок ҐАНОК",
    "Ukrainian yi": "їжак іжак ЇЖАК",
    "Kazakh": "қазақ казак",
    "Serbian stress": "зе\u0301мља земља",
    "Arabic vowels": "تَسْلِيمُ تسليم",
    "Arabic tatweel": "مكافحـــة مكافحة",
    "Arabic alef": "الإتجار الاتجار الأتجار الآتجار ٱلاتجار",
    "Arabic hamza seats": "مسؤول مسوول",
    "Arabic teh marbuta": "مكافحة مكافحه",
    "Arabic alef maksura": "على علي",
    "Arabic presentation forms": "ﻻﺟﺊ لاجئ",
    "Arabic ligature": "ﷲ الله",
    "Persian": "کتابی كتابي",
    "Urdu": "یہ يه یه",
    "Urdu yeh barree": "ے ي",
    "Hebrew points": "שָׁלוֹם שלום שלוֹם",
    "Hebrew presentation forms": "שׁלום שלום",
    "Yiddish": "ייִדיש יידיש",
    "Syriac": "ܡܰܠܟܳܐ ܡܠܟܐ",
    "Thai SARA AM": "น้ำ นํ้า น้ํา",
    "Thai SARA AM without tone": "ทำ ทํา",
    "Thai doubled SARA E": "เเรงงาน แรงงาน",
    "Lao AM": "ນ້ຳ ນໍ້າ ນ້ໍາ",
    "Lao HO NO": "ໜີ ຫນີ",
    "half-width katakana": "ﾋｶﾞｲｼｬ ヒガイシャ",
    "decomposed kana": "か\u3099 が か\u309b",
    "half-width hangul": "ﾡￂﾤ 간",
    "single hangul letters": "ㅎㅏㄴ 한 한",
    "decomposed hangul": "한국 한국",
    "Malayalam": "ൻ ന്\u200d ന്",
    "Devanagari": "क़ानून क़ानून",
    "full width": "ＡＢＣ abc",
    "superscript letters": "ⁿª na",
    "digits": "2563 ٢٥٦٣ ۲۵۶۳ ๒๕๖๓ ໒໕໖໓ ២៥៦៣ ၂၅၆၃ २५६३ ২৫৬৩ ２５６３ 𝟐𝟓𝟔𝟑 ߂߅߆߃",
}

APART = {
    "Thai tone": "เสือ เสื่อ",
    "Thai vowel": "ทาน ทน",
    "Thai SARA AM and SARA AA": "ทำ ทา",
    "Devanagari vowel": "का की",
    "Devanagari nukta": "ज ज़",
    "Bengali vowel": "কা কি",
    "Tamil vowel": "கா கி",
    "Khmer vowel": "កា កិ",
    "Burmese vowel": "ကာ ကိ",
    "Burmese tone": "ကာ ကာ\u1038",
    "kana sound mark": "か が",
    "kana half sound mark": "は ぱ",
    "Dhivehi vowel": "ދަ ދި",
    "Hebrew letters": "שלום שלומ",
    "Arabic letters": "كتاب كتب",
    "Arabic lone hamza": "ماء ما",
    "hangul": "한 하",
    "Han": "贩 販",
    "Latin letters": "victim victims",
}


@table("spellings", ALIKE.values())
def test_what_readers_type_differently_is_one_form(spellings: str) -> None:
    assert len({search_form(spelling) for spelling in spellings.split()}) == 1


@table("words", APART.values())
def test_what_makes_another_letter_is_another_form(words: str) -> None:
    first, second = words.split()
    assert search_form(first) != search_form(second)


@pytest.mark.slow
@pytest.mark.parametrize("spelling", sorted({one for each in ALIKE.values() for one in each.split()}))
def test_an_invisible_character_anywhere_in_a_word_changes_nothing(spelling: str) -> None:
    for sign in ("\u00ad", "\u200b", "\u200d", "\u2060", "\u200f", "\u00ad\u200b"):
        for at in range(len(spelling) + 1):
            assert search_form(spelling[:at] + sign + spelling[at:]) == search_form(spelling)


@pytest.mark.slow
def test_every_digit_of_unicode_is_the_ascii_one() -> None:
    digits = {char: unicodedata.decimal(char, None) for char in map(chr, range(sys.maxunicode + 1))}
    assert [
        char for char, value in digits.items() if value is not None and search_form(char) != str(value)
    ] == []


@pytest.mark.slow
def test_a_form_is_its_own_form() -> None:
    signs = (chr(code) for code in range(1, 0x20000) if not 0xD800 <= code < 0xE000)
    assert [sign for sign in signs if search_form(search_form(sign)) != search_form(sign)] == []


LETTERS = st.characters(codec="utf-8") | st.sampled_from(
    "İıßŀéأآىةکน้ำํຫນガﾞか\u3099ﾡￂﾤᄒ\u1161\u11ab۱" + INVISIBLE
)


@given(st.text(LETTERS, min_size=1, max_size=12))
def test_forms_are_never_empty_and_fold_to_themselves(word: str) -> None:
    form = search_form(word)
    assert form
    assert search_form(form) == form


@given(st.text(LETTERS, min_size=1, max_size=12))
def test_decomposed_and_composed_words_have_one_form(word: str) -> None:
    forms = {search_form(unicodedata.normalize(kind, word)) for kind in ("NFC", "NFD")}
    assert len(forms) == 1
