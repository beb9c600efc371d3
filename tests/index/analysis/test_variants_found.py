"""A word is found, and marked as it is written, under every spelling that readers type for it."""

from __future__ import annotations

import unicodedata

import pytest

from index.request import Request
from tests.engines import Snapshot, snapshot_of
from tests.index.samples import collection
from tests.tables import table

SPELLINGS = {
    "arabic-vowels": "تَسْلِيمُ تسليم",
    "arabic-tatweel": "مكافحـــة مكافحة مكافحه",
    "arabic-alef": "الإتجار الاتجار الأتجار",
    "arabic-forms": "ﻻﺟﺊ لاجئ",
    "persian": "قربانی قرباني",
    "persian-joiner": "دولت\u200cها دولتها",
    "urdu": "یہ يه",
    "hebrew": "שָׁלוֹם שלום",
    "greek": "θύματος ΘΎΜΑΤΟΣ θυματος",
    "russian": "ещё ЕЩЁ еще",
    "turkish": "İstanbul ISTANBUL istanbul ıstanbul",
    "vietnamese": "người nguoi NGƯỜI",
    "polish": "władzą WŁADZĄ wladza",
    "croatian": "ǆungla džungla dzungla",
    "catalan": "coŀlecció col·lecció colleccio",
    "german": "Straftäterstraße STRAFTÄTERSTRASSE",
    "ligature": "traﬃckers traffickers",
    "full-width": "ＵＮＯＤＣ unodc",
    "hindi": "तस्करी तस्करी",
    "dhivehi": "ދިވެހި ދިވެހި",
    "thai-sara-am": "น้ำดื่ม นํ้าดื่ม",
    "thai-sara-am-apart": "ทํางาน ทำงาน",
    "thai-doubled-vowel": "เเรงงาน แรงงาน",
    "thai-digits": "๒๕๕๘ 2558 ២៥៥៨",
    "lao-am": "ນໍ້າ ນ້ຳ",
    "lao-digraph": "ໜີ ຫນີ",
    "khmer-space": "ជួញ\u200bដូរ ជួញដូរ",
    "burmese-space": "လူကုန်\u200bကူးမှု လူကုန်ကူးမှု",
    "kana-half-width": "ﾋｶﾞｲｼｬ ヒガイシャ",
    "kana-decomposed": "カ\u3099イト\u3099 ガイド ｶﾞｲﾄﾞ",
    "hangul-half-width": "ﾲￂﾤ 반",
    "han-joiner": "和\u2060平 和平",
    "han-variant": "葛\U000e0100飾 葛飾",
    "soft-hyphens": "re\u00adha\u00adbil\u00adi\u00adta\u00adtion rehabilitation reha\u00adbilitation",
    "zero-width-space": "anti\u200bslavery antislavery anti\u2060slavery",
    "joiner": "la\u200dbour\u200ders labourers",
    "direction": "\u202bpro\u200etocol\u202c protocol",
    "line-end": "coun-\ntertrafficking countertrafficking counter\u00adtrafficking",
    "soft-line-end": "smug\u00ad\nglers smugglers smug\u00adglers",
    "number": "12,345 12345 12.345 12'345 ١٢٣٤٥ १२,३४५",
    "narrow-number": "98\u202f765 98765 98,765 98\u2009765 98\u00a0765",
    "arabic-number": "٤٥٬٦٧٨ 45678 45,678 ۴۵۶۷۸",
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    texts = {name: [f"xyz {_written(each)} xyz"] for name, each in SPELLINGS.items()}
    return snapshot_of(collection(**texts), tmp_path_factory.mktemp("index"))


def _written(spellings: str) -> str:
    """The first spelling, as the text has it; it may break at the end of a line."""
    return spellings.split(" ", 1)[0]


CASES = [(name, query) for name, each in SPELLINGS.items() for query in each.split(" ")]


@table(("name", "query"), CASES)
def test_a_word_is_found_and_marked_under_each_spelling(snapshot: Snapshot, name: str, query: str) -> None:
    for typed in {query, unicodedata.normalize("NFD", query), f"\ufeff{query}\u200e"}:
        hits = {hit.passage.document: hit for hit in snapshot.search(Request(text=typed)).hits}
        assert hits[name].matched == "all"
        text, ranges = hits[name].snippet.text, hits[name].snippet.ranges
        start, end = ranges[0][0], ranges[-1][1]
        assert text[start:end].strip("\u202b\u202c") == _written(SPELLINGS[name]).strip("\u202b\u202c")


@table(("name", "query"), CASES)
def test_a_word_in_a_phrase_is_found_under_each_spelling(snapshot: Snapshot, name: str, query: str) -> None:
    hits = snapshot.search(Request(text=f'"xyz {query} xyz"')).hits
    assert name in [hit.passage.document for hit in hits]


@pytest.mark.parametrize(
    ("query", "name"),
    [("دولت ها", "persian-joiner"), ("12 345", "number"), ("coun-\ntertrafficking", "line-end")],
)
def test_the_parts_of_a_word_find_it(snapshot: Snapshot, query: str, name: str) -> None:
    assert [hit.passage.document for hit in snapshot.search(Request(text=query)).hits] == [name]


def test_a_plain_space_joins_no_number(snapshot: Snapshot) -> None:
    ranges = snapshot.search(Request(text="12 345")).hits[0].snippet.ranges
    assert len(ranges) == 2
