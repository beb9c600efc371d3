"""A sorted term dictionary, with lookup by exact term and by prefix."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.work.once import kept_for_all

__all__ = ["TermDictionary", "TermSlice", "prefix_range", "term_slice", "utf8"]

_SIGNPOST_TERMS = 64
"""Every 64th term is a signpost, where a lookup starts."""

_MAX_FOUND = 16_384
"""Terms looked up before whose ordinals are kept, some 100 bytes each."""

_MAX_TERMS_ONE_BY_ONE = 8
"""Up to this many terms are looked up one by one, since words of a query are asked for again and again."""

Array = NDArray[Any]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class TermDictionary:
    """Terms in byte order: a UTF-8 blob in which term i ends before `ends[i]`; may be memory-mapped."""

    blob: NDArray[np.uint8]
    ends: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, ordinal: int) -> str:
        at = range(len(self))[ordinal]
        start = self.ends[at - 1] if at else 0
        return bytes(self.blob.data[start : self.ends[at]]).decode()

    def between(self, first: int, last: int) -> list[str]:
        """The terms from `first` up to `last`, read together."""
        if first >= last:
            return []
        start = int(self.ends[first - 1]) if first else 0
        ends = self.ends[first:last].tolist()
        whole = bytes(self.blob.data[start : ends[-1]])
        bounds = zip([start, *ends], ends, strict=False)
        return [whole[begin - start : end - start].decode() for begin, end in bounds]

    @kept_for_all
    def _signposts(self) -> list[bytes]:
        """Every 64th term, searched first so that few terms must be decoded from the blob."""
        cut = _cutter(self, len(self.blob))
        return [cut(at) for at in range(0, len(self), _SIGNPOST_TERMS)]

    @kept_for_all
    def _found(self) -> dict[str, int]:
        """The ordinals of terms looked up before."""
        return {}

    def find(self, term: str) -> int:
        """The ordinal of a term; -1 if it is absent."""
        ordinal = self._found.get(term)
        if ordinal is None:
            if len(self._found) >= _MAX_FOUND:
                self._found.clear()
            ordinal = self._found[term] = self._search(term)
        return ordinal

    def _search(self, term: str) -> int:
        key = utf8(term)
        at = self.lower_bound(key)
        return at if at < len(self) and _cutter(self, len(key) + 1)(at) == key else -1

    def lower_bound(self, key: bytes) -> int:
        """The ordinal of the first term that is not before a key in byte order."""
        behind = bisect_left(self._signposts, key) * _SIGNPOST_TERMS
        first, last = max(behind - _SIGNPOST_TERMS, 0), min(behind, len(self))
        return bisect_left(range(len(self)), key, first, last, key=_cutter(self, len(key) + 1))

    def find_all(self, terms: Sequence[str]) -> Ints:
        """The ordinals of some terms; -1 for those that are absent."""
        return np.array(self.find_each(terms), np.int64)

    def find_each(self, terms: Sequence[str]) -> list[int]:
        """The same as Python's numbers."""
        if len(terms) <= _MAX_TERMS_ONE_BY_ONE:
            return list(map(self.find, terms))
        return self._find_at_once(terms)

    def _find_at_once(self, terms: Sequence[str]) -> list[int]:
        """The ordinals, found by the first bytes of all terms together."""
        keys = list(map(utf8, terms))
        wanted = np.array([_number(key) for key in keys], np.uint64)
        alike = zip(
            self._beginnings.searchsorted(wanted).tolist(),
            self._beginnings.searchsorted(wanted, "right").tolist(),
            strict=True,
        )
        return [self._find_between(key, *span) for key, span in zip(keys, alike, strict=True)]

    def _find_between(self, key: bytes, first: int, last: int) -> int:
        """The ordinal of a term that is not before `first` nor after the one before `last`; -1 if absent."""
        if first == last:
            return -1
        cut = _cutter(self, len(key) + 1)
        at = bisect_left(range(last), key, first, last, key=cut) if last > first + 1 else first
        return at if at < last and cut(at) == key else -1

    @kept_for_all
    def _beginnings(self) -> NDArray[np.uint64]:
        """The first eight bytes of each term as a number, filled up with zeros."""
        starts, ends = _bounds(self.ends, 0, len(self))
        eights: Array = np.ndarray((len(self.blob) + 1,), ">u8", self.blob.tobytes() + bytes(8), strides=(1,))
        beyond = 8 * np.clip(8 - (ends - starts), 0, 7).astype(np.uint64)
        beginnings: NDArray[np.uint64] = eights[starts].astype(np.uint64) >> beyond << beyond
        beginnings[ends == starts] = 0
        return beginnings


def _number(key: bytes) -> int:
    return int.from_bytes(key[:8].ljust(8, b"\0"), "big")


def utf8(text: str) -> bytes:
    """A text as the bytes by which terms are ordered."""
    # lone surrogates can be typed; as bytes they equal no term
    return text.encode("utf-8", "surrogatepass")


def _cutter(terms: TermDictionary, size: int) -> Callable[[int], bytes]:
    """A function that returns the first `size` bytes of a term."""
    blob, ends = terms.blob.data, terms.ends.data

    def cut(ordinal: int) -> bytes:
        start = ends[ordinal - 1] if ordinal else 0
        return bytes(blob[start : min(ends[ordinal], start + size)])

    return cut


def _bounds(ends: Array, first: int, last: int) -> tuple[Ints, Ints]:
    """Where the terms from `first` to `last` begin and end."""
    stops = ends[first:last].astype(np.int64)
    return np.append(int(ends[first - 1]) if first else 0, stops[:-1])[: len(stops)], stops


def prefix_range(terms: TermDictionary, prefix: str) -> tuple[int, int]:
    """The half-open range of the terms with this prefix."""
    key = utf8(prefix)
    behind = bytearray(key)
    while behind and behind[-1] == 0xFF:  # no byte comes after it
        behind.pop()
    if not behind:
        return terms.lower_bound(key), len(terms)
    behind[-1] += 1
    return terms.lower_bound(key), terms.lower_bound(bytes(behind))


@dataclass(frozen=True, slots=True)
class TermSlice:
    """Consecutive terms as one array of code points or bytes, and where each begins and ends."""

    codes: Array
    starts: Ints
    ends: Ints


def term_slice(terms: TermDictionary, first: int, last: int, in_bytes: bool = False) -> TermSlice:
    """The terms from `first` to `last`, as code points or bytes."""
    starts, ends = _bounds(terms.ends, first, last)
    begin, stop = (int(starts[0]), int(ends[-1])) if first < last else (0, 0)
    codes, starts, ends = np.asarray(terms.blob[begin:stop]), starts - begin, ends - begin
    if in_bytes or codes.max(initial=0) < 0x80:
        return TermSlice(codes, starts, ends)
    inner = np.flatnonzero((codes & 0xC0) == 0x80)  # continuation bytes
    points = np.frombuffer(codes.tobytes().decode().encode("utf-32-le"), "<u4")
    ends -= np.searchsorted(inner, ends)
    return TermSlice(points, np.append(0, ends[:-1]), ends)
