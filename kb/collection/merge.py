"""Merges drafts into one list of themes and one of documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb.draft import Draft
from kb.errors import Fault, FaultyRecord
from kb.ids import address
from kb.messages import Message
from kb.model import Document, SubPoint, Theme

__all__ = ["merge_documents", "merge_themes"]


def merge_themes(drafts: Sequence[Draft]) -> tuple[tuple[Theme, ...], list[Fault]]:
    """Defined themes in order, then those derived from tags; identical themes count once."""
    themes: dict[str, Theme] = {}
    faults: list[Fault] = []
    for theme in (theme for draft in drafts for theme in draft.themes):
        first = themes.setdefault(theme.slug, theme)
        if first != theme:
            faults.append(_differs(theme, first))
        faults.extend(_twice(theme))
    described = sorted(themes.values(), key=lambda theme: theme.order)
    made = _made((theme for draft in drafts for theme in draft.made), {*themes})
    begin = max((theme.order for theme in described), default=0)
    numbered = (replace(theme, order=order) for order, theme in enumerate(made, begin + 1))
    return (*described, *numbered), faults


def _made(themes: Iterable[Theme], described: set[str]) -> list[Theme]:
    themes_by_slug: dict[str, Theme] = {}
    for theme in themes:
        if theme.slug not in described:
            before = themes_by_slug.get(theme.slug, replace(theme, subpoints=()))
            points: dict[SubPoint, None] = dict.fromkeys((*before.subpoints, *theme.subpoints))
            themes_by_slug[theme.slug] = replace(before, subpoints=tuple(points))
    return list(themes_by_slug.values())


def _differs(theme: Theme, first: Theme) -> Fault:
    message = Message("theme-defined-twice", theme=theme.slug, file=first.path.name, line=first.line)
    return Fault(theme.path, theme.line, message, FaultyRecord("themes", theme.slug, read=False))


def _twice(theme: Theme) -> list[Fault]:
    slugs = [subpoint.slug for subpoint in theme.subpoints if subpoint.slug]
    again = sorted({slug for slug in slugs if slugs.count(slug) > 1})
    return [
        Fault(
            theme.path,
            theme.line,
            Message("duplicate-subpoint", theme=theme.slug, subpoint=slug),
            FaultyRecord("subpoints", address(theme.slug, slug), read=False),
        )
        for slug in again
    ]


def merge_documents(
    drafts: Sequence[Draft], themes: Sequence[Theme]
) -> tuple[tuple[Document, ...], list[Fault]]:
    """Documents in the order they were read, then notes in the order of their themes."""
    documents: dict[str, Document] = {}
    faults: list[Fault] = []
    for document in (document for draft in drafts for document in draft.documents):
        first = documents.setdefault(document.id, document)
        if first is not document:
            faults.append(_duplicate(document, first))
    rank = {theme.slug: number for number, theme in enumerate(themes, 1)}
    last = len(rank) + 1
    order = sorted(documents.values(), key=lambda one: rank.get(one.id, last) if one.is_note else 0)
    return tuple(order), faults


def _duplicate(document: Document, first: Document) -> Fault:
    message = Message("duplicate-document", document=document.id, file=first.path.name, line=first.line)
    record = FaultyRecord("documents", document.id, read=False)
    return Fault(document.path, document.line, message, record)
