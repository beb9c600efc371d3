"""A passage as one line of JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from functools import lru_cache
from operator import attrgetter
from typing import Any

from kb.model import Passage, Provision, Quotation

__all__ = ["read_passage", "read_values", "write_passage"]

_names = [field.name for field in fields(Passage) if field.compare]
_after_locator = attrgetter(*_names[_names.index("heading") :])
_decoder = json.JSONDecoder()
_json = json.JSONEncoder(ensure_ascii=False, default=asdict, separators=(",", ":"))


def write_passage(passage: Passage) -> str:
    """A passage as one line of JSON: a list of its values in field order."""
    return (
        f"[{_shared(passage.document)},{_shared(passage.id)},{_quoted(passage.text)},"
        f"{_shared(passage.locator)},{_encoded(_after_locator(passage))}"
    )


@lru_cache(maxsize=1024)
def _encoded(values: tuple[Any, ...]) -> str:
    """The last values of a record, to the end of its list; most passages share theirs with many others."""
    return _json.encode(values)[1:]


def _quoted(text: str) -> str:
    """A text as JSON; most have nothing to escape, and checking that is faster than encoding."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return _json.encode(text)


_shared = lru_cache(maxsize=4096)(_quoted)
"""`_quoted`, cached, for texts that many passages share."""


def read_passage(record: str) -> Passage:
    """The passage that `write_passage` wrote."""
    values = read_values(record)
    document, id, text, locator, heading, themes, *of_note, formerly, further, unit, page, page_end = values
    provisions, quotation, html = of_note
    return Passage(
        document,
        id,
        text,
        locator,
        heading,
        tuple(themes),
        tuple([Provision(**each) for each in provisions]),
        quotation and Quotation(**quotation),
        html,
        tuple(formerly),
        tuple([(key, value) for key, value in further]),
        unit,
        page,
        page_end,
    )


def read_values(record: str) -> list[Any]:
    """The values of a passage that `write_passage` wrote, as plain JSON in field order."""
    values: list[Any]
    values, end = _decoder.raw_decode(record)
    if end != len(record):
        raise ValueError(end)
    return values
