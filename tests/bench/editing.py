"""Building again after one document was edited, in either form of content."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.request import Request
from kb.curated.document_file import dump_document
from kb.formats.yaml_nodes import quote_yaml
from kb.interchange.writer import write_interchange
from kb.model import Collection, Document, Passage, Theme
from tests.bench import ours
from tests.bench.building import kb_build
from tests.bench.timing import say

__all__ = ["after_one_edit"]

_ROUNDS = 3
_MARK = "wordofthebench"
"""A word that no source has: it shows whether the edit is found."""


def after_one_edit(folder: Path, collection: Collection) -> dict[str, Any]:
    """Seconds of a `kb build` after one document was edited, the median of three, for both forms."""
    sources = tuple(document for document in collection.documents if not document.is_note)
    plain = replace(
        collection,
        documents=tuple(replace(document, source="", sha256="") for document in sources),
        passages={document.id: tuple(map(_plain, collection.passages[document.id])) for document in sources},
        instruments={},
        withdrawn=(),
        moves=(),
        published={},
    )
    return {name: _measured(folder / name, plain, write) for name, write in _FORMS.items()}


def _plain(passage: Passage) -> Passage:
    return replace(passage, provisions=(), quotation=None, html="")


def _measured(folder: Path, collection: Collection, write: _Write) -> dict[str, Any]:
    content, index = folder / "content", folder / "index"
    say(f"editing: {len(collection.documents):,} documents in the {folder.name} form")
    write(content, collection, None)
    whole = kb_build([content], index)
    taken, now = [], collection
    for number in range(_ROUNDS):
        document = now.documents[(number + 1) * len(now.documents) // (_ROUNDS + 1)]
        now = _edited(now, document)
        write(content, now, document)
        taken.append(kb_build([content], index)["wall_s"])
    found = ours.opened(index).snapshot().search(Request(text=_MARK)).total
    if not found:
        raise RuntimeError("the edit is not found")
    unchanged = kb_build([content], index)["wall_s"]
    return {
        "documents": len(collection.documents),
        "whole_s": whole["wall_s"],
        "one_edit_s": statistics.median(taken),
        "nothing_changed_s": unchanged,
    }


def _edited(collection: Collection, document: Document) -> Collection:
    first, *others = collection.passages[document.id]
    changed = (replace(first, text=f"{first.text} {_MARK}"), *others)
    return replace(collection, passages={**collection.passages, document.id: changed})


def _write_curated(folder: Path, collection: Collection, changed: Document | None) -> None:
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    (folder / "themes").mkdir(exist_ok=True)
    for document in [changed] if changed else collection.documents:
        text = dump_document(document, collection.passages[document.id])
        (folder / "documents" / f"{document.id}.md").write_text(text, encoding="utf-8", newline="\n")
    for theme in () if changed else collection.themes:
        (folder / "themes" / f"{theme.slug}.md").write_text(_theme(theme), encoding="utf-8", newline="\n")


def _theme(theme: Theme) -> str:
    fields = {"slug": theme.slug, "title": theme.title, "label": theme.label or theme.title}
    lines = [*(f"{name}: {quote_yaml(value)}" for name, value in fields.items()), f"order: {theme.order}"]
    head = "\n".join(["---", *lines, "---", ""])
    parts = [f"## {each.title} {{: #{each.slug} }}\n\nAbout {each.title}.\n" for each in theme.subpoints]
    return "\n".join([head, f"About {theme.title}.\n", *parts])


def _write_interchange(folder: Path, collection: Collection, changed: Document | None) -> None:
    write_interchange(collection, folder)  # not packed: a packed file is read whole after every edit


_Write = Callable[[Path, Collection, Document | None], None]
_FORMS: dict[str, _Write] = {"curated": _write_curated, "interchange": _write_interchange}
