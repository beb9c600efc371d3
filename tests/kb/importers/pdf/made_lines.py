"""Lines of a page, made up for tests."""

from __future__ import annotations

from typing import Any

from kb.importers.pdf.lines import PageLine
from kb.sources.lines import Box

__all__ = ["line"]


def line(text: str, baseline: float = 100, left: float = 72, page: int = 1, **others: Any) -> PageLine:
    """A line of ten points in a font with characters five points wide."""
    size = others.pop("size", 10.0)
    width = others.pop("width", 5.0 * len(text))
    box = Box(left, baseline - 8, left + width, baseline + 2)
    facts = {"row": int(baseline), "start_size": size, "end_size": size} | others
    return PageLine(text, page, box, baseline, size, **facts)
