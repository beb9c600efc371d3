"""The body of a curated document: its passages as blocks of text, each with an attribute list.

    ## Part I
    {: #part-i page="3" }

    The words of the passage, which may run
    over several lines.
    {: #p1 locator="para 1" unit="paragraph" page="3" subpoints="theme/subpoint" }

Blocks are separated by blank lines, and a heading applies to what follows it. With an attribute list
directly below it, a heading is a passage itself, of the unit `heading`. Passages carry no markup:
the words stand for themselves (see `kb.text.markdown_escape` for what a backslash does).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb import ids, tags
from kb.curated.suggested_themes import SUGGESTION_ATTRIBUTES, read_suggestions, suggestion_values
from kb.errors import ANY_NAME, Fault, FaultyRecord
from kb.formats.attribute_list import Attributes, dump_attributes, parse_attributes
from kb.messages import Message
from kb.model import Passage
from kb.sources.unit_kinds import PLACE_KEYS, SourcePlace, source_place
from kb.text.control_characters import MARGIN
from kb.text.markdown_escape import escape, join, unescape

__all__ = ["PASSAGE_ATTRIBUTES", "attribute_list", "dump_passages", "heading_line", "parse_passages"]

PASSAGE_ATTRIBUTES = (
    *("locator", "heading", *PLACE_KEYS, "subpoints", "themes", "formerly"),
    *SUGGESTION_ATTRIBUTES,
)
HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
HEADING_SEPARATOR = " > "
"""Separates the parts of a heading path."""

MAX_HEADING_CHARS = 1_000
"""The longest heading line; it is repeated in each passage below it."""

MAX_HEADING_DEPTH = 5
"""The levels of heading that Markdown has below `#`."""


def parse_passages(
    text: str, document: str, path: Path, first_line: int = 1
) -> tuple[tuple[Passage, ...], tuple[Fault, ...]]:
    """The passages of a body that begins on `first_line` of its file, and its faults."""
    reader = _BlockReader(document, path)
    for number, line in enumerate(text.split("\n"), first_line):
        reader.take(number, line.strip(MARGIN), line)
    reader.close()
    return tuple(reader.passages), tuple(reader.faults)


@dataclass(slots=True)
class _BlockReader:
    document: str
    path: Path
    passages: list[Passage] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    block: list[str] = field(default_factory=list)
    block_line: int = 0
    headings: dict[int, str] = field(default_factory=dict)
    heading: str = ""
    titled: str = ""
    above: str = ""
    """The heading on the line before, which an attribute list may make a passage, and those above it."""
    ids: set[str] = field(default_factory=set)

    def take(self, number: int, bare: str, line: str) -> None:
        if not bare:
            self.close()
        elif bare.startswith("{:"):
            self.attach(number, bare)
            self.titled = ""
        elif heading := HEADING.fullmatch(bare):
            self.close()
            self.enter(number, len(heading[1]), unescape(heading[2]))
        else:
            self.block_line = self.block_line if self.block else number
            self.block.append(line)
            self.titled = ""

    def close(self) -> None:
        """End a block; one without an attribute list has no id."""
        if self.block:
            self.fault(self.block_line, Message("passage-without-id"), ANY_NAME, read=False)
            self.block.clear()
        self.titled = ""

    def enter(self, number: int, level: int, title: str) -> None:
        if len(title) > MAX_HEADING_CHARS:
            message = Message("heading-too-long", characters=MAX_HEADING_CHARS)
            self.faults.append(Fault(self.path, number, message))
        self.headings = {above: words for above, words in self.headings.items() if above < level}
        self.above = HEADING_SEPARATOR.join(self.headings.values())
        self.titled, self.block_line = title[:MAX_HEADING_CHARS], number
        self.headings[level] = self.titled
        self.heading = HEADING_SEPARATOR.join(self.headings.values())

    def attach(self, number: int, line: str) -> None:
        attributes = parse_attributes(line, PASSAGE_ATTRIBUTES)
        for message in attributes.faults:
            self.fault(number, message, attributes.id, read=False)
        if not (self.block or self.titled):
            self.fault(number, Message("stray-attribute-list"), attributes.id, read=False)
        elif not attributes.faults:
            self.add(number, attributes)
        self.block.clear()

    def add(self, number: int, attributes: Attributes) -> None:
        text = join(self.block) if self.block else self.titled
        if not text.split():
            message = Message("empty-passage", id=attributes.id)
            self.fault(self.block_line, message, attributes.id, read=False)
        elif attributes.id in self.ids:
            self.fault(number, Message("duplicate-id", id=attributes.id), attributes.id, read=False)
        else:
            self.ids.add(attributes.id)
            self.passages.append(self.passage(attributes, text, number))

    def passage(self, attributes: Attributes, text: str, number: int) -> Passage:
        values = attributes.values
        place = self.place(values, number, attributes.id)
        return Passage(
            document=self.document,
            id=attributes.id,
            text=text,
            locator=values.get("locator", ""),
            heading=values.get("heading", self.heading if self.block else self.above),
            themes=self.tagged(values, number, attributes.id),
            formerly=self.former(values, number, attributes.id),
            unit=place.unit if self.block else "heading",
            page=place.page,
            page_end=place.page_end,
            suggested=read_suggestions(values),
            line=self.block_line,
        )

    def place(self, values: Mapping[str, str], number: int, id: str) -> SourcePlace:
        place, faults = source_place(values)
        for message in faults:
            self.fault(number, message, id)
        if not self.block and place.unit not in ("", "heading"):
            self.fault(number, Message("other-unit-of-heading", unit=place.unit), id)
        return place

    def tagged(self, values: Mapping[str, str], number: int, id: str) -> tuple[str, ...]:
        given_tags = (*values.get("themes", "").split(), *values.get("subpoints", "").split())
        for tag in given_tags:
            if not ids.is_theme_value(tag):
                self.fault(number, Message("bad-tag", tag=tag[:80]), id)
        return tags.normalized(filter(ids.is_theme_value, given_tags))

    def former(self, values: Mapping[str, str], number: int, id: str) -> tuple[str, ...]:
        given, faults = ids.former_addresses(values.get("formerly", "").split(), self.document)
        for message in faults:
            self.fault(number, message, id)
        return given

    def fault(self, line: int, message: Message, id: str, read: bool = True) -> None:
        record = FaultyRecord("passages", ids.address(self.document, id or ANY_NAME), read)
        self.faults.append(Fault(self.path, line, message, record))


def dump_passages(passages: Sequence[Passage]) -> str:
    """A body that `parse_passages` reads back as the same passages (except document, html and provisions)."""
    pieces: list[str] = []
    standing: tuple[str, ...] = ()
    for passage in passages:
        parts = tuple(passage.heading.split(HEADING_SEPARATOR)) if passage.heading else ()
        if passage.unit == "heading" and _makes_line(parts, passage.text):
            pieces.extend(_headings(parts, standing) if standing[: len(parts)] != parts else ())
            standing = (*parts, passage.text)
            line = heading_line(len(parts), passage.text)
            pieces.append(f"{line}{attribute_list(passage, False, unit='')}\n")
            continue
        fits = _fits(parts, standing)
        if fits:
            pieces.extend(_headings(parts, standing))
            standing = parts
        pieces.append(f"{escape(passage.text)}\n{attribute_list(passage, not fits, unit=passage.unit)}\n")
    return "\n".join(pieces)


def _fits(parts: tuple[str, ...], standing: tuple[str, ...]) -> bool:
    """Whether heading lines can express this path, given the current one."""
    if len(parts) > MAX_HEADING_DEPTH or not all(map(_is_title, parts)):
        return False
    return parts == standing or bool(parts)


def _makes_line(parts: tuple[str, ...], text: str) -> bool:
    """Whether a heading can be written as a heading line below those of its path."""
    return len(parts) < MAX_HEADING_DEPTH and all(map(_is_title, (*parts, text)))


def _is_title(part: str) -> bool:
    fits = len(part) <= MAX_HEADING_CHARS and HEADING_SEPARATOR not in part
    return fits and part == unescape(_title(part)) and bool(part.split())


def _title(part: str) -> str:
    return escape(part).replace("\\\n", "&#10;")


def _headings(parts: tuple[str, ...], standing: tuple[str, ...]) -> list[str]:
    same = 0
    while same < min(len(parts), len(standing)) and parts[same] == standing[same]:
        same += 1
    if same == len(parts) < len(standing):
        same -= 1
    return [heading_line(level, parts[level]) for level in range(same, len(parts))]


def heading_line(level: int, part: str) -> str:
    return f"{'#' * (level + 2)} {_title(part)}\n"


def attribute_list(passage: Passage, with_heading: bool, *, unit: str) -> str:
    """The line below a passage; `with_heading` if no heading line states its heading."""
    values = {"locator": passage.locator} if passage.locator else {}
    if with_heading:
        values["heading"] = passage.heading
    values |= {"unit": unit} if unit else {}
    values |= {"page": str(passage.page)} if passage.page else {}
    values |= {"page_end": str(passage.page_end)} if passage.page_end != passage.page else {}
    former = [one.removeprefix(f"{passage.document}/") for one in passage.formerly]
    values |= _tag_values(passage.themes) | ({"formerly": " ".join(former)} if former else {})
    values |= suggestion_values(passage.suggested)
    return dump_attributes(passage.id, values)


def _tag_values(values: tuple[str, ...]) -> dict[str, str]:
    """Tags as two attributes where this keeps their order: a sub-point implies its theme."""
    below = [tag for tag in values if "/" in tag]
    alone = [tag for tag in values if "/" not in tag and not any(one.startswith(tag + "/") for one in below)]
    split = {"themes": " ".join(alone), "subpoints": " ".join(below)}
    kept = split if tags.normalized((*alone, *below)) == values else {"themes": " ".join(values)}
    return {key: value for key, value in kept.items() if value}
