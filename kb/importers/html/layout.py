"""Lists and tables that hold no text of their own: navigation, and tables that only arrange a page."""

from __future__ import annotations

from lxml.html import HtmlElement

from kb.importers.html.region import squeezed

__all__ = ["arranges", "is_links"]

MAX_CELL_CHARS = 1_200
MIN_LINKS = 3


def is_links(element: HtmlElement) -> str:
    """Where a list of links leads: `within` the page or `outside`; "" if it has words of its own."""
    items = [one for one in element if one.tag in ("li", "dd", "dt")]
    chars = len(squeezed(element))
    links = [one for one in element.iter("a") if one.get("href")]
    linked = sum(len(squeezed(one)) for one in links)
    if len(items) < MIN_LINKS or linked < 0.85 * chars or chars > 80 * max(len(links), 1):
        return ""
    inner = sum((one.get("href") or "").startswith("#") for one in links)
    return "within" if inner > len(links) / 2 else "outside"


def arranges(table: HtmlElement, cells: list[list[HtmlElement]]) -> bool:
    """Whether a table only arranges paragraphs on the page."""
    if table.get("role") in ("presentation", "none") or all(len(row) <= 1 for row in cells):
        return True
    every = [cell for row in cells for cell in row]
    return any(cell.find(".//table") is not None or len(squeezed(cell)) > MAX_CELL_CHARS for cell in every)
