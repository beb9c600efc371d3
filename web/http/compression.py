"""Compression of answers: which codings a browser accepts, and which are worth the time.

A results page of 29 KB, on one busy core, takes 0.15 ms and shrinks to 5.4 KB with zstd 3; with gzip 2 it
takes 0.20 ms and 5.9 KB, with gzip 4 0.36 ms and 5.5 KB. Higher levels take longer than the bytes they save.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Protocol

import zstandard
from flask import Request, Response
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from kb.citing.exports.registry import FORMATS

__all__ = ["MIN_BYTES", "accepted", "add_vary", "pack", "pack_pieces", "packed_for_good"]

MIN_BYTES = 1_000
"""Shorter bodies are not worth compressing."""

_TYPES = (
    *("text/", "application/json", "application/xml", "image/svg+xml"),
    *(each.media_type for each in FORMATS.values()),
)

_Packer = Callable[[bytes], bytes]


class _PieceByPiece(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


class _AsItIs:
    def compress(self, data: bytes, /) -> bytes:
        return data

    def flush(self) -> bytes:
        return b""


_GZIP_FORMAT = 16 + zlib.MAX_WBITS
_GZIP_LEVEL = 2

_IN_PIECES: Mapping[str, Callable[[], _PieceByPiece]] = {
    "": _AsItIs,
    "zstd": lambda: zstandard.ZstdCompressor(level=3).compressobj(),
    "gzip": lambda: zlib.compressobj(_GZIP_LEVEL, wbits=_GZIP_FORMAT),
}

# a tie goes to the first
_EACH_TIME: Mapping[str, _Packer] = {
    "zstd": lambda body: zstandard.compress(body, 3),
    "gzip": lambda body: gzip.compress(body, _GZIP_LEVEL, mtime=0),
}
_ONCE: Mapping[str, _Packer] = {
    "zstd": lambda body: zstandard.compress(body, 19),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
}


def accepted(accept: Accept) -> str:
    """The one of our content codings that a browser prefers; empty for none (RFC 9110, 12.5.3)."""
    best = max(_EACH_TIME, key=lambda coding: accept[coding])
    return best if accept[best] and accept[best] >= accept["identity"] else ""


def pack(response: Response, request: Request) -> Response:
    """Compresses text if the browser accepts it: people also search on slow phones."""
    if not (response.mimetype or "").startswith(_TYPES):
        return response
    add_vary(response, "Accept-Encoding")
    header = request.headers.get("Accept-Encoding", "")
    coding = _asked(header) if len(header) <= _MAX_KEPT_CHARS else accepted(request.accept_encodings)
    if not coding or response.status_code != 200 or "Content-Encoding" in response.headers:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) > MIN_BYTES:
        response.set_data(_EACH_TIME[coding](body))
        response.headers["Content-Encoding"] = coding
    return response


def add_vary(response: Response, name: str) -> None:
    """Says that the answer depends on a header of the request."""
    if "Vary" in response.headers:
        response.vary.add(name)
    else:
        response.headers.add("Vary", name)


_MAX_KEPT_CHARS = 200


@lru_cache(maxsize=256)
def _asked(header: str) -> str:
    """The coding that a header asks for; cached, as browsers send only a handful of headers."""
    return accepted(parse_accept_header(header, Accept))


def pack_pieces(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """The pieces of one body, compressed as they come, in a coding that `accepted` returned."""
    packer = _IN_PIECES[coding]()
    yield from (packer.compress(piece) for piece in pieces)
    yield packer.flush()


def packed_for_good(body: bytes) -> dict[str, bytes]:
    """A body that never changes, by content coding, as small as possible; `""` is the body itself."""
    if len(body) <= MIN_BYTES:
        return {"": body}
    return {"": body, **{coding: packer(body) for coding, packer in _ONCE.items()}}
