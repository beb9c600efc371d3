"""The language of a text is told by its script and short words, or not at all."""

from __future__ import annotations

import pytest

from kb.languages.by_words import language_by_words
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
