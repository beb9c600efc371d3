"""What a page has around its text: running heads and feet, page numbers, line numbers, printers' marks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kb.importers.blocks import Dropped, DropReason
from kb.importers.pdf.lines import NOTE_RULE, PageLine

__all__ = ["BarePages", "without_running_heads"]

EDGE_ROWS = 4
"""Rows from the top or bottom of a page among which heads and feet are looked for."""

MIN_SHARE, MIN_PAGES, ENOUGH_PAGES = 0.34, 2, 5
MIN_PAGES_BESIDE = 3
"""A line is a running one if it comes at the same height on this share of the pages, or on five."""

MAX_SHIFT = 9
"""Points by which the height of a running line may differ from page to page."""

PAGE_STEPS = (1, 2)
"""By how much the number rises with each page of a file: by two where two pages were printed on one."""

MIN_COUNTED = 3
"""How many pages must count on before the numbers may restart with another part."""

MAX_HEAD_CHARS = 60
"""Text beside a running head, such as the section that a page begins with, is one too."""

_NUMBER = re.compile(r"\d+|\b(?=[ivxl])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})\b")
_AROUND = r"[\s\-–—.|·()\[\]:]*"
_FIRST_NUMBER = re.compile(r"\d{1,3}(?=\s?[^\W\d_])")
_PAGE_NUMBER = re.compile(
    rf"{_AROUND}(?:page|página|pagina|seite|стр\.?|p\.?|pag\.?|صفحة|หน้า)?{_AROUND}"
    rf"(?P<number>\d{{1,6}}|[ivxlc]{{1,7}}){_AROUND}(?:(?:/|of|de|sur|von|из){_AROUND}\d{{1,4}})?{_AROUND}",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_PRINTER_LINE = re.compile(r"[\ue000-\uf8ff\s]+$|\*?(?:GE|V|N|K)\.?\s?\d{2}-\d{4,6}\b.{0,12}$")
_PRINTER_SIGNS = "VerDate ", "Jkt ", "PO 00000", "Fmt "
_PRINTER_WORDS = re.compile(r"VerDate |Jkt \d|\bPO 00000\b|\bFmt \d{4}\b")
"""What a printing house adds, and the bar codes and job numbers of the United Nations."""


@dataclass(frozen=True, slots=True)
class BarePages:
    """The lines of text on each page, and what was dropped."""

    pages: tuple[tuple[PageLine, ...], ...]
    dropped: tuple[Dropped, ...]


def without_running_heads(pages: Sequence[Sequence[PageLine]]) -> BarePages:
    """The pages without their heads and feet, if there are two or more: one page shows no repetition."""
    edges = [list(_edge_lines(page)) for page in pages]
    running = _running(edges)
    numbers = _page_numbers(edges)
    bare, dropped = [], []
    for number, page in enumerate(pages):
        reasons = _reasons(edges[number], running, numbers.get(number, set()), len(pages))
        reasons |= {id(line): "printer-mark" for line in _printer_marks(page)}
        reasons |= {id(line): "line-number" for line in page if line.row < 0}
        bare.append(tuple(line for line in page if id(line) not in reasons))
        dropped += [Dropped(reasons[id(one)], one.text, one.page) for one in page if id(one) in reasons]
    return BarePages(tuple(bare), tuple(dropped))


def _printer_marks(page: Sequence[PageLine]) -> Iterator[PageLine]:
    """Lines added by the printer; the whole page is searched for their signs first, as most have none."""
    whole = "\n".join([line.text for line in page])
    signed = any(sign in whole for sign in _PRINTER_SIGNS)
    for line in page:
        if _PRINTER_LINE.match(line.text) or (signed and _PRINTER_WORDS.search(line.text)):
            yield line


@dataclass(frozen=True, slots=True)
class _EdgeLine:
    line: PageLine
    foot: bool
    depth: int
    key: str


def _edge_lines(page: Sequence[PageLine]) -> Iterator[_EdgeLine]:
    rows = sorted({line.row for line in page if line.row >= 0})
    heads, feet = rows[:EDGE_ROWS], rows[::-1][:EDGE_ROWS]
    edge = {*heads, *feet}
    for line in page:
        if line.row not in edge or NOTE_RULE.fullmatch(line.text):
            continue
        key = _NUMBER.sub("#", line.text.casefold())
        if line.row in heads:
            yield _EdgeLine(line, False, heads.index(line.row), key)
        if line.row in feet:
            yield _EdgeLine(line, True, feet.index(line.row), key)


def _running(edges: Sequence[Sequence[_EdgeLine]]) -> dict[tuple[bool, str], list[float]]:
    """The heights at which each running line occurs."""
    alike: dict[tuple[bool, str], list[PageLine]] = defaultdict(list)
    for page in edges:
        for one in {(edge.foot, edge.key): edge for edge in page}.values():
            alike[one.foot, one.key].append(one.line)
    return {
        key: [line.baseline for line in found]
        for key, found in alike.items()
        if len(found) >= MIN_PAGES and _is_head(key[1]) and not (key[0] and _are_notes(found))
    }


def _is_head(key: str) -> bool:
    """Whether a line may be a running one: numbers alone are page numbers, or words of the text."""
    return "#" not in key or any(one.isalpha() for one in key)


def _are_notes(lines: Sequence[PageLine]) -> bool:
    """Whether feet that differ in numbers alone are notes, such as `5 Ibid., para. 24`.

    Most of their marks are raised, or most of their numbers neither stay the same nor count the pages.
    """
    counted = [(line, int(number[0])) for line in lines if (number := _FIRST_NUMBER.match(line.text))]
    raised = sum(line.mark_at_start is not None for line, _ in counted)
    if not counted or 2 * raised > len(counted):
        return bool(counted)
    same = max(Counter(value for _, value in counted).values())
    counting = max(_count_pages([(line.page, value) for line, value in counted], step) for step in PAGE_STEPS)
    return 2 * max(same, counting) <= len(counted)


def _count_pages(numbers: Sequence[tuple[int, int]], step: int) -> int:
    """How many numbers count the pages on from one before or after them, or restart with a part."""
    starts = [value - step * page for page, value in numbers]
    together = Counter(starts)
    runs = [len([*run]) for _, run in groupby(starts)]
    return max(*together.values(), sum(run for run in runs if run >= MIN_COUNTED))


def _reasons(
    edges: Sequence[_EdgeLine], running: dict[tuple[bool, str], list[float]], numbers: set[int], pages: int
) -> dict[int, DropReason]:
    """Why lines are dropped, by the identity of the line. Next to a running line, three pages are enough."""
    least = max(MIN_PAGES, min(MIN_SHARE * pages, ENOUGH_PAGES))
    reasons: dict[int, DropReason] = {}
    reached = {False: -1, True: -1}
    for edge in sorted(edges, key=lambda edge: edge.depth):
        if edge.depth > reached[edge.foot] + 1:
            continue  # a line further in is one only if those outside it are
        alike = running.get((edge.foot, edge.key), [])
        near = sum(abs(height - edge.line.baseline) <= MAX_SHIFT for height in alike)
        if id(edge.line) in numbers:
            reasons[id(edge.line)] = "page-number"
        elif near >= (least if reached[edge.foot] < 0 else min(least, MIN_PAGES_BESIDE)) and (
            near >= 0.5 * len(alike)
        ):
            reasons[id(edge.line)] = "running-foot" if edge.foot else "running-head"
        else:
            continue
        reached[edge.foot] = max(reached[edge.foot], edge.depth)
    rows = {edge.line.row: reasons[id(edge.line)] for edge in edges if id(edge.line) in reasons}
    beside = (edge.line for edge in edges if edge.line.row in rows and id(edge.line) not in reasons)
    reasons |= {id(line): "running-head" for line in beside if len(line.text) <= MAX_HEAD_CHARS}
    return reasons


def _page_numbers(edges: Sequence[Sequence[_EdgeLine]]) -> dict[int, set[int]]:
    """The lines of each page, by identity, that count the pages."""
    found = [
        (page, value, edge.line)
        for page, lines in enumerate(edges)
        for edge in lines
        if (value := _number(edge.line.text)) is not None
    ]
    heights: dict[tuple[int, int], list[float]] = defaultdict(list)
    for page, value, line in found:
        heights[value - page, page].append(line.baseline)
    pages = Counter(step for step, _ in heights)
    numbers: dict[int, set[int]] = defaultdict(set)
    for page, value, line in found:
        step = value - page
        beside = [*heights.get((step, page - 1), ()), *heights.get((step, page + 1), ())]
        counts_on = any(abs(height - line.baseline) <= MAX_SHIFT for height in beside)
        usual = pages[step] >= max(2, 0.2 * len(edges))
        if counts_on or usual or (value == page + 1 and len(edges) < 3):
            numbers[page].add(id(line))
    return numbers


def _number(text: str) -> int | None:
    if len(text) > 24 or not (match := _PAGE_NUMBER.fullmatch(text)):
        return None
    number = match["number"].lower()
    return int(number) if number.isdecimal() else _roman(number)


def _roman(number: str) -> int:
    values = [_ROMAN[letter] for letter in number]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
