"""What the elements around a text say of it: its weight, its level as a heading, how far it is set in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml.html import HtmlElement

__all__ = ["Around", "within"]

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD, _ITALIC = frozenset(("b", "strong", "th")), frozenset(("i", "em"))


@dataclass(frozen=True, slots=True)
class Around:
    """What holds for a text because of the elements it is in; `depth` counts lists and quotations."""

    bold: bool = False
    italic: bool = False
    linked: bool = False
    quoted: bool = False
    centred: bool = False
    heading: int = 0
    depth: int = 0


def within(element: HtmlElement, around: Around) -> Around:
    """What holds for the text of an element, given what holds around it."""
    style = (element.get("style") or "").replace(" ", "").casefold()
    name = str(element.tag)
    return replace(
        around,
        bold=around.bold or name in _BOLD or "font-weight:bold" in style,
        italic=around.italic or name in _ITALIC or "font-style:italic" in style,
        linked=around.linked or name == "a",
        quoted=around.quoted or name == "blockquote",
        centred=around.centred
        or name == "center"
        or element.get("align") == "center"
        or "text-align:center" in style,
        heading=_HEADINGS.get(name, around.heading),
        depth=around.depth + (name in ("ol", "ul", "blockquote", "dd")),
    )
