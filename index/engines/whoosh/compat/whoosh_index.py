"""A generation as a Whoosh index, for Whoosh's own readers and searchers.

Whoosh's table of contents is a pickle, which no index has here: ours is read instead, and Whoosh is
handed the segments that it names.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, Index

from index.engines.whoosh.compat.codec import ColumnSegment
from index.engines.whoosh.compat.schema import SCHEMA
from index.engines.whoosh.generation import open_index

__all__ = ["WhooshIndex"]


class WhooshIndex(Index):
    """The newest generation in a folder, read-only. Raises IndexUnusable."""

    schema = SCHEMA

    def __init__(self, folder: Path) -> None:
        opened = open_index(folder)
        self._storage = FileStorage(str(folder))
        self._generation = opened.contents.generation
        pairs = zip(opened.contents.segments, opened.segments, strict=True)
        self._segments = [ColumnSegment(entry.id, segment) for entry, segment in pairs]

    def latest_generation(self) -> int:
        return self._generation

    def is_empty(self) -> bool:
        return not any(segment.doc_count() for segment in self._segments)

    def reader(self, reuse: Any = None) -> Any:
        return FileIndex._reader(self._storage, SCHEMA, self._segments, self._generation)

    def writer(self, **_: Any) -> Any:
        raise NotImplementedError("this index is filled in bulk, by index.engines.whoosh.indexing.builder")
