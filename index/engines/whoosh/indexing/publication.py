"""Publishes a generation: merges segments, writes deletions, and then the table of contents.

The order makes it durable: every file is synced before the table that names it, the folder before and
after the table gets its name, and only then does anything older go.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from index.engines.whoosh.arrays import Bools
from index.engines.whoosh.generation import OpenGeneration
from index.engines.whoosh.indexing.segment_merge import MergeSource, merge
from index.engines.whoosh.segment.file import SegmentFile
from index.engines.whoosh.segment.reader import Segment
from index.engines.whoosh.segment.writer import SegmentWriter
from index.engines.whoosh.storage.contents import SegmentEntry, TableOfContents, segment_path, write_contents
from index.engines.whoosh.storage.deletions import write_live
from kb.files.durable import sync_folder

__all__ = ["publish"]

_ALWAYS_MERGED_PASSAGES = 2_000
"""Segments up to this size are always merged: it takes milliseconds."""

_MERGE_FACTOR = 2
"""A segment is merged if it is at most this many times larger than the newer ones together."""

_MAX_DELETED_SHARE = 0.25
"""A segment is rewritten if a larger share of it is deleted."""


def publish(
    folder: Path,
    number: int,
    made_by: str,
    base: OpenGeneration | None,
    stale: Collection[int],
    files: Sequence[Path],
    finish: Callable[[SegmentWriter], None],
) -> TableOfContents:
    """Publishes generation `number`: what `base` holds but for the `stale` serials, and the new files.

    The files, and the old segments worth merging, become one segment; `finish` adds the catalogue to
    it. The number of segments stays below the binary logarithm of the number of passages.
    """
    new = [SegmentFile(path, lasting=False) for path in files]
    old = _without(base, stale) if base else []
    kept, merged = _chosen(old, sum(file.documents for file in new))
    sources = [*(MergeSource(one.segment.file, one.live) for one in merged), *map(_whole, new)]
    made = _merged(folder, sources, finish)
    contents = TableOfContents(number, made_by, (*(_written(folder, one, number) for one in kept), made))
    sync_folder(folder)
    write_contents(folder, contents)
    sync_folder(folder)
    return contents


@dataclass(frozen=True, slots=True)
class _Held:
    """A segment of the last generation, and which of its documents are to stay."""

    entry: SegmentEntry
    segment: Segment
    live: Bools

    @property
    def count(self) -> int:
        return int(np.count_nonzero(self.live))


def _without(base: OpenGeneration, stale: Collection[int]) -> list[_Held]:
    """The segments of a generation without the documents that have these serial numbers."""
    unwanted = np.fromiter(stale, np.uint32, len(stale))
    held = []
    for entry, segment in zip(base.contents.segments, base.segments, strict=True):
        live = np.ones(segment.size, np.bool_) if segment.alive is None else segment.alive
        if len(unwanted):
            live = live & ~np.isin(segment.file.array("serial"), unwanted)
        held.append(_Held(entry, segment, live))
    return held


def _chosen(old: Sequence[_Held], gathered: int) -> tuple[list[_Held], list[_Held]]:
    """The segments to keep, and those to merge with `gathered` new passages."""
    kept: list[_Held] = []
    merged: list[_Held] = []
    for one in sorted(old, key=lambda one: one.count):
        if _is_worth_merging(one, gathered):
            merged.append(one)
            gathered += one.count
        else:
            kept.append(one)
    return kept, merged


def _is_worth_merging(one: _Held, gathered: int) -> bool:
    count, everything = one.count, one.segment.size
    mostly_dead = everything - count > _MAX_DELETED_SHARE * everything
    return count <= _ALWAYS_MERGED_PASSAGES or count <= _MERGE_FACTOR * gathered or mostly_dead


def _whole(file: SegmentFile) -> MergeSource:
    return MergeSource(file, np.ones(file.documents, np.bool_))


def _merged(
    folder: Path, sources: Sequence[MergeSource], finish: Callable[[SegmentWriter], None]
) -> SegmentEntry:
    """The sources as one new, synced segment."""
    id = secrets.token_hex(8)
    path = segment_path(folder, id)
    merge(path, sources, finish)
    file = SegmentFile(path)
    return SegmentEntry(id, file.documents, file.identity)


def _written(folder: Path, one: _Held, number: int) -> SegmentEntry:
    """The entry of a segment that stays, its deletions written anew if there are further ones."""
    if one.count == one.segment.count:
        return one.entry
    return replace(one.entry, deletions=write_live(folder, one.entry, one.live, number))
