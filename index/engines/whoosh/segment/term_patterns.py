"""Which terms of a dictionary match a wildcard pattern, or are within so many edits of a form."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.arrays import Ints
from index.engines.whoosh.edit_distance import within
from index.engines.whoosh.segment.term_dictionary import (
    TermDictionary,
    TermSlice,
    prefix_range,
    term_slice,
    utf8,
)

__all__ = ["matching_wildcard", "within_edits"]

_WINDOW_BITS = 57
"""Bits certain to be usable in a 64-bit window that starts up to 7 bits early."""

Array = NDArray[Any]
Signs = list[int | None]
"""A piece of a pattern: code points or bytes, with None for any single character."""


def matching_wildcard(terms: TermDictionary, pattern: str) -> Ints:
    """The terms that match a wildcard pattern as a whole: `?` is one character, `*` any number of them.

    Each piece between two `*` is matched once, as early as possible after the one before it, in time
    linear in the letters of the terms still in question.
    """
    first, last = prefix_range(terms, re.split("[?*]", pattern, maxsplit=1)[0])
    in_bytes = "?" not in pattern  # faster, and only `?` depends on where characters end
    pieces = [_signs(piece, in_bytes) for piece in pattern.split("*")]
    return first + _in_order(term_slice(terms, first, last, in_bytes), pieces)


def within_edits(terms: TermDictionary, form: str, edits: int, prefix: int = 1) -> Ints:
    """The terms within `edits` of a form (Levenshtein distance) that share its first `prefix` characters."""
    head = form[:prefix]
    first, last = prefix_range(terms, head)
    text = term_slice(terms, first, last)
    starts, wanted = text.starts + len(head), [ord(sign) for sign in form[len(head) :]]
    fitting = np.flatnonzero(np.abs(text.ends - starts - len(wanted)) <= edits)
    close, _ = within(text.codes, starts[fitting], text.ends[fitting], wanted, edits)
    return first + fitting[close]


def _signs(piece: str, in_bytes: bool) -> Signs:
    """A piece of a pattern as code points or bytes."""
    return list(utf8(piece)) if in_bytes else [None if sign == "?" else ord(sign) for sign in piece]


def _in_order(text: TermSlice, pieces: list[Signs]) -> Ints:
    """The indexes of the terms made of the pieces in order, anchored at both ends."""
    head, *middle, tail = pieces if len(pieces) > 1 else [*pieces, []]
    sizes, shortest = text.ends - text.starts, sum(map(len, pieces))
    kept = np.flatnonzero(sizes >= shortest if len(pieces) > 1 else sizes == shortest)
    kept = kept[_matching_at(text.codes, head, text.starts[kept])]
    kept = kept[_matching_at(text.codes, tail, text.ends[kept] - len(tail))]
    codes, at, stop = text.codes, text.starts[kept] + len(head), text.ends[kept] - len(tail)
    for piece in filter(None, middle):
        codes, at, stop = _gathered(codes, at, stop)
        at = _next(_marks(codes, piece), at, stop) + len(piece)
        fits = np.flatnonzero(at <= stop)
        kept, at, stop = kept[fits], at[fits], stop[fits]
    return kept


def _matching_at(codes: Array, piece: Signs, starts: Ints) -> Ints:
    """The indexes of the starts at which a piece matches."""
    kept = np.arange(len(starts))
    for offset, code in enumerate(piece):
        if code is not None:
            kept = kept[codes[starts[kept] + offset] == code]
    return kept


def _gathered(codes: Array, at: Ints, stop: Ints) -> tuple[Array, Ints, Ints]:
    """The same slices of codes, compacted once they are a small part of the whole."""
    sizes = stop - at
    ends = np.cumsum(sizes)
    if 8 * sizes.sum() > len(codes):
        return codes, at, stop
    starts = ends - sizes
    return codes[np.repeat(at - starts, sizes) + np.arange(sizes.sum())], starts, ends


def _next(marks: Array, at: Ints, stop: Ints) -> Ints:
    """The next mark at or after each index; beyond `stop` if there is none."""
    window = marks.take(at >> 3) >> (at & 7).astype(np.uint64)
    marked: Ints = at + np.bitwise_count(~window & (window - np.uint64(1)))  # trailing zeros
    beyond = at + _WINDOW_BITS
    more = np.flatnonzero((window == 0) & (beyond < stop))
    if len(more):
        marked[more] = _next(marks, beyond[more], stop[more])
    return marked


def _marks(codes: Array, piece: Signs) -> Array:
    """A bit set of where a piece matches, as overlapping 64-bit windows, one starting at every byte."""
    marks = np.ones(len(codes), np.bool_)
    for offset, code in enumerate(piece):
        if code is not None:
            marks[: max(len(codes) - offset, 0)] &= codes[offset:] == code
    packed = np.append(np.packbits(marks, bitorder="little"), np.zeros(8, np.uint8))
    return np.ndarray((len(packed) - 7,), "<u8", packed, 0, (1,))
