"""Cuts texts into runs of words and numbers these, nearly all of them by comparing bytes.

A few hundred texts at once are cut at white space, and each stretch is trimmed to its words and what is
between them. Most stretches have at most 16 bytes and were seen before. Only the
others are cut by `index.analysis.analyzer.runs`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.analysis.analyzer import runs
from index.analysis.characters import LINE_HYPHENS, UNSEEN
from index.engines.whoosh.arrays import Ints, chosen

__all__ = ["RunCutter"]

_Bytes = NDArray[np.uint8]
_Keys = NDArray[np.uint64]

_TEXTS = 256
"""Texts cut together: their arrays fit into the CPU cache."""

_KEY_BYTES = 16
_SLOT_BITS = 19
_MARGIN = b" " * _KEY_BYTES
"""Padding around the texts, so that 16 bytes can be read from the beginning of any stretch."""

_INSIDE, _SPACE = 1, 2
_KINDS = bytes(
    _INSIDE if chr(byte).isalnum() or byte > 127 else _SPACE if chr(byte) in " \t\n\r" else 0
    for byte in range(256)
)
"""The kind of each byte: alphanumeric or beyond ASCII; white space; or neither."""

_find_space = re.compile(rb"[ \t\n\r]").search
_FIRST_BYTES = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)
_MIX, _SPREAD = np.uint64(0x9E37_79B9_7F4A_7C15), np.uint64(0xC2B2_AE3D_27D4_EB4F)
_WIDE_SPACES = "".join(filter(str.isspace, map(chr, range(128, 0x3001))))
_RUN_ON = np.zeros(1 << 16, np.bool_)
"""By the last two bytes of a character beyond ASCII: whether a run may go on past white space after it."""
_RUN_ON[[int.from_bytes(one.encode()[-2:], "big") for one in LINE_HYPHENS[1:] + UNSEEN + _WIDE_SPACES]] = True


class RunCutter:
    """Cuts texts into runs, each given by its number in a mapping that numbers runs on first look-up.

    The hash of a stretch of at most 16 bytes is its slot in a cache. The first stretch in a slot stays;
    any other there is cut each time.
    """

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers
        self._first_bytes = np.zeros(1 << _SLOT_BITS, np.uint64)
        self._other_bytes = np.zeros(1 << _SLOT_BITS, np.uint64)
        self._known = np.zeros(1 << _SLOT_BITS, np.int64)

    def cut(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        """The number of each run of the texts in order, and how many runs each text has.

        A stretch without any counts as the empty run.
        """
        parts = [self._cut(texts[at : at + _TEXTS]) for at in range(0, max(len(texts), 1), _TEXTS)]
        numbers, counts = zip(*parts, strict=True)
        return np.concatenate(numbers), np.concatenate(counts)

    def _cut(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        encoded = [text.encode() for text in texts]
        data = b"".join((_MARGIN, b"\n".join(encoded), _MARGIN))
        starts = np.cumsum([len(_MARGIN), *(len(one) + 1 for one in encoded)])
        begins, ends = _stretches(data, starts)
        sizes = ends - begins
        first, other = _keys(data, begins, sizes)
        slots = ((first * _MIX ^ other) * _SPREAD >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)
        seen = (self._first_bytes[slots] == first) & (self._other_bytes[slots] == other)
        seen &= sizes <= _KEY_BYTES
        unseen = np.flatnonzero(~seen)
        cut = [
            _runs(data[begin:end].decode())
            for begin, end in zip(begins[unseen].tolist(), ends[unseen].tolist(), strict=True)
        ]
        counts = np.fromiter(map(len, cut), np.int64, len(cut))
        found = np.array([self._numbers[run] for run in chain.from_iterable(cut)], np.int64)
        is_first = np.zeros(len(found), np.bool_)
        is_first[np.cumsum(counts) - counts] = True
        numbers = self._known[slots]
        numbers[unseen] = found[is_first]
        free = self._first_bytes[slots[unseen]] == 0
        new = unseen[free & (counts == 1) & (sizes[unseen] <= _KEY_BYTES)]
        self._first_bytes[slots[new]], self._other_bytes[slots[new]] = first[new], other[new]
        self._known[slots[new]] = numbers[new]
        behind = np.repeat(unseen, counts - 1)  # the stretches of further runs
        bounds = np.searchsorted(begins, starts)
        in_texts = np.diff(bounds + np.searchsorted(behind, bounds))
        return np.insert(numbers, behind + 1, found[~is_first]), in_texts


def _runs(stretch: str) -> list[str]:
    return [stretch] if stretch.isascii() and stretch.isalnum() else runs(stretch) or [""]


def _stretches(data: bytes, starts: Ints) -> tuple[Ints, Ints]:
    """Where stretches of whole runs begin and end; none goes on into the next of the texts at `starts`."""
    kinds = np.frombuffer(data.translate(_KINDS), np.uint8)  # much faster than indexing in NumPy
    inside = kinds == _INSIDE
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    begins, ends = edges[::2], edges[1::2]
    text, last = np.frombuffer(data, np.uint8), ends[:-1]
    goes_on = np.zeros(len(begins) + 1, np.bool_)
    goes_on[1:-1] = ~_spaced(data, kinds, last, begins[1:]) | (text[last] == ord("-")) | _runs_on(text, last)
    goes_on[np.searchsorted(begins, starts)] = False
    return chosen(begins, ~goes_on[:-1]), chosen(ends, ~goes_on[1:])


def _spaced(data: bytes, kinds: _Bytes, ends: Ints, begins: Ints) -> NDArray[np.bool_]:
    """Whether there is white space in each gap; it is nearly always at one of its ends."""
    spaced: NDArray[np.bool_] = (kinds[ends] | kinds[begins - 1]) == _SPACE  # neither is inside a stretch
    within = np.flatnonzero(~spaced & (begins - ends > 2))
    gaps = zip(ends[within].tolist(), begins[within].tolist(), strict=True)
    spaced[within] = [_find_space(data, end, begin) is not None for end, begin in gaps]
    return spaced


def _runs_on(text: _Bytes, ends: Ints) -> NDArray[np.bool_]:
    """Whether the character before each end may be one of those in `_RUN_ON`."""
    found = text[ends - 1] > 127
    at = ends[found]
    found[found] = _RUN_ON[text[at - 2].astype(np.int64) << 8 | text[at - 1]]
    return found


def _keys(data: bytes, begins: Ints, sizes: Ints) -> tuple[_Keys, _Keys]:
    """The first eight and the next eight bytes of each stretch, filled up with zeros."""
    eights: _Keys = np.ndarray((len(data) - 7,), "<u8", data, strides=(1,))
    first = eights.take(begins) & _FIRST_BYTES[np.minimum(sizes, 8)]
    other = np.zeros_like(first)
    long = np.flatnonzero(sizes > 8)
    other[long] = eights[begins[long] + 8] & _FIRST_BYTES[np.minimum(sizes[long] - 8, 8)]
    return first, other
