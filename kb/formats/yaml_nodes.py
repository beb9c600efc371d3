"""YAML as plain strings, lists and maps that know their lines.

Read from PyYAML's events, which neither recurse nor build objects: a hostile file costs no
more than its size, and every value stays the string that was written (`012`, `no`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from kb.errors import Fault

__all__ = ["Node", "quote", "read"]

MOST_CHARACTERS = 256_000
REMEDY = 'write each entry as “key: value”, and put a value with : or # in it between " and "'
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._/-]*(?: [A-Za-z0-9._/-]+)*")
SPECIAL = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


@dataclass(slots=True)
class Node:
    """A value with the line it stands on: exactly one of `text`, `items` and `entries` is not None."""

    line: int
    text: str | None = None
    items: list[Node] | None = None
    entries: dict[str, Node] | None = None
    key: str | None = field(default=None, repr=False)


class _Refused(Exception):
    def __init__(self, line: int, problem: str, remedy: str) -> None:
        self.line, self.problem, self.remedy = line, problem, remedy
        super().__init__(problem)


def read(text: str, path: Path, first_line: int = 1, depth: int = 2) -> tuple[Node, tuple[Fault, ...]]:
    """The map that the YAML `text` is, nested at most `depth` deep; empty where there is a fault.

    `first_line` is the line of the file on which the text begins.
    """
    empty = Node(first_line, entries={})
    try:
        return _build(text, first_line, depth) or empty, ()
    except _Refused as exc:
        return empty, (Fault(path, exc.line, exc.problem, exc.remedy),)
    except yaml.MarkedYAMLError as exc:
        problem = f"this is not valid YAML: {exc.problem or exc.context}"
        return empty, (Fault(path, first_line + _line(exc), problem, REMEDY),)
    except (yaml.YAMLError, ValueError, OverflowError) as exc:
        # PyYAML lets chr() and int() fail on absurd escapes and version numbers
        reason = getattr(exc, "reason", "a character or number in it is impossible")
        return empty, (Fault(path, first_line, f"this is not valid YAML: {reason}", REMEDY),)


def _line(error: yaml.MarkedYAMLError) -> int:
    marks = (error.problem_mark, error.context_mark)
    return next((mark.line for mark in marks if mark is not None), 0)


class _Builder:
    """Puts the nodes together; lines count from `first_line`."""

    def __init__(self, first_line: int, depth: int) -> None:
        self.first_line, self.depth = first_line, depth
        self.root: Node | None = None
        self.stack: list[Node] = []

    def take(self, event: yaml.Event) -> None:
        line = self.first_line + (event.start_mark.line if event.start_mark else 0)
        _refuse(event, line)
        match event:
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.stack.pop()
            case yaml.ScalarEvent():
                self.place(Node(line, text=_whole(event.value, line)))
            case yaml.MappingStartEvent():
                self.place(Node(line, entries={}))
            case yaml.SequenceStartEvent():
                self.place(Node(line, items=[]))

    def place(self, node: Node) -> None:
        if node.text is None and len(self.stack) >= self.depth:
            remedy = "use single values or a list of them"
            raise _Refused(node.line, "the values are nested too deeply", remedy)
        if self.stack:
            _attach(self.stack[-1], node)
        else:
            self.root = node
        if node.text is None:
            self.stack.append(node)


def _build(text: str, first_line: int, depth: int) -> Node | None:
    if len(text) > MOST_CHARACTERS:
        raise _Refused(first_line, f"this is longer than {MOST_CHARACTERS:,} characters", "shorten it")
    builder = _Builder(first_line, depth)
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        builder.take(event)
    root = builder.root
    if root is not None and root.entries is None:
        raise _Refused(root.line, "these are not entries of the form “key: value”", REMEDY)
    return root


def _refuse(event: yaml.Event, line: int) -> None:
    if getattr(event, "anchor", None):
        problem = "anchors (&) and aliases (*) are not used here"
        raise _Refused(line, problem, "put the value between quotation marks")
    if getattr(event, "tag", None):
        raise _Refused(line, "YAML tags (!) are not used here", "put the value between quotation marks")
    if isinstance(event, yaml.DocumentStartEvent) and event.explicit:
        raise _Refused(line, "a line --- or a % directive stands inside the YAML", "remove it")


def _whole(text: str, line: int) -> str:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise _Refused(line, "half a character (a lone surrogate) stands here", "write the whole character")
    return text


def _attach(parent: Node, node: Node) -> None:
    if parent.items is not None:
        parent.items.append(node)
    elif parent.key is not None and parent.entries is not None:
        parent.entries[parent.key] = node
        parent.key = None
    elif node.text is None:
        raise _Refused(node.line, "a key must be a plain word", REMEDY)
    elif parent.entries is not None and node.text in parent.entries:
        raise _Refused(node.line, f"the key “{node.text}” stands here twice", "keep one of the two")
    else:
        parent.key = node.text


def quote(text: str) -> str:
    """The text as a YAML scalar that reads back as the same string."""
    if PLAIN.fullmatch(text):
        return text
    return '"' + "".join(SPECIAL.get(one) or _visible(one) for one in text) + '"'


def _visible(character: str) -> str:
    return character if character.isprintable() else f"\\U{ord(character):08x}"
