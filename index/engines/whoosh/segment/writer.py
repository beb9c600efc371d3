"""Writes segment files, as `index.engines.whoosh.segment.file` reads them."""

from __future__ import annotations

import json
import zlib
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from index.engines.whoosh.segment.directory import ALIGNMENT
from index.engines.whoosh.segment.file import BLOCK_BYTES, HEADER, HEADER_BYTES, MAGIC, VERSION, Array
from kb.files.durable import create, sync

__all__ = ["SegmentWriter", "narrow"]


class SegmentWriter:
    """Writes a segment file column by column; `close` completes it and, if it is to last, syncs it.

    One that is not to last has no checksums of its columns.
    """

    def __init__(self, path: Path, *, lasting: bool = True) -> None:
        self._path, self._lasting = path, lasting
        self._columns: dict[str, tuple[str, int, int]] = {}
        self.facts: dict[str, Any] = {}
        self._file = create(path)
        self._file.write(bytes(HEADER_BYTES))
        self._sums = _Sums()

    def add(self, name: str, values: Array) -> None:
        """Adds a column, in its own type and little-endian."""
        values = np.ascontiguousarray(values, values.dtype.newbyteorder("<"))
        self._write(bytes(-self._file.tell() % ALIGNMENT))
        self._columns[name] = (values.dtype.str, self._file.tell(), len(values))
        self._write(values.view(np.uint8).data)

    def add_bytes(self, name: str, data: bytes) -> None:
        self.add(name, np.frombuffer(data, np.uint8))

    def _write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        if self._lasting:
            self._sums.add(memoryview(data))

    def close(self) -> None:
        """Writes directory, checksums and header."""
        begin = self._file.tell()
        directory = json.dumps({"columns": self._columns, "facts": self.facts}).encode()
        end = directory + self._sums.all()
        head = HEADER.pack(MAGIC, VERSION, len(directory), begin, begin + len(end))
        self._file.write(end)
        self._file.seek(0)
        self._file.write(head + sha256(head + end).digest())
        if self._lasting:
            sync(self._file)
        self._file.close()

    def __enter__(self) -> SegmentWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: object, where: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            self._file.close()
            self._path.unlink(missing_ok=True)


class _Sums:
    """The CRC-32 of each block of what is written, summed up while it is in the processor's cache."""

    def __init__(self) -> None:
        self._done: list[int] = []
        self._sum = self._filled = 0

    def add(self, data: memoryview) -> None:
        while data:
            part, data = data[: BLOCK_BYTES - self._filled], data[BLOCK_BYTES - self._filled :]
            self._sum = zlib.crc32(part, self._sum)
            self._filled += len(part)
            if self._filled == BLOCK_BYTES:
                self._end_block()

    def _end_block(self) -> None:
        self._done.append(self._sum)
        self._sum = self._filled = 0

    def all(self) -> bytes:
        """The sums of all blocks, the last of which may be shorter."""
        if self._filled:
            self._end_block()
        return np.array(self._done, "<u4").tobytes()


def narrow(values: Array) -> Array:
    """The integers in the narrowest unsigned type that holds them."""
    return values.astype(np.min_scalar_type(int(values.max(initial=0))), copy=False)
