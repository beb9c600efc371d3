"""Records as RIS, the exchange format that reference managers read.

Tags: https://en.wikipedia.org/wiki/RIS_(file_format), the list of Reference Manager.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kb.citing.csl_item import CslItem
from kb.citing.labels import name_words

__all__ = ["write_ris"]

_TYPES = {"report": "RPRT", "webpage": "ELEC", "legal_case": "CASE", "legislation": "STAT"}
_OTHER = "GEN"

_PLACES = {"paragraph": "para", "page": "", "article": "art", "section": "s", "chapter": "ch", "part": "part"}

RisField = tuple[str, str]


def write_ris(items: Sequence[CslItem]) -> str:
    """One record per item, with CR LF line ends and a blank line after it.

    Each value is on one line, white space folded; empty ones are left out.
    """
    return "".join(map(_record, items))


def _record(item: CslItem) -> str:
    names = item.get("author", ())
    bodies = [name["literal"] for name in names if "literal" in name]
    fields = (
        ("TY", _TYPES.get(item["type"], _OTHER)),
        ("TI", item["title"]),
        ("T2", item.get("container-title", "")),
        *(("AU", _author(name)) for name in names),
        *_date(item.get("issued", {})),
        ("VL", item.get("volume", "")),
        ("CY", item.get("publisher-place", "")),
        ("PB", item.get("publisher", "")),
        ("M1", item.get("number", "")),
        ("M3", item.get("genre", "")),
        ("SP", _place(item)),
        ("AB", item.get("abstract", "")),
        ("LA", item.get("language", "")),
        ("UR", item.get("URL", "")),
        ("Y2", _day(item.get("accessed", {}))),
        ("DB", item.get("source", "")),
        ("RN", item.get("annote", "")),
        *(("N1", sentence) for sentence in item.get("note", "").split(". ")),
        *(("N1", quotation) for quotation in item["custom"].get("quotations", ())),
        *(("N1", f"Issued by {body}") for body in bodies if "," in body),
    )
    folded = ((tag, " ".join(value.split())) for tag, value in fields)
    lines = [f"{tag}  - {value}" for tag, value in folded if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _author(name: Mapping[str, str]) -> str:
    return _body(name["literal"]) if "literal" in name else name_words(name, is_inverted=True)


def _body(name: str) -> str:
    """The name of a body, written so that no reader of RIS takes it for a person or for several.

    `AU` is made for `Lastname, Firstname`. A comma behind a name tells EndNote that it is a body's
    (https://docs.endnote.com, "Author and Editor Names"); at any other one Zotero splits the name and
    drops what follows the second part, so that those are written with a character that looks the same.
    """
    inner = name.rstrip(", ").replace(",", _COMMA)
    return f"{inner}," if inner else ""


_COMMA = "\N{SINGLE LOW-9 QUOTATION MARK}"


def _place(item: CslItem) -> str:
    """The pinpoint; RIS reads it as a page, so anything else is labelled."""
    counted = _PLACES.get(item["custom"].get("label", ""), "")
    return f"{counted} {item.get('locator', '')}"


def _date(issued: dict[str, Any]) -> tuple[RisField, ...]:
    """The year, and the month and day where known; nothing where the year itself is in doubt."""
    parts = issued.get("date-parts", ())
    if len({first for first, *_ in parts}) != 1:
        return ()
    year, *rest = parts[0]
    month, day = (*(f"{part:02}" for part in rest), "", "")[:2]
    return ("PY", f"{year:04}"), ("DA", f"{year:04}/{month}/{day}/" if month else "")


def _day(accessed: dict[str, Any]) -> str:
    return "/".join(f"{part:02}" for part in accessed["date-parts"][0]) + "/" if accessed else ""
