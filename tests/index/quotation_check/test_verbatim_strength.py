"""What a quotation may change in any script without ceasing to be verbatim, and what makes it nearly so."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from tests.engines import Snapshot, snapshot_of
from tests.index.samples import collection
from tests.tables import table

TEXTS = {
    "latin": "Les États parties protègent la dignité des victimes de la traite, soit 12,000 personnes.",
    "vietnamese": "Nạn nhân của tội mua bán người được bảo vệ và hỗ trợ pháp lý đầy đủ.",
    "turkish": "İnsan ticareti mağdurları İstanbul ve Diyarbakır illerinde korunur.",
    "german": "Die Straße der Opfer führt über die Grenze nach Österreich und zurück.",
    "greek": "Τα θύματα εμπορίας ανθρώπων προστατεύονται από το κράτος και τον νόμο.",
    "russian": "Всё, что касается жертв торговли людьми, защищено законом и ещё договором.",
    "arabic": "يُعَدُّ تَسْلِيمُ المُجْرِمِينَ التزاماً على الدول الأطراف في الاتفاقية ١٢ مرة",
    "persian": "دولت‌ها از قربانیان قاچاق انسان حمایت می‌کنند و کمک‌های لازم را فراهم می‌کنند",
    "hebrew": "שָׁלוֹם לכל קורבנות הסחר בבני אדם על פי החוק במדינה הזאת",
    "hindi": "मानव तस्करी एक अपराध है और पीड़ितों को सुरक्षा मिलनी चाहिए ऐसा कानून है",
    "thai": "การค้ามนุษย์เป็นการละเมิดสิทธิมนุษยชนในปี ๒๕๕๘ และต้องให้น้ำดื่มแก่ผู้เสียหาย",
    "chinese": "各国应加强国际合作，打击人口贩运，保护受害者的权利。",
    "japanese": "人身取引の被害者を保護し、ガイドラインを作成する。",
    "korean": "인신매매 피해자는 국가의 보호를 받아야 하며 지원을 받을 권리가 있다",
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(
        collection(**{name: [text] for name, text in TEXTS.items()}), tmp_path_factory.mktemp("index")
    )


def verdict(snapshot: Snapshot, quotation: str) -> str:
    return snapshot.check(quotation).word


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    "sign", ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u202b", "\u2067"]
)
def test_invisible_characters_are_no_difference_wherever_they_are(
    snapshot: Snapshot, name: str, sign: str
) -> None:
    text = TEXTS[name]
    assert verdict(snapshot, sign.join(text)) == "verbatim"
    assert verdict(snapshot, text.replace(" ", f"{sign} ")) == "verbatim"
    assert verdict(snapshot, text.replace(" ", f" {sign}")) == "verbatim"
    assert verdict(snapshot, sign.join(unicodedata.normalize("NFD", text))) == "verbatim"


@table("form", ["NFC", "NFD"])
@table("name", TEXTS)
def test_unicode_form_and_white_space_are_no_difference(snapshot: Snapshot, name: str, form: str) -> None:
    text = unicodedata.normalize(form, TEXTS[name])  # type: ignore[arg-type]
    assert verdict(snapshot, text) == "verbatim"
    assert verdict(snapshot, text.replace(" ", "\n\u00a0 ")) == "verbatim"


@table(
    ("name", "old", "new"),
    [
        ("latin", "É", "E"),
        ("latin", "è", "e"),
        ("latin", "12,000", "12000"),
        ("latin", "12,000", "12.000"),
        ("latin", "victimes", "ｖｉｃｔｉｍｅｓ"),
        ("latin", "s", "ſ"),
        ("vietnamese", "ạ", "a"),
        ("vietnamese", "đ", "d"),
        ("turkish", "İ", "I"),
        ("turkish", "ı", "i"),
        ("german", "ß", "ss"),
        ("german", "ü", "u"),
        ("greek", "ύ", "υ"),
        ("russian", "ё", "е"),
        ("arabic", "\u064e", ""),
        ("arabic", "أ", "ا"),
        ("arabic", "ة", "ه"),
        ("arabic", "على", "علي"),
        ("arabic", "الدول", "الـدول"),
        ("arabic", "١٢", "12"),
        ("arabic", "١٢", "۱۲"),
        ("arabic", "الاتفاقية", "ﺍﻻﺗﻔﺎﻗﻴﺔ"),
        ("persian", "ی", "ي"),
        ("persian", "ک", "ك"),
        ("hebrew", "\u05b8", ""),
        ("hindi", "त", "ट"),
        ("hindi", "ड़", "ड"),
        ("thai", "๒๕๕๘", "2558"),
        ("thai", "้", ""),
        ("thai", "ำ", "ํา"),
        ("chinese", "贩", "販"),
        ("japanese", "ガ", "カ"),
        ("japanese", "ガイドライン", "ｶﾞｲﾄﾞﾗｲﾝ"),
        ("korean", "는", "은"),
        ("korean", "피해자", "ﾽￂￎￃﾾￂ"),
    ],
)
def test_another_letter_accent_or_digit_is_at_most_nearly(
    snapshot: Snapshot, name: str, old: str, new: str
) -> None:
    quotation = TEXTS[name].replace(old, new)
    assert quotation != TEXTS[name]
    assert verdict(snapshot, quotation) == "nearly"


@table("name", ["latin", "vietnamese", "turkish", "greek", "russian", "arabic", "hebrew"])
def test_a_text_without_any_of_its_marks_is_nearly_verbatim(snapshot: Snapshot, name: str) -> None:
    letters = unicodedata.normalize("NFD", TEXTS[name])
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    assert verdict(snapshot, bare) == "nearly"


@table("sign", ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u202b", "\u034f"])
def test_invisible_characters_of_the_source_are_no_difference(
    tmp_path_factory: pytest.TempPathFactory, sign: str
) -> None:
    texts = {name: [re.sub(r"\b(\w\w)\B", rf"\1{sign}", text)] for name, text in TEXTS.items()}
    snapshot = snapshot_of(collection(**texts), tmp_path_factory.mktemp("index"))
    assert {name: verdict(snapshot, text) for name, text in TEXTS.items()} == dict.fromkeys(TEXTS, "verbatim")
    for name, text in texts.items():
        assert verdict(snapshot, text[0]) == "verbatim", name


@pytest.mark.parametrize(
    ("source", "quotation"),
    [
        ("the traf-\nficking of minors", "the trafficking of minors"),
        ("the traf-\nficking of minors", "the traf-ficking of minors"),
        ("the traf-\u200b\nficking of minors", "the trafficking of minors"),
        ("the trafficking of minors", "the traf-\nficking of minors"),
        ("the trafficking of minors", "the traf\u00ad\nficking of minors"),
        ("the traf\u00ad\nficking of minors", "the trafficking of minors"),
        ("the traf\u00ad ficking of minors", "the trafficking of minors"),
        ("the trafficking of minors", "the traf\u00ad ficking of minors"),
        ("the victims\u00ad of minors", "the victims of minors"),
        ("the victims of minors", "the victims\u00ad of minors"),
        ("the re\u00adha\u00adbil\u00adi\u00adta\u00adtion of minors", "the rehabilitation of minors"),
    ],
)
def test_a_word_split_at_the_end_of_a_line_is_verbatim(tmp_path: Path, source: str, quotation: str) -> None:
    snapshot = snapshot_of(collection(one=[f"They condemn {source} everywhere."]), tmp_path)
    assert verdict(snapshot, quotation) == "verbatim"


def test_a_hyphen_within_a_line_is_a_difference(tmp_path: Path) -> None:
    snapshot = snapshot_of(collection(one=["They condemn the traf-ficking of minors everywhere."]), tmp_path)
    assert verdict(snapshot, "condemn the trafficking of minors") == "nearly"
