"""The numbers and bullets that a browser computes for list items (HTML, 4.4.5; CSS Lists 3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lxml.html import HtmlElement

from kb.importers.blocks import ListItem

__all__ = ["item_mark", "list_styles"]

MAX_RULES = 2_000
MAX_NUMBER = 9_999

_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_BULLETS = {"circle": "◦", "square": "▪", "disc": "•", "none": ""}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;}]+)", re.IGNORECASE)
_NAMES = re.compile(
    r"(?:^|\s)(lower-(?:alpha|latin|roman|greek)|upper-(?:alpha|latin|roman)|decimal(?:-leading-zero)?|disc|circle"
    r"|square|none|arabic-indic|thai|persian|devanagari)(?=\s|$)",
    re.IGNORECASE,
)
_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{0,2000})\}")
_COMPOUND = re.compile(r"([.#]?)([\w-]+)")


def list_styles(css: str) -> list[tuple[str, str]]:
    """The rules of a style sheet that name a type of list: selector and type, the last one first."""
    found = []
    for selectors, declarations in _RULE.findall(css)[:MAX_RULES]:
        if kind := _kind(declarations):
            found += [(selector.strip(), kind) for selector in selectors.split(",")]
    return found[::-1]


def item_mark(item: HtmlElement, rules: list[tuple[str, str]], level: int) -> ListItem | None:
    """The number or bullet of a list item; None if its list has none."""
    parent = item.getparent()
    kind = _own_kind(item, rules) or (_own_kind(parent, rules) if parent is not None else "")
    if parent is None or parent.tag != "ol":
        label = _BULLETS.get(kind or "disc", "•")
        return ListItem(label, level) if label else None
    kind = kind or "decimal"
    if kind in _BULLETS:
        return ListItem(_BULLETS[kind], level) if _BULLETS[kind] else None
    return ListItem(f"{_FORMATS.get(kind, str)(_number(item, parent))}.", level)


def _own_kind(element: HtmlElement, rules: list[tuple[str, str]]) -> str:
    own = _kind(element.get("style") or "") or _TYPES.get((element.get("type") or "").strip(), "")
    own = own or (element.get("type") or "").strip().casefold() * ((element.get("type") or "") in _BULLETS)
    return own or next((kind for selector, kind in rules if _is_selected(element, selector)), "")


def _kind(declarations: str) -> str:
    values = _STYLE.findall(declarations)
    name = _NAMES.search(values[-1].replace("!important", "").strip()) if values else None
    return name[1].casefold().replace("latin", "alpha") if name else ""


def _is_selected(element: HtmlElement, selector: str) -> bool:
    """Whether a selector of names, classes, ids and descendants matches an element; others never do."""
    *above, last = selector.replace(">", " ").split() or [""]
    if not _matches(element, last):
        return False
    ancestors = iter(element.iterancestors())
    return all(any(_matches(one, compound) for one in ancestors) for compound in reversed(above))


def _matches(element: HtmlElement, compound: str) -> bool:
    parts = _COMPOUND.findall(compound)
    if not parts or "".join(sign + name for sign, name in parts) != compound:
        return compound == "*"
    values: Mapping[str, list[str]] = {
        "": [element.tag] if isinstance(element.tag, str) else [],
        ".": (element.get("class") or "").split(),
        "#": [element.get("id") or ""],
    }
    return all(name in values[sign] for sign, name in parts)


def _number(item: HtmlElement, parent: HtmlElement) -> int:
    """The number of an item: its own, else counted from the last item with its own, or from the start."""
    step = -1 if parent.get("reversed") is not None else 1
    items = [one for one in parent if one.tag == "li"]
    start = _integer(parent.get("start"))
    number = start if start is not None else (len(items) if step < 0 else 1)
    for one in items:
        own = _integer(one.get("value"))
        number = own if own is not None else number
        if one is item:
            break
        number += step
    return number


def _integer(text: str | None) -> int | None:
    found = re.match(r"\s*([-+]?\d{1,6})", text or "", re.ASCII)
    return max(-MAX_NUMBER, min(int(found[1]), MAX_NUMBER)) if found else None


def _letters(number: int) -> str:
    """Letters as CSS counts them: z, aa, ab."""
    text = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        text = chr(ord("a") + place) + text
    return text


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for worth, letters in _NUMERALS:
        count, number = divmod(number, worth)
        text += letters * count
    return text


_NUMERALS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_FORMATS: Mapping[str, Callable[[int], str]] = {
    "lower-alpha": lambda number: _letters(number) or str(number),
    "upper-alpha": lambda number: (_letters(number) or str(number)).upper(),
    "lower-roman": _roman,
    "upper-roman": lambda number: _roman(number).upper(),
    "decimal-leading-zero": "{:02d}".format,
}
