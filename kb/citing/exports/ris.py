"""Records as RIS, the exchange format that reference managers read.

Tags: https://en.wikipedia.org/wiki/RIS_(file_format), the list of Reference Manager. Which of them holds what
depends on the kind of source: `record_types`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.citing.csl_item import CslItem
from kb.citing.exports.item_values import credited, has_commas, in_note, item_values, page_numbers
from kb.citing.exports.record_types import record_type
from kb.citing.labels import join_names, name_words

__all__ = ["write_ris"]

RisField = tuple[str, str]


def write_ris(items: Sequence[CslItem]) -> str:
    """One record per item, with CR LF line ends and a blank line after it.

    Each value is on one line, white space folded; empty ones are left out.
    """
    return "".join(_record(credited(item)) for item in items)


def _record(item: CslItem) -> str:
    fields = (
        ("TY", record_type(item).ris),
        ("TI", item["title"]),
        ("ST", item.get("title-short", "")),
        *_names(item),
        *_date(item.get("issued", {})),
        *_values(item),
        ("AB", item.get("abstract", "")),
        ("LA", item.get("language", "")),
        ("DO", item.get("DOI", "")),
        ("UR", item.get("URL", "")),
        ("Y2", _day(item.get("accessed", {}))),
        ("DP", item.get("source", "")),
        ("RN", item.get("annote", "")),
        *(("N1", sentence) for sentence in item.get("note", "").split(". ")),
        *(("N1", quotation) for quotation in item["custom"].get("quotations", ())),
    )
    # notes last: Zotero reads some of them as corrections of what is before
    folded = sorted(
        ((tag, " ".join(value.split())) for tag, value in fields), key=lambda field: field[0] == "N1"
    )
    lines = [f"{tag}  - {value}" for tag, value in folded if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _names(item: CslItem) -> Iterator[RisField]:
    """Authors and editors, but for those of `_bodies`."""
    for name in item.get("author", ()):
        if "literal" not in name:
            yield "AU", name_words(name, is_inverted=True)
        elif not has_commas(name["literal"]):
            yield "AU", _body(name["literal"])
    editors = record_type(item).fields.get("editor")
    for name in item.get("editor", ()):
        yield editors.ris if editors else "ED", name_words(name, is_inverted=True)


def _body(name: str) -> str:
    """The name of a body: a comma behind it tells EndNote that it is no person's.

    https://docs.endnote.com, "Author and Editor Names".
    """
    words = name.rstrip(", ")
    return f"{words}," if words else ""


def _values(item: CslItem) -> Iterator[RisField]:
    """The values of the kind's own tags, each of which is there once; what is left over as notes."""
    fields, taken = record_type(item).fields, set()
    for name, value in (*item_values(item).items(), *_bodies(item)):
        field = fields.get("publisher" if name == "issuers" else name)
        if not (field and field.ris) or field.ris in taken:
            yield "N1", in_note(item, name, value)
            continue
        taken.add(field.ris)
        yield from _pages(value) if field.ris == "SP" else ((field.ris, value),)


def _bodies(item: CslItem) -> Iterator[RisField]:
    """The bodies whose names have commas: `AU` is for `Lastname, Firstname`, and Zotero would cut them."""
    names = [name["literal"] for name in item.get("author", ()) if has_commas(name.get("literal", ""))]
    if names:
        yield "issuers", join_names(names)


def _pages(value: str) -> Iterator[RisField]:
    """The first page and the last; other pinpoints as they are."""
    first, last = page_numbers(value) or (value, "")
    yield from (("SP", first), ("EP", last))


def _date(issued: Mapping[str, Any]) -> tuple[RisField, ...]:
    """The year, and the month and day where known; nothing where the year itself is in doubt."""
    parts = issued.get("date-parts", ())
    if len({first for first, *_ in parts}) != 1:
        return ()
    year, *rest = parts[0]
    month, day = (*(f"{part:02}" for part in rest), "", "")[:2]
    return ("PY", f"{year:04}"), ("DA", f"{year:04}/{month}/{day}/" if month else "")


def _day(accessed: Mapping[str, Any]) -> str:
    return "/".join(f"{part:02}" for part in accessed["date-parts"][0]) + "/" if accessed else ""
