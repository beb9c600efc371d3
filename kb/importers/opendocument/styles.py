"""The styles of an OpenDocument text: lists, bold and quoted text (ODF 1.3 part 3, section 16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from kb.formats.word.styles import is_quotation_name
from kb.importers.word.number_formats import formatted_number

__all__ = ["ListLevelStyle", "TextStyles", "attributes", "local_name", "text_styles"]

MAX_PARENTS = 20
MAX_START, MAX_DIGITS = 32_767, 5
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def local_name(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition("}")[2]


def attributes(element: ET.Element) -> dict[str, str]:
    return {local_name(name): value for name, value in element.attrib.items()}


@dataclass(frozen=True, slots=True)
class ListLevelStyle:
    """A level of a list: its format ("" for a bullet or nothing), and what surrounds the number."""

    number_format: str = ""
    prefix: str = ""
    suffix: str = ""
    shown_levels: int = 1
    start: int = 1
    bullet: bool = False

    def number(self, value: int) -> str:
        return formatted_number(value, self.number_format)


@dataclass(frozen=True, slots=True)
class TextStyles:
    """The styles by name; the levels of lists, from 1, by the name of the list's style, "" for headings."""

    styles: Mapping[str, ET.Element] = field(default_factory=dict)
    lists: Mapping[str, Mapping[int, ListLevelStyle]] = field(default_factory=dict)

    def _parents(self, name: str) -> Iterator[tuple[str, ET.Element]]:
        seen: set[str] = set()
        while name in self.styles and name not in seen and len(seen) < MAX_PARENTS:
            yield name, self.styles[name]
            seen.add(name)
            name = attributes(self.styles[name]).get("parent-style-name", "")

    def property(self, style: str, name: str) -> str:
        """A property of a style or of the nearest of its parents that has it."""
        for _, one in self._parents(style):
            for properties in one:
                if (value := attributes(properties).get(name)) is not None:
                    return value
        return ""

    def list_style(self, style: str) -> str:
        """The list style of paragraphs with this style."""
        values = (attributes(one).get("list-style-name") for _, one in self._parents(style))
        return next((value for value in values if value), "")

    def is_bold(self, style: str) -> bool | None:
        weight = self.property(style, "font-weight")
        return None if not weight else weight == "bold" or weight in ("600", "700", "800", "900")

    def is_quotation(self, style: str) -> bool:
        return any(is_quotation_name(name) for name, _ in self._parents(style))

    def is_title(self, style: str) -> bool:
        return any(name in ("Title", "Subtitle") for name, _ in self._parents(style))


def text_styles(*parts: ET.Element | None) -> TextStyles:
    """The styles of a document's parts; of two with one name, the later."""
    styles: dict[str, ET.Element] = {}
    lists: dict[str, dict[int, ListLevelStyle]] = {}
    for element in (one for part in parts if part is not None for one in part.iter()):
        kind, name = local_name(element.tag), attributes(element).get("name", "")
        if kind == "style":
            styles[name] = element
        elif kind in ("list-style", "outline-style"):
            lists["" if kind == "outline-style" else name] = dict(map(_level, element))
    return TextStyles(styles, lists)


def _level(element: ET.Element) -> tuple[int, ListLevelStyle]:
    values = attributes(element)
    level = ListLevelStyle(
        _FORMATS.get(values.get("num-format", ""), ""),
        values.get("num-prefix", ""),
        values.get("num-suffix", ""),
        _number(values.get("display-levels"), 1),
        _number(values.get("start-value"), 1),
        local_name(element.tag).endswith("-bullet"),
    )
    return _number(values.get("level"), 1), level


def _number(text: str | None, otherwise: int) -> int:
    return (
        min(int(text), MAX_START)
        if text and text.isascii() and text.isdecimal() and len(text) < 6
        else otherwise
    )
