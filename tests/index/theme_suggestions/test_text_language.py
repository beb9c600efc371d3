"""Which language a text is in, by its function words."""

from __future__ import annotations

from index.theme_suggestions.text_language import language_of
from tests.tables import table


@table(
    ("language", "text"),
    [
        ("en", "Train the police and the judges of the country."),
        ("fr", "Il faut former la police et les juges de tous les pays."),
        ("es", "Los Estados deben capacitar a la policía y a los jueces de las provincias."),
        ("pt", "Os Estados devem formar a polícia e os juízes das províncias, e não só da capital."),
        ("de", "Die Staaten sollen die Polizei und die Richter in allen Provinzen ausbilden."),
        ("ru", "Государства должны обучать полицию и судей во всех провинциях, а не только в столице."),
        ("", "Ratification. Prosecution. Punishment."),
        ("", "การคุ้มครองผู้เสียหายจากการค้ามนุษย์"),
        ("", "12.5 (a)"),
        ("", ""),
    ],
)
def test_function_words_tell_a_language(language: str, text: str) -> None:
    assert language_of(text) == language


def test_few_words_of_another_language_do_not() -> None:
    text = "The victims of trafficking, whose rights the State protects (la traite des êtres humains)."
    assert language_of(text) == "en"
