"""The words that frequent phrases are counted in: all, or those of evenly spaced blocks of the segments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from index.engines import phrase_counting
from index.engines.phrase_counting import FieldWords, sample_spread
from index.engines.whoosh.arrays import Array, Ints
from index.engines.whoosh.segment.reader import Segment

__all__ = ["phrase_sample"]


def phrase_sample(segments: Sequence[Segment]) -> tuple[list[FieldWords], int]:
    """The words of each segment's texts and headings, and the spread of the sample."""
    fields = [(segment, name) for segment in segments for name in ("text", "heading")]
    spread = sample_spread(sum(int(segment.bases(name)[-1]) for segment, name in fields))
    found = [(segment, name, segment.field(name)) for segment, name in fields]
    return [
        FieldWords(name, field.terms, *_sampled(segment, name, spread))
        for segment, name, field in found
        if field and len(field.terms)
    ], spread


def _sampled(segment: Segment, name: str, spread: int) -> tuple[Ints, Ints]:
    """The words of one block in every 2 ** spread, in text order, and their positions.

    Of a compound and its first part, which share a position, the part is taken.
    """
    every = segment.file.array(f"{name}.positions")
    chosen = np.concatenate([np.zeros(0, np.int64), *_chosen(every, spread)])
    positions = every[chosen].astype(np.int64)
    ordinals = segment.file.array(f"{name}.position_ends").searchsorted(chosen.astype(np.uint32), "right")
    if segment.retrievable is not None:
        kept = segment.retrievable[segment.bases(name).searchsorted(positions, "right") - 1]
        positions, ordinals = positions[kept], ordinals[kept]
    order = np.argsort(positions, kind="stable")
    positions, ordinals = positions[order], ordinals[order]
    first = np.append(True, positions[1:] != positions[:-1])[: len(positions)]
    return ordinals[first], positions[first]


def _chosen(positions: Array, spread: int) -> Iterator[Ints]:
    """Which positions belong to the sample, in chunks that bound memory."""
    for start in range(0, len(positions), phrase_counting.SAMPLE_POSITIONS):
        blocks = np.right_shift(
            positions[start : start + phrase_counting.SAMPLE_POSITIONS], phrase_counting.BLOCK_BITS
        )
        yield start + np.flatnonzero(blocks & ((1 << spread) - 1) == 0)
