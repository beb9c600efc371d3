"""Which words often stand together in a collection: its terms of art, found by counting.

What is frequent shows in a sample: stretches of text, evenly spread, and so many of them that
counting takes a moment whatever the size of the collection.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from index.analysis.content_words import is_content_word
from index.engines.whoosh.arrays import Array, Ints
from index.engines.whoosh.segment.reader import Field, Segment

__all__ = ["frequent_sequences"]

_SAMPLE_POSITIONS = 1 << 19
"""Places of words that are looked at: so many to twice as many."""

_BLOCK_BITS = 10
"""Binary logarithm of the places of one stretch of the sample."""

_MAX_PHRASE_WORDS = 8
"""Words of a sequence at most."""

_SUBPHRASE_SHARE = 0.7
"""A sequence of which so much stands within a longer one is not told apart from it."""

_CONNECTING_WORDS = frozenset(
    ["a", "against", "an", "and", "between", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]
)
"""Words that may stand within a sequence, but neither begin nor end it."""


def frequent_sequences(segments: Sequence[Segment], most: int) -> list[str]:
    """The most frequent sequences of two to eight words, the most frequent first."""
    fields = [(segment, name) for segment in segments for name in ("text", "heading")]
    places = sum(int(segment.bases(name)[-1]) for segment, name in fields)
    spread = (places // _SAMPLE_POSITIONS).bit_length() - 1 if places > _SAMPLE_POSITIONS else 0
    counts: Counter[str] = Counter()
    for segment, name in fields:
        if (field := segment.field(name)) and len(field.terms):
            counts.update(dict(_sequences(field, *_sampled(segment, name, spread), 3 if spread else 2)))
    return _told_apart(dict(counts.most_common(2 * most)))[:most]


def _sampled(segment: Segment, name: str, spread: int) -> tuple[Ints, Ints]:
    """The words of one stretch of every 2 ** spread, in the order of the text, and their places.

    Of a compound and its first part, which share a place, the part is taken.
    """
    every = segment.file.array(f"{name}.positions")
    chosen = np.concatenate([np.zeros(0, np.int64), *_chosen(every, spread)])
    places = every[chosen].astype(np.int64)
    ordinals = segment.file.array(f"{name}.position_ends").searchsorted(chosen.astype(np.uint32), "right")
    if segment.alive is not None:
        alive = segment.alive[segment.bases(name).searchsorted(places, "right") - 1]
        places, ordinals = places[alive], ordinals[alive]
    order = np.argsort(places, kind="stable")
    places, ordinals = places[order], ordinals[order]
    first = np.append(True, places[1:] != places[:-1])[: len(places)]
    return ordinals[first], places[first]


def _chosen(places: Array, spread: int) -> Iterator[Ints]:
    """Which of the places belong to the sample; some at a time, for there are many."""
    for start in range(0, len(places), _SAMPLE_POSITIONS):
        stretches = np.right_shift(places[start : start + _SAMPLE_POSITIONS], _BLOCK_BITS)
        yield start + np.flatnonzero(stretches & ((1 << spread) - 1) == 0)


def _sequences(field: Field, ordinals: Ints, places: Ints, least: int) -> Iterator[tuple[str, int]]:
    """Sequences that stand so often at least, and how often.

    They grow by one word at a time, and only those that are frequent go on; `ranks` numbers what
    has been read of each.
    """
    texts = _texts(field, ordinals, least)
    telling = np.array([is_content_word(text) for text in texts], np.bool_)[ordinals]
    part = telling | np.array([text in _CONNECTING_WORDS for text in texts], np.bool_)[ordinals]
    starts = np.flatnonzero(telling)
    ranks = ordinals[starts]
    for size in range(2, _MAX_PHRASE_WORDS + 1):
        last = starts + (size - 1)
        beside = last < len(places)
        beside[beside] = part[last[beside]] & (places[last[beside]] == places[starts[beside]] + (size - 1))
        starts, last, ranks = starts[beside], last[beside], ranks[beside]
        _, first, ranks, counts = np.unique(ranks << 32 | ordinals[last], True, True, True)
        for at in np.flatnonzero((counts >= least) & telling[last[first]]).tolist():
            begin = int(starts[first[at]])
            yield " ".join(map(texts.__getitem__, ordinals[begin : begin + size].tolist())), int(counts[at])
        frequent = counts[ranks] >= least
        starts, ranks = starts[frequent], ranks[frequent]


def _texts(field: Field, ordinals: Ints, least: int) -> list[str]:
    """The words that stand so often at least, by ordinal; nothing for others."""
    counts = np.bincount(ordinals, minlength=len(field.terms))
    texts = [""] * len(field.terms)
    for ordinal in np.flatnonzero(counts >= least).tolist():
        texts[ordinal] = field.terms[ordinal]
    return texts


def _told_apart(counts: Mapping[str, int]) -> list[str]:
    """The sequences without those that nearly always stand within the same longer one."""
    within = set()
    for text, count in counts.items():
        parts = text.split()
        for size in range(2, len(parts)):
            for start in range(len(parts) - size + 1):
                part = " ".join(parts[start : start + size])
                if count >= _SUBPHRASE_SHARE * counts.get(part, 0):
                    within.add(part)
    return [text for text in counts if text not in within]
