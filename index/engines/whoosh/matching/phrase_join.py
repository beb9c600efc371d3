"""Phrases: which documents have words in order, found by joining positions in bulk.

Positions count through all documents of a segment with gaps between texts, so that one number
says document and place, and a phrase is arithmetic on whole arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.segment.reader import Field, Segment, TermPostings

__all__ = ["among", "phrase"]

Positions = NDArray[np.uint32]
Chosen = NDArray[np.int64]
"""Which of a word's places, by number, ascending."""

Span = tuple[int, int]

_SPARSE = 24
"""So many times fewer places than others, and it is cheaper to look each up than to flag all."""

_BLOCK = 1 << 20
"""Positions that are flagged at a time, a byte for each."""


@dataclass(frozen=True, slots=True)
class _FormPositions:
    """Where a form begins and where it ends, which for a compound is later; both ascending by beginning."""

    begins: Positions
    ends: Positions


def phrase(
    segment: Segment, field: str, forms: Sequence[str], slop: int, compounds: bool = True
) -> NDArray[np.uint32]:
    """The live documents that have the forms in order, at most `slop` further words between two.

    With `compounds` a form that stands for several words ends at the last of them.
    """
    found = segment.field(field)
    ordinals = [found.terms.find(form) for form in forms] if found else [-1]
    if not found or not forms or min(ordinals) < 0:
        return np.zeros(0, np.uint32)
    ends = segment.field(f"{field}_end") if compounds else None
    given = zip(ordinals, forms, strict=True)
    distinct = {ordinal: _word(found, ends, ordinal, form) for ordinal, form in given}
    words = [distinct[ordinal] for ordinal in ordinals]
    if slop == 0 and all(word.ends is word.begins for word in words):
        at, kept = _together(words)
    else:
        at, kept = len(words) - 1, _in_turn(words, slop)
    return _documents(segment, found.all_postings(ordinals[at]), kept)


def _word(field: Field, ends: Field | None, ordinal: int, form: str) -> _FormPositions:
    begins = field.positions(ordinal)
    at = ends.terms.find(form) if ends else -1
    if ends is None or at < 0:
        return _FormPositions(begins, begins)
    last = ends.positions(at)
    reached = begins.copy()
    reached[begins.searchsorted(last, "right") - 1] = last
    return _FormPositions(begins, reached)


def _together(words: Sequence[_FormPositions]) -> tuple[int, Chosen]:
    """Which is the rarest of words that follow each other without gap, and where it stands among them."""
    order = sorted(range(len(words)), key=lambda at: len(words[at].begins))
    rarest, *others = order
    kept = None
    for at in others:
        begins = words[rarest].begins
        places = begins if kept is None else begins.take(kept)
        here = np.flatnonzero(among(places, words[at].begins, at - rarest))
        kept = here if kept is None else kept.take(here)
    return rarest, np.arange(len(words[rarest].begins)) if kept is None else kept


def _in_turn(words: Sequence[_FormPositions], slop: int) -> Chosen:
    """Which places of the last word end the phrase, found word by word from the first."""
    reached, kept = words[0].ends, np.arange(len(words[0].begins))
    for word in words[1:]:
        reached = np.sort(reached, kind="stable")  # quickest for what is nearly in order
        kept = np.flatnonzero(_behind(word.begins, reached, slop))
        reached = word.ends[kept]
    return kept


def _behind(begins: Positions, reached: Positions, slop: int) -> NDArray[np.bool_]:
    """Which places come at most `slop` words after one that was reached."""
    if slop == 0 or not len(reached):
        return among(begins, reached, -1)
    before = reached.searchsorted(begins) - 1
    return (before >= 0) & (begins - reached[np.maximum(before, 0)] <= slop + 1)


def among(places: Positions, others: Positions, step: int) -> NDArray[np.bool_]:
    """Which of the places have another `step` behind them; both ascending."""
    if not len(places) or not len(others):
        return np.zeros(len(places), np.bool_)
    if len(places) * _SPARSE < len(others):
        wanted = places.astype(np.int64) + step
        at = others.searchsorted(np.maximum(wanted, 0).astype(np.uint32))  # of one type: nothing is copied
        same: NDArray[np.bool_] = others[np.minimum(at, len(others) - 1)] == wanted
        return same
    found = np.zeros(len(places), np.bool_)
    for (start, end), (first, last), begin in _blocks(places, others, step):
        flags = np.zeros(_BLOCK, np.bool_)
        flags[others[first:last].astype(np.intp) - begin] = True
        found[start:end] = flags.take(places[start:end].astype(np.intp) + (step - begin))
    return found


def _blocks(places: Positions, others: Positions, step: int) -> Iterator[tuple[Span, Span, int]]:
    """What of both falls into each block of positions: flags for one block stay in the processor's cache."""
    bounds = np.arange(0, int(others[-1]) + _BLOCK + 1, _BLOCK)
    mine = places.searchsorted(np.maximum(bounds - step, 0).astype(np.uint32)).tolist()
    theirs = others.searchsorted(bounds.astype(np.uint32)).tolist()
    for at, begin in enumerate(bounds[:-1].tolist()):
        if mine[at] < mine[at + 1] and theirs[at] < theirs[at + 1]:
            yield (mine[at], mine[at + 1]), (theirs[at], theirs[at + 1]), begin


def _documents(segment: Segment, postings: TermPostings, kept: Chosen) -> NDArray[np.uint32]:
    """The live documents of the chosen among a term's places."""
    if postings.freqs is None or not len(kept):
        return np.zeros(0, np.uint32)
    ends = np.cumsum(postings.freqs, dtype=np.int64)
    if len(kept) * _SPARSE < ends[-1]:
        docs = postings.docs[ends.searchsorted(kept, "right")]
    else:
        docs = postings.docs.repeat(postings.freqs.astype(np.intp)).take(kept)
    docs = docs.take(np.flatnonzero(np.append(True, docs[1:] != docs[:-1])))
    return docs if segment.alive is None else docs.compress(segment.alive.take(docs))
