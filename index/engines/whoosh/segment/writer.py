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
    """Writes a segment file column by column; `close` completes it and, if it is to last, syncs it."""

    def __init__(self, path: Path, *, lasting: bool = True) -> None:
        self._path, self._lasting = path, lasting
        self._columns: dict[str, tuple[str, int, int]] = {}
        self.facts: dict[str, Any] = {}
        self._file = create(path)
        self._file.write(bytes(HEADER_BYTES))

    def add(self, name: str, values: Array) -> None:
        """Adds a column, in its own type and little-endian."""
        values = np.ascontiguousarray(values, values.dtype.newbyteorder("<"))
        self._file.write(bytes(-self._file.tell() % ALIGNMENT))
        self._columns[name] = (values.dtype.str, self._file.tell(), len(values))
        self._file.write(values.data)

    def add_bytes(self, name: str, data: bytes) -> None:
        self.add(name, np.frombuffer(data, np.uint8))

    def close(self) -> None:
        """Writes directory, checksums and header."""
        begin = self._file.tell()
        directory = json.dumps({"columns": self._columns, "facts": self.facts}).encode()
        end = directory + self._sums(begin)
        head = HEADER.pack(MAGIC, VERSION, len(directory), begin, begin + len(end))
        self._file.write(end)
        self._file.seek(0)
        self._file.write(head + sha256(head + end).digest())
        if self._lasting:
            sync(self._file)
        self._file.close()

    def _sums(self, end: int) -> bytes:
        self._file.seek(HEADER_BYTES)
        blocks = range(HEADER_BYTES, end, BLOCK_BYTES)
        sums = [zlib.crc32(self._file.read(min(BLOCK_BYTES, end - at))) for at in blocks]
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
    return values.astype(np.min_scalar_type(int(values.max(initial=0))), copy=False)
