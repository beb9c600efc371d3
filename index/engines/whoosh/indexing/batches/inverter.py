"""Writes passages as a segment file: analysed, inverted and written in bulk.

This runs in several processes at once, and does not depend on Whoosh.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analysis.pairs import pair_forms
from index.analysis.stemming import ENGLISH_LANGUAGE
from index.engines.whoosh.indexing.batches.lexicon import Lexicon, Tokens
from index.engines.whoosh.segment import postings, stored_records
from index.engines.whoosh.segment.postings import Postings, SortedTerms
from index.engines.whoosh.segment.writer import SegmentWriter, narrow
from index.english import ENGLISH
from kb.errors import IndexUnusable
from kb.messages import Message

__all__ = ["Batch", "IndexedPassage", "write_batch"]

_MAX_PASSAGE_CHARS = (1 << 23) - 1
"""The sort keys in `postings` have 23 bits for the frequency of a word."""


class IndexedPassage(NamedTuple):
    """A passage with everything that is indexed about it, read by the rules of its `language`.

    `pieces` are its heading, its locator and the titles of its sub-points; `title` has the stems of
    its document's title. `english_titles` has the forms of the sub-points' titles for a document
    in another language, which are read as English, too. A tuple, as these go to other processes by the
    thousand.
    """

    serial: int
    ordinal: int
    address: str
    document: str
    kind: str
    language: str
    language_ranges: tuple[str, ...]
    years: tuple[str, ...]
    themes: tuple[str, ...]
    title: tuple[str, ...]
    text: str
    pieces: tuple[str, ...]
    english_titles: tuple[str, ...]
    retrievable: bool
    record: str


Batch = Sequence[IndexedPassage]


def write_batch(path: Path, batch: Batch, lexicon: Lexicon) -> Path:
    """Writes the segment file of some passages, which are its documents in this order.

    The lexicon caches analysed words, so one lexicon should serve many batches. Raises IndexUnusable
    for a passage that is too long.
    """
    for one in batch:
        if len(one.text) > _MAX_PASSAGE_CHARS:
            raise IndexUnusable(
                Message("passage-too-long", address=one.address, limit=_MAX_PASSAGE_CHARS), ENGLISH
            )
    with SegmentWriter(path, lasting=False) as writer:
        texts = lexicon.tokens([one.text for one in batch])
        pieces, owners = _pieces(batch)
        headings = lexicon.tokens(pieces)
        forms = SortedTerms.of([form.encode() for form in lexicon.forms])
        text = _write_words(writer, "text", forms, texts, texts.starts)
        heading = _write_words(writer, "heading", forms, headings, headings.starts[np.array(owners)])
        languages = _LanguageMasks.of(batch, lexicon)
        titles = _english_titles(batch, lexicon)
        in_heading = languages.stemmed(heading)
        stemmed = [*languages.stemmed(text), *in_heading]
        spelt = [each for field in (text, heading) for each in languages.spelt(field)]
        text_pairs = _pairs([one.text] for one in batch)
        heading_pairs = _pairs(_distinct(one.pieces) for one in batch)
        postings.write(
            writer, "stem", postings.by_stem([*stemmed, *spelt, *titles, text_pairs, heading_pairs])
        )
        postings.write(writer, "heading_stem", postings.by_stem([*in_heading, *titles, heading_pairs]))
        for name, labels in _LABELS.items():
            postings.write(writer, name, postings.by_label(map(labels, batch)))
        writer.add("serial", np.array([one.serial for one in batch], np.uint32))
        writer.add("ordinal", np.array([one.ordinal for one in batch], np.uint32))
        writer.add("retrievable", np.array([one.retrievable for one in batch], np.uint8))
        stored_records.write(writer, [one.record for one in batch])
        writer.facts["documents"] = len(batch)
    return path


def _pieces(batch: Batch) -> tuple[list[str], list[int]]:
    """The distinct, non-empty pieces of each passage, and the index of its first; one more at the end."""
    pieces: list[str] = []
    first = [0]
    for one in batch:
        pieces += _distinct(one.pieces)
        first.append(len(pieces))
    return pieces, first


def _distinct(pieces: Sequence[str]) -> list[str]:
    return list(filter(None, dict.fromkeys(pieces)))


def _pairs(texts: Iterable[Sequence[str]]) -> _Stemmed:
    """The postings of the pairs in the texts of each document, each its own stem."""
    made = postings.by_frequency([form for text in each for form in pair_forms(text)] for each in texts)
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
        masks = {each: np.array([each == language for language in languages]) for each in distinct}
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


def _english_titles(batch: Batch, lexicon: Lexicon) -> list[_Stemmed]:
    """The postings of the sub-points' titles where they are read as English besides."""
    if not any(one.english_titles for one in batch):
        return []
    made = postings.by_label(one.english_titles for one in batch)
    return [(made, lexicon.stems(made.terms, ENGLISH_LANGUAGE))]


def _within(by_form: Postings, mask: NDArray[np.bool_] | None) -> Postings:
    return by_form if mask is None else postings.within(by_form, mask)


def _lengths(by_form: Postings, documents: int) -> postings.Ints:
    """The length of each document in words; a compound counts in addition to its parts."""
    return np.bincount(by_form.docs, by_form.freqs, documents).astype(np.int64)


_LABELS: Mapping[str, Callable[[IndexedPassage], tuple[str, ...]]] = {
    "address": lambda one: (one.address,),
    "document": lambda one: (one.document,),
    "kind": lambda one: (one.kind,) if one.kind else (),
    "language": lambda one: one.language_ranges,
    "theme": lambda one: one.themes,
    "title": lambda one: one.title,
    "year": lambda one: one.years,
}
