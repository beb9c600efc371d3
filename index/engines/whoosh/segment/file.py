"""The file of one segment: a sequence of named columns, read through a memory map.

    offset  bytes
    0       8     magic, 89 4B 42 53 45 47 0D 0A ("\\x89KBSEG\\r\\n": broken by any text conversion)
    8       4     version of the format
    12      4     bytes of the directory
    16      8     where the directory begins
    24      8     bytes of the whole file
    32      4     CRC-32 of bytes 0 to 31 and of everything from the directory on
    36      28    zero
    64      ...   the columns, each beginning at a multiple of 8
    ...     ...   the directory: JSON, {"columns": {name: [type, begin, values]}, "facts": {...}}
    ...     4 n   CRC-32 of each 64 KiB from byte 64 to the directory

All numbers are little-endian. Header and directory are verified on opening, and each block before
anything in it is used. So opening takes the same time for any size, and no damaged byte ever reaches
a result.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.english import ENGLISH
from kb.errors import IndexUnusable
from kb.messages import Message

__all__ = ["Array", "Column", "SegmentDamaged", "SegmentFile", "SegmentWriter", "narrow"]

MAGIC = b"\x89KBSEG\r\n"
VERSION = 1
_HEADER = struct.Struct("<8sIIQQ")
_SUM = struct.Struct("<I")
_HEADER_BYTES = 64
_BLOCK_BYTES = 1 << 16

Array = NDArray[Any]


class SegmentDamaged(IndexUnusable):
    """A segment file is truncated, corrupt, or of a version this program cannot read."""

    def __init__(self, message: Message) -> None:
        super().__init__(message, ENGLISH)


class SegmentFile:
    """A segment file, open for reading. Raises SegmentDamaged, or OSError if it cannot be opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._map = _mapped(path)
        self._begin, directory, self._sums = self._opened()
        self._sound = bytearray(len(self._sums))
        self._columns: Mapping[str, Any] = directory["columns"]
        self.facts: Mapping[str, Any] = directory["facts"]

    def _opened(self) -> tuple[int, Any, Array]:
        data, path = self._map, str(self.path)
        if len(data) < _HEADER_BYTES or data[:8] != MAGIC:
            raise SegmentDamaged(Message("not-a-segment", path=path))
        _, version, size, begin, length = _HEADER.unpack_from(data)
        if version != VERSION:
            raise SegmentDamaged(
                Message("segment-of-other-version", path=path, version=version, expected=VERSION)
            )
        if length != len(data) or not _HEADER_BYTES <= begin <= begin + size <= length:
            raise SegmentDamaged(Message("segment-cut-short", path=path, bytes=len(data), expected=length))
        (expected,) = _SUM.unpack_from(data, _HEADER.size)
        if zlib.crc32(data[begin:], zlib.crc32(data[: _HEADER.size])) != expected:
            raise SegmentDamaged(Message("segment-ends-damaged", path=path))
        sums = np.frombuffer(data, "<u4", offset=begin + size)
        return begin, json.loads(data[begin : begin + size]), sums

    def __contains__(self, name: str) -> bool:
        return name in self._columns

    def column(self, name: str) -> Column:
        """A column whose slices are verified when read. Raises KeyError."""
        kind, begin, count = self._columns[name]
        return Column(self, begin, np.frombuffer(self._map, kind, count, begin))

    def array(self, name: str) -> Array:
        """A whole column, verified. Raises KeyError."""
        column = self.column(name)
        return column.read(0, len(column))

    def verify(self, begin: int, end: int) -> None:
        """Verifies the blocks with the bytes from `begin` to `end`, unless they already were."""
        first, last = (begin - _HEADER_BYTES) // _BLOCK_BYTES, (end - 1 - _HEADER_BYTES) // _BLOCK_BYTES
        while (block := self._sound.find(0, first, last + 1)) >= 0:
            self._verify_block(block)

    def verify_all(self) -> None:
        self.verify(_HEADER_BYTES, self._begin)

    def _verify_block(self, block: int) -> None:
        begin = _HEADER_BYTES + block * _BLOCK_BYTES
        with memoryview(self._map) as view:
            checksum = zlib.crc32(view[begin : min(begin + _BLOCK_BYTES, self._begin)])
        if checksum != self._sums[block]:
            raise SegmentDamaged(Message("segment-damaged", path=str(self.path), position=begin))
        self._sound[block] = 1


class Column:
    """One column of a segment file; values are verified before they are returned."""

    __slots__ = ("_begin", "_file", "_values")

    def __init__(self, file: SegmentFile, begin: int, values: Array) -> None:
        self._file, self._begin, self._values = file, begin, values

    def __len__(self) -> int:
        return len(self._values)

    def read(self, start: int, stop: int) -> Array:
        """The values from `start` to `stop`, without a copy."""
        if start < stop:
            size = self._values.itemsize
            self._file.verify(self._begin + start * size, self._begin + stop * size)
        return self._values[start:stop]


class SegmentWriter:
    """Writes a segment file column by column; `close` completes it and syncs it to disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._columns: dict[str, tuple[str, int, int]] = {}
        self.facts: dict[str, Any] = {}
        self._file = path.open("w+b")
        self._file.write(bytes(_HEADER_BYTES))

    def add(self, name: str, values: Array) -> None:
        """Adds a column, in its own type and little-endian."""
        values = np.ascontiguousarray(values, values.dtype.newbyteorder("<"))
        self._file.write(bytes(-self._file.tell() % 8))
        self._columns[name] = (values.dtype.str, self._file.tell(), len(values))
        self._file.write(values.data)

    def add_bytes(self, name: str, data: bytes) -> None:
        self.add(name, np.frombuffer(data, np.uint8))

    def close(self) -> None:
        """Writes directory, checksums and header, and syncs the file."""
        begin = self._file.tell()
        directory = json.dumps({"columns": self._columns, "facts": self.facts}).encode()
        sums = self._sums(begin)
        head = _HEADER.pack(MAGIC, VERSION, len(directory), begin, begin + len(directory) + len(sums))
        self._file.write(directory + sums)
        self._file.seek(0)
        self._file.write(head + _SUM.pack(zlib.crc32(directory + sums, zlib.crc32(head))))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def _sums(self, end: int) -> bytes:
        self._file.seek(_HEADER_BYTES)
        blocks = range(_HEADER_BYTES, end, _BLOCK_BYTES)
        sums = [zlib.crc32(self._file.read(min(_BLOCK_BYTES, end - at))) for at in blocks]
        self._file.seek(end)
        return np.array(sums, "<u4").tobytes()

    def __enter__(self) -> SegmentWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: object, where: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            self._file.close()
            self._path.unlink(missing_ok=True)


def narrow(values: Array) -> Array:
    """The integers in the narrowest unsigned type that holds them."""
    return values.astype(np.min_scalar_type(int(values.max(initial=0))))


def _mapped(path: Path) -> mmap.mmap | bytes:
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size == 0:
            return b""  # an empty file cannot be mapped
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
