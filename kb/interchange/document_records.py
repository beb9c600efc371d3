"""Documents of the interchange form, and the keys of any record that have no field of their own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

from kb.curated.document_file import DOCUMENT_FIELDS, LIST_FIELDS, MAX_KEY_CHARS, NAME_FIELDS
from kb.formats.json.fields import list_field, text_field
from kb.formats.json.objects import BadObject, JsonObject
from kb.ids import is_id
from kb.messages import Message
from kb.model import NOTE, Document
from kb.permanence.ledger import is_day
from kb.sources.person_name import read_names

__all__ = ["further_fields", "read_document"]

TEXT_KEYS = frozenset(DOCUMENT_FIELDS) - {"title", *LIST_FIELDS, *NAME_FIELDS}
DOCUMENT_KEYS = frozenset(DOCUMENT_FIELDS) | {"id"}


def read_document(id: str, record: JsonObject, path: Path, line: int) -> Document:
    """The document of a record. Raises BadObject if a field has the wrong type."""
    lists: dict[str, Any] = {name: list_field(record, name, str) for name in LIST_FIELDS}
    texts: dict[str, Any] = {name: text_field(record, name) for name in record.keys() & TEXT_KEYS}
    title = text_field(record, "title", required=True)
    if "slug" in record:
        raise BadObject(Message("slug-for-id"))
    own = _names(record) | _note_dates(record)
    return Document(
        id=id,
        title=title,
        **{name: value for name, value in texts.items() if value},
        **lists,
        **own,
        further=further_fields(record, (DOCUMENT_KEYS - {*NAME_FIELDS}) | own.keys()),
        path=path,
        line=line,
    )


def _names(record: JsonObject) -> dict[str, Any]:
    """The names of persons; any other value stays among the further keys, as it always did."""
    given = {key: record[key] for key in NAME_FIELDS if record.get(key) is not None}
    return {key: names for key, value in given.items() if (names := read_names(value)) is not None}


def _note_dates(record: JsonObject) -> dict[str, Any]:
    """The days of notes, as an export has them; any other value stays among the further keys."""
    given = record.get("note_dates")
    if record.get("kind") != NOTE or not isinstance(given, Mapping):
        return {}
    pairs = tuple(
        (id, day) for id, day in given.items() if isinstance(day, str) and is_id(id) and is_day(day)
    )
    return {"note_dates": pairs} if len(pairs) == len(given) else {}


def further_fields(record: JsonObject, known: Set[str]) -> tuple[tuple[str, str], ...]:
    """Keys without a field of their own, kept as text so that nothing is lost."""
    if record.keys() <= known:
        return ()
    pairs = [(key, value) for key, value in record.items() if key not in known and value is not None]
    if any(len(key) > MAX_KEY_CHARS for key, _ in pairs):
        raise BadObject(Message("key-too-long", characters=MAX_KEY_CHARS))
    return tuple((key, value if isinstance(value, str) else _compact(value)) for key, value in pairs)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
