"""The same passages in an index written by Whoosh itself, document by document.

Whoosh's codec rounds field lengths to fit one byte; here that byte is the length itself.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from whoosh.codec import whoosh3
from whoosh.filedb.filestore import RamStorage

from index.analysis.analyzer import compounds, tokenize
from index.analysis.pairs import pair_forms, title_terms
from index.analysis.stemming import ENGLISH_LANGUAGE, analysis_language, stem
from index.engines.whoosh.compat.schema import SCHEMA
from index.engines.whoosh.segment.fields import GAP
from kb.edtf import years
from kb.languages.language_tag import language_ranges
from kb.model import Collection, Passage


class _Ram(RamStorage):
    """Keeps the scratch files of processes apart: Whoosh uses the same folder name for all."""

    def temp_storage(self, name: str | None = None) -> Any:
        return super().temp_storage(f"{os.getpid()}-{name}")


FormPositions = dict[str, list[int]]
"""Ascending positions by form."""


@contextmanager
def exact_lengths() -> Iterator[None]:
    """Makes Whoosh store the exact lengths of fields of up to 255 words."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whoosh3, "length_to_byte", lambda length: length or 0)
        patch.setattr(whoosh3, "byte_to_length", int)
        yield


def stock_reader(content: Collection) -> Any:
    """A Whoosh reader of all passages of a collection, in its order; made and read with `exact_lengths`."""
    index = _Ram().create_index(SCHEMA)
    with index.writer() as writer:
        for serial, document in enumerate(content.documents):
            for ordinal, passage in enumerate(content.passages.get(document.id, ())):
                if not passage.retrievable:
                    continue
                writer.add_document(
                    serial=serial,
                    ordinal=ordinal,
                    record=passage.address,
                    address=[passage.address],
                    document=[document.id],
                    kind=[document.kind] if document.kind else [],
                    year=[str(year) for year in years(document.date)],
                    theme=passage.themes,
                    language=language_ranges(document.language),
                    title=title_terms(document.title, analysis_language(document.language)),
                    **word_fields(content, passage),
                )
    return index.reader()


def word_fields(content: Collection, passage: Passage) -> dict[str, Any]:
    titles = {
        f"{theme.slug}/{point.slug}": point.title for theme in content.themes for point in theme.subpoints
    }
    language = analysis_language(
        next(each.language for each in content.documents if each.id == passage.document)
    )
    text, text_end = form_positions([passage.text])
    named = [titles[name] for name in passage.themes if name in titles]
    pieces = list(filter(None, dict.fromkeys([passage.heading, passage.locator, *named])))
    heading, heading_end = form_positions(pieces)
    forms = dict.fromkeys(word.form for title in named for word in tokenize(title))
    labels = Counter(map(stem, forms)) if language != ENGLISH_LANGUAGE else Counter[str]()
    heading_stems = stem_counts(heading, language) + labels
    heading_stems += Counter(form for piece in pieces for form in pair_forms(piece))
    return {
        "text": text,
        "text_end": text_end,
        "stem": stem_counts(text, language) + Counter(pair_forms(passage.text)) + heading_stems,
        "heading": heading,
        "heading_end": heading_end,
        "heading_stem": heading_stems,
    }


def form_positions(pieces: Iterable[str]) -> tuple[FormPositions, FormPositions]:
    """Every form of the pieces with its ascending positions, and the last positions of compounds."""
    found: dict[str, list[int]] = {}
    ends: dict[str, list[int]] = {}
    base = 0
    for piece in pieces:
        cut = tokenize(piece)
        for place, word in enumerate(cut):
            found.setdefault(word.form, []).append(base + place)
        for compound in compounds(piece, cut):
            found.setdefault(compound.form, []).append(base + compound.first)
            ends.setdefault(compound.form, []).append(base + compound.last)
        base += len(cut) + GAP
    return {form: sorted(places) for form, places in found.items()}, ends


def stem_counts(forms: Mapping[str, Sequence[int]], language: str) -> Counter[str]:
    """How often each stem occurs in a language, from the positions of the forms."""
    counts: Counter[str] = Counter()
    for form, places in forms.items():
        counts[stem(form, language)] += len(places)
    return counts
