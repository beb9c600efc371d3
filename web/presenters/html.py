"""HTML that a page has over and over: marked words, badges, the values of a facet.

A page of results has some hundred of these. Written here they take a third of the time that macros
of a template take for the same; everything given is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from markupsafe import Markup

from index.request import FacetName
from index.results import FacetValue, Range
from kb.model import Document
from web.presenters.labels import kind_label

__all__ = ["badge", "choices", "marked"]

_KEPT = 4_096
"""Values of facets of which the HTML is remembered, some 300 bytes each."""


def marked(text: str, ranges: Sequence[Range], first: str = "") -> Markup:
    """A text with its ranges marked, in order and disjoint; `first` is the id of the first mark."""
    opening = f'<mark id="{escape(first)}">' if first else "<mark>"
    made: list[str] = []
    at = 0
    for start, end in ranges:
        made += (escape(text[at:start], False), opening, escape(text[start:end], False), "</mark>")
        at, opening = end, "<mark>"
    made.append(escape(text[at:], False))
    return Markup("".join(made))  # noqa: S704


def badge(document: Document) -> Markup:
    """What kind of text a document is, and its status where it is not current."""
    return _badge(document.is_note, document.kind, document.status)


@lru_cache(maxsize=_KEPT)
def _badge(is_note: bool, kind: str, status: str) -> Markup:
    if is_note:
        made = '<span class="badge note">Editorial note: our words</span>'
    else:
        made = f'<span class="badge">{escape(kind_label(kind))}</span>' if kind else ""
    if status != "current":
        made += f' <span class="badge warning">{escape(kind_label(status))}</span>'
    return Markup(made)  # noqa: S704


def choices(name: FacetName, values: Iterable[FacetValue]) -> Markup:
    """The values of a facet as a list of checkboxes with their counts, and those below them."""
    return Markup(_choices(name, values))  # noqa: S704


def _choices(name: FacetName, values: Iterable[FacetValue]) -> str:
    return f"<ul>{''.join(_choice(name, value) for value in values)}</ul>"


def _choice(name: FacetName, value: FacetValue) -> str:
    box, label = _box(name, value.value, value.label)
    idle = "" if value.count or value.selected else ' class="none"'
    checked = " checked" if value.selected else ""
    below = _choices(name, value.children) if value.children else ""
    return f"<li><label{idle}>{box}{checked}>{label}{value.count}</span></label>{below}</li>"


@lru_cache(maxsize=_KEPT)
def _box(name: FacetName, value: str, label: str) -> tuple[str, str]:
    """What stands before the state of a checkbox, and what between that and its count."""
    return (
        f'<input type="checkbox" form="site:form" name="{name}" value="{escape(value)}"',
        f'<span>{escape(label)}</span> <span class="n">',
    )
