"""The fields of a segment, the lengths that score them, and all columns of its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

__all__ = ["COLUMNS", "EQUALLY_LONG", "FIELDS", "GAP", "LENGTHS", "ONE_EACH", "WORDS"]


FIELDS = {
    "text": "text", "text_end": "text", "stem": "", "heading": "heading", "heading_end": "heading",
    "heading_stem": "", "title": "", "address": "", "document": "", "kind": "", "theme": "", "year": "",
    "language": "",
}  # fmt: skip
"""Every field with postings, and the field whose `bases` its positions start from, if any."""


LENGTHS = {
    "text": ("text",),
    "stem": ("text", "heading"),
    "heading": ("heading",),
    "heading_stem": ("heading",),
}
"""Each scored field, and the fields whose lengths add up to its own."""


GAP = 64
"""Positions left free between two texts: more than the slop of any phrase."""


WORDS = ("text", "heading")
"""The fields of words, whose lengths are counted."""


_U8, _U32, _U64, _I64 = ("|u1",), ("<u4",), ("<u8",), ("<i8",)
_NARROW = ("|u1", "<u2", "<u4")
_LABELS = frozenset(("title", "address", "document", "kind", "theme", "year", "language"))
"""Fields whose terms occur once in a document."""


def _of_field(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ((f"{name}.terms", _U8), (f"{name}.term_ends", _U32))
    yield from ((f"{name}.ends", _U32), (f"{name}.docs", _U32))
    if name not in _LABELS:
        yield f"{name}.freqs", _NARROW
    if FIELDS[name]:
        yield from ((f"{name}.positions", _U32), (f"{name}.position_ends", _U32))


COLUMNS: Mapping[str, tuple[str, ...]] = dict(
    (
        *chain.from_iterable(((f"{one}.bases", _U32), (f"{one}.lengths", _NARROW)) for one in WORDS),
        *chain.from_iterable(map(_of_field, FIELDS)),
        *((name, _U32) for name in ("serial", "ordinal")),
        ("retrievable", _U8),
        *(("record.blocks", _U8), ("record.block_ends", _U64), ("record.firsts", _U32)),
        *(("published.addresses", _U8), ("published.address_ends", _U32)),
        *(("published.texts", _U8), ("published.ends", _U64)),
        *(
            (f"catalogue.{name}", _U8)
            for name in ("head", "instruments", "withdrawn", "moves", "left_out", "left_out_passages")
        ),
        ("catalogue.sources", _U8),
        *((f"catalogue.{name}", _U8) for name in ("ids", "documents", "digests")),
        ("catalogue.document_ends", _U64),
        *((f"catalogue.{name}", _U32) for name in ("serials", "sizes", "kinds", "tags")),
        *(("catalogue.dates", _I64), ("catalogue.notes", _U8), ("catalogue.hidden", _U8)),
        *(("catalogue.year_of", _U32), ("catalogue.year_index", _U32)),
    )
)
"""The columns of a published segment in their order, each with the types it may have in NumPy's terms."""


ONE_EACH = ("text.lengths", "heading.lengths", "serial", "ordinal", "retrievable")
"""Columns with a value for each document of a segment."""


EQUALLY_LONG = (
    *((f"{name}.term_ends", f"{name}.ends") for name in FIELDS),
    *((f"{name}.docs", f"{name}.freqs") for name in FIELDS if name not in _LABELS),
    *((f"{name}.ends", f"{name}.position_ends") for name, base in FIELDS.items() if base),
    ("text.bases", "heading.bases"),
    ("record.block_ends", "record.firsts"),
    ("published.address_ends", "published.ends"),
    tuple(
        f"catalogue.{name}"
        for name in ("document_ends", "serials", "sizes", "kinds", "tags", "dates", "notes", "hidden")
    ),
    ("catalogue.year_of", "catalogue.year_index"),
)
"""Groups of columns of equal length."""
