"""Passages to a segment file: analysed, inverted and written in bulk.

This runs in processes of its own, several at a time, and knows nothing of Whoosh.
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
"""Characters of a passage: the numbers that are sorted have so much room for how often a word stands."""


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """One passage as it is indexed.

    `pieces` are heading, locator and the titles of its sub-points; `title` are the stems of its
    document's title.
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
    """Writes the segment file of some passages; they are its documents, in this order.

    The lexicon grows by what it has not met: one for many batches spares most of the analysis.
    Raises IndexUnusable for a passage that is too long.
    """
    for one in batch:
        if len(one.text) > _MAX_PASSAGE_CHARS:
            raise IndexUnusable(
                Message("passage-too-long", address=one.address, limit=_MAX_PASSAGE_CHARS), ENGLISH
            )
    with SegmentWriter(path) as writer:
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
    """All distinct pieces that have anything in them, and which is the first of each passage."""
    pieces: list[str] = []
    first = [0]
    for one in batch:
        pieces += filter(None, dict.fromkeys(one.pieces))
        first.append(len(pieces))
    return pieces, first


def _write_words(
    writer: SegmentWriter, name: str, forms: SortedTerms, tokens: Tokens, bases: postings.Ints
) -> Postings:
    """Writes forms, the ends of compounds, and the lengths of one field of words; gives its postings."""
    found = postings.by_place(forms, tokens.forms, tokens.places, bases)
    postings.write(writer, name, found)
    postings.write(writer, f"{name}_end", postings.by_place(forms, tokens.end_forms, tokens.ends, bases))
    writer.add(f"{name}.bases", bases.astype(np.uint32))
    writer.add(f"{name}.lengths", narrow(_lengths(found, len(bases) - 1)))
    return found


def _stemmed(found: Postings) -> list[tuple[Postings, list[bytes]]]:
    """Postings of forms with their stems, and again with the stems in the forms' own spelling."""
    forms = [form.decode() for form in found.terms]
    return [(found, [key(form).encode() for form in forms]) for key in (stem, spelling_key)]


def _lengths(found: Postings, documents: int) -> postings.Ints:
    """How many words each document has, compounds counted besides."""
    return np.bincount(found.docs, found.freqs, documents).astype(np.int64)


_LABELS: Mapping[str, Callable[[IndexedPassage], tuple[str, ...]]] = {
    "address": lambda one: (one.address,),
    "document": lambda one: (one.document,),
    "kind": lambda one: (one.kind,) if one.kind else (),
    "theme": lambda one: one.themes,
    "title": lambda one: one.title,
    "year": lambda one: one.years,
}
