"""The file of one segment: a sequence of named columns, read through a memory map.

    offset  bytes
    0       8     magic, 89 4B 42 53 45 47 0D 0A ("\\x89KBSEG\\r\\n": broken by any text conversion)
    8       4     version of the format
    12      4     bytes of the directory
    16      8     where the directory begins
    24      8     bytes of the whole file
    32      32    SHA-256 of bytes 0 to 31 and of everything from the directory on
    64      ...   the columns, each beginning at a multiple of 8
    ...     ...   the directory: JSON, {"columns": {name: [type, begin, values]}, "facts": {...}}
    ...     4 n   CRC-32 of each 64 KiB from byte 64 to the directory

All numbers are little-endian. Header, directory and checksums are verified on opening, and each block
before anything in it is used. So opening takes the same time for any size, and no damaged byte ever
reaches a result. The SHA-256 covers the checksums and so identifies the whole file: a table of contents
names it, and no other file can take its place. Only the files of a build in progress, which are read as
soon as they are written and then removed, have no CRC-32.
"""

from __future__ import annotations

import mmap
import os
import struct
import weakref
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.segment.directory import read_directory
from index.engines.whoosh.storage.contents import FileIdentity
from index.english import ENGLISH
from kb.errors import IndexUnusable
from kb.files.reading import open_regular
from kb.messages import Message

__all__ = [
    "BLOCK_BYTES",
    "HEADER",
    "HEADER_BYTES",
    "MAGIC",
    "VERSION",
    "Array",
    "Column",
    "SegmentDamaged",
    "SegmentFile",
    "as_written",
]

MAGIC = b"\x89KBSEG\r\n"
VERSION = 2
HEADER = struct.Struct("<8sIIQQ")
HEADER_BYTES = 64
BLOCK_BYTES = 1 << 16
"""Bytes that are verified together."""

Array = NDArray[Any]


class SegmentDamaged(IndexUnusable):
    """A segment file is truncated, corrupt, or of a version this program cannot read."""

    def __init__(self, message: Message) -> None:
        super().__init__(message, ENGLISH)


class as_written:
    """Raises SegmentDamaged where something read from a file is not as this version writes it."""

    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        # a class, since contextlib's generators take a microsecond more, and a page reads thirty records
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, _NOT_AS_WRITTEN):
            raise SegmentDamaged(Message("segment-not-as-written", path=str(self._path))) from error


_NOT_AS_WRITTEN = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)


class SegmentFile:
    """A segment file, open for reading; with `expected`, only if it is that very file.

    One that is not `lasting` has no checksums of its columns. Raises SegmentDamaged, or OSError if it cannot
    be opened.
    """

    def __init__(self, path: Path, expected: FileIdentity | None = None, *, lasting: bool = True) -> None:
        self.path = path
        self._damage: Message | None = None
        self._map, self._descriptor = _mapped(path)
        weakref.finalize(self, os.close, self._descriptor)
        self._written = os.fstat(self._descriptor).st_mtime_ns
        self.identity, self._begin, size = self._header(expected)
        with as_written(path):
            self._sums = np.frombuffer(self._map, "<u4", offset=self._begin + size)
            blocks = -(-(self._begin - HEADER_BYTES) // BLOCK_BYTES) if lasting else 0
            if len(self._sums) != blocks:
                raise ValueError(len(self._sums))
            text = self._map[self._begin : self._begin + size]
            self.directory = read_directory(text, HEADER_BYTES, self._begin)
        self._sound = bytearray(len(self._sums))
        self.documents = self.directory.documents

    def _header(self, expected: FileIdentity | None) -> tuple[FileIdentity, int, int]:
        """The identity of the file, and where its directory begins and how long it is; all verified."""
        data, path = self._map, str(self.path)
        if len(data) < HEADER_BYTES or data[:8] != MAGIC:
            raise SegmentDamaged(Message("not-a-segment", path=path))
        _, version, size, begin, length = HEADER.unpack_from(data)
        if version != VERSION:
            raise SegmentDamaged(
                Message("segment-of-other-version", path=path, version=version, expected=VERSION)
            )
        if length != len(data) or not HEADER_BYTES <= begin <= begin + size <= length:
            raise SegmentDamaged(Message("segment-cut-short", path=path, bytes=len(data), expected=length))
        checksum = sha256(data[: HEADER.size])
        checksum.update(data[begin:])
        if checksum.digest() != data[HEADER.size : HEADER_BYTES]:
            raise SegmentDamaged(Message("segment-ends-damaged", path=path))
        identity = FileIdentity(length, checksum.hexdigest())
        if expected not in (None, identity):
            raise SegmentDamaged(Message("foreign-segment", path=path))
        return identity, begin, size

    def __contains__(self, name: str) -> bool:
        return name in self.directory.columns

    def column(self, name: str) -> Column:
        """A column whose slices are verified when read. Raises KeyError."""
        kind, begin, count = self.directory.columns[name]
        return Column(self, begin, np.frombuffer(self._map, kind, count, begin))

    def array(self, name: str) -> Array:
        """A whole column, verified. Raises KeyError."""
        column = self.column(name)
        return column.read(0, len(column))

    def verify(self, begin: int, end: int) -> None:
        """Verifies the blocks with the bytes from `begin` to `end`, unless they already were."""
        first, last = (begin - HEADER_BYTES) // BLOCK_BYTES, (end - 1 - HEADER_BYTES) // BLOCK_BYTES
        while (block := self._sound.find(0, first, last + 1)) >= 0:
            self._verify_block(block)

    def trust(self, earlier: SegmentFile) -> None:
        """Takes over what was verified when the file was opened `earlier`, unless it was written to since."""
        ours, theirs = os.fstat(self._descriptor), os.fstat(earlier._descriptor)
        same = os.path.samestat(ours, theirs) and self.identity == earlier.identity
        if same and ours.st_mtime_ns == self._written == earlier._written:
            self._sound = bytearray(earlier._sound)

    def verify_all(self) -> None:
        self.verify(HEADER_BYTES, self._begin)

    def verify_rest(self, wanted: Callable[[], bool] = lambda: True) -> None:
        """Verifies block after block as long as that is `wanted`, while the file may be written to.

        Damage is not raised: it is there for `damage` to tell.
        """
        while wanted() and not self.damage() and (block := self._sound.find(0)) >= 0:
            with suppress(SegmentDamaged):
                self._verify_block(block)

    def damage(self) -> Message | None:
        """What was found wrong since the file was opened; None if nothing was.

        Looks at the file: reading beyond the end of one that is now shorter would kill the process, and one
        that was written to is verified anew.
        """
        status = os.fstat(self._descriptor)
        if status.st_size < len(self._map):
            return Message(
                "segment-cut-short", path=str(self.path), bytes=status.st_size, expected=len(self._map)
            )
        if status.st_mtime_ns != self._written:
            self._verify_anew(status.st_mtime_ns)
        return self._damage

    def _verify_anew(self, written: int) -> None:
        """Verifies everything anew: the file was overwritten, or truncated and extended again."""
        try:
            self._header(self.identity)
            self._sound = bytearray(len(self._sums))
            self.verify_all()
        except SegmentDamaged as error:
            self._damage = error.message
        self._written = written

    def damages(self) -> Iterator[Message | None]:
        """Verifies one block after another, and gives what is wrong with each; None for a sound one."""
        for block in range(len(self._sums)):
            try:
                self._verify_block(block)
            except SegmentDamaged as error:
                yield error.message
            else:
                yield None

    def _verify_block(self, block: int) -> None:
        begin, sound = (
            HEADER_BYTES + block * BLOCK_BYTES,
            self._sound,
        )  # another takes its place if written to
        with memoryview(self._map) as view:
            checksum = zlib.crc32(view[begin : min(begin + BLOCK_BYTES, self._begin)])
        if checksum != self._sums[block]:
            self._damage = Message("segment-damaged", path=str(self.path), position=begin)
            raise SegmentDamaged(self._damage)
        sound[block] = 1


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


def _mapped(path: Path) -> tuple[mmap.mmap | bytes, int]:
    """The bytes of a file and a descriptor of it, which the caller closes."""
    with open_regular(path) as file:
        descriptor = os.dup(file.fileno())
        if os.fstat(descriptor).st_size == 0:
            return b"", descriptor  # an empty file cannot be mapped
        return mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ), descriptor
