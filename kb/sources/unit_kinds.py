"""What a passage is in its source, such as a numbered paragraph or a bullet, and on which pages it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, cast, get_args

from kb.messages import Message

__all__ = ["NO_HITS", "PLACE_KEYS", "UNIT_KINDS", "SourcePlace", "UnitKind", "is_page_label", "source_place"]

UnitKind = Literal[
    "heading",
    "paragraph",
    "subparagraph",
    "article",
    "recommendation",
    "preambular",
    "lead-in",
    "bullet",
    "quote",
    "footnote",
    "row",
]
UNIT_KINDS: tuple[UnitKind, ...] = get_args(UnitKind)

NO_HITS: frozenset[str] = frozenset({"heading", "lead-in"})
"""Units that can be opened and cited but are never hits: they only announce what follows."""

PLACE_KEYS = ("unit", "page", "page_end")
MAX_PAGE = 999_999


class SourcePlace(NamedTuple):
    """What a passage is, and its first and last page; empty and None if unknown."""

    unit: UnitKind | Literal[""] = ""
    page: int | None = None
    page_end: int | None = None


def source_place(given: Mapping[str, object]) -> tuple[SourcePlace, tuple[Message, ...]]:
    """The unit and pages in the fields of a passage, and what is wrong with them.

    Pages are numbers, or digits as text. A passage without `page_end` ends on the page where it begins.
    """
    unit, page = given.get("unit") or "", _page(given.get("page"))
    page_end = page if given.get("page_end") is None else _page(given["page_end"])
    faults = [
        Message("bad-page", key=key, value=str(given[key])[:80])
        for key, number in (("page", page), ("page_end", page_end))
        if number is None and given.get(key) is not None
    ]
    if unit not in ("", *UNIT_KINDS):
        faults.append(Message("unknown-unit", unit=str(unit)[:80], known=", ".join(UNIT_KINDS)))
    if not faults and page_end is not None and (page is None or page_end < page):
        faults.append(Message("page-end-first", value=page_end))
    if faults:
        return SourcePlace(), tuple(faults)
    return SourcePlace(cast(UnitKind, unit), page, page_end), ()


def _page(value: object) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        value = int(value[:7])
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return cast(int, value) if is_number and 1 <= cast(int, value) <= MAX_PAGE else None


def is_page_label(value: object) -> bool:
    """Whether a page is given in words or by a label of its own, such as `xii`, not by number."""
    return isinstance(value, str) and not (value.isascii() and value.isdecimal())
