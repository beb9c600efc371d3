"""Records as BibTeX, which BibLaTeX reads too: UTF-8, corporate names kept whole, markup escaped."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from kb.citing.csl_item import CslItem

__all__ = ["write_bibtex"]

_TYPES = {"report": "techreport", "webpage": "misc"}
_OTHER = "misc"

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
    return "\n".join(map(_entry, items))


def _entry(item: CslItem) -> str:
    custom = item["custom"]
    key = ":".join(filter(None, (custom["document"], custom.get("passage", ""))))
    fields = {name: value for name, value in _fields(item).items() if value}
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items())
    return f"@{_TYPES.get(item['type'], _OTHER)}{{{key},\n{lines}}}\n"


def _fields(item: CslItem) -> dict[str, str]:
    names = [_name(name) for name in item.get("author", ())]
    bodies = [_braced(name["literal"]) for name in item.get("author", ()) if "literal" in name]
    is_report = item["type"] == "report"
    return {
        "title": _braced(item["title"], 2),
        "author": f"{{{' and '.join(names)}}}" if names else "",
        "institution": f"{{{' and '.join(bodies)}}}" if bodies and is_report else "",
        "booktitle": _braced(item.get("container-title", "")),
        "publisher": _braced(item.get("publisher", "")),
        **_date(item),
        "type": _braced(item.get("genre", "")),
        "number": _braced(item.get("number", "")),
        "volume": _braced(item.get("volume", "")),
        "address": _braced(item.get("publisher-place", "")),
        "pages": _braced(_place(item)),
        "language": _braced(item.get("language", "")),
        "url": f"{{{quote(item['URL'], safe=_SAFE_IN_URL)}}}" if "URL" in item else "",
        "urldate": _accessed(item),
        "note": _braced(item.get("note", "")),
        "annote": _braced("\n\n".join((*item["custom"].get("quotations", ()), item.get("annote", "")))),
        "abstract": _braced(item.get("abstract", "")),
    }


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


def _place(item: CslItem) -> str:
    label = item["custom"].get("label", "")
    value = item.get("locator", "")
    return value if label in ("page", "") else f"{label} {value}"


def _accessed(item: CslItem) -> str:
    if "accessed" not in item:
        return ""
    year, month, day = item["accessed"]["date-parts"][0]
    return f"{{{year:04}-{month:02}-{day:02}}}"
