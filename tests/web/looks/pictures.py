"""Pictures of pages: taken, reduced, kept as PNG in sixteen greys, and compared.

`make pictures` takes them all again.
"""

from __future__ import annotations

import base64
import struct
import zlib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import CDPSession, Page

__all__ = ["MAX_SHARE", "Difference", "compare", "fit", "read", "take", "write"]

Picture = NDArray[np.uint8]
"""Rows of greys from 0 to 15."""

SCALE = 4
"""Pixels of the page to one of a picture, each way."""

MAX_HEIGHT = 1600
"""Of the page, so much is looked at, in pixels from the top."""

_WINDOW_HEIGHT = 900

MAX_GREYS = 2
"""How far a pixel may be from the one that is kept, of sixteen greys: edges of letters differ by so much."""

MAX_SHARE = 0.004
"""How many of the pixels may be farther: a check box or an arrow that a browser draws in another way."""

_UP = 2
"""The filter of PNG with which Chromium writes every line where it is told to be quick."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The share of pixels that differ, and the rows between which they are, from the top of the page."""

    share: float
    top: int
    bottom: int

    def __str__(self) -> str:
        return f"{self.share:.1%} of the picture differs, from {self.top} to {self.bottom} px"


def fit(page: Page, width: int) -> None:
    """Makes the window as high as the page: what is outside of it takes three times as long to draw."""
    page.set_viewport_size({"width": width, "height": _WINDOW_HEIGHT})
    height = page.evaluate("document.documentElement.scrollHeight")
    if height > _WINDOW_HEIGHT:
        page.set_viewport_size({"width": width, "height": min(MAX_HEIGHT, height)})


def take(page: Page, session: CDPSession) -> Picture:
    """A reduced picture of the page as it is, in a window that fits it; `session` belongs to this page.

    Chromium is asked directly, since Playwright does much before and after, and cannot make it hurry.
    """
    size = page.viewport_size
    assert size
    height = min(MAX_HEIGHT, page.evaluate("document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": size["width"], "height": height, "scale": 1}
    asked = {"format": "png", "optimizeForSpeed": True, "clip": clip}
    colours = _colours(base64.b64decode(session.send("Page.captureScreenshot", asked)["data"]))
    greys = _small(colours) @ np.array([0.299, 0.587, 0.114])
    return np.minimum(greys / 16, 15).astype(np.uint8)


def _colours(png: bytes) -> NDArray[np.uint8]:
    """The rows of pixels, as red, green and blue."""
    width, lines = _lines(png)
    assert np.all(lines[:, 0] == _UP), "this Chromium writes quick PNGs with another filter"
    colours = lines[:, 1:].copy()
    for above, line in pairwise(colours):
        line += above
    return colours.reshape(len(lines), width, 3)


def _small(colours: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The means of squares of pixels."""
    rows, columns = colours.shape[0] // SCALE, colours.shape[1] // SCALE
    squares = colours[: rows * SCALE, : columns * SCALE].reshape(rows, SCALE, -1)
    sums = squares.sum(axis=1, dtype=np.uint16).reshape(rows, columns, SCALE, 3).sum(axis=2)
    return sums / SCALE**2


def compare(kept: Picture, seen: Picture) -> Difference | None:
    """Where a picture differs from the kept one by more than the tolerance; None if nowhere."""
    rows, columns = (max(one, other) for one, other in zip(kept.shape, seen.shape, strict=True))
    far = np.ones((rows, columns), bool)
    common = tuple(slice(min(one, other)) for one, other in zip(kept.shape, seen.shape, strict=True))
    far[common] = np.abs(kept[common].astype(int) - seen[common]) > MAX_GREYS
    share = float(far.mean())
    if share <= MAX_SHARE:
        return None
    differing = np.flatnonzero(far.any(axis=1))
    return Difference(share, int(differing[0]) * SCALE, int(differing[-1] + 1) * SCALE)


def read(path: Path) -> Picture:
    """A picture written by `write`."""
    png = path.read_bytes()
    assert png[24] == 4, path  # bits per pixel
    width, lines = _lines(png)
    pairs = lines[:, 1:]
    return np.stack([pairs >> 4, pairs & 15], axis=-1).reshape(len(lines), -1)[:, :width]


def _lines(png: bytes) -> tuple[int, NDArray[np.uint8]]:
    """Pixels per line, and the lines, each preceded by the number of its filter."""
    width, height = struct.unpack(">II", png[16:24])
    at, packed = 8, b""
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        packed += png[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    return width, np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, -1)


def write(path: Path, picture: Picture) -> None:
    """Writes a PNG with four bits per pixel."""
    height, width = picture.shape
    even = np.pad(picture, ((0, 0), (0, width % 2)))
    lines = np.pad(even[:, ::2] << 4 | even[:, 1::2], ((0, 0), (1, 0)))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 4, *[0] * 4)),
        (b"IDAT", zlib.compress(lines.tobytes(), 9)),
        (b"IEND", b""),
    )
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + b"".join(
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
            for kind, body in chunks
        )
    )
