"""Frequent phrases of a collection, its terms of art, found by counting.

In scripts without spaces a word is a cluster, so the phrases are stretches of text that come again.

Large collections are sampled in evenly spaced blocks of text, so that counting takes about the same
time whatever the size.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from index.analysis.content_words import is_content_word
from index.analysis.pairs import has_particle
from index.analysis.stemming import ENGLISH_LANGUAGE
from index.analysis.stop_words import stop_words
from index.engines.whoosh.arrays import Array, Ints
from index.engines.whoosh.segment.reader import Field, Segment
from kb.text.scripts import has_unspaced, without_gaps

__all__ = ["frequent_phrases"]

_SAMPLE_POSITIONS = 1 << 19
"""Word positions read: between this many and twice as many."""

_BLOCK_BITS = 10
"""Binary logarithm of the positions in one block of the sample."""

_MAX_PHRASE_WORDS, _MAX_PHRASE_CLUSTERS = 8, 16
"""Words in a phrase; clusters, where words are written without spaces."""

_MIN_UNSPACED_CHARS = 4
"""What is shorter is hardly a word in scripts whose letters have signs; two Han characters may be."""

_SUBPHRASE_SHARE = 0.7
"""A phrase is dropped if at least this share of its occurrences is within the same longer one."""

_HAN = re.compile("[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_HIRAGANA = re.compile("[\u3041-\u309f]")
"""What Japanese words end in, and what connects them."""

_CONNECTING_WORDS = frozenset(
    ["a", "against", "an", "and", "between", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]
)
"""Those of English; of other languages all stop words."""


def frequent_phrases(segments: Sequence[Segment], limit: int, languages: Sequence[str]) -> list[str]:
    """The most frequent phrases of two to eight words in these languages, the most frequent first."""
    fields = [(segment, name) for segment in segments for name in ("text", "heading")]
    positions = sum(int(segment.bases(name)[-1]) for segment, name in fields)
    spread = (positions // _SAMPLE_POSITIONS).bit_length() - 1 if positions > _SAMPLE_POSITIONS else 0
    counts: Counter[str] = Counter()
    for segment, name in fields:
        if (field := segment.field(name)) and len(field.terms):
            sampled = _sampled(segment, name, spread)
            counts.update(dict(_phrases(field, *sampled, 3 if spread else 2, languages)))
    phrases = _without_subphrases(dict(counts.most_common(2 * limit)))
    return [text for text in map(without_gaps, phrases) if _is_long_enough(text)][:limit]


def _is_long_enough(text: str) -> bool:
    return not has_unspaced(text) or len(text) >= _MIN_UNSPACED_CHARS or _HAN.search(text) is not None


def _is_telling_cluster(text: str) -> bool:
    """Whether a word is a cluster with which a phrase may begin or end."""
    return has_unspaced(text) and not (text.isdigit() or has_particle(text) or _HIRAGANA.match(text))


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
    for start in range(0, len(positions), _SAMPLE_POSITIONS):
        blocks = np.right_shift(positions[start : start + _SAMPLE_POSITIONS], _BLOCK_BITS)
        yield start + np.flatnonzero(blocks & ((1 << spread) - 1) == 0)


def _connecting_words(languages: Sequence[str]) -> frozenset[str]:
    """Words that may occur inside a phrase, but neither begin nor end it."""
    others = (stop_words(language) for language in languages if language != ENGLISH_LANGUAGE)
    return _CONNECTING_WORDS.union(*others)


def _phrases(
    field: Field, ordinals: Ints, positions: Ints, least: int, languages: Sequence[str]
) -> Iterator[tuple[str, int]]:
    """Phrases that occur at least `least` times, with their counts.

    They grow by one word at a time, and only frequent ones grow further; `ranks` numbers the
    distinct phrases so far.
    """
    texts = _texts(field, ordinals, least)
    connecting = _connecting_words(languages)
    clusters = np.array([has_unspaced(text) for text in texts], np.bool_)[ordinals]
    telling = np.array(
        [is_content_word(text, languages) or _is_telling_cluster(text) for text in texts], np.bool_
    )[ordinals]
    part = telling | clusters | np.array([text in connecting for text in texts], np.bool_)[ordinals]
    starts = np.flatnonzero(telling)
    ranks = ordinals[starts]
    for size in range(2, _MAX_PHRASE_CLUSTERS + 1):
        if size > _MAX_PHRASE_WORDS:
            kept = clusters[starts]
            starts, ranks = starts[kept], ranks[kept]
        last = starts + (size - 1)
        adjacent = last < len(positions)
        adjacent[adjacent] = part[last[adjacent]] & (
            positions[last[adjacent]] == positions[starts[adjacent]] + (size - 1)
        )
        starts, last, ranks = starts[adjacent], last[adjacent], ranks[adjacent]
        _, first, ranks, counts = np.unique(ranks << 32 | ordinals[last], True, True, True)
        for at in np.flatnonzero((counts >= least) & telling[last[first]]).tolist():
            begin = int(starts[first[at]])
            yield " ".join(map(texts.__getitem__, ordinals[begin : begin + size].tolist())), int(counts[at])
        frequent = counts[ranks] >= least
        starts, ranks = starts[frequent], ranks[frequent]


def _texts(field: Field, ordinals: Ints, least: int) -> list[str]:
    """The words that occur at least `least` times, by ordinal; empty for others."""
    counts = np.bincount(ordinals, minlength=len(field.terms))
    texts = [""] * len(field.terms)
    for ordinal in np.flatnonzero(counts >= least).tolist():
        texts[ordinal] = field.terms[ordinal]
    return texts


def _without_subphrases(counts: Mapping[str, int]) -> list[str]:
    """The phrases without those that occur mostly within the same longer one."""
    within = set()
    for text, count in counts.items():
        parts = text.split()
        for size in range(2, len(parts)):
            for start in range(len(parts) - size + 1):
                part = " ".join(parts[start : start + size])
                if count >= _SUBPHRASE_SHARE * counts.get(part, 0):
                    within.add(part)
    return [text for text in counts if text not in within]
