"""The works of a text, listed as its style has it: each once, in order, under the headings of their kinds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kb.citing.csl_item import CslItem, kind_of
from kb.citing.elements.citation_elements import CitationElements
from kb.citing.rich_text import RichText, joined, plain_text, roman
from kb.citing.styles.registry import Style
from kb.citing.works.list_rules import LIST_RULES, ListGroup, ListRules

__all__ = ["ListedWork", "WorkGroup", "WorkList", "in_list_order", "list_works"]


class ListedWork(NamedTuple):
    """An entry; `language` is that of the source, empty where unknown."""

    runs: RichText
    language: str


class WorkGroup(NamedTuple):
    """Entries under a heading, which is empty where one list has them all."""

    heading: str
    entries: tuple[ListedWork, ...]


@dataclass(frozen=True, slots=True)
class WorkList:
    """All groups that have works; `title` is empty where each group is a list of its own."""

    title: str
    groups: tuple[WorkGroup, ...]


def list_works(works: Iterable[CslItem], style: Style) -> WorkList:
    """The list of these works, given in any order, each once."""
    rules, ordered = LIST_RULES[style.name], in_list_order(works, style)
    named = {kind for group in rules.groups for kind in group.kinds}
    within = (
        (group, [item for item in ordered if _belongs(kind_of(item).name, group, named)])
        for group in rules.groups
    )
    kept = [(group, found) for group, found in within if found]
    groups = tuple(
        WorkGroup(_heading(group, rules, at, len(kept)), _entries(found, style, group))
        for at, (group, found) in enumerate(kept)
    )
    return WorkList(rules.title, groups)


def _belongs(kind: str, group: ListGroup, named: set[str]) -> bool:
    return kind in group.kinds if group.kinds else kind not in named


def _heading(group: ListGroup, rules: ListRules, at: int, of: int) -> str:
    """Other sources are others only where there are groups before them."""
    if rules.title and of == 1 and not group.kinds:
        return ""
    return f"{rules.numbered_by[at]} {group.heading}" if rules.numbered_by else group.heading


def _entries(works: Sequence[CslItem], style: Style, group: ListGroup) -> tuple[ListedWork, ...]:
    rules = LIST_RULES[style.name]
    has_dashes = rules.dash and not group.kinds
    entries, before = [], None
    for item in works:
        names = _authors(item, style)
        is_dashed = has_dashes and (not names or names == before)
        runs = _entry(_without_names(item) if is_dashed else item, style)
        runs = joined(" ", roman(rules.dash), runs) if is_dashed else runs
        entries.append(ListedWork(_upright(runs) if group.is_upright else runs, item.get("language", "")))
        before = names
    return tuple(entries)


def _elements(item: CslItem, style: Style) -> CitationElements:
    rules = LIST_RULES[style.name]
    if not rules.has_short_titles:
        item = _without_short_title(item)
    listed = replace(style.rules, has_full_stop=rules.has_full_stop, names=rules.names or style.rules.names)
    return CitationElements(item, listed)


def _entry(item: CslItem, style: Style) -> RichText:
    """The last part of a citation, which is the entry where the style tells notes and entries apart."""
    return style.forms[kind_of(item).name](_elements(item, style))[-1]


def _authors(item: CslItem, style: Style) -> str:
    elements = _elements(item, style)
    return plain_text(elements.authors or elements.leading_editors)


def _without_names(item: CslItem) -> CslItem:
    rest = {key: value for key, value in item.items() if key not in ("author", "editor")}
    return rest  # type: ignore[return-value]


def _without_short_title(item: CslItem) -> CslItem:
    fields = {key: value for key, value in item["custom"].get("fields", {}).items() if key != "short_title"}
    return {**item, "custom": {**item["custom"], "fields": fields}}


def _upright(runs: RichText) -> RichText:
    return joined("", *(((text, False),) for text, _ in runs))


def in_list_order(works: Iterable[CslItem], style: Style) -> list[CslItem]:
    """The works by author, then by year or title as the style has it; those without author by title."""
    return sorted(works, key=lambda item: _sort_key(item, style))


def _sort_key(item: CslItem, style: Style) -> tuple[str, ...]:
    rules = LIST_RULES[style.name]
    written, names = plain_text(_entry(item, style)), _authors(item, style)
    year, title = item["custom"].get("edtf", "")[:4], _folded(item["title"])
    if names and _folded(written).startswith(_folded(names)):
        return (_folded(names), *((year, title) if rules.order == "year" else (title, year)), item["id"])
    first = "" if rules.dash and not names else _folded(written)
    return first, _folded(written), year, item["id"]


_MARKS = re.compile(r"^[^\w]+")
_ARTICLE = re.compile(r"^(?:the|an?) (?=\w)")


def _folded(words: str) -> str:
    """Letters without case and accents; marks and an article at the beginning do not count."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return _ARTICLE.sub("", _MARKS.sub("", letters))
