"""Fields of JSON objects, checked for their type; BadObject is raised for a wrong one.

null counts as absent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kb.formats.json.objects import BadObject, JsonObject
from kb.ids import is_id
from kb.messages import Message

__all__ = ["id_field", "integer_field", "list_field", "refuse_duplicate", "text_field"]


def refuse_duplicate(key: Any, seen: Mapping[Any, object]) -> None:
    if key in seen:
        shown = "/".join(key) if isinstance(key, tuple) else key
        raise BadObject(Message("duplicate-id", id=shown))


def id_field(record: JsonObject, key: str) -> str:
    """A required id or slug."""
    value = record.get(key)
    if value is None:
        raise BadObject(Message("missing-id", key=key))
    if not isinstance(value, str) or not is_id(value):
        shown = json.dumps(value, ensure_ascii=False)[:80]
        raise BadObject(Message("bad-field-id", value=shown, key=key))
    return value


def text_field(record: JsonObject, key: str, required: bool = False) -> str:
    """A text with any characters, since published texts have them all; empty if absent."""
    value = record.get(key)
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise BadObject(Message("not-text", key=key))
    if required and not value.strip():
        raise BadObject(Message("missing-field", key=key))
    return value


def list_field(record: JsonObject, key: str, kind: type) -> tuple[Any, ...]:
    """A list of texts (`str`) or of objects (`dict`)."""
    value = record.get(key)
    if value is None:
        return ()
    if isinstance(value, list) and all(isinstance(one, kind) for one in value):
        return tuple(value)
    if kind is dict:
        raise BadObject(Message("not-a-list-of-objects", key=key))
    raise BadObject(Message("not-a-list-of-texts", key=key))


def integer_field(record: JsonObject, key: str, default: int) -> int:
    value = record.get(key)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 10**9:
        raise BadObject(Message("not-an-integer", key=key))
    return value
