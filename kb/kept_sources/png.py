"""PNG files, written without a library of images (PNG, third edition, W3C 2025)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from kb.kept_sources.picture_file import PNG_SIGNATURE

__all__ = ["colour_png", "palette_png"]

Pixels = NDArray[np.uint8]

_TRUE_COLOUR, _INDEXED = 2, 3
_UP = 2
"""The filter that stores each byte as its difference from the byte above."""


def palette_png(indices: Pixels, palette: Iterable[tuple[int, int, int]]) -> bytes:
    """An image of rows of indices into a palette of up to 256 colours."""
    colours = b"".join(map(bytes, palette))
    return _png(_INDEXED, indices, [_chunk(b"PLTE", colours)], _rows(indices, 0))


def colour_png(pixels: Pixels) -> bytes:
    """An image of rows of pixels, each red, green and blue."""
    differences = pixels.copy()
    differences[1:] -= pixels[:-1]
    return _png(_TRUE_COLOUR, pixels, [], _rows(differences.reshape(len(pixels), -1), _UP))


def _rows(values: Pixels, filter_type: int) -> bytes:
    rows = np.full((values.shape[0], values.shape[1] + 1), filter_type, np.uint8)
    rows[:, 1:] = values
    return rows.tobytes()


def _png(colour_type: int, pixels: Pixels, before: Iterable[bytes], rows: bytes) -> bytes:
    height, width = pixels.shape[:2]
    head = struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0)
    data = _chunk(b"IDAT", zlib.compress(rows, 6))
    return b"".join((PNG_SIGNATURE, _chunk(b"IHDR", head), *before, data, _chunk(b"IEND", b"")))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
