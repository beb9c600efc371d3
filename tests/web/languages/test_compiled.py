"""Templates are compiled with the words of a language in them."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask
from jinja2 import Environment

from tests.tables import table
from web.languages.catalogue import ENGLISH, InterfaceLanguage
from web.languages.compiled import speak
from web.templating import environment_of

TEXTS = {
    "Hello": "Saluton",
    "From %(place)s": "De %(place)s",
    "100%% of %(all)s": "%(all)s: 100%%",
    "<b>B</b>": "<i>B</i>",
}
PLURALS = {"%(count)s note": ("nul", "unu: %(count)s", "pluraj: %(count)s")}
OTHER = replace(ENGLISH, tag="xx", texts=TEXTS, plurals=PLURALS, form=lambda count: min(count, 2))
NOTES = "{% trans count=n %}{{ count }} note{% pluralize %}{{ count }} notes{% endtrans %}"


@table(
    ("source", "english", "other"),
    [
        ("{% trans %}Hello{% endtrans %}", "Hello", "Saluton"),  # a text
        ("{{ _('Hello') ~ '!' }}", "Hello!", "Saluton!"),  # a text as a value
        ("{% trans place=p %}From {{ place }}{% endtrans %}", "From &lt;", "De &lt;"),  # a value, escaped
        ("{% trans all=n %}100% of {{ all }}{% endtrans %}", "100% of 2", "2: 100%"),  # a per cent sign
        ("{% trans %}<b>B</b>{% endtrans %}", "<b>B</b>", "<i>B</i>"),  # tags
        (NOTES, "2 notes", "pluraj: 2"),  # a number of things
        ("{% trans %}Bye{% endtrans %}{{ _('x') }}", "Byex", "Byex"),  # what is not translated
    ],
)
def test_a_template_speaks_its_language(app: Flask, source: str, english: str, other: str) -> None:
    def made(language: InterfaceLanguage) -> str:
        return environment_of(app, language).from_string(source).render(p="<", n=2)

    assert [made(ENGLISH), made(OTHER)] == [english, other]


def test_a_language_may_have_any_number_of_forms(app: Flask) -> None:
    template = environment_of(app, OTHER).from_string(NOTES)
    assert [template.render(n=n) for n in (0, 1, 1234)] == ["nul", "unu: 1", "pluraj: 1,234"]


def test_words_are_not_looked_up_when_a_page_is_made(app: Flask) -> None:
    environment = Environment(autoescape=True)
    speak(environment, OTHER)
    for speaking, said in ((environment, "Saluton"), (app.jinja_env, "Hello")):
        made = speaking.compile("{% trans %}Hello{% endtrans %}", filename="x.html", raw=True)
        assert f"yield '{said}'" in made
