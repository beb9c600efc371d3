"""A passage as a record of JSON lines."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import fields
from functools import lru_cache
from typing import Any

from kb import ids, tags
from kb.curated import note_html
from kb.formats.json.fields import list_field, text_field
from kb.formats.json.objects import BadObject, JsonObject
from kb.interchange.document_records import further_fields
from kb.messages import Message
from kb.model import Passage, Provision, Quotation
from kb.sources.unit_kinds import PLACE_KEYS, SourcePlace, is_page_label, source_place

__all__ = ["read_passage"]

_NOTE_KEYS = frozenset({"html", "provisions", "quotation"})
MAX_HTML_TAGS = 20_000
"""The limit for a note, above what its Markdown can give. Time may grow with the square of open tags."""

_PLACES = frozenset(PLACE_KEYS)
_NOWHERE = SourcePlace(), frozenset[str]()
"""The place of most passages."""
_PASSAGE_KEYS = _NOTE_KEYS | {
    "document",
    "id",
    "locator",
    "heading",
    "text",
    "themes",
    "formerly",
    *PLACE_KEYS,
}


def read_passage(document: str, id: str, record: JsonObject, line: int) -> Passage:
    """The passage of a record. Raises BadObject for a field that cannot be used."""
    words = text_field(record, "text")
    if not words or words.isspace():
        raise BadObject(Message("empty-passage", id=id))
    extras = {} if _NOTE_KEYS.isdisjoint(record) else _note_parts(record)
    place, labels = _NOWHERE if _PLACES.isdisjoint(record) else _source_place(record)
    return Passage(
        document=document,
        id=id,
        text=words,
        locator=text_field(record, "locator"),
        heading=text_field(record, "heading"),
        themes=_tags(record),
        formerly=_formerly(record, document),
        further=further_fields(record, _PASSAGE_KEYS - labels if labels else _PASSAGE_KEYS),
        unit=place.unit,
        page=place.page,
        page_end=place.page_end,
        line=line,
        **extras,
    )


def _tags(record: JsonObject) -> tuple[str, ...]:
    return _checked_tags(list_field(record, "themes", str))


@lru_cache(maxsize=4096)
def _checked_tags(given: tuple[str, ...]) -> tuple[str, ...]:
    """Checked and normalized tags, cached because many passages have the same."""
    for tag in given:
        if not ids.is_theme_value(tag):
            raise BadObject(Message("bad-tag", tag=tag[:80]))
    return tags.normalized(given)


def _formerly(record: JsonObject, document: str) -> tuple[str, ...]:
    if "formerly" not in record:
        return ()
    given, faults = ids.former_addresses(list_field(record, "formerly", str), document)
    for message in faults:
        raise BadObject(message)
    return given


def _source_place(record: JsonObject) -> tuple[SourcePlace, Set[str]]:
    """Where a passage is in its source, and the keys of pages that have a label instead of a number."""
    labels = {key for key in ("page", "page_end") if is_page_label(record.get(key))}
    place, faults = source_place({key: record[key] for key in record.keys() & _PLACES - labels})
    for message in faults:
        raise BadObject(message)
    return place, labels


def _note_parts(record: JsonObject) -> dict[str, Any]:
    """Fields that only notes have: html, provisions, quotation."""
    provisions = [_parts(one, Provision) for one in list_field(record, "provisions", dict)]
    quotation = record.get("quotation")
    if quotation is not None and not isinstance(quotation, dict):
        raise BadObject(Message("bad-quotation"))
    html = text_field(record, "html")
    if html.count("<") > MAX_HTML_TAGS:
        raise BadObject(Message("html-too-long", count=MAX_HTML_TAGS))
    return {
        "provisions": tuple(provisions),
        "quotation": None if quotation is None else _parts(quotation, Quotation),
        "html": note_html.sanitise_html(html),
    }


def _parts(record: JsonObject, kind: Any) -> Any:
    return kind(*(text_field(record, part.name, required=True) for part in fields(kind)))
