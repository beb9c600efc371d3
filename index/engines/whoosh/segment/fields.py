"""The fields of a segment: where each is stored, and which lengths score them."""

from __future__ import annotations

__all__ = ["FIELDS", "GAP", "LENGTHS"]


FIELDS = {
    "text": "text", "text_end": "text", "stem": "", "heading": "heading", "heading_end": "heading",
    "heading_stem": "", "title": "", "address": "", "document": "", "kind": "", "theme": "", "year": "",
}  # fmt: skip
"""Every field with postings, and the field whose `bases` its positions are counted from, if it has any."""


LENGTHS = {
    "text": ("text",),
    "stem": ("text", "heading"),
    "heading": ("heading",),
    "heading_stem": ("heading",),
}
"""The fields whose matches are scored, and whose lengths together are those of each."""


GAP = 64
"""Positions between two pieces of text: more than the words that may stand within a phrase."""
