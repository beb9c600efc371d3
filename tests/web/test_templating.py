"""Templates escape what they write as MarkupSafe does, though no piece becomes Markup of its own."""

from __future__ import annotations

import gc
from types import SimpleNamespace

import markupsafe
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, Undefined, UndefinedError
from jinja2.runtime import Context
from markupsafe import Markup

from index.results import Hit, Results
from kb.messages import Message
from web.kept_macros import made_once
from web.templating import escaped


class Words(str):
    """A text of another class."""

    __slots__ = ()


@given(st.one_of(st.text(), st.text("&<>\"'a"), st.integers(), st.floats(), st.booleans(), st.none()))
def test_a_value_is_escaped_as_markupsafe_escapes_it(value: object) -> None:
    assert escaped(value) == markupsafe.escape(value)


@pytest.mark.parametrize(
    "value",
    [Markup("<b>"), Words("<b>"), Undefined(name="x"), ["<b>"], Message("<b>"), markupsafe.escape("<b>")],
)
def test_an_object_is_escaped_unless_it_is_markup(value: object) -> None:
    assert escaped(value) == markupsafe.escape(value)


def test_every_template_escapes_so(app: Flask) -> None:
    for name in app.jinja_env.list_templates():
        made = app.jinja_env.get_template(name)
        assert made.root_render_func.__globals__["escape"] is escaped  # type: ignore[attr-defined]


def test_what_a_macro_makes_is_markup_and_not_escaped_again(app: Flask) -> None:
    source = (
        "{% macro bold(x) %}<b>{{ x }}</b>{% endmacro %}{% set made = bold('<') %}{{ made }}{{ made ~ '<' }}"
    )
    assert app.jinja_env.from_string(source).render() == "<b>&lt;</b><b>&lt;</b>&lt;"


@pytest.mark.parametrize("words", ["<b>", "<b>" * 200])
def test_what_a_macro_makes_of_the_same_words_is_made_once_unless_it_is_long(app: Flask, words: str) -> None:
    macro = app.jinja_env.from_string("{% macro bold(x) %}<b>{{ x }}</b>{% endmacro %}").module.bold  # type: ignore[attr-defined]
    made = made_once(macro, words)
    assert made == Markup("<b>{}</b>").format(words)
    assert (made_once(macro, words) is made) == (len(words) < 300)


@pytest.mark.parametrize("address", ["/search?q=victims", "/search?q=victim+protecton&theme=x", "/documents"])
def test_a_page_that_was_made_leaves_nothing_to_garbage_collection(client: FlaskClient, address: str) -> None:
    client.get(address)  # what is kept for good is made
    gc.collect()
    gc.disable()
    try:
        before = set(map(id, parts_of_pages()))
        assert client.get(address).status_code == 200
        assert [each for each in parts_of_pages() if id(each) not in before] == []
    finally:
        gc.enable()


def parts_of_pages() -> list[object]:
    """All that are in memory, but for the contexts of macros that other templates import, which stay."""
    parts = (each for each in gc.get_objects() if isinstance(each, (Hit, Results, Context)))
    return [each for each in parts if not isinstance(each, Context) or each.parent.get("request")]


@pytest.mark.parametrize(
    "source",
    [
        "{% macro m(a, b='&') %}{{ a }}{{ b }}{% endmacro %}{{ m('<') }}{{ m('<', '>') }}{{ m(b=1, a=2) }}",
        "{% macro m(a) %}{{ a }}{{ varargs|join('&') }}{{ kwargs }}{% endmacro %}{{ m(1, '<', c=3) }}",
        "{% macro m(a) %}{{ a }}{{ caller() }}{% endmacro %}{% call m('<') %}&amp;{% endcall %}",
        "{% macro m(a, b=a ~ 'x') %}{{ b }}{% endmacro %}{% for each in '<>' %}{{ m(each) }}{% endfor %}",
        "{% macro m() %}<b>{% endmacro %}{{ m() ~ '<' }}"
        "{% autoescape false %}{{ m() ~ '<' }}{% endautoescape %}",
        "{% macro m(a) %}{{ n(a) if a else '' }}{% endmacro %}{% macro n(a) %}{{ a[1:] }}<{{ m(a[1:]) }}"
        "{% endmacro %}{{ m('ab&') }}",
        "{% macro m(a) %}{{ a is defined }}{% endmacro %}{{ m() }}{{ m(none) }}{{ range(3)|list }}"
        "{{ dict(a=1) }}",
    ],
)
def test_macros_are_called_as_jinja_calls_them(app: Flask, source: str) -> None:
    plain = Environment(autoescape=True)  # escapes all
    assert app.jinja_env.from_string(source).render() == plain.from_string(source).render()


@pytest.mark.parametrize("arguments", ["1, 2", "1, c=3", "1, a=2"])
def test_wrong_arguments_of_a_macro_are_refused(app: Flask, arguments: str) -> None:
    source = "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(" + arguments + ") }}"
    with pytest.raises(TypeError, match="macro 'm'"):
        app.jinja_env.from_string(source).render()


@pytest.mark.parametrize(
    "source",
    [
        "{{ one.a }}{{ one.b }}{{ one.b.c is defined }}",
        "{{ one.items is defined }}{{ two.items()|list }}{{ two.key.upper() }}{{ two.none }}",
        "{{ one.both.both.a ~ one.both.a }}",
        "{% for each in [one, two] if each.a is defined %}{{ each.a }}{% endfor %}",
        "{% macro m(x) %}{{ x.a }}{{ two.key }}{% endmacro %}{{ m(one.both) }}{{ (one.both or two).a }}",
        "{% set ns = namespace(a=1) %}{% set ns.a = 2 %}{{ ns.a }}",
        "{{ 'x'.upper() }}{{ nothing.a is defined }}",
    ],
)
def test_attributes_are_those_that_jinja_finds(app: Flask, source: str) -> None:
    one = SimpleNamespace(a="<", c=2)
    one.both = one
    values = {"one": one, "two": {"key": "&", "items": 3}}
    plain = Environment(autoescape=True)  # escapes all
    assert outcome(app.jinja_env, source, values) == outcome(plain, source, values)


_PARTS = {
    "part.html": "{% set b = a ~ '!' %}{% macro m(x) %}{{ x }}{{ a|upper }}{% endmacro %}{{ m(b) ~ each }}",
    "of_part.html": "[{% include 'part.html' %}{{ a }}]",
    "macros.html": "{% macro m(x) %}<{{ x }}{% endmacro %}",
    "importing.html": "{% from 'macros.html' import m %}{{ m(a) }}",
}


@pytest.mark.parametrize(
    "source",
    [
        "{% include 'part.html' %}{{ b is defined }}",
        "{% set a = 2 %}{% include 'part.html' %}{% include 'part.html' %}",
        "{% for each in '<>' %}{% include 'of_part.html' %}{% include 'importing.html' %}{% endfor %}",
        "{% macro m(a) %}{% set each = a %}{% include 'part.html' %}{{ a }}{% endmacro %}{{ m('&') }}",
        "{% block x %}{% include 'of_part.html' %}{% endblock %}{% include 'part.html' without context %}",
        "{% include name %}{% include ['none.html', 'part.html'] %}{% include 'none.html' ignore missing %}",
        "{% if each %}{% include 'part.html' %}{% endif %}{% include 'importing.html' %}{{ m is defined }}",
        "{{ a if each }}{{ (a if each)|length }}{{ 'x' if a }}{{ '<' if a == '&' else '>' }}{{ a if not a }}",
        "{{ site_name() }}{% for each in [1] %}{{ site_name(each) }}{{ site_name(given=each) }}{% endfor %}",
    ],
)
def test_templates_are_compiled_to_what_jinja_makes_of_them(app: Flask, source: str) -> None:
    loader = DictLoader({**_PARTS, "page.html": source})
    made = []
    for environment in (app.jinja_env.overlay(loader=loader), Environment(autoescape=True, loader=loader)):
        environment.globals["site_name"] = lambda given="<": given
        made.append(environment.get_template("page.html").render(a="&", name="part.html"))
    assert made[0] == made[1]


def outcome(environment: Environment, source: str, values: dict[str, object]) -> str:
    try:
        return environment.from_string(source).render(values)
    except UndefinedError as error:
        return str(error)
