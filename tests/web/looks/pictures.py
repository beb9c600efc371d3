"""Pictures of pages: taken, made small, kept as PNG in sixteen greys, and compared.

`make pictures` takes all of them anew.
"""

from __future__ import annotations

import base64
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page

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

SHRINK = """async ([jpeg, scale]) => {
  let image = await createImageBitmap(await (await fetch("data:image/jpeg;base64," + jpeg)).blob());
  let canvas;
  for (; scale > 1; scale /= 2) {
    canvas = new OffscreenCanvas(Math.floor(image.width / 2), Math.floor(image.height / 2));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    image = canvas;
  }
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let all = "";
  for (let at = 0; at < data.length; at += 32768)
    all += String.fromCharCode(...data.subarray(at, at + 32768));
  return [canvas.width, canvas.height, btoa(all)];
}"""


@dataclass(frozen=True, slots=True)
class Difference:
    """What share of the pixels differs, and between which pixels of the page, from its top."""

    share: float
    top: int
    bottom: int

    def __str__(self) -> str:
        return f"{self.share:.1%} of the picture differs, from {self.top} to {self.bottom} px"


def fit(page: Page, width: int) -> None:
    """Makes the window as high as what is looked at: what is out of it takes three times as long to draw."""
    page.set_viewport_size({"width": width, "height": _WINDOW_HEIGHT})
    height = page.evaluate("document.documentElement.scrollHeight")
    if height > _WINDOW_HEIGHT:
        page.set_viewport_size({"width": width, "height": min(MAX_HEIGHT, height)})


def take(page: Page, shrinker: Page) -> Picture:
    """The page as it is, in small, in a window that fits; `shrinker` is a blank page that does the sums."""
    size = page.viewport_size
    assert size
    height = min(MAX_HEIGHT, page.evaluate("document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": size["width"], "height": height}
    jpeg = page.screenshot(type="jpeg", quality=85, clip=clip)  # type: ignore[arg-type]
    width, height, data = shrinker.evaluate(SHRINK, [base64.b64encode(jpeg).decode(), SCALE])
    colours = np.frombuffer(base64.b64decode(data), np.uint8).reshape(height, width, 4)
    greys = colours[..., :3] @ np.array([0.299, 0.587, 0.114])
    return np.minimum(greys / 16, 15).astype(np.uint8)


def compare(kept: Picture, seen: Picture) -> Difference | None:
    """Where a picture differs from the one that is kept by more than the tolerance; None if nowhere."""
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
    """A picture that `write` has written."""
    data = path.read_bytes()
    width, height, depth = struct.unpack(">IIB", data[16:25])
    assert depth == 4, path
    at, packed = 8, b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        packed += data[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    line = 1 + (width + 1) // 2
    pairs = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, line)[:, 1:]
    return np.stack([pairs >> 4, pairs & 15], axis=-1).reshape(height, -1)[:, :width]


def write(path: Path, picture: Picture) -> None:
    """Writes a PNG of four bits a pixel."""
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
