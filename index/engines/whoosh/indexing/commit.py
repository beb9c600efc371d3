"""Publishes a generation through Whoosh's own writer, with segments written in bulk and merged as arrays.

Whoosh's lock and table of contents are unchanged: renaming the new table of contents is what
publishes a generation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter as WhooshWriter

from index.engines.whoosh.compat.codec import ColumnCodec, ColumnSegment
from index.engines.whoosh.indexing.segment_merge import MergeSource, merge
from index.engines.whoosh.segment.file import SegmentFile, SegmentWriter

__all__ = ["BulkWriter"]

_ALWAYS_MERGED_PASSAGES = 2_000
"""Segments up to this size are always merged: it takes milliseconds."""

_MERGE_FACTOR = 2
"""A segment is merged if it is at most this many times larger than the newer ones together."""

_MAX_DELETED_SHARE = 0.25
"""A segment is rewritten if a larger share of it is deleted."""


class BulkWriter(WhooshWriter):
    """Writes one generation: deletions by serial number, new segment files, and the catalogue.

    Merging keeps the number of segments below the binary logarithm of the number of passages. Raises
    Whoosh's LockError if another writer is active.
    """

    def __init__(self, index: FileIndex, *, anew: bool = False) -> None:
        super().__init__(index, codec=ColumnCodec(), compound=False)
        self.folder = Path(index.storage.folder)
        self._merged: list[ColumnSegment] = []
        self._new: Sequence[Path] = ()
        self._finish_file: Callable[[SegmentWriter], None] = lambda writer: None
        if anew:
            self.segments.clear()

    def delete_serials(self, serials: Collection[int]) -> None:
        """Deletes every passage of documents with these serial numbers."""
        wanted = np.fromiter(serials, np.uint32, len(serials))
        for segment in self.segments if len(wanted) else ():
            file = SegmentFile(segment.path(self.folder))
            segment.delete(np.isin(file.array("serial"), wanted))

    def publish(self, files: Sequence[Path], finish: Callable[[SegmentWriter], None]) -> None:
        """Merges the files, and the old segments worth merging, into one segment and commits.

        `finish` adds further columns to its file.
        """
        self._new, self._finish_file, self._added = files, finish, True
        self.commit(mergetype=type(self)._policy)

    def _policy(self, segments: Sequence[ColumnSegment]) -> list[ColumnSegment]:
        """The segments to keep; the others are merged into the new one."""
        kept: list[ColumnSegment] = []
        gathered = sum(SegmentFile(path).facts["documents"] for path in self._new)
        for segment in sorted(segments, key=ColumnSegment.doc_count):
            if _is_worth_merging(segment, gathered):
                self._merged.append(segment)
                gathered += segment.doc_count()
            else:
                kept.append(segment)
        return kept

    def _finalize_segment(self) -> ColumnSegment:
        made: ColumnSegment = self.newsegment
        old = [_source(segment, self.folder) for segment in self._merged]
        new = [_whole(SegmentFile(path)) for path in self._new]
        merge(made.path(self.folder), [*old, *new], self._finish_file)
        made.set_doc_count(SegmentFile(made.path(self.folder)).facts["documents"])
        return made

    def cancel(self) -> None:
        """Gives up; the last generation remains."""
        super().cancel()
        with suppress(FileNotFoundError):
            self.newsegment.path(self.folder).unlink()


def _is_worth_merging(segment: ColumnSegment, gathered: int) -> bool:
    count, everything = int(segment.doc_count()), segment.doc_count_all()
    mostly_dead = everything - count > _MAX_DELETED_SHARE * everything
    return count <= _ALWAYS_MERGED_PASSAGES or count <= _MERGE_FACTOR * gathered or mostly_dead


def _source(segment: ColumnSegment, folder: Path) -> MergeSource:
    whole = _whole(SegmentFile(segment.path(folder)))
    return whole if segment.alive is None else MergeSource(whole.file, segment.alive)


def _whole(file: SegmentFile) -> MergeSource:
    return MergeSource(file, np.ones(file.facts["documents"], np.bool_))
