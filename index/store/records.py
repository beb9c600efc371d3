"""What the index keeps of a passage: all its fields, as one line of JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, fields

from kb.model import Passage, Provision, Quotation

__all__ = ["read_passage", "write_passage"]

_PASSAGE = tuple(f.name for f in fields(Passage) if f.name not in ("path", "line"))


def write_passage(passage: Passage) -> str:
    """A passage as one line of JSON: the values in the order of its fields."""
    values = [getattr(passage, name) for name in _PASSAGE]
    return json.dumps(values, ensure_ascii=False, default=asdict, separators=(",", ":"))


def read_passage(record: str) -> Passage:
    """The passage that `write_passage` wrote."""
    values = dict(zip(_PASSAGE, json.loads(record), strict=True))
    values["themes"], values["formerly"] = tuple(values["themes"]), tuple(values["formerly"])
    values["further"] = tuple((key, value) for key, value in values["further"])
    values["provisions"] = tuple(Provision(**item) for item in values["provisions"])
    values["quotation"] = values["quotation"] and Quotation(**values["quotation"])
    return Passage(**values)
