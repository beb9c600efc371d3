"""A font whose letters are blocks, so that pictures of pages are the same whatever fonts a machine has.

All letters have the same width, so lines break in the same places; the height of the blocks shows whether
text is meant to be bold or in the serif. Tables: OpenType 1.9.
"""

from __future__ import annotations

import base64
import struct

__all__ = ["style_sheet"]

_EM = 1000
_ADVANCE = 520
_ASCENT, _DESCENT = 950, 250
_LAST = 0x10FFFF
_BLANKS = ((0x20, 0x20), (0xA0, 0xA0), (0x2000, 0x200F))
_FACES = (("sans", "1 550", 480), ("sans", "551 1000", 700), ("serif", "1 1000", 340))
"""Family, weights, height of the blocks."""


def style_sheet() -> str:
    """Rules that set all text in the block font, and hide what differs between runs."""
    faces = (
        f"@font-face {{ font-family: blocks-{family}; font-weight: {weights};"
        f" src: url(data:font/ttf;base64,{base64.b64encode(_font(height)).decode()}); }}"
        for family, weights, height in _FACES
    )
    return "\n".join(
        [
            *faces,
            ":root { --sans: blocks-sans; --mono: blocks-sans; --serif: blocks-serif; }",
            # letters are as wide as the font says, not as hinting on this machine makes them
            "* { text-rendering: geometricPrecision !important; caret-color: transparent;"
            " animation: none !important; transition: none !important; }",
            "::-webkit-scrollbar { display: none; }",
            ".updated, .about-site p:last-child { display: none; }",
        ]
    )


def _font(height: int) -> bytes:
    """A TrueType font of two glyphs, a blank and a block."""
    blank, block = b"", _block(height)
    tables = {
        b"OS/2": _os2(height),
        b"cmap": _cmap(),
        b"glyf": blank + block,
        b"head": struct.pack(
            ">HHIIIHHqqhhhhHHhhh",
            *(1, 0, 0x10000, 0, 0x5F0F3CF5, 3, _EM, 0, 0, 0, 0, _ADVANCE, height, 0, 8, 2, 1, 0),
        ),
        b"hhea": struct.pack(
            ">HHhhhHhhhhhhhhhhhH", 1, 0, _ASCENT, -_DESCENT, 0, _ADVANCE, 0, 0, _ADVANCE, 1, *[0] * 7, 2
        ),
        b"hmtx": struct.pack(">HhHh", _ADVANCE, 0, _ADVANCE, 0),
        b"loca": struct.pack(">3I", 0, 0, len(block)),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
        b"name": _name(),
        b"post": struct.pack(">IIhhI4I", 0x30000, 0, 0, 0, 1, 0, 0, 0, 0),
    }
    return _file(tables)


def _block(height: int) -> bytes:
    left, right = 40, _ADVANCE - 40
    header = struct.pack(">5h", 1, left, 0, right, height)
    corners = struct.pack(">HH4B", 3, 0, *[1] * 4)
    across = struct.pack(">4h", left, 0, right - left, 0)
    upward = struct.pack(">4h", 0, height, 0, -height)
    glyph = header + corners + across + upward
    return glyph + b"\0" * (-len(glyph) % 4)


def _cmap() -> bytes:
    """A `cmap` table in format 13, in which whole ranges of characters share a glyph."""
    groups, begin = [], 0x21
    for first, last in _BLANKS:
        if begin < first:
            groups.append((begin, first - 1, 1))
        groups.append((first, last, 0))
        begin = last + 1
    groups.append((begin, _LAST, 1))
    body = b"".join(struct.pack(">3I", *group) for group in groups)
    table = struct.pack(">HHIII", 13, 0, 16 + len(body), 0, len(groups)) + body
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table


def _name() -> bytes:
    said = "Blocks".encode("utf-16-be")
    names = (1, 2, 4, 6)
    records = b"".join(struct.pack(">6H", 3, 1, 0x409, each, len(said), 0) for each in names)
    return struct.pack(">3H", 0, len(names), 6 + len(records)) + records + said


def _os2(height: int) -> bytes:
    return struct.pack(
        ">HhHHH11h10s4I4sHHHhhhHHIIhhHHH",
        *(4, _ADVANCE, 400, 5, 0, *[0] * 11, b"\0" * 10, 0, 0, 0, 0, b"    ", 0x40, 0x20, 0xFFFF),
        *(_ASCENT, -_DESCENT, 0, _ASCENT, _DESCENT, 0, 0, height, 700, 0, 32, 0),
    )


def _file(tables: dict[bytes, bytes]) -> bytes:
    offset = 12 + 16 * len(tables)
    directory, body = b"", b""
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4s3I", tag, total, offset + len(body), len(data))
        body += padded
    return struct.pack(">I4H", 0x10000, len(tables), 128, 3, 16 * len(tables) - 128) + directory + body
