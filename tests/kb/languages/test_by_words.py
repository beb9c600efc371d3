"""The language of a text is told by its script and short words, or not at all."""

from __future__ import annotations

import pytest

from kb.languages.by_words import language_by_words, near_relatives, told_apart
from kb.languages.latin_letters import own_letter_share
from tests.tables import table

TEXTS = {
    "en": "The workers said that they had paid fees to an agent and that nobody gave them a receipt for it. ",
    "fr": "Les travailleurs disent qu'ils ont payé des frais à un agent et que personne ne les a aidés. ",
    "es": "Los trabajadores dijeron que habían pagado a un agente y que nadie les dio un recibo por ello. ",
    "pt": "Os trabalhadores disseram que não tinham recibo e que as taxas foram pagas a um agente. ",
    "de": "Die Arbeiter sagten, dass sie Gebühren an einen Vermittler gezahlt haben und nicht wussten, wem. ",
    "id": "Para pekerja mengatakan bahwa mereka telah membayar biaya kepada agen dan tidak ada kuitansi. ",
    "vi": "Người lao động nói rằng họ đã trả phí cho một người môi giới và không có biên lai. ",
    "ru": "Работники сказали, что они заплатили посреднику и что никто не дал им расписку за это. ",
    "uk": "Працівники сказали, що вони заплатили посереднику і що ніхто не дав їм розписку за це. ",
    "ar": "قال العمال إنهم دفعوا رسوما إلى وكيل وأن أحدا لم يعطهم إيصالا عن ذلك في هذا اليوم. ",
    "fa": "کارگران گفتند که به یک واسطه پول داده‌اند و هیچ کس به آنها رسید نداده است و این را برای ما گفتند. ",
    "th": "คนงานกล่าวว่าพวกเขาจ่ายค่าธรรมเนียมให้นายหน้าและไม่มีใครให้ใบเสร็จ ",
    "km": "កម្មករបាននិយាយថាពួកគេបានបង់ថ្លៃទៅភ្នាក់ងារ ",
    "zh": "工人们说他们向中介支付了费用，但没有人给他们收据。",
    "ja": "労働者たちは仲介業者に手数料を支払ったが、誰も領収書をくれなかったと述べた。",
    "ko": "노동자들은 중개인에게 수수료를 지불했지만 아무도 영수증을 주지 않았다고 말했다. ",
}


@table("language", TEXTS)
def test_a_paragraph_tells_its_language(language: str) -> None:
    told = language_by_words(TEXTS[language] * 3)
    assert told is not None
    assert (told.language, told.confidence > 0.5) == (language, True)


@pytest.mark.parametrize("text", ["", "Yes.", "1,234 5,678 " * 50, "Qatar Kuwait Oman Iraq Iran Syria " * 20])
def test_what_has_no_sentences_tells_none(text: str) -> None:
    assert language_by_words(text) is None


def test_letters_of_another_language_or_signs_within_words_are_not_its_own() -> None:
    assert own_letter_share("où l’été à Fès", "fr") == 1
    assert own_letter_share("katýlým", "tr") == 0
    assert own_letter_share("c¢mo ni¤os", "es") == 0
    assert own_letter_share("words", "xx") is None


STATUTES = {
    "id": "Setiap orang yang melakukan perekrutan dipidana dengan pidana penjara paling singkat tiga tahun. "
    "Korban berhak memperoleh restitusi dari pelaku, dan negara wajib memberikan perlindungan "
    "kepada saksi sesuai dengan undang-undang ini.",
    "ms": "Mana-mana orang yang memperdagangkan orang lain melakukan suatu kesalahan dan hendaklah dihukum. "
    "Mangsa itu berhak untuk mendapat perlindungan daripada kerajaan, kerana mahkamah boleh membuat "
    "perintah itu di bawah seksyen ini.",
    "da": "Enhver har ret til frihed, og ingen må holdes i slaveri eller trældom. Loven skal beskytte enhver "
    "mod handel med mennesker, hvad enten det sker af nogen her i landet eller uden for landet.",
    "nb": "Enhver har rett til frihet, og ingen må holdes i slaveri eller trelldom. Loven skal beskytte en "
    "mot handel med mennesker, hva enten det skjer av noen her i landet eller utenfor landet.",
    "nn": "Alle har rett til fridom, og ingen må haldast i slaveri eller trældom. Lova skal verne alle mot "
    "handel med menneske, anten det skjer her i landet eller utanfor, og utan omsyn til kva land dei er frå.",
    "hr": "Svatko ima pravo na slobodu i nitko se ne smije držati u ropstvu. Osoba koja je žrtva ima pravo "
    "na pomoć, kao što je to propisano u članku ovoga zakona, i na zaštitu prije nego što se vrati.",
    "sr": "Svako ima pravo na slobodu i niko se ne sme držati u ropstvu. Lice koje je žrtva ima pravo na "
    "pomoć, kao što je to propisano u članu ovog zakona, i na zaštitu pre nego što se vrati.",
    "cs": "Nikdo nesmí být držen v otroctví nebo nevolnictví. Oběť má právo na pomoc podle tohoto zákona, a "
    "to jako osoba, které se poskytne ochrana, pro niž jsou určeny prostředky, a také na slyšení.",
    "sk": "Nikoho nemožno držať v otroctve alebo nevoľníctve. Obeť má právo na pomoc podľa tohto zákona, a "
    "to ako osoba, ktorej sa poskytne ochrana, pre ktorú sú určené prostriedky, a tiež na vypočutie.",
}
"""Two sentences of a law in languages that share most of their words."""

WITHOUT_WORDS = {"bs", "ext"}
"""Languages that have near relatives but no row of function words."""


@table("language", STATUTES)
def test_near_relatives_are_told_apart(language: str) -> None:
    told = language_by_words(STATUTES[language])
    assert told is not None
    assert told.language == language
    for relative in near_relatives(language) - WITHOUT_WORDS:
        assert told_apart(STATUTES[language], relative) == language


NYNORSK = {
    "1": "Alle menneske er fødde til fridom og med same menneskeverd og menneskerettar. Dei har fått fornuft "
    "og samvit og skal leve med kvarandre som brør.",
    "2": "Alle har krav på alle dei rettane og fridomane som er nemnde i denne fråsegna, utan skilnad av "
    "noko slag på grunn av rase, farge, kjønn, språk, religion, politisk eller anna meining.",
}
"""Articles of the Universal Declaration of Human Rights."""


@table("article", NYNORSK)
def test_short_articles_in_nynorsk_are_not_taken_for_bokmal(article: str) -> None:
    told = language_by_words(NYNORSK[article])
    assert told is None or told.language == "nn"
    assert [told_apart(NYNORSK[article], relative) for relative in ("nb", "nn", "no")] == ["nn"] * 3


@table("language", sorted(WITHOUT_WORDS))
def test_a_language_without_words_of_its_own_stays_as_it_was_told(language: str) -> None:
    assert {told_apart(text, language) for text in STATUTES.values()} == {language}


def test_what_no_relative_has_words_of_stays_as_it_was_told() -> None:
    assert told_apart("", "ms") == "ms"
    assert told_apart("Korban pidana", "fr") == "fr"
    assert near_relatives("fr") == {"fr"}
