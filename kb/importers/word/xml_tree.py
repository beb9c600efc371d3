"""A part of a Word document as a small tree; elements and attributes have prefixed names, such as `w:p`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from kb.formats.ooxml_package import OfficePackage, prefixed, prefixed_keys

__all__ = ["Element", "child", "children", "is_switched_on", "part_tree", "text_value", "value"]

Element = ET.Element


class _TreeHandler:
    """Builds the tree. The package has bounded the number of tags, and lxml the depth."""

    def __init__(self) -> None:
        self._builder = ET.TreeBuilder()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._builder.start(prefixed(tag), prefixed_keys(attributes))

    def end(self, tag: str) -> None:
        self._builder.end(prefixed(tag))

    def data(self, text: str) -> None:
        self._builder.data(text)

    def tree(self) -> Element:
        return self._builder.close()


def part_tree(package: OfficePackage, name: str) -> Element:
    """The tree of a part. Raises what the package raises, ValueError for a part without elements."""
    handler = _TreeHandler()
    package.parse(name, handler)
    return handler.tree()


def children(element: Element | None, *names: str) -> Iterator[Element]:
    return (one for one in (element if element is not None else ()) if one.tag in names)


def child(element: Element | None, *path: str) -> Element | None:
    """The element at the end of a path of names, the first of each name; None where there is none."""
    for name in path:
        element = next(children(element, name), None)
    return element


def value(element: Element | None, *path: str) -> str | None:
    """The `w:val` of the element at the end of a path."""
    found = child(element, *path)
    return None if found is None else found.get("w:val", "")


def is_switched_on(element: Element | None, *path: str) -> bool | None:
    """Whether an on/off property is on; None if it is not stated."""
    found = child(element, *path)
    return None if found is None else found.get("w:val", "on") not in ("0", "false", "off", "none")


def text_value(text: str | None) -> int | None:
    """A number in an attribute; None if it is missing, not a number or absurdly large."""
    digits = (text or "").removeprefix("-")
    return int(text or "") if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None
