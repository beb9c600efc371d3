"""Passages analysed once, so that every engine indexes the very same words and counts must agree.

The text and the heading pieces of a passage are cut by `index.analysis.analyzer`; compounds follow behind.
Peers are given the words joined by spaces, to be cut at spaces and nowhere else.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.analysis.analyzer import compounds, tokenize
from index.analysis.stemming import stem
from index.request import UNDATED
from kb.edtf import years
from kb.languages.language_tag import language_ranges
from kb.model import Collection, Document, Passage
from kb.tags import ThemeNames

__all__ = ["GAP", "Row", "copies", "cut", "load", "repeated", "rows", "save", "text_bytes"]

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


def save(found: Sequence[Row], path: Path) -> None:
    """Keeps the rows for processes to come."""
    with path.open("wb") as file:
        pickle.dump([(row.record, row.labels, row.stems, row.forms) for row in found], file)


def load(path: Path) -> list[Row]:
    """The rows kept by this run in its own scratch folder."""
    with path.open("rb") as file:
        return [Row(*parts) for parts in pickle.load(file)]  # noqa: S301


def cut(collection: Collection, passages: int) -> Collection:
    """The first so many passages, with the documents they stand in."""
    kept: dict[str, tuple[Passage, ...]] = {}
    left = passages
    for document in collection.documents:
        if left <= 0:
            break
        kept[document.id] = tuple(collection.passages.get(document.id, ())[:left])
        left -= len(kept[document.id])
    documents = tuple(document for document in collection.documents if kept.get(document.id))
    return replace(collection, documents=documents, passages=kept, withdrawn=(), moves=(), published={})


def copies(collection: Collection, times: int) -> Collection:
    """The collection so many times over, each time with other ids of documents."""
    documents, passages = list(collection.documents), dict(collection.passages)
    for number in range(2, times + 1):
        for document in collection.documents:
            name = f"{document.id}-{number}"
            documents.append(replace(document, id=name))
            found = collection.passages.get(document.id, ())
            passages[name] = tuple(replace(passage, document=name) for passage in found)
    return replace(collection, documents=tuple(documents), passages=passages)


def text_bytes(collection: Collection) -> int:
    """The size of all passages' text in UTF-8."""
    return sum(len(passage.text.encode()) for passage in collection.all_passages())


def repeated(found: Sequence[Row], times: int) -> list[Row]:
    """The rows of `copies` of the collection."""
    return [_renamed(row, number) if number > 1 else row for number in range(1, times + 1) for row in found]


def _renamed(row: Row, number: int) -> Row:
    document, *others = json.loads(row.record)
    name = f"{document}-{number}"
    record = json.dumps([name, *others], ensure_ascii=False)
    return replace(row, record=record, labels={**row.labels, "document": (name,)})
