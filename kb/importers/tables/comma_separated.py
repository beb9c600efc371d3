"""CSV files, whatever their separator."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from kb.errors import SourceUnreadable
from kb.importers.blocks import SourceDocument
from kb.importers.charsets import decoded_text
from kb.importers.tables.columns import TableBlocks
from kb.messages import Message

__all__ = ["read_csv"]

MAX_ROWS, MAX_COLUMNS = 500_000, 500
_SEPARATORS = ",;\t|"
_EXTRACTOR = "kb csv 1"


def read_csv(data: bytes, name: str) -> SourceDocument:
    """The rows of a CSV file. Raises SourceUnreadable for one that is malformed or too large."""
    decoded = decoded_text(data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    table = TableBlocks()
    try:
        table.add(_rows(text, name))
    except csv.Error as exc:
        raise SourceUnreadable(Message("csv-damaged", name=name, reason=str(exc))) from exc
    return SourceDocument(
        extractor=_EXTRACTOR, lines=tuple(table.lines), blocks=tuple(table.blocks), remarks=decoded.remarks
    )


def _rows(text: str, name: str) -> Iterator[list[str]]:
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=_separator(text))):
        if number >= MAX_ROWS or len(row) > MAX_COLUMNS:
            raise SourceUnreadable(Message("table-too-large", name=name, rows=MAX_ROWS, columns=MAX_COLUMNS))
        yield row


def _separator(text: str) -> str:
    """The separator most frequent in the first line, outside quotation marks."""
    outside = "".join(text[:20_000].split("\n\n")[0].split("\n")[0].split('"')[::2])
    return max(_SEPARATORS, key=outside.count)
