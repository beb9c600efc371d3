"""A collection as one table for spreadsheets: a row for each passage, with its citation and address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kb.citing.records import RecordMaker
from kb.citing.styles.registry import Style, cite
from kb.files.durable import create
from kb.formats.spreadsheet import cell, csv_lines
from kb.model import Collection, Document, Passage
from kb.permalinks import permalink
from kb.tags import ThemeNames

__all__ = ["COLUMNS", "write_table"]

COLUMNS = (
    *("id", "document", "title", "date", "language", "locator", "heading", "page", "unit"),
    *("themes", "text", "citation", "address"),
)
MARK = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8; without it, some spreadsheets garble every accent."""


def write_table(collection: Collection, path: Path, record: RecordMaker, style: Style) -> None:
    """Writes the passages in the order of the collection, as CSV."""
    names = ThemeNames.of(collection.themes)
    documents = {one.id: one for one in collection.documents}
    rows = (_row(documents[one.document], one, names, record, style) for one in collection.all_passages())
    with create(path) as file:
        file.write(MARK)
        file.writelines(line.encode("utf-8", "replace") for line in csv_lines(_with_head(rows)))


def _with_head(rows: Iterator[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    yield COLUMNS
    for row in rows:
        yield tuple(map(cell, row))


def _row(
    document: Document, passage: Passage, names: ThemeNames, record: RecordMaker, style: Style
) -> tuple[str, ...]:
    return (
        passage.id,
        document.id,
        document.title,
        document.date,
        document.language,
        passage.locator,
        passage.heading,
        _pages(passage),
        passage.unit,
        "; ".join(names[value] for value in passage.themes),
        passage.text,
        cite(record(document, passage), style).plain,
        f"{record.base_url}{permalink(passage)}",
    )


def _pages(passage: Passage) -> str:
    """The pages, with an en dash, so that no spreadsheet takes them for a date."""
    pages = dict.fromkeys(filter(None, (passage.page, passage.page_end)))
    return "–".join(map(str, pages))
