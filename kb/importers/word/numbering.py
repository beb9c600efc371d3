"""The numbers that Word computes for paragraphs (ECMA-376 part 1, section 17.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.importers.word.number_formats import formatted_number
from kb.importers.word.xml_tree import Element, child, children, is_switched_on, text_value, value

__all__ = ["ListCounters", "ListDefinitions", "ListLevel", "list_definitions"]

MAX_LEVELS = 9
MAX_LINKS = 10
"""The longest chain of list styles that refer to one another."""

_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """A level of a list: where it starts, its format, and its text.

    In the text, `%2` is the number of the second level. `restarts_after` counts levels from 1: the level
    starts anew after an item of that level or one above it; None for the level just above, 0 for
    never. `style` is the style of paragraphs that take their number from this level.
    """

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    restarts_after: int | None = None
    in_digits: bool = False
    style: str = ""
    indents: Element | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """One `w:num`: its abstract list, its own levels, and where it starts anew."""

    abstract: str
    levels: Mapping[int, ListLevel] = field(default_factory=dict)
    starts: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListDefinitions:
    """The lists of a document by the id that paragraphs name, and the levels of the abstract lists."""

    lists: Mapping[str, _List] = field(default_factory=dict)
    levels: Mapping[str, Mapping[int, ListLevel]] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    """The style of lists that an abstract list takes its levels from."""

    def level(self, list_id: str, level: int) -> ListLevel | None:
        """A level of a list; None if there is no such list or level."""
        one = self.lists.get(list_id)
        if one is None:
            return None
        return one.levels.get(level) or self.levels.get(one.abstract, {}).get(level)

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level that paragraphs of a style take their number from."""
        levels = (self.level(list_id, number) for number in range(MAX_LEVELS))
        return next((at for at, level in enumerate(levels) if level and style and level.style == style), None)


def list_definitions(numbering: Element | None, list_of_style: Mapping[str, str]) -> ListDefinitions:
    """The definitions in a numbering part; `list_of_style` has the lists that styles name."""
    levels, links = {}, {}
    for abstract in children(numbering, "w:abstractNum"):
        name = abstract.get("w:abstractNumId", "")
        levels[name] = _levels(abstract)
        if link := value(abstract, "w:numStyleLink"):
            links[name] = link
    lists = {one.get("w:numId", ""): _list(one) for one in children(numbering, "w:num")}
    followed = {name: _followed(one, lists, links, list_of_style) for name, one in lists.items()}
    return ListDefinitions(followed, levels, links)


def _list(one: Element) -> _List:
    levels, starts = {}, {}
    for override in children(one, "w:lvlOverride"):
        number = text_value(override.get("w:ilvl")) or 0
        levels.update(_levels(override))
        start = text_value(value(override, "w:startOverride"))
        if start is not None:
            starts[number] = start
    return _List(value(one, "w:abstractNumId") or "", levels, starts)


def _followed(
    one: _List, lists: Mapping[str, _List], links: Mapping[str, str], list_of_style: Mapping[str, str]
) -> _List:
    """The list with the abstract list to which its own refers through a style."""
    abstract = one.abstract
    for _ in range(MAX_LINKS):
        target = lists.get(list_of_style.get(links.get(abstract, ""), ""))
        if target is None or target.abstract == abstract:
            break
        abstract = target.abstract
    return _List(abstract, one.levels, one.starts)


def _levels(parent: Element) -> dict[int, ListLevel]:
    numbered = {text_value(one.get("w:ilvl")) or 0: one for one in children(parent, "w:lvl")}
    return {number: _level(one) for number, one in numbered.items() if 0 <= number < MAX_LEVELS}


def _level(one: Element) -> ListLevel:
    start = text_value(value(one, "w:start"))
    return ListLevel(
        start=0 if start is None else start,
        number_format=value(one, "w:numFmt") or "decimal",
        text=value(one, "w:lvlText") or "",
        restarts_after=text_value(value(one, "w:lvlRestart")),
        in_digits=bool(is_switched_on(one, "w:isLgl")),
        style=value(one, "w:pStyle") or "",
        indents=child(one, "w:pPr", "w:ind"),
    )


@dataclass(slots=True)
class ListCounters:
    """Counts list items in the order of the document. Lists on one abstract list share a count."""

    definitions: ListDefinitions
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def next_label(self, list_id: str, number: int) -> str:
        """The label of the next item of a list at a level, a bullet as the file has it."""
        level = self.definitions.level(list_id, number)
        if level is None:
            return ""
        self._count(list_id, number, level)
        return level.text if level.number_format == "bullet" else self._label(list_id, level)

    def _count(self, list_id: str, number: int, level: ListLevel) -> None:
        one = self.definitions.lists[list_id]
        counts = self._counts.setdefault(one.abstract, {})
        if number in one.starts and (list_id, number) not in self._begun:
            counts[number] = one.starts[number]
        else:
            counts[number] = counts[number] + 1 if number in counts else level.start
        self._begun.add((list_id, number))
        for deeper in [at for at in counts if at > number]:
            if self._restarts(list_id, deeper, number):
                del counts[deeper]

    def _restarts(self, list_id: str, deeper: int, number: int) -> bool:
        level = self.definitions.level(list_id, deeper)
        after = None if level is None else level.restarts_after
        return number < (deeper if after is None else after)

    def _label(self, list_id: str, level: ListLevel) -> str:
        counts = self._counts[self.definitions.lists[list_id].abstract]

        def number_of(found: re.Match[str]) -> str:
            number = int(found[1]) - 1
            shown = self.definitions.level(list_id, number) or ListLevel()
            form = "decimal" if level.in_digits else shown.number_format
            return formatted_number(counts.get(number, shown.start), form)

        return _PLACEHOLDER.sub(number_of, level.text).strip()
