"""Phrase matching: finds the documents with words in order by joining whole arrays of positions.

Positions run on through all documents of a segment, with gaps between texts, so that one number
identifies both the document and the word in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.arrays import Bools
from index.engines.whoosh.segment.reader import Field, Segment, TermPostings
from kb.work.budget import within_budget

__all__ = ["among", "phrase"]

Positions = NDArray[np.uint32]
Chosen = NDArray[np.int64]
"""Indexes into a word's positions, ascending."""

Span = tuple[int, int]

_SPARSE, _FEW_POSITIONS = 4, 2_048
"""Binary search is fastest if a list of positions is this many times shorter than another, or this short."""

_SCATTERED = 100
"""Merging beats flags if the lists hold fewer than one in this many positions: flags must be set up for each
block in which both have any."""

_MAX_MERGED = (1 << 31) - 1_024
"""Positions below this leave one of 32 bits free, and room for a step."""

_FEW_OF_TERM = 24
"""Looking up the document of one position costs as much as writing out those of this many."""

_BLOCK = 1 << 20
"""Positions flagged at a time, one byte each."""


@dataclass(frozen=True, slots=True)
class _FormPositions:
    """Where a form begins and ends (later, for a compound), in order of its beginnings."""

    begins: Positions
    ends: Positions


def phrase(
    segment: Segment,
    field: str,
    forms: Sequence[str],
    slop: int,
    compounds: bool = True,
    known: Mapping[str, int] | None = None,
    every: bool = False,
) -> NDArray[np.uint32]:
    """The documents that have the forms in order, with at most `slop` other words between two.

    Only documents that a search may find; with `every`, all live ones.

    With `compounds`, a form that spans several words ends at the last of them. `known` are the ordinals of
    the forms where they were looked up before.
    """
    words_field = segment.field(field)
    if known is not None:
        ordinals = [known[form] for form in forms]
    else:
        ordinals = _ordinals(words_field, forms) if words_field else []
    if not words_field or not ordinals:
        return np.zeros(0, np.uint32)
    ends = segment.field(f"{field}_end") if compounds else None
    by_ordinal = zip(ordinals, forms, strict=True)
    distinct = {ordinal: _form_positions(words_field, ends, ordinal, form) for ordinal, form in by_ordinal}
    words = [distinct[ordinal] for ordinal in ordinals]
    if slop == 0 and all(word.ends is word.begins for word in words):
        at, kept = _adjacent(words)
    else:
        at, kept = len(words) - 1, _in_order(words, slop)
    mask = segment.alive if every else segment.retrievable
    return _documents(mask, words_field.all_postings(ordinals[at]), kept)


def _ordinals(field: Field, forms: Sequence[str]) -> list[int]:
    """The ordinals of the forms; none if the field lacks any of them."""
    known: dict[str, int] = {}
    for form in within_budget(dict.fromkeys(forms), 16):
        known[form] = field.terms.find(form)
        if known[form] < 0:
            return []
    return [known[form] for form in forms]


def _form_positions(field: Field, ends: Field | None, ordinal: int, form: str) -> _FormPositions:
    begins = field.positions(ordinal)
    at = ends.terms.find(form) if ends else -1
    if ends is None or at < 0:
        return _FormPositions(begins, begins)
    last = ends.positions(at)
    reached = begins.copy()
    reached[begins.searchsorted(last, "right") - 1] = last
    return _FormPositions(begins, reached)


def _adjacent(words: Sequence[_FormPositions]) -> tuple[int, Chosen]:
    """Which of the words is the rarest, and which of its positions have all others next to it in order."""
    order = sorted(range(len(words)), key=lambda at: len(words[at].begins))
    rarest, *others = order
    kept = None
    for at in within_budget(others):
        begins = words[rarest].begins
        positions = begins if kept is None else begins.take(kept)
        matching = np.flatnonzero(among(positions, words[at].begins, at - rarest))
        kept = matching if kept is None else kept.take(matching)
    return rarest, np.arange(len(words[rarest].begins)) if kept is None else kept


def _in_order(words: Sequence[_FormPositions], slop: int) -> Chosen:
    """Which positions of the last word end the phrase, found word by word from the first."""
    reached, kept = words[0].ends, np.arange(len(words[0].begins))
    for word in within_budget(words[1:]):
        reached = np.sort(reached, kind="stable")  # fastest when nearly in order
        kept = np.flatnonzero(_behind(word.begins, reached, slop))
        reached = word.ends[kept]
    return kept


def _behind(begins: Positions, reached: Positions, slop: int) -> NDArray[np.bool_]:
    """Which beginnings follow a position reached, with at most `slop` words between."""
    if slop == 0 or not len(reached):
        return among(begins, reached, -1)
    before = reached.searchsorted(begins) - 1
    return (before >= 0) & (begins - reached[np.maximum(before, 0)] <= slop + 1)


def among(positions: Positions, others: Positions, step: int) -> NDArray[np.bool_]:
    """For which positions p the others include p + `step`; both are ascending."""
    if not len(positions) or not len(others):
        return np.zeros(len(positions), np.bool_)
    if len(positions) <= max(_FEW_POSITIONS, len(others) // _SPARSE):
        wanted = positions.astype(np.int64) + step
        at = others.searchsorted(np.maximum(wanted, 0).astype(np.uint32))  # the same type, to avoid a copy
        same: NDArray[np.bool_] = others[np.minimum(at, len(others) - 1)] == wanted
        return same
    if (len(positions) + len(others)) * _SCATTERED < int(others[-1]) < _MAX_MERGED:
        return _followed(positions + max(step, 0), others + max(-step, 0))
    present = np.zeros(len(positions), np.bool_)
    for (start, end), (first, last), begin in _blocks(positions, others, step):
        flags = np.zeros(_BLOCK, np.bool_)
        flags[others[first:last].astype(np.intp) - begin] = True
        present[start:end] = flags.take(positions[start:end].astype(np.intp) + (step - begin))
    return present


def _followed(positions: Positions, others: Positions) -> NDArray[np.bool_]:
    """Which of some positions are among the others, by a stable sort of both, which merges two runs fast."""
    both = np.concatenate((positions << 1, others << 1 | 1))
    both.sort(kind="stable")
    mine = (both & 1 == 0).nonzero()[0]
    after: NDArray[np.bool_] = both.take(mine + 1, mode="clip") == both.take(mine) + 1
    return after


def _blocks(positions: Positions, others: Positions, step: int) -> Iterator[tuple[Span, Span, int]]:
    """The slices of both that fall into each block of positions; flags for one block fit in the CPU cache."""
    bounds = np.arange(0, int(others[-1]) + _BLOCK + 1, _BLOCK)
    mine = positions.searchsorted(np.maximum(bounds - step, 0).astype(np.uint32)).tolist()
    theirs = others.searchsorted(bounds.astype(np.uint32)).tolist()
    for at, begin in enumerate(bounds[:-1].tolist()):
        if mine[at] < mine[at + 1] and theirs[at] < theirs[at + 1]:
            yield (mine[at], mine[at + 1]), (theirs[at], theirs[at + 1]), begin


def _documents(mask: Bools | None, postings: TermPostings, kept: Chosen) -> NDArray[np.uint32]:
    """The documents of a term's chosen positions, as far as they are in the mask."""
    if postings.freqs is None or not len(kept):
        return np.zeros(0, np.uint32)
    ends = np.cumsum(postings.freqs, dtype=np.int64)
    if len(kept) * _FEW_OF_TERM < ends[-1]:
        docs = postings.docs.take(ends.searchsorted(kept, "right"))
    else:
        docs = postings.docs.repeat(postings.freqs.astype(np.intp)).take(kept)
    docs = docs.take(np.flatnonzero(np.append(True, docs[1:] != docs[:-1])))
    return docs if mask is None else docs.compress(mask.take(docs))
