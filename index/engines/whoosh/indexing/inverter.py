"""Writes passages as a segment file: analysed, inverted and written in bulk.

This runs in several processes at once, and does not depend on Whoosh.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.analysis.analyzer import spelling_key, stem
from index.engines.whoosh.indexing.lexicon import Lexicon, Tokens
from index.engines.whoosh.segment import postings, stored_records
from index.engines.whoosh.segment.file import SegmentWriter, narrow
from index.engines.whoosh.segment.postings import Postings, SortedTerms
from index.english import ENGLISH
from kb.errors import IndexUnusable
from kb.messages import Message

__all__ = ["Batch", "IndexedPassage", "write_batch"]

_MAX_PASSAGE_CHARS = (1 << 23) - 1
"""The sort keys in `postings` have 23 bits for the frequency of a word."""


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage with everything that is indexed about it.

    `pieces` are its heading, its locator and the titles of its sub-points; `title` has the stems of
    its document's title.
    """

    serial: int
    ordinal: int
    address: str
    document: str
    kind: str
    years: tuple[str, ...]
    themes: tuple[str, ...]
    title: tuple[str, ...]
    text: str
    pieces: tuple[str, ...]
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
        postings.write(writer, "stem", postings.by_stem([*_stemmed(text), *_stemmed(heading)]))
        postings.write(writer, "heading_stem", postings.by_stem(_stemmed(heading)[:1]))
        for name, labels in _LABELS.items():
            postings.write(writer, name, postings.by_label(map(labels, batch)))
        writer.add("serial", np.array([one.serial for one in batch], np.uint32))
        writer.add("ordinal", np.array([one.ordinal for one in batch], np.uint32))
        stored_records.write(writer, [one.record for one in batch])
        writer.facts["documents"] = len(batch)
    return path


def _pieces(batch: Batch) -> tuple[list[str], list[int]]:
    """The distinct, non-empty pieces of each passage, and the index of its first; one more at the end."""
    pieces: list[str] = []
    first = [0]
    for one in batch:
        pieces += filter(None, dict.fromkeys(one.pieces))
        first.append(len(pieces))
    return pieces, first


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


def _stemmed(by_form: Postings) -> list[tuple[Postings, list[bytes]]]:
    """The postings of forms with their stems, and again with the stems in each form's own spelling."""
    forms = [form.decode() for form in by_form.terms]
    return [(by_form, [key(form).encode() for form in forms]) for key in (stem, spelling_key)]


def _lengths(by_form: Postings, documents: int) -> postings.Ints:
    """The length of each document in words; a compound counts in addition to its parts."""
    return np.bincount(by_form.docs, by_form.freqs, documents).astype(np.int64)


_LABELS: Mapping[str, Callable[[IndexedPassage], tuple[str, ...]]] = {
    "address": lambda one: (one.address,),
    "document": lambda one: (one.document,),
    "kind": lambda one: (one.kind,) if one.kind else (),
    "theme": lambda one: one.themes,
    "title": lambda one: one.title,
    "year": lambda one: one.years,
}
