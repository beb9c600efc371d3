"""Values of JSON objects, each checked for its kind; what is wrong is raised as Refused.

A key that is absent and one whose value is null are the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from kb.formats.json_lines import Object, Refused
from kb.ids import is_id

__all__ = ["identifier", "listed", "once", "text", "verbatim", "whole"]

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Not those from U+0080 on: published texts have them, as dashes and quotes decoded wrongly long ago."""


def once(key: Any, seen: Mapping[Any, object]) -> None:
    """Refuse a key that was seen before."""
    if key in seen:
        shown = "/".join(key) if isinstance(key, tuple) else key
        raise Refused(f"“{shown}” stands here a second time", "keep one, or give the other a new id")


def identifier(found: Object, key: str) -> str:
    """An id or slug, which must be there."""
    value = found.get(key)
    if not isinstance(value, str) or not is_id(value):
        shown = json.dumps(value, ensure_ascii=False)[:80]
        problem = f"“{key}” is missing" if value is None else f"{shown} cannot be the “{key}”"
        raise Refused(problem, f"give “{key}” as text of up to 200 letters, digits, . _ -")
    return value


def text(found: Object, key: str, required: bool = False) -> str:
    """A text without control characters but tabs and line ends, empty where absent."""
    value = verbatim(found, key, required)
    if not value.isprintable() and (strange := CONTROL.search(value)):
        shown = f"U+{ord(strange[0]):04X}"
        raise Refused(f"there is a control character ({shown}) in “{key}”", "delete it")
    return value


def verbatim(found: Object, key: str, required: bool = False) -> str:
    """A text with whatever characters it has, empty where absent."""
    value = found.get(key)
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise Refused(f"“{key}” is not text", f'write "{key}": "..."')
    if required and not value.strip():
        raise Refused(f"“{key}” is missing", f'add "{key}": "..."')
    return value


def listed(found: Object, key: str, kind: type) -> tuple[Any, ...]:
    """A list of texts (`str`) or of objects (`dict`)."""
    value = found.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, kind) for one in value):
        raise Refused(f"“{key}” is not a list of {'objects' if kind is dict else 'texts'}", "use [ and ]")
    return tuple(value)


def whole(found: Object, key: str, default: int) -> int:
    """A whole number."""
    value = found.get(key)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 10**9:
        raise Refused(f"“{key}” is not a whole number", f'write "{key}": 3, for example')
    return value
