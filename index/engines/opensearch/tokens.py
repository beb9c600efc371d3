"""What is sent to the cluster about a passage: the terms of our own analysis, as strings of tokens.

The cluster only cuts these strings at spaces, and at `PART` where several terms share a position. So a
term means the same in both engines, and no analyser of the cluster decides what is found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from index.analysis.analyzer import tokenize
from index.analysis.pairs import pair_forms, title_terms
from index.analysis.stemming import ENGLISH_LANGUAGE, analysis_language, stem
from index.engines.opensearch.token_strings.analyzed_text import AnalyzedText
from index.engines.opensearch.token_strings.positions import (
    PART,
    PIECE_GAP,
    SKIPPED,
    begin_mark,
    end_mark,
    source_terms,
)
from index.request import UNDATED
from kb.edtf import start, years
from kb.languages.language_tag import language_ranges, primary_language
from kb.model import Document, Passage

__all__ = [
    "FIRST_NOTE",
    "ORDINAL_BITS",
    "PART",
    "PIECE_GAP",
    "SKIPPED",
    "begin_mark",
    "date_key",
    "document_source",
    "end_mark",
    "passage_number",
    "rank_of",
    "source_terms",
]

ORDINAL_BITS = 24
FIRST_NOTE = 1 << 37
"""The least rank of our own notes; those of sources are below it."""


def passage_number(rank: int, ordinal: int) -> int:
    """The number of a passage: ascending numbers are collection order, sources before notes.

    `rank` orders documents: below `FIRST_NOTE` for sources, from there to twice as much for notes. Ranks
    may leave gaps, so that a document can come between two others without moving them.
    """
    return rank << ORDINAL_BITS | ordinal


def rank_of(number: int) -> int:
    """The rank of the document that the passage with a number is in."""
    return number >> ORDINAL_BITS


def date_key(date: str) -> int | None:
    """A number that sorts dates by their beginnings; None for no date."""
    if not date:
        return None
    year, month, day = start(date)
    return (year * 16 + month) * 64 + day


def document_source(
    document: Document,
    passage: Passage,
    *,
    rank: int,
    ordinal: int,
    titles: Mapping[str, str],
    record: str,
) -> dict[str, Any]:
    """The source of a passage in the cluster, by the fields of `mapping`.

    `rank` is that of its document, `ordinal` its index there; `titles` are those of sub-points by value
    (`ThemeNames.subpoint_titles`); `record` is the passage as it is stored. What this returns depends on
    nothing else, so a passage whose source is the same as before need not be sent again.
    """
    place = {
        "number": passage_number(rank, ordinal),
        "rank": rank,
        "address": passage.address,
        "document": document.id,
        "record": record,
        "retrievable": passage.retrievable,
    }
    if not passage.retrievable:
        language = analysis_language(document.language)
        return place | _without_empty({"unsearched": AnalyzedText.of([passage.text], language).tokens})
    named = tuple(titles[theme] for theme in passage.themes if theme in titles)
    return place | _facts(document, passage) | _words(document, passage, named)


def _facts(document: Document, passage: Passage) -> dict[str, Any]:
    """The fields for filters, facets and sorting."""
    dated = years(document.date)
    return _without_empty(
        {
            "kind": document.kind,
            "theme": list(passage.themes),
            "year": list(map(str, dated)),
            "dated": list(map(str, dated)) or [UNDATED],
            "years": list(dated),
            "date": date_key(document.date),
            "language": list(language_ranges(document.language)),
            "primary_language": primary_language(document.language),
        }
    ) | {"hidden": document.status != "current"}


def _words(document: Document, passage: Passage, named: tuple[str, ...]) -> dict[str, Any]:
    """The scored fields, with their lengths in words."""
    language = analysis_language(document.language)
    pieces = list(filter(None, dict.fromkeys([passage.heading, passage.locator, *named])))
    text, heading = (AnalyzedText.of(texts, language) for texts in ([passage.text], pieces))
    titles = [] if language == ENGLISH_LANGUAGE else [stem(form) for form in _title_forms(named)]
    heading_pairs = [form for piece in pieces for form in pair_forms(piece)]
    headings = heading.stems
    heading_extras = [*titles, *heading_pairs]
    extras = [*text.spellings, *heading.spellings, *pair_forms(passage.text)]
    stems = _with_extras([*text.stems, *headings], [*extras, *heading_extras])
    heading_stems = _with_extras(headings, heading_extras)
    return _without_empty(
        {
            "text": text.tokens,
            "text_marks": text.marks,
            "heading": heading.tokens,
            "heading_marks": heading.marks,
            "stem": stems.text,
            "heading_stem": heading_stems.text,
            "title": _title_terms(document.title, language),
        }
    ) | {
        "text_length": text.length,
        "heading_length": heading.length,
        "stem_terms": stems.number,
        "heading_stem_terms": heading_stems.number,
    }


def _without_empty(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], ())}


@lru_cache(maxsize=64)
def _title_terms(title: str, language: str) -> list[str]:
    return list(title_terms(title, language))


@lru_cache(maxsize=1024)
def _title_forms(titles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.form for title in titles for word in tokenize(title)))


class _Terms(NamedTuple):
    text: str
    number: int


def _with_extras(stems: Sequence[str], extras: Sequence[str]) -> _Terms:
    """A position for each stem, on which the extra terms are spread: these do not count as words."""
    if not stems:
        return _Terms("", 0)
    each = -(-len(extras) // len(stems))
    shared = -(-len(extras) // each) if each else 0  # the positions that have extra terms
    at = [PART.join([one, *extras[n * each : (n + 1) * each]]) for n, one in enumerate(stems[:shared])]
    return _Terms(" ".join([*at, *stems[shared:]]), len(stems) + len(extras))
