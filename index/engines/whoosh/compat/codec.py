"""The Whoosh codec, by which Whoosh's own readers and searchers read our segment files.

The site evaluates queries directly over the columns; this keeps the index a Whoosh index that
`whoosh.index.open_dir` opens and any Whoosh query runs on. Segments are written in bulk
(`index.engines.whoosh.indexing.commit`), never document by document.

Whoosh's table of contents pickles `ColumnSegment` and the classes in `schema` by name, so moving or
renaming one needs a new `generation.FORMAT`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.base import Codec, PerDocumentReader
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.columns import ColumnReader

from index.engines.whoosh.arrays import Array, Bools
from index.engines.whoosh.compat.terms_reader import TermsInColumns
from index.engines.whoosh.segment.fields import LENGTHS
from index.engines.whoosh.segment.file import SegmentFile
from index.engines.whoosh.segment.reader import Segment

__all__ = ["ColumnCodec", "ColumnSegment", "open_segment"]

_EXTENSION = ".kb"


class ColumnSegment(WhooshSegment):
    """A segment in the table of contents: file name, number of documents, deletions."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self._count = 0
        self._deleted: Bools | None = None

    def __getstate__(self) -> dict[str, Any]:
        packed = b"" if self._deleted is None else np.packbits(self._deleted).tobytes()
        return self.__dict__ | {"_deleted": packed}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        packed = np.frombuffer(state["_deleted"], np.uint8)
        self._deleted = np.unpackbits(packed, count=self._count).astype(np.bool_) if len(packed) else None

    def codec(self) -> ColumnCodec:
        return ColumnCodec()

    def should_assemble(self) -> bool:
        return False

    def path(self, folder: Path) -> Path:
        return folder / str(self.make_filename(_EXTENSION))

    @property
    def alive(self) -> Bools | None:
        """Which documents are not deleted; None if all are live."""
        return None if self._deleted is None else ~self._deleted

    def delete(self, which: Bools) -> None:
        """Deletes documents, given as a mask."""
        if which.any():
            self._deleted = which if self._deleted is None else self._deleted | which

    def set_doc_count(self, doccount: int) -> None:
        self._count = doccount

    def doc_count_all(self) -> int:
        return self._count

    def deleted_count(self) -> int:
        return 0 if self._deleted is None else int(np.count_nonzero(self._deleted))

    def deleted_docs(self) -> set[int]:
        return set() if self._deleted is None else set(np.flatnonzero(self._deleted).tolist())

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        deleted = np.zeros(self._count, np.bool_) if self._deleted is None else self._deleted.copy()
        deleted[docnum] = delete
        self._deleted = deleted if deleted.any() else None

    def is_deleted(self, docnum: int) -> bool:
        return self._deleted is not None and bool(self._deleted[docnum])


def open_segment(folder: Path, segment: ColumnSegment) -> Segment:
    """Opens a segment. Raises SegmentDamaged or FileNotFoundError."""
    return Segment(SegmentFile(segment.path(folder)), segment.alive)


class ColumnCodec(Codec):
    length_stats = False

    def new_segment(self, storage: Any, indexname: str) -> ColumnSegment:
        return ColumnSegment(indexname)

    def per_document_writer(self, storage: Any, segment: ColumnSegment) -> _BulkOnly:
        return _BulkOnly()

    def field_writer(self, storage: Any, segment: ColumnSegment) -> _BulkOnly:
        return _BulkOnly()

    def per_document_reader(self, storage: Any, segment: ColumnSegment) -> _DocumentReader:
        return _DocumentReader(open_segment(Path(storage.folder), segment))

    def terms_reader(self, storage: Any, segment: ColumnSegment) -> TermsInColumns:
        return TermsInColumns(open_segment(Path(storage.folder), segment))


class _BulkOnly:
    """Takes the place of Whoosh's document-by-document writers, and refuses to write."""

    is_closed = True

    def __getattr__(self, name: str) -> Any:
        raise NotImplementedError("this index is filled in bulk, by index.engines.whoosh.indexing.builder")


class _DocumentReader(PerDocumentReader):
    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def doc_count(self) -> int:
        return self._segment.count

    def doc_count_all(self) -> int:
        return self._segment.size

    def has_deletions(self) -> bool:
        return self._segment.count < self._segment.size

    def is_deleted(self, docnum: int) -> bool:
        alive = self._segment.alive
        return alive is not None and not alive[docnum]

    def deleted_docs(self) -> Iterator[int]:
        alive = self._segment.alive
        return iter(() if alive is None else np.flatnonzero(~alive).tolist())

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
