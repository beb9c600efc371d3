"""Passages analysed once, so that every engine indexes the very same words and counts must agree.

The text and heading pieces of a passage are tokenized by `index.analysis.analyzer`; compounds come last.
Peers get the words joined by spaces, to be split at spaces and nowhere else.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index.analysis.analyzer import compounds, tokenize
from index.analysis.stemming import stem
from index.request import UNDATED
from kb.edtf import years
from kb.languages.language_tag import language_ranges
from kb.model import Collection, Document, Passage
from kb.tags import ThemeNames

__all__ = ["GAP", "Row", "cut", "load", "rows", "rows_of", "save", "text_bytes"]

GAP = "¶"
"""Stands between two pieces, so that no phrase runs from one into the other; no word has this sign."""


@dataclass(frozen=True, slots=True)
class Row:
    """One passage: `record` is its JSON; `stems` and `forms` are its words in order, joined by spaces."""

    record: str
    labels: dict[str, tuple[str, ...]]
    stems: str
    forms: str


def rows(collection: Collection) -> Iterator[Row]:
    """The passages that a search shows by default: not those of superseded or withdrawn documents."""
    titles = ThemeNames.of(collection.themes).subpoint_titles
    for document in collection.documents:
        if document.status == "current":
            for passage in collection.passages.get(document.id, ()):
                yield _row(document, passage, titles)


def _row(document: Document, passage: Passage, titles: dict[str, str]) -> Row:
    named = [titles[value] for value in passage.themes if value in titles]
    forms, joined = [], []
    for piece in (passage.text, *dict.fromkeys([passage.heading, passage.locator, *named])):
        found = tokenize(piece)
        forms += [*(word.form for word in found), GAP]
        joined += [compound.form for compound in compounds(piece, found)]
    stems = [stem(form) for form in (*forms, *joined) if form != GAP]
    behind = [each for form in joined for each in (form, GAP)]
    return Row(_record(passage), _labels(document, passage), " ".join(stems), " ".join([*forms, *behind]))


def _record(passage: Passage) -> str:
    kept = (passage.document, passage.id, passage.text, passage.locator, passage.heading, passage.themes)
    return json.dumps(kept, ensure_ascii=False)


def _labels(document: Document, passage: Passage) -> dict[str, tuple[str, ...]]:
    return {
        "theme": passage.themes,
        "document": (document.id,),
        "kind": (document.kind,) if document.kind else (),
        "year": tuple(map(str, years(document.date))) or (UNDATED,),
        "language": language_ranges(document.language),
    }


def save(found: Iterable[Row], path: Path) -> None:
    """Saves the rows one by one for later processes: there may be more than memory holds."""
    with path.open("wb") as file:
        for row in found:
            pickle.dump((row.record, row.labels, row.stems, row.forms), file)


def load(path: Path) -> Iterator[Row]:
    """The rows that this run saved in its scratch folder, one at a time."""
    with path.open("rb") as file:
        while file.peek(1):
            yield Row(*pickle.load(file))  # noqa: S301


def rows_of(collection: Collection, found: Iterable[Row]) -> Iterator[Row]:
    """The rows that belong to documents of the collection."""
    known = {document.id for document in collection.documents}
    return (row for row in found if known.issuperset(row.labels["document"]))


def cut(collection: Collection, passages: int) -> Collection:
    """The first `passages` passages, with the documents that they are in."""
    kept: dict[str, tuple[Passage, ...]] = {}
    left = passages
    for document in collection.documents:
        if left <= 0:
            break
        kept[document.id] = tuple(collection.passages.get(document.id, ())[:left])
        left -= len(kept[document.id])
    documents = tuple(document for document in collection.documents if kept.get(document.id))
    return replace(collection, documents=documents, passages=kept, withdrawn=(), moves=(), published={})


def text_bytes(collection: Collection) -> int:
    """The size of all passages' text in UTF-8."""
    return sum(len(passage.text.encode()) for passage in collection.all_passages())
