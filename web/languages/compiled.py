"""Templates in one language: marked text is translated when a template is compiled.

So nothing needs to be looked up when a page is made, and English costs nothing at all. How text is marked,
and how translators see it, is Jinja's own way (`{% trans %}`, `{% pluralize %}`, `_("...")`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Environment, nodes
from jinja2.ext import InternationalizationExtension
from jinja2.visitor import NodeTransformer

from web.languages.catalogue import InterfaceLanguage

__all__ = ["TranslationExtension", "speak", "translated"]

_VARIABLE = re.compile(r"%\((\w+)\)s|%%")


class TranslationExtension(InternationalizationExtension):
    """Jinja's tags for translations, with the words of `environment.language` put in on compilation."""

    def _make_node(
        self,
        singular: str,
        plural: str | None,
        context: str | None,
        variables: dict[str, nodes.Expr],
        plural_expr: nodes.Expr | None,
        vars_referenced: bool,
        num_called_num: bool,
    ) -> nodes.Output:
        language = _language(self.environment)
        if plural is None or plural_expr is None:
            return _output(language.text(singular), variables)
        counted = next((name for name, each in variables.items() if each is plural_expr), "")
        number = nodes.Filter(plural_expr, "number", [], [], None, None)
        shown = {**variables, counted: number} if counted else variables
        forms = language.plurals.get(singular, (singular, plural))
        return _chosen([_output(each, shown) for each in forms], plural_expr)  # type: ignore[return-value]


def speak(environment: Environment, language: InterfaceLanguage) -> None:
    """Sets the language in which an environment compiles its templates."""
    environment.extend(language=language)
    environment.policies["ext.i18n.trimmed"] = True
    environment.add_extension(TranslationExtension)
    environment.globals.update(language=language, plural_form=language.form)
    environment.filters["number"] = lambda count: format(language.number(count), ",")


class _Constants(NodeTransformer):
    """Replaces each `_("...")` with the text of a language."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment

    def visit_Call(self, node: nodes.Call, *given: Any, **named: Any) -> nodes.Node:
        match node:
            case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=str() as english)]):
                said = nodes.Const(_language(self.environment).text(english), lineno=node.lineno)
                said.set_environment(self.environment)
                return said
            case _:
                return self.generic_visit(node, *given, **named)


def translated(template: nodes.Template, environment: Environment) -> nodes.Template:
    """The template with the words of the environment's language."""
    made: nodes.Template = _Constants(environment).visit(template)
    return made


def _language(environment: Environment) -> InterfaceLanguage:
    language: InterfaceLanguage = environment.language  # type: ignore[attr-defined]
    return language


def _output(text: str, variables: Mapping[str, nodes.Expr]) -> nodes.Output:
    return nodes.Output(list(_pieces(text, variables)))


def _pieces(text: str, variables: Mapping[str, nodes.Expr]) -> Iterator[nodes.Expr]:
    at = 0
    for found in _VARIABLE.finditer(text):
        if before := text[at : found.start()]:
            yield nodes.TemplateData(before)
        yield variables[found[1]] if found[1] else nodes.TemplateData("%")
        at = found.end()
    if rest := text[at:]:
        yield nodes.TemplateData(rest)


def _chosen(forms: Sequence[nodes.Output], count: nodes.Expr) -> nodes.Node:
    """The form for a count; the last one needs no test."""
    chosen: nodes.Node = forms[-1]
    for place in range(len(forms) - 2, -1, -1):
        wanted = nodes.Call(nodes.Name("plural_form", "load"), [count], [], None, None)
        test = nodes.Compare(wanted, [nodes.Operand("eq", nodes.Const(place))])
        chosen = nodes.If(test, [forms[place]], [], [chosen])
    return chosen
