"""Hostile inputs: seeds cut up, and the tokens that readers look for, repeated, nested and out of place.

Each is made by a random number generator, so that its seed reproduces it. Hypothesis's own strategies draw
some 300 such texts a second, and a million would take an hour.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from random import Random

__all__ = ["Make", "hostile_text", "in_any_encoding", "office_file", "packed", "spliced"]

Make = Callable[[Random], bytes]
"""Makes an input."""

MakeText = Callable[[Random], str]

_TIMES = (*(1,) * 24, 2, 2, 2, 3, 3, 7, 7, 40, 40, 600)
"""How often a piece is repeated; seldom so often that what grows with the square of it is noticed."""

_MAX_RUN_CHARS = 8_000

_STRANGE = (
    *("\0", "\x0b", "\x1f", "\x7f", "\x85", "\u00ad", "\u200b", "\u200f", "\u2028", "\ufeff", "\ufffe"),
    *("\ud800", "\udfff", "\U0010ffff", "\U000e0001", "e\u0301", "ß", "İ", "ﬁ", "Ⅷ", "٣", "𝟗"),
    *("ก", "中", "한", "\n", "\n\n", "\r\n", "\r", "\t", " ", "    ", "\\", "0", "-1", "9" * 30),
    *("1e999", "a" * 300, "9" * 5_000),
)
_HIGHEST = (0x7F, 0x7F, 0x2FF, 0xFFFF, 0x10FFFF)


def hostile_text(tokens: Sequence[str], max_pieces: int = 10) -> MakeText:
    """A text of these tokens, strange characters and any other characters."""

    def piece(random: Random) -> str:
        match random.randrange(8):
            case 0:
                return random.choice(_STRANGE)
            case 1:
                highest = random.choice(_HIGHEST)
                return "".join(chr(random.randint(0, highest)) for _ in range(random.randrange(5)))
            case _:
                return random.choice(tokens)

    def text(random: Random) -> str:
        pieces = range(random.randint(0, max_pieces))
        return "".join((piece(random) * random.choice(_TIMES))[:_MAX_RUN_CHARS] for _ in pieces)

    return text


def spliced(seeds: Sequence[str], tokens: Sequence[str]) -> MakeText:
    """A seed with stretches replaced by hostile text, or, one time in three, hostile text alone."""
    alone, within = hostile_text(tokens), hostile_text(tokens, 4)

    def text(random: Random) -> str:
        if not random.randrange(3):
            return alone(random)
        whole = random.choice(seeds)
        for _ in range(random.choice((1, 1, 2, 3))):
            at, size = random.randint(0, len(whole)), random.choice((0, 0, 1, 5, 40))
            whole = whole[:at] + within(random) + whole[at + size :]
        return whole

    return text


_ENCODINGS = (*("utf-8",) * 12, "utf-8-sig", "utf-16", "utf-16-be", "latin-1")


def in_any_encoding(make: MakeText) -> Make:
    """Texts as bytes: mostly UTF-8, with broken characters; also other encodings, and bytes in none."""

    def data(random: Random) -> bytes:
        encoding = random.choice(_ENCODINGS)
        whole = make(random).encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")
        return whole if random.randrange(20) else _damaged(whole, random)

    return data


def packed(make: Make, compress: Callable[[bytes], bytes]) -> Make:
    """Files packed by a function, half of them damaged."""

    def data(random: Random) -> bytes:
        whole = compress(make(random))
        return whole if random.randrange(2) else _damaged(whole, random)

    return data


def _damaged(data: bytes, random: Random) -> bytes:
    """The data with a few bytes replaced, or cut short."""
    if not random.randrange(5):
        return data[: random.randint(0, len(data))]
    damaged = bytearray(data)
    for _ in range(random.randint(1, 4) if damaged else 0):
        damaged[random.randrange(len(damaged))] = random.randrange(256)
    return bytes(damaged)


_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_ROOTS = {
    "word/document.xml": "w:document",
    "word/footnotes.xml": "w:footnotes",
    "word/styles.xml": "w:styles",
    "word/_rels/document.xml.rels": "Relationships",
}


def office_file(tokens: Sequence[str]) -> Make:
    """A Word document with hostile parts."""
    body = hostile_text(tokens, 14)

    def data(random: Random) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in random.sample(list(_ROOTS), random.randint(1, 3)):
                part = f"<{_ROOTS[name]} {_NAMESPACES}>{_balanced(body(random))}</{_ROOTS[name]}>"
                archive.writestr(name, part.encode("utf-8", "replace"))
        return file.getvalue()

    def _balanced(text: str) -> str:
        """The text without what XML does not allow, since it would never be read."""
        return "".join(one for one in text if one in "\n\t" or " " <= one < "\ud800")

    return data
