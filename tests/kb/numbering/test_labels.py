from __future__ import annotations

import pytest

from kb.numbering.articles import article_label, paragraph_label
from kb.numbering.labels import label_of, ordinal
from tests.tables import table


@table(
    ("text", "label", "value", "rest"),
    [
        ("12. The Committee", "12.", "12", "The Committee"),
        ("88.14. Continue to", "88.14.", "88.14", "Continue to"),
        ("6.1 This Instrument", "6.1", "6.1", "This Instrument"),
        ("(a) A national report", "(a)", "a", "A national report"),
        ("iv) the rest", "iv)", "iv", "the rest"),
        ("35- Numbers written so", "35-", "35", "Numbers written so"),
        ("أ- يعاقب كل من", "أ-", "أ", "يعاقب كل من"),
        ("هـ- يعاقب على", "هـ-", "هـ", "يعاقب على"),
        ("٣- قبل التعامل", "٣-", "٣", "قبل التعامل"),
        ("48/161. The situation", "48/161.", "48/161", "The situation"),
        ("§ 12 Definitions", "§ 12", "12", "Definitions"),
        ("၁။ ဤဥပဒေကို", "၁။", "၁", "ဤဥပဒေကို"),
        ("၂။လူကုန်ကူး", "၂။", "၂", "လူကုန်ကူး"),
        ("(က)မူဝါဒများ", "(က)", "က", "မူဝါဒများ"),
        ("(ก) ค่าจ้าง", "(ก)", "ก", "ค่าจ้าง"),
        ("๒) เจ้าหน้าที่", "๒)", "๒", "เจ้าหน้าที่"),
        ("ຂ. ຄ່າຈ້າງ", "ຂ.", "ຂ", "ຄ່າຈ້າງ"),
        ("ខ. ថ្លៃព្យាបាល", "ខ.", "ខ", "ថ្លៃព្យាបាល"),
        ("৩। আদালত", "৩।", "৩", "আদালত"),
        ("(ख) उपचार", "(ख)", "ख", "उपचार"),
        ("ב. טיפול", "ב.", "ב", "טיפול"),
        ("الف) دستمزد", "الف)", "الف", "دستمزد"),
        ("나. 치료비", "나.", "나", "치료비"),
        ("β) τα έξοδα", "β)", "β", "τα έξοδα"),
        ("đ) chi phí", "đ)", "đ", "chi phí"),
        ("三、法院判决", "三、", "3", "法院判决"),
        ("（二）医疗费", "（二）", "2", "医疗费"),
        ("二十一、附则", "二十一、", "21", "附则"),
        ("1、工资", "1、", "1", "工资"),
        ("一、被告人李某", "一、", "1", "被告人李某"),
        ("二、一审法院认定", "二、", "2", "一审法院认定"),
        ("一、三名被告人", "一、", "1", "三名被告人"),
        ("一、二〇二〇年三月", "一、", "1", "二〇二〇年三月"),
        ("一、2010年3月", "一、", "1", "2010年3月"),
        ("1、2010年3月", "1、", "1", "2010年3月"),
        ("２ 職員が救助した。", "２", "２", "職員が救助した。"),
        ("（１）賃金", "（１）", "１", "賃金"),
        ("• Fax: 202", "•", "", "Fax: 202"),
        ("\u0084 They work", "\u0084", "", "They work"),
        ("- quien declarará", "-", "", "quien declarará"),
    ],
)
def test_a_label_is_told_from_the_words_behind_it(text: str, label: str, value: str, rest: str) -> None:
    found = paragraph_label(text)
    assert found is not None
    assert (found.text, found.value, text[found.end :]) == (label, value, rest)


@table(
    "text",
    [
        *(
            "2011 was a year",
            "Mr. Kyaw Tint Swe",
            "no. 12",
            "a word",
            "I think",
            "(in adelante) x",
            "5 October",
        ),
        *("พ.ศ. 2551 มาตรา", "ม. 6 วรรคสอง", "น. ส. มาลี", "А. С. Пушкин", "(मानव) तस्करी", "الفقرة الثانية"),
        *(
            "一、二审法院认为",
            "三、四月间",
            "十、百",
            "1、2年",
            "12、 13日",
            "十九、二十世纪",
            "1、3、5号",
            "一、三、五号",
        ),
        *("一般来说，", "三个月内", "（第三条）", "２０２２ 年", "가 없다.", "đi ra", "၁၉၉၈ ခုနှစ်"),
    ],
)
def test_words_are_no_labels(text: str) -> None:
    assert label_of(text) is None


@table(
    ("text", "value"),
    [
        ("Article 16", "16"),
        ("ARTICLE PREMIER. La France", "1"),
        ("Artikel 30", "30"),
        ("المادة 3", "3"),
        ("المادة (13): أ-", "13"),
        ("Section 104. Definitions", "104"),
        ("SEC. 101. DEFINITIONS.", "101"),
        ("Article 5 bis. Of ships", "5 bis"),
    ],
)
def test_an_article_is_told_by_its_word(text: str, value: str) -> None:
    found = article_label(text)
    assert found is not None
    assert (found.value, found.is_article) == (value, True)


@pytest.mark.parametrize(
    "text", ["Section 104 of the Act says", "Article 11 contains", "المادة 5 من القانون"]
)
def test_a_sentence_that_begins_with_an_article_is_no_article(text: str) -> None:
    assert article_label(text) is None


def test_i_is_read_as_a_number_and_as_a_letter() -> None:
    found = label_of("(i) to begin")
    assert found is not None
    assert [(one.kind, one.ordinal) for one in found.readings] == [("roman", 1), ("lower", 9)]


def test_a_bullet_before_a_label_is_none_of_its_own() -> None:
    found = paragraph_label("• المادة 1")
    assert found is not None
    assert found.value == "1"


@pytest.mark.parametrize(("value", "number"), [("12bis", 12), ("iv", 4), ("c", 3), ("ج", 3), ("aa", 27)])
def test_the_number_of_a_label(value: str, number: int) -> None:
    assert ordinal(value) == number
