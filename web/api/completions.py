"""Completions offered while a reader types, as JSON: in groups, each with the words to show beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from flask import g

from index.results import Completion, CompletionKind
from index.suggest.prefix_index import folded, typed_ranges
from kb.languages.writing_systems import language_of
from kb.messages import Message
from kb.model import Document
from web.english import say
from web.presenters.labels import document_label
from web.urls import search_links

__all__ = ["completions_json"]

_GROUPS: Mapping[CompletionKind, str] = {
    "theme": "themes",
    "sub-point": "themes",
    "document": "documents",
    "phrase": "phrases",
    "word": "phrases",
    "passage": "passages",
}
_HEADINGS: Mapping[str, Message] = {
    "themes": Message("completions-themes"),
    "documents": Message("completions-documents"),
    "phrases": Message("completions-phrases"),
    "passages": Message("completions-passages"),
}


def completions_json(offered: Sequence[Completion]) -> dict[str, Any]:
    """The completions, the headings of their groups, and what a screen reader announces."""
    groups = dict.fromkeys(_GROUPS[each.kind] for each in offered)
    return {
        "completions": [_completion(each) for each in offered],
        "groups": [{"name": name, "heading": say(_HEADINGS[name])} for name in groups],
        "status": say(Message("completions-offered", count=len(offered))),
    }


def _completion(offered: Completion) -> dict[str, Any]:
    named = _named(offered)
    return {
        **asdict(named),
        "title": _title(named),
        "group": _GROUPS[offered.kind],
        "detail": _detail(offered),
        "language": _language(named),
        "url": search_links.completion(offered),
    }


def _document(offered: Completion) -> Document | None:
    return g.snapshot.documents.get(offered.value) if offered.kind == "document" else None


def _title(named: Completion) -> str | None:
    """The full title of a document that goes by another name; None for anything else."""
    document = _document(named)
    return document.title if document and document.title != named.text else None


def _named(offered: Completion) -> Completion:
    """The completion, with a document's short name if that has everything that was typed."""
    document = _document(offered)
    label = document_label(document) if document else ""
    typed = " ".join(offered.text[start:end] for start, end in offered.ranges)
    ranges = typed_ranges(label, folded(typed)) if label and typed else ()
    words = set(folded(typed).split())
    said = {folded(label[start:end]) for start, end in ranges}
    return replace(offered, text=label, ranges=ranges) if words and words <= said else offered


def _detail(offered: Completion) -> str:
    """Where a passage is; for anything else, how many passages it has and what it was found by."""
    if offered.kind == "passage":
        return offered.source
    count = say(Message("completion-passages", count=offered.count))
    if offered.via:
        return say(Message("completion-via", via=offered.via, passages=count))
    return say(Message("completion-subpoint", passages=count)) if offered.kind == "sub-point" else count


def _language(offered: Completion) -> str | None:
    """The language of a completion's text, where it is from a document or theme in a known one."""
    if offered.kind in ("phrase", "word"):
        return None
    document: Document | None = g.snapshot.documents.get(offered.value.partition("/")[0])
    is_certain = document is not None and "title" not in document.supplied and not _title(offered)
    return (document and language_of(document.language, offered.text, is_certain)) or None
