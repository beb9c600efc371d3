"""A draft as one JSON object, which goes from the process that read the file to the one that keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from kb.collection.extract_file import PassageSpans, SourceExtract
from kb.importers.draft import ImportDraft
from kb.messages import Message
from kb.model import Document, Passage
from kb.sources.lines import Box, SourceLine, Span

__all__ = ["draft_from_json", "draft_to_json"]

_FIELDS = ("title", "kind", "date", "language")
_PAIRS = ("supplied", "further")


def draft_to_json(draft: ImportDraft) -> dict[str, Any]:
    """The draft as JSON values, which `draft_from_json` reads back."""
    document, extract = draft.document, draft.extract
    return {
        "document": {name: getattr(document, name) for name in (*_FIELDS, *_PAIRS)},
        "passages": [[one.id, one.text, one.locator, one.heading] for one in draft.passages],
        "extractor": extract.extractor,
        "source": extract.source,
        "lines": [
            [line.text, line.page, line.box and list(asdict(line.box).values())] for line in extract.lines
        ],
        "spans": [
            [id, [[span.line, span.start, span.end, span.glue] for span in made.spans], made.changes]
            for id, made in extract.passages.items()
        ],
        "remarks": [remark.to_json() for remark in draft.remarks],
    }


def draft_from_json(value: Mapping[str, Any]) -> ImportDraft:
    """The draft that `draft_to_json` was given."""
    fields = value["document"]
    return ImportDraft(
        Document(
            "",
            **{name: fields[name] for name in _FIELDS},
            supplied=tuple(fields["supplied"]),
            further=tuple((key, text) for key, text in fields["further"]),
        ),
        tuple(
            Passage("", id, text, locator=locator, heading=heading)
            for id, text, locator, heading in value["passages"]
        ),
        SourceExtract(
            value["extractor"],
            value["source"],
            "",
            tuple(SourceLine(text, page, box and Box(*box)) for text, page, box in value["lines"]),
            {
                id: PassageSpans(tuple(Span(*span) for span in spans), tuple(changes))
                for id, spans, changes in value["spans"]
            },
        ),
        tuple(map(Message.from_json, value["remarks"])),
    )
