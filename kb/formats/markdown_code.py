"""The code in a Markdown text (CommonMark 4.4, 4.5 and 6.1): fenced, indented, and within lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

__all__ = ["blanked", "without_code"]

_CONTAINERS = r"(?P<containers>(?>(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*)[ \t]*+)"
_FENCE = re.compile(rf"{_CONTAINERS}(?P<fence>`{{3,}}+(?=[^`]*+$)|~{{3,}}+)")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)[ \t]*\S")
_CONTAINER = re.compile(
    r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)]|\[\^[^\]\s]{1,100}\]:|:)(?:[ \t]|$)|(?:!!!|\?\?\?)\+?[ \t])"
)
"""What indented lines may continue: a list item, a note, a definition, an admonition."""

_RUN = re.compile("`+")
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")


def without_code(text: str) -> tuple[str, int]:
    """The text with spaces for its code, every line as long as before, and how many pieces there are."""
    lines = text.split("\n")
    blocks = list(_blocks(lines))
    for first, last in blocks:
        lines[first:last] = [blanked(line) for line in lines[first:last]]
    text = "\n".join(lines)
    spans = list(_spans(text))
    pieces, end = [], 0
    for start, last in spans:
        pieces += [text[end:start], blanked(text[start:last])]
        end = last
    return "".join([*pieces, text[end:]]), len(blocks) + len(spans)


def blanked(text: str) -> str:
    """Spaces in place of the text, with the same line ends."""
    return re.sub(r"[^\n]", " ", text)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The fenced and indented blocks, by the numbers of their first line and of the line after them."""
    number, in_container, after_blank = 0, False, True
    while number < len(lines):
        line, end = lines[number], number
        in_container = bool(_CONTAINER.match(line)) or (
            in_container and not (after_blank and line[:1].strip())
        )
        if fence := _FENCE.match(line):
            end = _fence_end(lines, number, fence)
        elif after_blank and not in_container and _INDENTED.match(line):
            end = _indented_end(lines, number)
        if end > number:
            yield number, end
        after_blank = end > number or not line.strip()
        number = max(end, number + 1)


def _fence_end(lines: Sequence[str], first: int, fence: re.Match[str]) -> int:
    """Where a fenced block ends: after the closing fence, or where its block quotation does."""
    mark = fence["fence"]
    closing = re.compile(rf"[> \t]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    quoted = ">" in fence["containers"]
    for number in range(first + 1, len(lines)):
        if quoted and not lines[number].lstrip().startswith(">"):
            return number
        if closing.match(lines[number]):
            return number + 1
    return len(lines)


def _indented_end(lines: Sequence[str], first: int) -> int:
    """Where an indented block that may begin here ends, the blank lines at its end left out."""
    end = first
    for number in range(first, len(lines)):
        if _INDENTED.match(lines[number]):
            end = number + 1
        elif lines[number].strip():
            break
    return end


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The code within lines: from a run of backticks to the next one as long in the same paragraph."""
    runs = [run.span() for run in _RUN.finditer(text)]
    breaks = [one.start() for one in _BLANK_LINE.finditer(text)]
    by_size: dict[int, list[int]] = {}
    for start, end in runs:
        by_size.setdefault(end - start, []).append(start)
    reached = 0
    for start, end in runs:
        size = end - start
        if start < reached or _is_escaped(text, start):
            continue
        starts = by_size[size]
        at = bisect_left(starts, end)
        broken = bisect_left(breaks, start)
        last = breaks[broken] if broken < len(breaks) else len(text)
        if at < len(starts) and starts[at] < last:
            reached = starts[at] + size
            yield start, reached


def _is_escaped(text: str, at: int) -> bool:
    before = len(text[max(0, at - 20) : at]) - len(text[max(0, at - 20) : at].rstrip("\\"))
    return before % 2 == 1
