"""What paragraphs and runs get from their styles: numbers, outline levels, weight, indents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from kb.formats.word.styles import is_quotation_name
from kb.importers.word.xml_tree import Element, child, children, is_switched_on, text_value, value

__all__ = ["StyleSheet", "style_sheet"]

T = TypeVar("T")

MAX_BASES = 20
"""The longest chain of base styles; Word allows about ten."""


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """The styles of a document by id, and the default for paragraphs that name none."""

    styles: Mapping[str, Element] = field(default_factory=dict)
    default_paragraph: str = ""
    size: float = 10
    """In points, for text that no style gives a size."""

    def bases(self, style: str) -> Iterator[Element]:
        """A style, and those it is based on, the nearest first."""
        seen: set[str] = set()
        while style in self.styles and style not in seen and len(seen) < MAX_BASES:
            yield self.styles[style]
            seen.add(style)
            style = value(self.styles[style], "w:basedOn") or ""

    def first(self, style: str, get: Callable[[Element], T | None]) -> T | None:
        """The first value that `get` finds in a style or its bases, the nearest first."""
        return next((found for one in self.bases(style) if (found := get(one)) is not None), None)

    def names(self, style: str) -> tuple[str, ...]:
        return tuple((value(one, "w:name") or "").casefold() for one in self.bases(style))

    def is_quotation(self, style: str) -> bool:
        return any(map(is_quotation_name, self.names(style)))

    def is_contents(self, style: str) -> bool:
        """Whether a style is for tables of contents: TOC 1, toc heading."""
        return any(name.startswith("toc ") for name in self.names(style)[:2])

    def outline_level(self, style: str) -> int:
        """The level of headings in this style, from 1; 0 if it is for text."""
        if any(name in ("title", "subtitle") for name in self.names(style)[:2]):
            return 1
        level = self.first(style, lambda one: text_value(value(one, "w:pPr", "w:outlineLvl")))
        return level + 1 if level is not None and 0 <= level < 9 else 0

    def switched(self, style: str, name: str) -> bool | None:
        """An on/off property of runs in a style, such as `w:b`; None if not stated."""
        return self.first(style, lambda one: is_switched_on(one, "w:rPr", name))

    def raised(self, style: str) -> bool:
        return self.first(style, lambda one: value(one, "w:rPr", "w:vertAlign")) == "superscript"

    def points(self, style: str) -> float | None:
        """The size of text in a style, in points."""
        half_points = self.first(style, lambda one: text_value(value(one, "w:rPr", "w:sz")))
        return None if half_points is None else half_points / 2

    def lists(self) -> dict[str, str]:
        """The lists that styles name, by style."""
        named = {style: value(one, "w:pPr", "w:numPr", "w:numId") for style, one in self.styles.items()}
        return {style: list_id for style, list_id in named.items() if list_id}


def style_sheet(part: Element | None) -> StyleSheet:
    """The styles that a document defines."""
    styles = {one.get("w:styleId", ""): one for one in children(part, "w:style")}
    defaults = (
        name
        for name, one in styles.items()
        if one.get("w:type") == "paragraph" and one.get("w:default") in ("1", "true", "on")
    )
    run = child(part, "w:docDefaults", "w:rPrDefault", "w:rPr")
    return StyleSheet(styles, next(defaults, ""), (text_value(value(run, "w:sz")) or 20) / 2)
