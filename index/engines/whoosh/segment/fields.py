"""The fields of a segment, and the lengths that score them."""

from __future__ import annotations

__all__ = ["FIELDS", "GAP", "LENGTHS"]


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
