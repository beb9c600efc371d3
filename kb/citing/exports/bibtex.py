"""Records as BibTeX, which BibLaTeX reads too: UTF-8, corporate names kept whole, markup escaped.

Types of entries and their fields depend on the kind of source: `record_types`. Some are known to BibLaTeX
alone (`@jurisdiction`, `@legislation`, `@online`); BibTeX takes them for `@misc`, which prints
`howpublished` and `note`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from kb.citing.csl_item import CslItem
from kb.citing.exports.item_values import credited, in_note, item_values, legal_reference
from kb.citing.exports.record_types import record_type

__all__ = ["write_bibtex"]

_WRITTEN = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # a brace counts as one to BibTeX even behind a backslash
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "&%$#_"},
    }
)


def write_bibtex(items: Sequence[CslItem]) -> str:
    """One entry per item; its key is `document:passage`."""
    return "\n".join(_entry(credited(item)) for item in items)


def _entry(item: CslItem) -> str:
    custom = item["custom"]
    key = ":".join(filter(None, (custom["document"], custom.get("passage", ""))))
    fields = {name: value for name, value in _fields(item).items() if value}
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items())
    return f"@{record_type(item).bibtex}{{{key},\n{lines}}}\n"


def _fields(item: CslItem) -> dict[str, str]:
    values, reference = item_values(item), _reference(item)
    notes = (*_left_over(item, values, reference), item.get("note", ""))
    return {
        "title": _braced(item["title"], 2),
        "shorttitle": _braced(item.get("title-short", ""), 2),
        "author": _names(item.get("author", ())),
        "editor": _names(item.get("editor", ())),
        **_institution(item),
        **{name: _braced(value, 1 + (name in _TITLES)) for name, value in _placed(item, values)},
        "howpublished": _braced(reference),
        **_date(item),
        "doi": _braced(item.get("DOI", "")),
        "language": _braced(item.get("language", "")),
        "url": f"{{{quote(item['URL'], safe=_SAFE_IN_URL)}}}" if "URL" in item else "",
        "urldate": _accessed(item),
        "note": _braced(". ".join(filter(None, notes))),
        "annote": _braced("\n\n".join((*item["custom"].get("quotations", ()), item.get("annote", "")))),
        "abstract": _braced(item.get("abstract", "")),
    }


_TITLES = ("booktitle", "eventtitle", "series")
"""Further fields whose capitals readers change, unless they are in a second pair of braces."""

_LEGAL = ("legislation", "jurisdiction")
"""Types whose `number` is written, though Zotero drops it and it is in the note, too."""


def _reference(item: CslItem) -> str:
    return legal_reference(item) if record_type(item).bibtex in _LEGAL else ""


def _placed(item: CslItem, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The values that the entry has fields for; the last one of a field counts."""
    kind = record_type(item)
    for name, field in kind.fields.items():
        if field.bibtex and name in values:
            yield field.bibtex, re.sub(r"\s*[-–]\s*", "--", values[name]) if name == "page" else values[name]
    if kind.bibtex in _LEGAL:
        yield "number", values.get("number", "")


def _institution(item: CslItem) -> dict[str, str]:
    """The bodies that issued a report, unless another published it: BibTeX asks for an institution."""
    bodies = [name["literal"] for name in item.get("author", ()) if "literal" in name]
    if record_type(item).bibtex != "techreport" or not bodies:
        return {}
    return {"institution": f"{{{' and '.join(map(_braced, bodies))}}}"}


def _left_over(item: CslItem, values: Mapping[str, str], reference: str) -> Iterator[str]:
    """The values that the entry has no field for; not where `howpublished` has them."""
    fields = record_type(item).fields
    for name, value in values.items():
        is_placed = (name in fields and fields[name].bibtex) or value == reference
        if not is_placed and not (reference and name == "container-title"):
            yield in_note(item, name, value)


def _names(names: Sequence[Mapping[str, str]]) -> str:
    return f"{{{' and '.join(map(_name, names))}}}" if names else ""


def _name(name: Mapping[str, str]) -> str:
    """A body in braces, so that it stays whole; of a person each part."""
    if "literal" in name:
        return _braced(name["literal"])
    return ", ".join(_braced(name[part]) for part in ("family", "suffix", "given") if name.get(part))


_SAFE_IN_URL = "%/:=&?~#+!$,;'@()*[]"
"""Not percent-encoded: the field is read verbatim."""


def _braced(words: str, depth: int = 1) -> str:
    """A value in braces; a second pair preserves its capitals."""
    folded = " ".join(words.split())
    return "{" * depth + _escaped(folded) + "}" * depth if folded else ""


def _escaped(words: str) -> str:
    return words.translate(_WRITTEN)


def _date(item: CslItem) -> dict[str, str]:
    """The year, and the month and day where known; nothing where the year itself is in doubt."""
    parts = item.get("issued", {}).get("date-parts", ())
    if len({first for first, *_ in parts}) != 1:
        return {}
    year, *rest = parts[0]
    month = calendar.month_abbr[rest[0]].lower() if rest else ""
    return {"year": f"{{{year:04}}}", "month": month, "day": f"{{{rest[1]}}}" if len(rest) > 1 else ""}


def _accessed(item: CslItem) -> str:
    if "accessed" not in item:
        return ""
    year, month, day = item["accessed"]["date-parts"][0]
    return f"{{{year:04}-{month:02}-{day:02}}}"
