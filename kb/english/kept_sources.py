"""Sources beside an index: whether they are there and as they were, and why a page cannot be shown."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue

_REMEDY = "run kb build --from-scratch where the content is"

ENGLISH: MessageCatalogue = {
    "drawing-not-installed": "the pages of sources cannot be drawn here ({module} is not installed)",
    "kept-source-damaged": Advice("{path}: this copy of a source was changed or damaged", _REMEDY),
    "kept-source-missing": Advice("{path}: this copy of a source is missing", _REMEDY),
    "kept-source-unreadable": Advice("{path}: cannot read this copy of a source ({reason})", _REMEDY),
    "page-not-drawn": "page {page} of the source cannot be drawn",
    "page-source-changed": "this site’s copy of the source was changed or damaged",
    "page-source-missing": "this site’s copy of the source is missing",
    "page-takes-long": "page {page} of the source takes too long to draw",
    "page-without-words": "these words were not found on page {page} of the source",
}
