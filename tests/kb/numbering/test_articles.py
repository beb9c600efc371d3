"""Labels of articles in many languages, and sentences that only mention an article."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.numbering.articles import article_label, locator_word, paragraph_label, possible_article_label
from kb.numbering.numerals import in_ascii_digits, number_of
from kb.numbering.run_in_articles import run_in_articles
from tests.calls import calls
from tests.tables import table


@table(
    ("text", "value", "rest"),
    [
        ("Pasal 1", "1", ""),
        ("Artikel 5 Abschiebung ist verboten", "5", "Abschiebung ist verboten"),
        ("Article 6 – 1. The parties", "6", "1. The parties"),
        ("PASAL 12", "12", ""),
        ("Seksyen 5. Tafsiran", "5", "Tafsiran"),
        ("Perkara 6", "6", ""),
        ("Artikulo 3. Kahulugan", "3", "Kahulugan"),
        ("Điều 1. Nghiêm cấm mọi hành vi", "1", "Nghiêm cấm mọi hành vi"),
        ("ĐIỀU 150a. Tội mua bán người", "150a", "Tội mua bán người"),
        ("มาตรา ๖", "6", ""),
        ("ມາດຕາ 1", "1", ""),
        ("មាត្រា ១៖ រដ្ឋ", "1", "រដ្ឋ"),
        ("មាត្រា ១២.- រដ្ឋ", "12", "រដ្ឋ"),
        ("ပုဒ်မ ၁။", "1", ""),
        ("ပုဒ်မ ၁၂။ နိုင်ငံများသည်", "12", "နိုင်ငံများသည်"),
        ("第一百二十三条", "123", ""),
        ("第十条：为了", "10", "为了"),
        ("第12條之1", "12-1", ""),
        ("第六条の二", "6-2", ""),
        ("第１条（目的）", "1", "（目的）"),
        ("제1조(목적) 이 법은", "1", "(목적) 이 법은"),
        ("제 1 조", "1", ""),
        ("제5조의2(정의) 이 법에서", "5-2", "(정의) 이 법에서"),
        ("धारा ५. परिभाषा", "5", "परिभाषा"),
        ("ধারা ৫। সংজ্ঞা", "5", "সংজ্ঞা"),
        ("دفعہ ۵", "5", ""),
        ("ماده ۱: تعریف", "1", "تعریف"),
        ("مادة 1: يقصد", "1", "يقصد"),
        ("المادة ٥ مكررا: يعاقب", "5 bis", "يعاقب"),
        ("มาตรา ๖ ทวิ", "6 bis", ""),
        ("Madde 1 – Amaç", "1", "Amaç"),
        ("1-бап. Негізгі ұғымдар", "1", "Негізгі ұғымдар"),
        ("4. cikk", "4", ""),
    ],
)
def test_an_article_is_told_in_many_languages(text: str, value: str, rest: str) -> None:
    found = paragraph_label(text)
    assert found is not None
    assert (found.value, text[found.end :], found.is_article) == (value, rest, True)


@table(
    "text",
    [
        "มาตรา 6 และมาตรา 7 ให้ใช้บังคับ",
        "มาตรา ๖ วรรคสอง ให้ใช้",
        "มาตรา 6 แห่งพระราชบัญญัติป้องกัน",
        "มาตรา 6 พระราชบัญญัติป้องกันและปราบปรามการค้ามนุษย์",
        "มาตรา 6 - 9 ให้ใช้บังคับ",
        "Article 6 – 9 of the Convention",
        "Article 6 - 9",
        "§ 6 – 9 StGB",
        "Article 6 ECHR protects",
        "Artikel 5 Absatz 2 gilt",
        "§ 5 Abs. 1 gilt",
        "§ 232 StGB regelt",
        "Artikel 5 Konvensi menetapkan",
        "มาตรา 6 (1) และ (2)",
        "Article 6 of the Convention provides",
        "Pasal 1 ayat (2) mengatur",
        "Pasal 2 Undang-Undang Nomor 21 Tahun 2007 mengatur",
        "Pasal 3, Pasal 4 dan Pasal 5",
        "Điều 6 Công ước quy định",
        "Điều 150 của Bộ luật Hình sự",
        "Khoản 1. Nạn nhân được bảo vệ",
        "第六条规定的",
        "第六条 第一款规定",
        "第六条、第七条和第八条",
        "第六条 和第七条",
        "第5 各国",
        "제5조(정의)의 규정에 따라",
        "제5조 제1항에 따라",
        "제5조 및 제6조",
        "المادة 6 من الاتفاقية",
        "المادة ٦ والمادة ٧",
        "المادة 6 فقرة 2",
        "မာတိကာ ၁",
        "ပုဒ်မ ၆ နှင့် ၇",
        "មាត្រា ៦ នៃអនុសញ្ញា",
        "ມາດຕາ 6 ຂອງກົດໝາຍ",
        "धारा 370 के अनुसार",
        "ধারা ৬ এর অধীন",
        "ماده ۶ قانون",
        "Recommendation 2003/12",
    ],
)
def test_a_mention_is_no_article_not_even_possibly(text: str) -> None:
    assert (article_label(text), possible_article_label(text)) == (None, None)


@table(
    ("text", "value"),
    [
        ("มาตรา ๖ ผู้ใดเพื่อแสวงหาประโยชน์", "6"),
        ("มาตรา ๖/๑ ผู้ใด", "6/1"),
        ("มาตรา ๑ พระราชบัญญัตินี้เรียกว่า", "1"),
        ("มาตรา ๔ ให้รัฐมนตรีรักษาการ", "4"),
        ("ข้อ ๑ ประกาศนี้", "1"),
        ("ມາດຕາ ໑ ລັດຕ້ອງ", "1"),
        ("មាត្រា ១ រដ្ឋត្រូវ", "1"),
        ("第一条　为了预防", "1"),
        ("第12條之1 犯前條之罪", "12-1"),
        ("제1조 모든 국민은", "1"),
        ("المادة ١ يجب على الدول", "1"),
        ("Pasal 1 Ketentuan umum", "1"),
        ("Điều 6 Phạm vi điều chỉnh", "6"),
    ],
)
def test_where_only_a_space_follows_an_article_is_possible(text: str, value: str) -> None:
    found = possible_article_label(text)
    assert found is not None
    assert (found.value, article_label(text)) == (value, None)


@table(
    ("text", "word"),
    [
        ("Pasal 1", "art"),
        ("Seksyen 1", "s"),
        ("ပုဒ်မ ၁။", "s"),
        ("§§ 3", "§"),
        ("Rule 3", "rule"),
        ("第三条", "art"),
    ],
)
def test_a_locator_has_the_word_of_its_unit(text: str, word: str) -> None:
    found = article_label(text)
    assert found is not None
    assert locator_word(found.form) == word


THAI = "ผู้ใดกระทำความผิดต้องระวางโทษจำคุกตั้งแต่สี่ปี"


@table(
    ("numbers", "filler", "found"),
    [
        ((1, 2), 0, {0, 1}),
        ((1, 2, 3), 0, {0, 1, 2}),
        ((6,), 0, set()),
        ((6, 7), 0, set()),
        ((6, 7, 8), 0, {0, 1, 2}),
        ((6, 7, 8), 9, set()),
        ((1, 2), 90, set()),
        ((1, 2, 3, 4, 5), 900, {0, 1, 2, 3, 4}),
        ((9, 2, 7), 0, set()),
        ((1, 2, 50, 3, 4), 0, {0, 1, 3, 4}),
        ((1, 2, 4, 3, 4, 5), 0, {0, 1, 3, 4, 5}),
        ((1, 2, 3, 1, 2, 3), 0, {0, 1, 2, 3, 4, 5}),
        ((1, 2, 5, 6), 0, {0, 1, 2, 3}),
    ],
)
def test_the_numbers_of_a_document_show_which_are_articles(
    numbers: tuple[int, ...], filler: int, found: set[int]
) -> None:
    texts = [*(f"มาตรา {number} {THAI}" for number in numbers), *[THAI] * filler]
    assert run_in_articles(texts) == found


def test_a_sentence_among_articles_that_stand_alone_is_none() -> None:
    texts = ["Pasal 1", "Ketentuan.", "Pasal 2", "Pasal 3 Ketentuan ini berlaku.", "Pasal 3", "Pasal 4"]
    assert run_in_articles(texts) == frozenset()


def test_the_longest_chain_is_found_also_where_each_article_is_printed_twice() -> None:
    texts = [f"Pasal {number} Aa" for number in range(1, 50) for _ in range(2)]
    assert len(run_in_articles(texts)) == 49


@table("repeats", [2, 3, 20])
def test_the_work_grows_with_the_articles_also_where_each_is_printed_again(repeats: int) -> None:
    few, many = (
        calls(partial(run_in_articles, [f"Pasal {place // repeats + 1} Aa" for place in range(size)]))
        for size in (300, 1_200)
    )
    assert few > 300
    assert many < 5 * few


WORDS = ["มาตรา", "ข้อ", "ມາດຕາ", "មាត្រា", "ပုဒ်မ", "المادة", "ماده", "धारा", "ধারা", "Pasal", "Điều"]
ZEROS = "0٠۰०০๐໐០၀０"


def in_digits(number: int, zero: str) -> str:
    return "".join(chr(ord(zero) + int(digit)) for digit in str(number))


@given(st.sampled_from(WORDS), st.integers(1, 999), st.sampled_from(ZEROS))
def test_every_number_is_read_in_the_digits_of_every_script(word: str, number: int, zero: str) -> None:
    found = article_label(f"{word} {in_digits(number, zero)}")
    assert found is not None
    assert found.value == str(number)


def chinese(number: int) -> str:
    """The numerals of a number below 1,000, by the rules of the language."""
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    head = f"{digits[hundreds]}百" if hundreds else ""
    middle = (
        f"{'' if tens == 1 and not hundreds else digits[tens]}十"
        if tens
        else "零"
        if hundreds and ones
        else ""
    )
    return head + middle + (digits[ones] if ones else "")


@given(st.integers(1, 999))
def test_chinese_numerals_are_read(number: int) -> None:
    assert number_of(chinese(number)) == number
    found = article_label(f"第{chinese(number)}条")
    assert found is not None
    assert (found.value, found.readings[0].ordinal) == (str(number), number)


@given(st.text(alphabet="第条一二百十之 零〇（）1２.：制조제", max_size=14))
def test_any_text_has_a_label_within_it_or_none(text: str) -> None:
    for found in (article_label(text), possible_article_label(text)):
        assert found is None or (0 < found.end <= len(text) and found.text in text and found.value)


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.integers(1, 12)), max_size=12))
def test_no_article_is_found_without_a_neighbour(labels: list[tuple[str, int]]) -> None:
    found = run_in_articles([f"{word} {number} {THAI}" for word, number in labels])
    for place in found:
        word, number = labels[place]
        near = [at for at in found if labels[at][0] == word and 1 <= abs(labels[at][1] - number) <= 6]
        assert near, labels


@pytest.mark.parametrize(("text", "plain"), [("١٢", "12"), ("๖/๑", "6/1"), ("12(a)", "12(a)")])
def test_digits_that_all_readers_know(text: str, plain: str) -> None:
    assert in_ascii_digits(text) == plain
