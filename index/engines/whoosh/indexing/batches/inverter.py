"""Writes passages as a segment file: analysed, inverted and written in bulk.

This runs in several processes at once, and does not depend on Whoosh.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analysis.analyzer import tokenize
from index.analysis.pairs import pair_forms
from index.analysis.stemming import ENGLISH_LANGUAGE
from index.engines.records.passage_record import read_values
from index.engines.whoosh.indexing.batches.lexicon import Lexicon, Tokens
from index.engines.whoosh.segment import postings, stored_records
from index.engines.whoosh.segment.postings import Postings, SortedTerms
from index.engines.whoosh.segment.writer import SegmentWriter, narrow
from index.english import ENGLISH
from kb.errors import IndexUnusable
from kb.ids import address
from kb.messages import Message
from kb.sources.unit_kinds import NO_HITS

__all__ = ["Batch", "IndexedDocument", "passages_in", "write_batch"]

_MAX_PASSAGE_CHARS = (1 << 23) - 1
"""The sort keys in `postings` have 23 bits for the frequency of a word."""


class IndexedDocument(NamedTuple):
    """Some passages of a document in a row, with everything that is indexed about them.

    They are read by the rules of its `language`; `title` has the stems of its title, `subpoint_titles` the
    titles of all sub-points. `records` has the passages from the one numbered `first` on. A tuple, as these
    go to other processes.
    """

    serial: int
    first: int
    id: str
    kind: str
    language: str
    language_ranges: tuple[str, ...]
    years: tuple[str, ...]
    title: tuple[str, ...]
    subpoint_titles: Mapping[str, str]
    records: Sequence[str]

    def part(self, begin: int, end: int | None = None) -> IndexedDocument:
        """This document with only some of its passages, counted from its first."""
        return self._replace(first=self.first + begin, records=self.records[begin:end])


Batch = Sequence[IndexedDocument]


def passages_in(batch: Batch) -> int:
    return sum(_sizes(batch))


def _sizes(batch: Batch) -> list[int]:
    """The number of passages of each document."""
    return [len(one.records) for one in batch]


class _Passages(NamedTuple):
    """The values of all passages of a batch that are indexed besides those of their documents.

    `pieces` are the distinct ones of a passage's heading, its locator and the titles of its sub-points.
    `english_titles` has the forms of the sub-points' titles for a passage in another language, which are
    read as English, too.
    """

    addresses: list[str]
    texts: list[str]
    themes: list[tuple[str, ...]]
    pieces: list[tuple[str, ...]]
    english_titles: list[tuple[str, ...]]
    retrievable: list[bool]

    @classmethod
    def of(cls, batch: Batch) -> _Passages:
        made = cls([], [], [], [], [], [])
        for one in batch:
            titles, foreign = one.subpoint_titles, one.language != ENGLISH_LANGUAGE
            for record in one.records:
                document, id, text, locator, heading, themes, *_, unit, _, _ = read_values(record)
                named = tuple([titles[theme] for theme in themes if theme in titles])
                made.addresses.append(address(document, id))
                made.texts.append(text)
                made.themes.append(tuple(themes))
                made.pieces.append(_distinct(heading, locator, *named))
                made.english_titles.append(_forms(named) if foreign else ())
                made.retrievable.append(unit not in NO_HITS)
        return made


def _distinct(*pieces: str) -> tuple[str, ...]:
    return tuple(filter(None, dict.fromkeys(pieces)))


@lru_cache(maxsize=1024)
def _forms(titles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.form for title in titles for word in tokenize(title)))


def write_batch(path: Path, batch: Batch, lexicon: Lexicon) -> Path:
    """Writes the segment file of some passages, which are its documents in this order.

    The lexicon caches analysed words, so one lexicon should serve many batches. Raises IndexUnusable
    for a passage that is too long.
    """
    passages, sizes = _Passages.of(batch), _sizes(batch)
    for named, words in zip(passages.addresses, passages.texts, strict=True):
        if len(words) > _MAX_PASSAGE_CHARS:
            raise IndexUnusable(Message("passage-too-long", address=named, limit=_MAX_PASSAGE_CHARS), ENGLISH)
    with SegmentWriter(path, lasting=False) as writer:
        texts = lexicon.tokens(passages.texts)
        headings = lexicon.tokens(list(chain.from_iterable(passages.pieces)))
        owners = np.cumsum([0, *map(len, passages.pieces)])
        forms = lexicon.terms()
        text = _write_words(writer, "text", forms, texts, texts.starts)
        heading = _write_words(writer, "heading", forms, headings, headings.starts[owners])
        languages = _LanguageMasks.of(batch, lexicon)
        titles = _english_titles(passages, lexicon)
        in_heading = languages.stemmed(heading)
        stemmed = [*languages.stemmed(text), *in_heading]
        spelt = [each for field in (text, heading) for each in languages.spelt(field)]
        text_pairs = _pairs(map(pair_forms, passages.texts))
        heading_pairs = _pairs(list(chain.from_iterable(map(pair_forms, each))) for each in passages.pieces)
        postings.write(
            writer, "stem", postings.by_stem([*stemmed, *spelt, *titles, text_pairs, heading_pairs])
        )
        postings.write(writer, "heading_stem", postings.by_stem([*in_heading, *titles, heading_pairs]))
        for name, made in _labels(batch, passages):
            postings.write(writer, name, made)
        serials = np.array([one.serial for one in batch], np.uint32)
        writer.add("serial", np.repeat(serials, sizes))
        ordinals = [range(one.first, one.first + size) for one, size in zip(batch, sizes, strict=True)]
        writer.add("ordinal", np.fromiter(chain.from_iterable(ordinals), np.uint32, sum(sizes)))
        writer.add("retrievable", np.array(passages.retrievable, np.uint8))
        stored_records.write(writer, [record for one in batch for record in one.records])
        writer.facts["documents"] = sum(sizes)
    return path


def _pairs(pairs: Iterable[Sequence[str]]) -> _Stemmed:
    """The postings of the pairs of each document, each its own stem."""
    made = postings.by_frequency(pairs)
    return made, list(made.terms)


def _write_words(
    writer: SegmentWriter, name: str, forms: SortedTerms, tokens: Tokens, bases: postings.Ints
) -> Postings:
    """Writes the forms, compound ends and lengths of one field of words; returns its postings."""
    by_form = postings.by_position(forms, tokens.forms, tokens.positions, bases)
    postings.write(writer, name, by_form)
    postings.write(writer, f"{name}_end", postings.by_position(forms, tokens.end_forms, tokens.ends, bases))
    writer.add(f"{name}.bases", bases.astype(np.uint32))
    writer.add(f"{name}.lengths", narrow(_lengths(by_form, len(bases) - 1)))
    return by_form


_Stemmed = tuple[Postings, list[bytes]]
"""Postings of forms, and the stem of each form."""


@dataclass(frozen=True, slots=True)
class _LanguageMasks:
    """The languages of a batch, each with the documents that are read by its rules; None for all of them."""

    masks: Mapping[str, NDArray[np.bool_] | None]
    lexicon: Lexicon

    @classmethod
    def of(cls, batch: Batch, lexicon: Lexicon) -> _LanguageMasks:
        languages = [one.language for one in batch]
        distinct = dict.fromkeys(languages or [ENGLISH_LANGUAGE])
        if len(distinct) == 1:
            return cls(dict.fromkeys(distinct), lexicon)
        read = {each: np.array([each == language for language in languages]) for each in distinct}
        masks = {each: np.repeat(documents, _sizes(batch)) for each, documents in read.items()}
        return cls(masks, lexicon)

    def stemmed(self, by_form: Postings) -> list[_Stemmed]:
        """The postings of forms in each language, with their stems."""
        kept = [(language, _within(by_form, mask)) for language, mask in self.masks.items()]
        return [(made, self.lexicon.stems(made.terms, language)) for language, made in kept]

    def spelt(self, by_form: Postings) -> list[_Stemmed]:
        """The postings of English forms, with the stems in each form's own spelling."""
        if ENGLISH_LANGUAGE not in self.masks:
            return []
        made = _within(by_form, self.masks[ENGLISH_LANGUAGE])
        return [(made, self.lexicon.spellings(made.terms))]


def _english_titles(passages: _Passages, lexicon: Lexicon) -> list[_Stemmed]:
    """The postings of the sub-points' titles where they are read as English besides."""
    if not any(passages.english_titles):
        return []
    made = postings.by_label(passages.english_titles)
    return [(made, lexicon.stems(made.terms, ENGLISH_LANGUAGE))]


def _within(by_form: Postings, mask: NDArray[np.bool_] | None) -> Postings:
    return by_form if mask is None else postings.within(by_form, mask)


def _lengths(by_form: Postings, documents: int) -> postings.Ints:
    """The length of each document in words; a compound counts in addition to its parts."""
    return np.bincount(by_form.docs, by_form.freqs, documents).astype(np.int64)


def _labels(batch: Batch, passages: _Passages) -> Iterator[tuple[str, Postings]]:
    """The postings of labels, which are those of each passage or of its document."""
    sizes = _sizes(batch)
    yield "address", postings.by_name(passages.addresses)
    yield "document", postings.by_label(((one.id,) for one in batch), sizes)
    yield "kind", postings.by_label(((one.kind,) if one.kind else () for one in batch), sizes)
    yield "language", postings.by_label((one.language_ranges for one in batch), sizes)
    yield "theme", postings.by_label(passages.themes)
    yield "title", postings.by_label((one.title for one in batch), sizes)
    yield "year", postings.by_label((one.years for one in batch), sizes)
