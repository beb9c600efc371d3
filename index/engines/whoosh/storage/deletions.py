"""Which documents of a segment are deleted: a sealed file, written once and never changed.

It is named by a table of contents with its size and checksum, and names its segment in turn.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

from index.engines.whoosh.arrays import Bools
from index.engines.whoosh.storage.contents import DeletionsEntry, FileIdentity, SegmentEntry
from index.engines.whoosh.storage.seal import SEAL_BYTES, SealBroken, digest, sealed, unsealed
from index.english import ENGLISH
from kb.errors import IndexUnusable
from kb.files.durable import write_synced
from kb.files.reading import FileTooLarge, read_regular
from kb.messages import Message

__all__ = ["read_live", "write_live"]

_MAGIC = b"\x89KBLIV\r\n"
_HEADER = struct.Struct("<8s16sII")
_MAX_BYTES = (1 << 29) + 1_000
"""A bit for each of 2³² documents, and what is around them."""


def write_live(folder: Path, segment: SegmentEntry, live: Bools, since: int) -> DeletionsEntry:
    """Writes which documents of a segment are live, from generation `since` on."""
    head = _HEADER.pack(_MAGIC, segment.id.encode(), len(live), int(np.count_nonzero(live)))
    data = sealed(head + np.packbits(live).tobytes())
    entry = DeletionsEntry(since, FileIdentity(len(data), digest(data)))
    write_synced(_path(folder, segment.id, entry), data)
    return entry


def read_live(folder: Path, segment: SegmentEntry) -> Bools | None:
    """Which documents of a segment are live; None if all are.

    Raises OSError, or IndexUnusable if the file is not the one that the table of contents names.
    """
    if not segment.deletions:
        return None
    path = _path(folder, segment.id, segment.deletions)
    size = _HEADER.size + -(-segment.documents // 8) + SEAL_BYTES
    try:
        data = read_regular(path, min(size, _MAX_BYTES))
    except FileTooLarge as exc:
        raise IndexUnusable(Message("deletions-damaged", path=str(path)), ENGLISH) from exc
    if FileIdentity(len(data), digest(data)) != segment.deletions.file:
        raise IndexUnusable(Message("deletions-damaged", path=str(path)), ENGLISH)
    live = _live(data, segment)
    if live is None:
        raise IndexUnusable(Message("deletions-damaged", path=str(path)), ENGLISH)
    return live


def _live(data: bytes, segment: SegmentEntry) -> Bools | None:
    """Which documents are live; None for a file of another segment, which only a foreign table would name."""
    try:
        whole = unsealed(data)
        magic, id, documents, count = _HEADER.unpack_from(whole)
        bits = np.frombuffer(whole, np.uint8, offset=_HEADER.size)
    except (SealBroken, struct.error, ValueError):
        return None
    ours = (magic, id, documents) == (_MAGIC, segment.id.encode(), segment.documents)
    if not ours or len(bits) != -(-documents // 8):
        return None
    live = np.unpackbits(bits, count=documents)
    return live.astype(np.bool_) if np.count_nonzero(live) == count else None


def _path(folder: Path, id: str, entry: DeletionsEntry) -> Path:
    return folder / f"MAIN_{id}_{entry.since}.live"
