"""Frequent phrases of a collection, its terms of art, found by counting and tested against chance.

An engine gives the words of its texts, or of a sample of them; what is a phrase is decided here for all.

Words side by side by accident, such as *binds the States*, are not a phrase: a phrase neither begins nor ends
with a stop word, and its last word belongs to those before it (`index.analysis.collocation`).

In scripts without spaces a word is a cluster, so the phrases are stretches of text that recur.

Large collections are sampled in evenly spaced blocks of text, so that counting takes about the same
time whatever the size.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.analysis.collocation import SIGNIFICANT, SURE, log_likelihood
from index.analysis.content_words import is_content_word
from index.analysis.pairs import has_particle
from index.analysis.stemming import ENGLISH_LANGUAGE
from index.analysis.stop_words import stop_words
from index.backend import Ints
from kb.text.scripts import has_unspaced, without_gaps

__all__ = ["BLOCK_BITS", "SAMPLE_POSITIONS", "FieldWords", "frequent_phrases", "sample_spread"]

SAMPLE_POSITIONS = 1 << 19
"""Word positions read: between this many and twice as many."""

BLOCK_BITS = 10
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
"""English words that may occur inside a phrase; in other languages, any stop word may."""

_ARTICLES = frozenset(["a", "an", "the"])


class Terms(Protocol):
    """The terms of a field by ordinal, sorted."""

    def __len__(self) -> int: ...

    def __getitem__(self, ordinal: int, /) -> str: ...


class FieldWords(NamedTuple):
    """The words of one field, `text` or `heading`, in the order of the text.

    Word n is `terms[ordinals[n]]`, at `positions[n]`. Words of two texts are never at
    neighbouring positions.
    """

    field: str
    terms: Terms
    ordinals: Ints
    positions: Ints


def sample_spread(positions: int) -> int:
    """Binary logarithm of the sampling interval: one block of text in so many is read."""
    return (positions // SAMPLE_POSITIONS).bit_length() - 1 if positions > SAMPLE_POSITIONS else 0


class _Enough(NamedTuple):
    """How often a phrase occurs while it grows and at last, and what its likelihood ratio must reach."""

    growing: int
    words: int
    ratio: float


def _enough(field: str, spread: int, languages: Sequence[str]) -> _Enough:
    """Texts in several languages hold less of each, and headings are phrases in any case."""
    least = 3 if spread else 2
    if field == "heading" or tuple(languages) != (ENGLISH_LANGUAGE,):
        return _Enough(least, least, SIGNIFICANT)
    return _Enough(least, 3 if spread else 4, SURE)


def frequent_phrases(
    fields: Iterable[FieldWords], spread: int, limit: int, languages: Sequence[str]
) -> list[str]:
    """The most frequent phrases of two to eight words in these languages, the most frequent first.

    `spread` is that of the sample from which the words are (`sample_spread`).
    """
    counts: Counter[str] = Counter()
    for words in fields:
        if len(words.terms):
            counts.update(dict(_phrases(words, _enough(words.field, spread, languages), languages)))
    phrases = _without_subphrases(dict(counts.most_common(2 * limit)))
    return [text for text in map(without_gaps, phrases) if _is_long_enough(text)][:limit]


def _is_long_enough(text: str) -> bool:
    return not has_unspaced(text) or len(text) >= _MIN_UNSPACED_CHARS or _HAN.search(text) is not None


def _is_telling_cluster(text: str) -> bool:
    """Whether a word is a cluster with which a phrase may begin or end."""
    return has_unspaced(text) and not (text.isdigit() or has_particle(text) or _HIRAGANA.match(text))


def _connecting_words(languages: Sequence[str]) -> frozenset[str]:
    """Words that may occur inside a phrase, but neither begin nor end it."""
    others = (stop_words(language) for language in languages if language != ENGLISH_LANGUAGE)
    return _CONNECTING_WORDS.union(*others)


def _phrases(words: FieldWords, enough: _Enough, languages: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Phrases that occur often enough, and more often than by chance, with their counts.

    They grow by one word at a time, and only frequent ones grow further; `ranks` numbers the
    distinct phrases so far, `before` says how often each occurs without its last word.
    """
    least = enough.growing
    ordinals, positions = words.ordinals, words.positions
    texts = _texts(words.terms, ordinals, least)
    connecting = _connecting_words(languages)
    clusters = np.array([has_unspaced(text) for text in texts], np.bool_)[ordinals]
    telling = np.array(
        [is_content_word(text, languages) or _is_telling_cluster(text) for text in texts], np.bool_
    )[ordinals]
    part = telling | clusters | np.array([text in connecting for text in texts], np.bool_)[ordinals]
    part &= clusters | ~_stray_articles(texts, ordinals, languages)
    starts = np.flatnonzero(telling)
    ranks = ordinals[starts]
    frequencies = np.bincount(ordinals, minlength=len(texts))
    before = frequencies[ranks]
    for size in range(2, _MAX_PHRASE_CLUSTERS + 1):
        if size > _MAX_PHRASE_WORDS:
            kept = clusters[starts]
            starts, ranks, before = starts[kept], ranks[kept], before[kept]
        last = starts + (size - 1)
        adjacent = last < len(positions)
        adjacent[adjacent] = part[last[adjacent]] & (
            positions[last[adjacent]] == positions[starts[adjacent]] + (size - 1)
        )
        starts, last, ranks, before = starts[adjacent], last[adjacent], ranks[adjacent], before[adjacent]
        _, first, ranks, counts = np.unique(ranks << 32 | ordinals[last], True, True, True)
        ends = frequencies[ordinals[last[first]]]
        ratio = np.minimum(
            log_likelihood(counts, before[first], ends, len(ordinals)),
            log_likelihood(counts, frequencies[ordinals[starts[first]]], ends, len(ordinals)),
        )
        is_phrase = (counts >= enough.words) & (ratio >= enough.ratio)
        is_phrase |= (counts >= least) & clusters[starts[first]]  # for these, chance has no words to go by
        for at in np.flatnonzero(telling[last[first]] & is_phrase).tolist():
            begin = int(starts[first[at]])
            yield " ".join(map(texts.__getitem__, ordinals[begin : begin + size].tolist())), int(counts[at])
        frequent = counts[ranks] >= least
        starts, ranks, before = starts[frequent], ranks[frequent], counts[ranks[frequent]]


def _stray_articles(texts: Sequence[str], ordinals: Ints, languages: Sequence[str]) -> NDArray[np.bool_]:
    """Where an English article follows a word that does not connect, as in `binds the States`."""
    articles = np.array([text in _ARTICLES for text in texts], np.bool_)[ordinals]
    if ENGLISH_LANGUAGE not in languages or not articles.any():
        return np.zeros(len(ordinals), np.bool_)
    joining = np.array([text in _CONNECTING_WORDS - _ARTICLES for text in texts], np.bool_)[ordinals]
    return np.asarray(articles & ~np.append(False, joining[:-1]), np.bool_)


def _texts(terms: Terms, ordinals: Ints, least: int) -> list[str]:
    """The words that occur at least `least` times, by ordinal; empty for others."""
    counts = np.bincount(ordinals, minlength=len(terms))
    texts = [""] * len(terms)
    for ordinal in np.flatnonzero(counts >= least).tolist():
        texts[ordinal] = terms[ordinal]
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
