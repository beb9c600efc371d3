"""The number or bullet of a paragraph, and how far it is indented: its own, of its style, or of its list."""

from __future__ import annotations

from dataclasses import dataclass

from kb.importers.blocks import ListItem
from kb.importers.word.numbering import ListCounters, ListLevel
from kb.importers.word.styles import StyleSheet
from kb.importers.word.xml_tree import Element, child, text_value, value

__all__ = ["Indents", "ListItems"]

NO_LIST = "0"
"""The list id that means no number, whatever the paragraph's style says."""

_BULLET_SIGNS = "•▪◦○■□◆◇‣●–—-"
_ROUND = {"o": "◦"}


@dataclass(frozen=True, slots=True)
class Indents:
    """Indents in points: of the first line, of all lines, and from the opposite margin."""

    first: float = 0
    rest: float = 0
    end: float = 0


@dataclass(frozen=True, slots=True)
class ListItems:
    """Finds out which list paragraphs belong to, and counts."""

    styles: StyleSheet
    counters: ListCounters

    def item(self, properties: Element | None, style: str) -> ListItem | None:
        """The next item of the list that a paragraph belongs to, if any; call once per paragraph."""
        found = self._place(properties, style)
        if found is None:
            return None
        level = self.counters.definitions.level(*found)
        label = self.counters.next_label(*found)
        if level is not None and level.number_format == "bullet":
            label = label if label and label in _BULLET_SIGNS else _ROUND.get(label, "•")
        return ListItem(label, found[1]) if label else None

    def indents(self, properties: Element | None, style: str) -> Indents:
        """The indents of a paragraph: its own, else those of its list, else those of its style."""
        place = self._place(properties, style)
        level = self.counters.definitions.level(*place) if place else None
        own_list = value(properties, "w:numPr", "w:numId") is not None
        sources = [child(properties, "w:ind"), *self._inherited(level, style, own_list=own_list)]
        left = _twips(sources, "w:left", "w:start")
        hanging = _twips(sources, "w:hanging")
        first = -hanging if hanging else _twips(sources, "w:firstLine")
        return Indents((left + first) / 20, left / 20, _twips(sources, "w:right", "w:end") / 20)

    def _inherited(self, level: ListLevel | None, style: str, *, own_list: bool) -> list[Element | None]:
        of_list = [level.indents] if level is not None else []
        of_style = [child(one, "w:pPr", "w:ind") for one in self.styles.bases(style)]
        return [*of_list, *of_style] if own_list else [*of_style, *of_list]

    def _place(self, properties: Element | None, style: str) -> tuple[str, int] | None:
        """The id of the list and the level, from 0."""
        number = child(properties, "w:numPr")
        own_list, own_level = value(number, "w:numId"), text_value(value(number, "w:ilvl"))
        list_id = own_list or self.styles.first(style, lambda one: value(one, "w:pPr", "w:numPr", "w:numId"))
        if not list_id or list_id == NO_LIST:
            return None
        if own_level is None and own_list is None:
            own_level = self._level_by_style(list_id, style)
        return list_id, min(max(own_level or 0, 0), 8)

    def _level_by_style(self, list_id: str, style: str) -> int | None:
        definitions = self.counters.definitions
        for one in self.styles.bases(style):
            linked = definitions.level_of_style(list_id, one.get("w:styleId", ""))
            said = text_value(value(one, "w:pPr", "w:numPr", "w:ilvl"))
            if linked is not None or said is not None:
                return linked if linked is not None else said
        return None


def _twips(sources: list[Element | None], *names: str) -> int:
    """A measure from the first element that states it under any of the names."""
    values = (text_value(one.get(name)) for one in sources if one is not None for name in names)
    return next((one for one in values if one is not None), 0)
