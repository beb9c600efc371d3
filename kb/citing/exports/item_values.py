"""What an item says of a source besides its title, names, dates and words, a value at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kb import edtf
from kb.citing.csl_item import CslItem, csl_key
from kb.citing.elements.legal_sources import organ_of
from kb.citing.pinpoint import is_several

__all__ = [
    "credited",
    "has_commas",
    "in_csl_json",
    "in_note",
    "item_values",
    "legal_reference",
    "page_numbers",
]

_LABELS: Mapping[str, str] = {
    "container-title": "Published in",
    "collection-title": "Series",
    "volume": "Volume",
    "issue": "Issue",
    "page": "Pages",
    "number": "Number",
    "genre": "Kind",
    "authority": "Issued by",
    "issuers": "Issued by",
    "edition": "Published edition",
    "publisher": "Publisher",
    "publisher-place": "Place",
    "event-title": "Event",
    "event-date": "Date of the event",
    "jurisdiction": "Jurisdiction",
    "ISBN": "Book number (ISBN)",
    "ISSN": "Serial number (ISSN)",
    "locator": "Pinpoint",
    "ecli": "ECLI",
}
"""What a note calls the values that have a key in CSL-JSON, in the order in which they are given.

Zotero takes notes that begin with `Edition:` or `ISBN:` for those of ProCite, and then reads other tags anew.
"""

_LEGAL_REFERENCES = ("treaty_series", "reporter", "official_journal", "neutral_citation")
"""The fields that say where a legal text is published."""

_ELSEWHERE = ("short_title", "doi")
"""Fields that every format has a place for."""

_TELLING_TYPES = frozenset(
    ("article-journal", "book", "chapter", "hearing", "legal_case", "legislation", "treaty", "webpage")
)
"""CSL types that styles do not need to be told the kind of."""

_DATES = ("opened_for_signature", "signed", "entry_into_force", "archived_date")

_PINS = {
    "paragraph": ("para {}", "paras {}"),
    "page": ("p {}", "pp {}"),
    "article-locator": ("art {}", "arts {}"),
    "section": ("s {}", "ss {}"),
    "chapter": ("ch {}", "chs {}"),
    "part": ("part {}", "parts {}"),
}


def credited(item: CslItem) -> CslItem:
    """The item with an author: of a resolution that has none, the organ that adopted it."""
    if item["custom"]["kind"] != "resolution" or "author" in item:
        return item
    organ = organ_of(item.get("number", ""))
    name = organ.name if organ else item.get("authority", "")
    if not name:
        return item
    whole = name if "United Nations" in name else f"United Nations {name}"
    rest = {key: value for key, value in item.items() if key != "authority"}
    return rest | {"author": [{"literal": whole}]}  # type: ignore[return-value]


def in_csl_json(item: CslItem) -> CslItem:
    """The item as reference managers take it: APA's style would write “[Book]” behind the title of a book."""
    credited_item = credited(item)
    says_it = item["type"] in _TELLING_TYPES and item.get("genre", "").casefold() == item["custom"]["kind"]
    if not says_it:
        return credited_item
    return {key: value for key, value in credited_item.items() if key != "genre"}  # type: ignore[return-value]


def item_values(item: CslItem) -> dict[str, str]:
    """The values by their keys in CSL-JSON, then those of fields that have none there by their names."""
    known: Mapping[str, Any] = item
    made = {
        "event-date": _event_date(item),
        "locator": _pinpoint_words(item),
    }
    values = {key: made.get(key, known.get(key, "")) for key in _LABELS}
    return {name: value for name, value in (*values.items(), *_without_key(item)) if value}


def _event_date(item: CslItem) -> str:
    """The days of an event, in words."""
    held = item.get("event-date", {})
    parts = ("-".join(f"{part:02}" for part in point) for point in held.get("date-parts", ()))
    return held.get("literal") or _date_in_words("/".join(parts))


def _without_key(item: CslItem) -> Iterator[tuple[str, str]]:
    known: Mapping[str, Any] = item
    for name, value in item["custom"].get("fields", {}).items():
        is_said = known.get(csl_key(name)) == value or (name == "treaty_series" and "volume" in item)
        if not is_said and name not in _ELSEWHERE:
            yield name, _date_in_words(value) if name in _DATES else value


def _date_in_words(value: str) -> str:
    try:
        return edtf.in_words(value)
    except ValueError:
        return value


def in_note(item: CslItem, name: str, value: str) -> str:
    """A value that a type of entry has no field for, as a note has it; empty if its kind says it already."""
    if name == "genre" and value.casefold() == item["custom"]["kind"].casefold():
        return ""
    return f"{_LABELS.get(name) or name.replace('_', ' ').capitalize()}: {value}"


def _pinpoint_words(item: CslItem) -> str:
    """`para 4`, `arts 16–18`; empty where there is no locator."""
    value, label = item.get("locator", ""), item["custom"].get("label", "")
    one, several = _PINS.get(label, ("{}", "{}"))
    return (several if is_several(value) else one).format(value) if value else ""


def page_numbers(value: str) -> tuple[str, str] | None:
    """The first and the last of `12-14` or `pp 12–14`, the last empty for a single one; None for others."""
    numbers = re.fullmatch(r"(?:pp? )?([0-9A-Za-z]+)(?:\s*[-–]\s*([0-9A-Za-z]+))?", value)
    return (numbers[1], numbers[2] or "") if numbers else None


def legal_reference(item: CslItem) -> str:
    """Where a treaty, judgment or statute is published, in one piece: `2237 UNTS 319`; empty if nowhere."""
    fields = item["custom"].get("fields", {})
    return next((fields[name] for name in _LEGAL_REFERENCES if fields.get(name)), "")


def has_commas(name: str) -> bool:
    """Whether readers cut this name at commas, one behind it aside: Zotero does so at Arabic ones, too."""
    return bool(re.search("[,،]", name.rstrip(", ")))
