"""The body of a response, unpacked and counted as it arrives."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from http.client import HTTPResponse

from kb.errors import SourceUnreadable
from kb.messages import Message

__all__ = ["body_of"]

BLOCK_BYTES = 64 * 1024
_PACKED = ("gzip", "x-gzip", "deflate")
_ANY_HEADER = 32 + zlib.MAX_WBITS
"""Accepts a header of either gzip or zlib."""


def body_of(response: HTTPResponse, max_bytes: int) -> Iterator[bytes]:
    """The document in blocks. Raises SourceUnreadable for more than `max_bytes`, for fewer than announced,
    and for an unknown content encoding."""
    announced = response.length
    if announced is not None and announced > max_bytes:
        raise SourceUnreadable(Message("address-too-large", megabytes=max_bytes // 2**20))
    blocks = _unpacked(_received(response, announced), response.headers.get("Content-Encoding", ""))
    total = 0
    for block in blocks:
        total += len(block)
        if total > max_bytes:
            raise SourceUnreadable(Message("address-too-large", megabytes=max_bytes // 2**20))
        yield block


def _received(response: HTTPResponse, announced: int | None) -> Iterator[bytes]:
    received = 0
    while block := response.read1(BLOCK_BYTES):
        received += len(block)
        yield block
    if announced is not None and received < announced:
        raise SourceUnreadable(Message("address-cut-short", received=received, announced=announced))


def _unpacked(blocks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    match encoding.strip().lower():
        case "" | "identity":
            yield from blocks
        case name if name in _PACKED:
            yield from _inflated(blocks)
        case name:
            raise SourceUnreadable(Message("address-packed", encoding=name[:40]))


def _inflated(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Unpacks at most BLOCK_BYTES at a time, as a few bytes may unpack to gigabytes."""
    packed = zlib.decompressobj(_ANY_HEADER)
    try:
        for block in blocks:
            while block and not packed.eof:
                yield packed.decompress(block, BLOCK_BYTES)
                block = packed.unconsumed_tail
    except zlib.error as exc:
        raise SourceUnreadable(Message("address-packed-wrongly")) from exc
    if not packed.eof or packed.unused_data:
        raise SourceUnreadable(Message("address-packed-wrongly"))
