"""The notes of a manuscript as written: where each mark is, and where its note is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from kb.formats.html_markup import (
    BLOCK_ELEMENTS,
    Markup,
    attributes_of,
    element_ends,
    find_markup,
    is_note_label,
)

__all__ = ["NoteLink", "html_notes", "markdown_notes"]

_MARK = re.compile(r"\[\^([^\]\s]{1,100})\]")
_DEFINITION = re.compile(r"^[> ]{0,6}\[\^([^\]\s]{1,100})\]:", re.MULTILINE)
_LAST_LINE = re.compile(r"\n[> \t]*\n(?![> ]{0,6}(?: {2,}|\t))|\Z")
"""A note ends at a blank line, unless an indented one follows."""


class NoteLink(NamedTuple):
    """The mark of a note at `mark`, and where the note begins and ends."""

    mark: int
    start: int
    end: int


def markdown_notes(text: str) -> list[NoteLink]:
    """The notes of a Markdown text, `[^1]` and `[^1]: ...`, in order of their marks."""
    definitions = list(_DEFINITION.finditer(text))
    following = [*(one.start() for one in definitions[1:]), len(text)]
    spans: dict[str, tuple[int, int]] = {}
    for one, last in zip(definitions, following, strict=True) if definitions else ():
        end = _LAST_LINE.search(text, one.end(), last)
        spans.setdefault(one[1], (one.end(), end.start() if end else last))
    defined = {one.end() - 1 for one in definitions}
    return [
        NoteLink(mark.start(), *spans[mark[1]])
        for mark in _MARK.finditer(text)
        if mark[1] in spans and mark.end() not in defined
    ]


def html_notes(html: str) -> list[NoteLink]:
    """The notes that links such as `<a href="#fn1">1</a>` lead to, in order of their marks."""
    markup = find_markup(html)
    ends = element_ends(markup)
    blocks = [one.start() for one in markup if _name(one) in BLOCK_ELEMENTS]
    targets: dict[str, tuple[int, int]] = {}
    for number, tag in enumerate(markup):
        for target in _ids(tag):
            end = markup[ends[number]].start() if number in ends and _name(tag) in BLOCK_ELEMENTS else None
            at = bisect_right(blocks, tag.start())
            targets.setdefault(target, (tag.end(), end or (blocks[at] if at < len(blocks) else len(html))))
    return [
        NoteLink(tag.start(), *targets[target])
        for number, tag in enumerate(markup)
        if (target := _leads_to(tag)) in targets
        and targets[target][0] > tag.start()
        and number in ends
        and is_note_label(html[tag.end() : markup[ends[number]].start()])
    ]


def _name(tag: Markup) -> str:
    return (tag["name"] or "").lower()


def _ids(tag: Markup) -> Iterator[str]:
    if _name(tag) and not tag["close"] and tag["attributes"]:
        attributes = attributes_of(tag)
        yield from (attributes[key] for key in ("id", "name") if key in attributes)


def _leads_to(tag: Markup) -> str:
    """The id that a link within the page leads to; "" for anything else."""
    if _name(tag) != "a" or tag["close"]:
        return ""
    return attributes_of(tag).get("href", "").removeprefix("#")
