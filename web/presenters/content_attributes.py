"""The attributes `dir` and `lang` of elements with content, whose words may be in any language.

On pages that are not in English, content in an unknown language says so, so that it is never taken to be in
the language of the interface.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from flask import g
from jinja2.runtime import Macro
from markupsafe import Markup

from index.results import FacetValue
from kb.languages.direction import direction, html_direction
from kb.languages.writing_systems import language_of
from kb.model import Document
from web.kept_macros import made_once
from web.languages.catalogue import InterfaceLanguage
from web.presenters.labels import whole_title

__all__ = [
    "FacetChoice",
    "content",
    "facet_choices",
    "field_content",
    "in_language",
    "theme_content",
    "turned",
]


def content(text: str, language: str = "", is_certain: bool = True) -> Markup:
    """The attributes for a text of a document in `language`, ready to follow the name of an element.

    `dir` is `auto` unless the first letter would mislead; `lang` is a valid tag, or absent. Words that may be
    this site's own, and so are not `is_certain`, get a tag only if their script confirms it.
    """
    if len(text) > _MAX_KEPT_CHARS:
        return _made(text, language, is_certain)
    return _kept(text, language, is_certain)


def _made(text: str, language: str, is_certain: bool) -> Markup:
    return _attributes(html_direction(text), language and language_of(language, text, is_certain))


_kept = lru_cache(maxsize=4096)(_made)
_MAX_KEPT_CHARS = 200
"""Longer texts are not cached: titles, locators and labels, which pages repeat, rarely are longer."""


@cache
def _attributes(direction: str, tag: str) -> Markup:
    # cached by text and language: Jinja's xmlattr takes 7 microseconds, and a page has a hundred
    known = Markup(' lang="{}"').format(tag) if tag else ""
    return Markup(' dir="{}"{}').format(direction, known)


def turned(text: str) -> Markup:
    """The attribute that turns a whole block, with its signs and margins, if its text runs right to left."""
    return _RIGHT_TO_LEFT if not text.isascii() and direction(text) == "rtl" else _NONE


_RIGHT_TO_LEFT = Markup(' dir="rtl"')
_Field = Literal["title", "kind", "place", "licence"]


def field_content(document: Document, name: _Field) -> Markup:
    """The attributes for a field of a document; what this site supplied may be in another language."""
    return content(
        getattr(document, name), document.language, name == "title" and "title" not in document.supplied
    )


def theme_content(value: str, label: str) -> Markup:
    """The attributes for the title of a theme, or of a sub-point, in the language of its notes."""
    return _theme_content(value, label, g.snapshot.documents)


def _theme_content(value: str, label: str, documents: Mapping[str, Document]) -> Markup:
    notes = documents.get(value.partition("/")[0])
    return content(label, notes.language if notes else "")


class FacetChoice(NamedTuple):
    """A value of a facet as a list shows it; `box` is the HTML of its checkbox, up to the count.

    There are no attributes if the label is in the language of the interface.
    """

    box: Markup
    passages: int
    value: str
    label: str
    attributes: Markup
    below: Sequence[FacetValue]


_Attributes = Callable[[str, str, Mapping[str, Document]], Markup]


def facet_choices(values: Iterable[FacetValue], name: str, box: Macro) -> list[FacetChoice]:
    """The values of the facet `name`; the macro `box` makes a checkbox.

    It is called with label, value, facet, attributes, whether it is selected, and whether it finds nothing.
    """
    return _facet_choices(values, name, box, _FACET_CONTENT.get(name, _no_content))


def _facet_choices(
    values: Iterable[FacetValue], name: str, box: Macro, content_of: _Attributes
) -> list[FacetChoice]:
    documents = g.snapshot.documents
    choices = []
    for value, label, count, selected, children in values:
        attributes = content_of(value, label, documents)
        made = made_once(box, label, value, name, attributes, selected, not (count or selected))
        choices.append(FacetChoice(made, count, value, label, attributes, children))
    return choices


def in_language(language: InterfaceLanguage) -> dict[str, Callable[..., Any]]:
    """The filters for pages not in English, in which words of no known language are marked as such."""
    if language.is_english:
        return {}

    def choices(values: Iterable[FacetValue], name: str, box: Macro) -> list[FacetChoice]:
        content_of = _FACET_CONTENT.get(name)
        return _facet_choices(values, name, box, _declared(content_of) if content_of else _no_content)

    filters: tuple[Callable[..., Markup], ...] = (content, field_content, theme_content)
    return {each.__name__: _declared(each) for each in filters} | {"facet_choices": choices}


def _declared(attributes: Callable[..., Markup]) -> Callable[..., Markup]:
    return lambda *given: _unknown(attributes(*given))


def _unknown(attributes: Markup) -> Markup:
    return attributes if " lang=" in attributes else attributes + _NO_LANGUAGE


_NO_LANGUAGE = Markup(' lang=""')


def _document_content(value: str, label: str, documents: Mapping[str, Document]) -> Markup:
    document = documents.get(value)
    attributes = content(label, document.language if document else "", is_certain=False)
    if whole := whole_title(document):
        attributes += _WHOLE_TITLE.format(whole)
    return attributes


def _no_content(value: str, label: str, documents: Mapping[str, Document]) -> Markup:
    return _NONE


_NONE = Markup("")
_WHOLE_TITLE = Markup(' title="{}"')
_FACET_CONTENT: Mapping[str, Callable[[str, str, Mapping[str, Document]], Markup]] = {
    "theme": _theme_content,
    "document": _document_content,
    "kind": lambda value, label, documents: content(label),
}
