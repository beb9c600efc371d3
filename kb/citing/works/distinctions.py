"""What tells works apart that one reference in the text would stand for: `2015a` and `2015b`, or a title."""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_lowercase

from kb.citing.csl_item import CslItem, is_note
from kb.citing.rich_text import plain_text
from kb.citing.styles.registry import Style, cite
from kb.citing.works.list_rules import LIST_RULES
from kb.citing.works.work import work_key
from kb.citing.works.work_list import in_list_order

__all__ = ["distinctions", "distinguished"]

Distinction = Mapping[str, str | bool]
"""Further keys of a record's `custom` part."""


def distinctions(works: Mapping[str, CslItem], style: Style) -> dict[str, Distinction]:
    """By work, what each reference to it needs; letters follow the order of the list."""
    way = LIST_RULES[style.name].told_apart_by
    if not way:
        return {}
    alike: dict[str, list[CslItem]] = {}
    for item in works.values():
        alike.setdefault(_reference(item, style), []).append(item)
    return {
        work_key(item): {"year_letter": _letter(at)} if way == "letter" else {"needs_title": True}
        for group in alike.values()
        if len(group) > 1
        for at, item in enumerate(in_list_order(group, style))
    }


def distinguished(item: CslItem, distinction: Distinction | None) -> CslItem:
    """The record with what tells its work apart."""
    return {**item, "custom": {**item["custom"], **distinction}} if distinction else item  # type: ignore[typeddict-item]


def _reference(item: CslItem, style: Style) -> str:
    """The reference in the text; our notes add their titles to it, which tells no entries apart."""
    untitled: CslItem = {**item, "title": ""} if is_note(item) else item
    return plain_text(cite(untitled, style).parts[0].runs)


def _letter(at: int) -> str:
    """`a` to `z`, then `aa`."""
    more, last = divmod(at, len(ascii_lowercase))
    return (_letter(more - 1) if more else "") + ascii_lowercase[last]
