"""Jinja as this site uses it: what templates may call, and text escaped with as little work as possible."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from contextvars import ContextVar
from functools import partial
from types import CodeType, FunctionType
from typing import Any

import markupsafe
from flask import Flask
from jinja2 import Environment, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from kb.citing.labels import NOTE_LABEL
from kb.citing.styles.registry import UNVERIFIED
from kb.ids import shortened
from kb.languages.direction import isolates
from kb.permalinks import passage_path
from web.briefs import files
from web.english import say
from web.http import static_files
from web.instruments import provisions
from web.kept_macros import made_once
from web.languages import compiled, terms
from web.languages.catalogue import InterfaceLanguage
from web.languages.fact_names import FACTS
from web.presenters import content_attributes, labels, page_metadata, passage_view
from web.presenters.results import hit_titles
from web.template_compiler import SiteCodeGenerator
from web.urls import links, refinements, search_links
from web.urls import site as site_names
from web.views.reading import source_view

__all__ = ["environment_of", "escaped"]

_FILTERS = (  # cheaper to call than functions: a page of hits needs a hundred attributes
    content_attributes.content,
    content_attributes.facet_choices,
    content_attributes.field_content,
    content_attributes.theme_content,
    content_attributes.turned,
    hit_titles.document_name,
    isolates,
    labels.compared,
    labels.kind_label,
    labels.plural,
    labels.segments,
    made_once,
    dict,
    provisions.linked_note,
    say,
    shortened,
)


def environment_of(app: Flask, language: InterfaceLanguage) -> Environment:
    """An environment with all that its templates use, in a language."""
    environment = app.create_jinja_environment()
    environment.template_class = _SiteTemplate
    environment.code_generator_class = SiteCodeGenerator
    environment.context_class = _Context
    environment.trim_blocks = environment.lstrip_blocks = True
    compiled.speak(environment, language)
    environment.globals.update(
        FACTS=FACTS,
        OURS=NOTE_LABEL,
        SORT_LABELS=labels.SORT_LABELS,
        UNVERIFIED=UNVERIFIED,
        brief_files=files.FILES,
        links=links,
        page_metadata=page_metadata,
        site=site_names,
        source_view=source_view.source_view,
        passage_path=passage_path,
        search_links=search_links,
        reworded=refinements.reworded,
        report_problem=passage_view.report_problem,
        supplied_words=partial(terms.supplied_label, language),
        static=static_files.addresses().__getitem__,
    )
    environment.filters |= {each.__name__: each for each in _FILTERS}
    environment.filters |= labels.in_language(language) | content_attributes.in_language(language)
    environment.tests["ascii"] = str.isascii
    return environment


_without_markup: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""The part of `escape` that replaces characters; all of `escape` in versions of MarkupSafe without it."""


def escaped(value: object) -> str:
    """The value as HTML, as `markupsafe.escape` makes it, but as a plain string.

    Creating `Markup` takes longer than escaping, and is useless for the several hundred pieces of a page,
    which are only joined.
    """
    kind = type(value)
    if kind is str:
        return _without_markup(value)  # type: ignore[arg-type]
    if kind is Markup:
        return value  # type: ignore[return-value]
    return str(value) if kind is int else escape(value)


_contexts: ContextVar[list[_Context] | None] = ContextVar("contexts", default=None)
"""The contexts of the page that this thread is making."""


class _Context(Context):
    """The variables of a template, which are released once its page is made.

    They and the macros refer to each other, so that everything on a page would stay in memory until a
    garbage collection finds the cycle, and collections would be needed that much more often.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if (page := _contexts.get()) is not None:
            page.append(self)

    def call(self, called: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
        """Calls what a template calls. Plain macros and functions are spared Jinja's checks: whether they
        want the context, which arguments are named, whether there is a body.
        """
        if type(called) is FunctionType and not called.__dict__:  # nothing that wants the context
            if named:
                named = {name: value for name, value in named.items() if name not in _JINJAS_OWN}
            return called(*given, **named)
        if (
            type(called) is Macro
            and (not named or named.keys() <= _JINJAS_OWN)
            and len(given) <= called._argument_count
            and not (called.caller or called.catch_kwargs or called.catch_varargs)
        ):
            defaults = (missing,) * (called._argument_count - len(given))
            made = called._func(*given, *defaults)
            # bypasses Markup's own constructor, which checks for more than text
            return str.__new__(Markup, made) if self.eval_ctx.autoescape else made
        return super().call(called, *given, **named)

    def let_go(self) -> None:
        for name in self.exported_vars:  # imported macros are not among them
            if isinstance(macro := self.vars.get(name), Macro):
                macro._func = _made_already  # its own refers back to the macro if that includes a template
        self.vars.clear()


_JINJAS_OWN = frozenset(("_block_vars", "_loop_vars"))
"""Arguments that compiled templates pass along for functions that want the context."""


def _made_already(*arguments: object) -> str:
    raise RuntimeError("the page of this macro was made already")


class _SiteTemplate(Template):
    """A template that escapes its output with `escaped`, and retains nothing of the pages it makes."""

    def render(self, *arguments: Any, **named: Any) -> str:
        page: list[_Context] = []
        before = _contexts.set(page)
        try:
            return super().render(*arguments, **named)
        finally:
            _contexts.reset(before)
            for context in page:
                context.let_go()

    def make_module(self, *arguments: Any, **named: Any) -> TemplateModule:
        """The macros that other templates import, which are kept."""
        before = _contexts.set(None)
        try:
            return super().make_module(*arguments, **named)
        finally:
            _contexts.reset(before)

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        # a plain dict, since each name looked up in Jinja's chain of two takes long
        template = super().from_code(environment, code, dict(globals), uptodate)
        template.root_render_func.__globals__.update(escape=escaped, escape_text=_without_markup)
        return template
