"""The numbers of list items and headings, as LibreOffice counts them (ODF 1.3 part 3, section 5.3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from kb.importers.blocks import ListItem
from kb.importers.opendocument.styles import ListLevelStyle, TextStyles, attributes

__all__ = ["ListNumbers"]

MAX_LEVEL = 10


@dataclass(slots=True)
class ListNumbers:
    """Counts the items of open lists, and remembers lists that others may continue."""

    styles: TextStyles
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _last_of_style: dict[str, str] = field(default_factory=dict)
    _lists: int = 0

    def begin(self, element: ET.Element, style: str) -> str:
        """The key under which to count an outermost list: a new one, or that of the list it continues."""
        values = attributes(element)
        self._lists += 1
        key = values.get("id") or f"list {self._lists}"
        if continued := values.get("continue-list"):
            key = continued
        elif values.get("continue-numbering") == "true":
            key = self._last_of_style.get(style, key)
        self._last_of_style[style] = key
        self._counts.setdefault(key, {})
        return key

    def item(self, key: str, style: str, level: int, start: str | None = None) -> ListItem | None:
        """The next item of a list at a level from 1; None if nothing is printed before it."""
        level = max(1, min(level, MAX_LEVEL))
        counts = self._counts.setdefault(key, {})
        own = self._style(style, level)
        given = int(start) if start and start.isascii() and start.isdecimal() and len(start) < 6 else None
        counts[level] = given if given is not None else counts.get(level, own.start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if own.bullet:
            return ListItem("•", level - 1)
        if not own.number_format:
            return None
        first = max(1, level - own.shown_levels + 1)
        shown = [(one, self._style(style, one)) for one in range(first, level + 1)]
        numbers = [one.number(counts.get(at, one.start)) for at, one in shown if one.number_format]
        return ListItem(f"{own.prefix}{'.'.join(numbers)}{own.suffix}".strip(), level - 1)

    def _style(self, style: str, level: int) -> ListLevelStyle:
        return self.styles.lists.get(style, {}).get(level) or ListLevelStyle()
