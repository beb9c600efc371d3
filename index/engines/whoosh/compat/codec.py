"""The Whoosh codec, by which Whoosh's own readers and searchers read our segment files.

The site evaluates queries directly over the columns; this keeps the index a Whoosh index that any
Whoosh query runs on (`whoosh_index`). Segments are written in bulk (`index.engines.whoosh.indexing`),
never document by document.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.codec.base import Codec, PerDocumentReader
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.columns import ColumnReader

from index.engines.whoosh.arrays import Array
from index.engines.whoosh.compat.terms_reader import TermsInColumns
from index.engines.whoosh.segment.fields import LENGTHS
from index.engines.whoosh.segment.reader import Segment

__all__ = ["ColumnCodec", "ColumnSegment"]


class ColumnSegment(WhooshSegment):
    """An open segment as Whoosh sees it: passages that no search may find count as deleted."""

    def __init__(self, id: str, segment: Segment) -> None:
        super().__init__("MAIN")
        self.segid, self.opened = id, segment

    def codec(self) -> ColumnCodec:
        return ColumnCodec()

    def should_assemble(self) -> bool:
        return False

    def doc_count_all(self) -> int:
        return self.opened.size

    def doc_count(self) -> int:
        return self.opened.retrievable_count

    def deleted_count(self) -> int:
        return self.opened.size - self.opened.retrievable_count

    def deleted_docs(self) -> set[int]:
        live = self.opened.retrievable
        return set() if live is None else set(np.flatnonzero(~live).tolist())

    def is_deleted(self, docnum: int) -> bool:
        live = self.opened.retrievable
        return live is not None and not live[docnum]


class ColumnCodec(Codec):
    """A read-only codec: segments are written in bulk, not through Whoosh."""

    length_stats = False

    def per_document_reader(self, storage: Any, segment: ColumnSegment) -> _DocumentReader:
        return _DocumentReader(segment.opened)

    def terms_reader(self, storage: Any, segment: ColumnSegment) -> TermsInColumns:
        return TermsInColumns(segment.opened)


class _DocumentReader(PerDocumentReader):
    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def doc_count(self) -> int:
        return self._segment.retrievable_count

    def doc_count_all(self) -> int:
        return self._segment.size

    def has_deletions(self) -> bool:
        return self._segment.retrievable_count < self._segment.size

    def is_deleted(self, docnum: int) -> bool:
        live = self._segment.retrievable
        return live is not None and not live[docnum]

    def deleted_docs(self) -> Iterator[int]:
        live = self._segment.retrievable
        return iter(() if live is None else np.flatnonzero(~live).tolist())

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in ("serial", "ordinal")

    def list_columns(self) -> list[str]:
        return ["serial", "ordinal"]

    def column_reader(self, fieldname: str, column: Any) -> _Numbers:
        return _Numbers(self._segment.file.array(fieldname))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._segment.lengths(fieldname)[docnum]) if fieldname in LENGTHS else default

    def field_length(self, fieldname: str) -> int:
        return self._segment.total_length(fieldname) if fieldname in LENGTHS else 0

    def min_field_length(self, fieldname: str) -> int:
        scored = fieldname in LENGTHS and self._segment.size
        return int(self._segment.lengths(fieldname).min()) if scored else 0

    def max_field_length(self, fieldname: str) -> int:
        return int(self._segment.lengths(fieldname).max(initial=0)) if fieldname in LENGTHS else 0

    def stored_fields(self, docnum: int) -> dict[str, str]:
        return {"record": self._segment.stored[docnum]}


class _Numbers(ColumnReader):
    def __init__(self, values: Array) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> int:
        return int(self._values[docnum])

    def __iter__(self) -> Iterator[int]:
        return iter(self._values.tolist())

    def sort_key(self, docnum: int) -> int:
        return self[docnum]
