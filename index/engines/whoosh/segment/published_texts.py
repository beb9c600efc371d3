"""Formerly published texts, compressed passage by passage and read on demand."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from itertools import accumulate

import numpy as np

from index.engines.whoosh.segment.file import SegmentFile, as_written
from index.engines.whoosh.segment.term_dictionary import TermDictionary
from index.engines.whoosh.segment.writer import SegmentWriter
from kb.published import Published

__all__ = ["PublishedTexts", "write"]

_ZLIB_LEVEL = 3

_MAX_TEXT_BYTES = 1 << 28
"""Bytes of all wordings of a passage together, decompressed."""


class PublishedTexts(Mapping[str, tuple[Published, ...]]):
    """By address, the texts published there, oldest first, if they differ from today's; nothing is cached."""

    def __init__(self, file: SegmentFile) -> None:
        self._file = file

    def __getitem__(self, address: str) -> tuple[Published, ...]:
        at = self._addresses.find(address)
        if at < 0:
            raise KeyError(address)
        ends = self._file.array("published.ends")
        begin = int(ends[at - 1]) if at else 0
        packed = self._file.column("published.texts").read(begin, int(ends[at]))
        with as_written(self._file.path):
            return tuple(Published(*values) for values in json.loads(_unpacked(packed.tobytes())))

    def __iter__(self) -> Iterator[str]:
        addresses = self._addresses
        return (addresses[at] for at in range(len(addresses)))

    def __len__(self) -> int:
        return len(self._addresses)

    @property
    def _addresses(self) -> TermDictionary:
        return TermDictionary(
            self._file.array("published.addresses"), self._file.array("published.address_ends")
        )


def _unpacked(packed: bytes) -> bytes:
    """Decompresses wordings. Raises ValueError if they are not compressed, not whole, or too long."""
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(packed, _MAX_TEXT_BYTES)
    except zlib.error as exc:
        raise ValueError(str(exc)) from exc
    if not unpacker.eof:
        raise ValueError(len(text))
    return text


def write(writer: SegmentWriter, published: Mapping[str, tuple[Published, ...]]) -> None:
    """Writes what `PublishedTexts` reads."""
    addresses = sorted(published)
    names = [address.encode() for address in addresses]
    texts = [zlib.compress(dumped(published[address]), _ZLIB_LEVEL) for address in addresses]
    writer.add_bytes("published.addresses", b"".join(names))
    writer.add("published.address_ends", np.fromiter(accumulate(map(len, names)), np.uint32, len(names)))
    writer.add_bytes("published.texts", b"".join(texts))
    writer.add("published.ends", np.fromiter(accumulate(map(len, texts)), np.uint64, len(texts)))


def dumped(texts: tuple[Published, ...]) -> bytes:
    """The published texts of one passage as JSON."""
    return json.dumps([astuple(one) for one in texts], ensure_ascii=False).encode("utf-8", "surrogatepass")
