"""The stored records of passages: all fields of each as one line of JSON, compressed in blocks."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache, partial
from itertools import accumulate

import numpy as np
import zstandard
from numpy.typing import NDArray

from index.engines.records.passage_record import read_passage
from index.engines.whoosh.segment.file import Array, Column, SegmentFile, as_written
from index.engines.whoosh.segment.writer import SegmentWriter
from kb.model import Passage

__all__ = ["Bools", "StoredRecords", "merge", "write"]

_RECORDS_PER_BLOCK = 8


_FULL_BLOCK_CHARS = 1 << 22
"""A block with this many characters takes no further record."""

_MAX_BLOCK_BYTES = 1 << 28
"""Bytes of a decompressed block: more than its longest record, the last one, may have."""

_ZSTD_LEVEL = 1


_CACHED_BLOCKS = 64
"""Unpacked blocks kept in memory, about 10 KB each, since documents are read passage by passage."""


Bools = NDArray[np.bool_]


class _Zstd(threading.local):
    """Compressors of one thread: creating one takes as long as a block, and threads must not share it."""

    @cached_property
    def packer(self) -> zstandard.ZstdCompressor:
        return zstandard.ZstdCompressor(_ZSTD_LEVEL)

    @cached_property
    def unpacker(self) -> zstandard.ZstdDecompressor:
        return zstandard.ZstdDecompressor()


_zstd = _Zstd()


class StoredRecords:
    """The records of one segment, by document number."""

    def __init__(self, file: SegmentFile) -> None:
        self._path = file.path
        self._blocks = file.column("record.blocks")
        self._ends = file.array("record.block_ends")
        self._firsts = file.array("record.firsts")
        self._documents: int = file.documents
        # the cache must not refer back to its owner, or old files would stay open
        self._lines = lru_cache(maxsize=_CACHED_BLOCKS)(partial(_lines, self._blocks, self._ends))

    def __getitem__(self, number: int) -> str:
        """Raises SegmentDamaged for what is not as this version writes it, as `passage` does."""
        with as_written(self._path):
            return self._record(number)

    def passage(self, number: int) -> Passage:
        """A record as a passage."""
        with as_written(self._path):
            return read_passage(self._record(number))

    def _record(self, number: int) -> str:
        firsts = self._firsts.data  # faster than NumPy for one number
        block = bisect_right(firsts, number) - 1
        return self._lines(block)[number - firsts[block]].decode()

    def packed(self, block: int) -> bytes:
        return _packed(self._blocks, self._ends, block)

    def all_packed(self) -> tuple[memoryview, list[int]]:
        """All compressed blocks end to end, and the size of each in bytes."""
        ends = self._ends.tolist()
        sizes = [end - begin for begin, end in zip([0, *ends], ends, strict=False)]
        return self._blocks.read(0, len(self._blocks)).data, sizes

    def blocks(self) -> Iterator[tuple[int, int]]:
        """The half-open range of documents in each block."""
        firsts = self._firsts.tolist()
        return zip(firsts, [*firsts[1:], self._documents], strict=False)


def write(writer: SegmentWriter, records: Sequence[str]) -> None:
    """Writes records, which must not contain line breaks."""
    groups = list(_groups(records))
    packed = [_pack(group) for group in groups]
    _write(writer, packed, list(map(len, packed)), list(map(len, groups)))


def _groups(records: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for record in records:
        group.append(record)
        if len(group) == _RECORDS_PER_BLOCK or sum(map(len, group)) >= _FULL_BLOCK_CHARS:
            yield group
            group = []
    if group:
        yield group


def merge(writer: SegmentWriter, sources: Sequence[tuple[StoredRecords, Bools]]) -> None:
    """Writes the live records of several segments, copying blocks that are live throughout unchanged."""
    blocks: list[bytes | memoryview] = []
    packed: list[int] = []
    sizes: list[int] = []
    for stored, alive in sources:
        if alive.all():
            whole, each = stored.all_packed()
            blocks.append(whole)
            packed += each
            sizes += [stop - first for first, stop in stored.blocks()]
            continue
        for block, (first, stop) in enumerate(stored.blocks()):
            kept = np.flatnonzero(alive[first:stop]).tolist()
            if kept:
                is_whole = len(kept) == stop - first
                one = stored.packed(block) if is_whole else _pack([stored[first + at] for at in kept])
                blocks.append(one)
                packed.append(len(one))
                sizes.append(len(kept))
    _write(writer, blocks, packed, sizes)


def _packed(blocks: Column, ends: Array, block: int) -> bytes:
    stops = ends.data
    return blocks.read(stops[block - 1] if block else 0, stops[block]).tobytes()


def _lines(blocks: Column, ends: Array, block: int) -> list[bytes]:
    return _unpacked(_packed(blocks, ends, block)).split(b"\n")


def _unpacked(packed: bytes) -> bytes:
    """Decompresses a block. Raises ValueError if it is not compressed, or too large."""
    try:
        # what a frame declares is set aside before anything is unpacked; -1 stands for nothing declared
        if not 0 <= zstandard.frame_content_size(packed) <= _MAX_BLOCK_BYTES:
            raise ValueError(len(packed))
        return _zstd.unpacker.decompress(packed)
    except zstandard.ZstdError as exc:
        raise ValueError(str(exc)) from exc


def _pack(records: Sequence[str]) -> bytes:
    return _zstd.packer.compress("\n".join(records).encode())


def _write(
    writer: SegmentWriter, blocks: Sequence[bytes | memoryview], packed: Sequence[int], sizes: Sequence[int]
) -> None:
    """Writes blocks end to end: `packed` has the size of each in bytes, `sizes` its number of records."""
    writer.add_bytes("record.blocks", b"".join(blocks))
    writer.add("record.block_ends", np.cumsum(packed, dtype=np.uint64))
    writer.add("record.firsts", np.fromiter(accumulate(sizes, initial=0), np.uint32, len(sizes) + 1)[:-1])
