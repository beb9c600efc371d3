"""A draft as one JSON object, which goes from the process that read the file to the one that keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kb.collection.extract_file import PassageSpans, SourceExtract
from kb.english import ENGLISH
from kb.importers.draft import ImportDraft
from kb.importers.metadata.origins import FieldOrigin
from kb.messages import Message, words
from kb.model import Document, Passage
from kb.sources.lines import Box, SourceLine, Span
from kb.sources.person_name import name_fields, read_names
from kb.sources.unit_kinds import PLACE_KEYS, source_place

__all__ = ["draft_from_json", "draft_to_json", "dump_answer", "parse_answer"]

_FIELDS = ("title", "kind", "date", "language", "url", "licence", "ocr")
_LISTS = ("issuers", "supplied", "further")
_PASSAGE_FIELDS = ("id", "text", "locator", "heading", *PLACE_KEYS)


def dump_answer(outcome: ImportDraft | Message) -> bytes:
    """What became of a file: its draft, or why there is none. Raises ValueError for lone surrogates."""
    match outcome:
        case ImportDraft():
            value: Mapping[str, Any] = {"draft": draft_to_json(outcome)}
        case _:
            value = {"failure": outcome.to_json()}
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


def parse_answer(data: bytes) -> ImportDraft | Message:
    """What `dump_answer` was given. Raises ValueError for anything in another form."""
    try:
        value = json.loads(data, parse_constant=_no_number)
        return draft_from_json(value["draft"]) if "draft" in value else _message(value["failure"])
    except (TypeError, LookupError, RecursionError) as exc:
        raise ValueError(str(exc)) from exc


def _no_number(name: str) -> float:
    raise ValueError(name)


def draft_to_json(draft: ImportDraft) -> dict[str, Any]:
    """The draft as JSON values, which `draft_from_json` reads back."""
    document, extract = draft.document, draft.extract
    return {
        "document": {name: getattr(document, name) for name in (*_FIELDS, *_LISTS)},
        "authors": [name_fields(one) for one in document.authors],
        "passages": [[getattr(one, name) for name in _PASSAGE_FIELDS] for one in draft.passages],
        "extractor": extract.extractor,
        "source": extract.source,
        "pages": extract.pages,
        "lines": [[line.text, line.page, line.box and list(line.box)] for line in extract.lines],
        "spans": [
            [id, [[span.line, span.start, span.end, span.glue] for span in made.spans], made.changes]
            for id, made in extract.passages.items()
        ],
        "remarks": [remark.to_json() for remark in draft.remarks],
        "origins": [[one.field, one.how.to_json()] for one in draft.origins],
    }


def draft_from_json(value: Mapping[str, Any]) -> ImportDraft:
    """The draft that `draft_to_json` was given. Raises ValueError, TypeError or LookupError for another."""
    return ImportDraft(
        _document(value["document"], value["authors"]),
        tuple(_passage(*parts) for parts in value["passages"]),
        SourceExtract(
            _text(value["extractor"]),
            _text(value["source"]),
            "",
            tuple(_line(*parts) for parts in value["lines"]),
            {_text(id): _spans(spans, changes) for id, spans, changes in value["spans"]},
            _count(value["pages"]),
        ),
        tuple(map(_message, value["remarks"])),
        tuple(FieldOrigin(_text(field), _message(how)) for field, how in value["origins"]),
    )


def _document(fields: Mapping[str, Any], authors: Any) -> Document:
    names = read_names(authors)
    if names is None:
        raise ValueError(authors)
    return Document(
        "",
        **{name: _text(fields[name]) for name in _FIELDS},  # type: ignore[arg-type]
        issuers=tuple(map(_text, fields["issuers"])),
        authors=names,
        supplied=tuple(map(_text, fields["supplied"])),
        further=tuple((_text(key), _text(text)) for key, text in fields["further"]),
    )


def _passage(id: object, text: object, locator: object, heading: object, *place: object) -> Passage:
    found, faults = source_place(dict(zip(PLACE_KEYS, place, strict=True)))
    if faults:
        raise ValueError(faults)
    return Passage(
        "", _text(id), _text(text), locator=_text(locator), heading=_text(heading), **found._asdict()
    )


def _line(text: object, page: object, box: Any) -> SourceLine:
    return SourceLine(_text(text), None if page is None else _count(page), box and Box(*map(_edge, box)))


def _spans(spans: Any, changes: Any) -> PassageSpans:
    made = (Span(_count(line), _count(start), _count(end), _text(glue)) for line, start, end, glue in spans)
    return PassageSpans(tuple(made), tuple(map(_text, changes)))


def _message(value: Any) -> Message:
    """A message. Raises LookupError for one without a text."""
    message = Message.from_json(value)
    words(message, ENGLISH)
    return message


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value))
    value.encode()
    return value


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(value)
    return value


def _edge(value: object) -> float:
    if type(value) not in (int, float):
        raise TypeError(type(value))
    return float(value)  # type: ignore[arg-type]
