"""The word list of a generation: every form and stem, and in how many passages it is, by field.

It is an index of its own, built along with that of the passages.
"""

from __future__ import annotations

from typing import Any, Final

__all__ = ["COUNTED_FIELDS", "MARKED_FIELDS", "words_body"]

MARKED_FIELDS: Final = ("text_marks", "heading_marks")
"""Where compounds begin: the compound itself is listed, not its mark."""

COUNTED_FIELDS: Final = ("text", "heading", "stem", "heading_stem", "title", *MARKED_FIELDS)


def words_body(shards: int = 1) -> dict[str, Any]:
    """Settings and mappings of an empty word list.

    `term` is a form, a stem, or both; a `form` has `stems` in all languages, and `passages` adds up how many
    texts and how many headings have it. `most` is the greatest of the counts.
    """
    label, number, count = {"type": "keyword"}, {"type": "integer"}, {"type": "integer", "index": False}
    properties: dict[str, Any] = {
        "term": label,
        "form": label,
        "stems": label,
        "passages": number,
        "most": number,
        **dict.fromkeys(COUNTED_FIELDS, count),
        "text": number,
        "heading": number,
    }
    return {
        "settings": {
            "index": {"number_of_shards": shards, "number_of_replicas": 0, "refresh_interval": "-1"},
        },
        "mappings": {"dynamic": "strict", "properties": properties},
    }
