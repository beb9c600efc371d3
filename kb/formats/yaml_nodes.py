"""YAML as plain strings, lists and maps with line numbers.

It is built from PyYAML's events, which neither recurse nor create objects: a hostile file costs no
more than its size, and each value stays the string that was written (`012`, `no`).

libyaml gives the same events in a tenth of the time. What it refuses, and the few things that it reads
otherwise, PyYAML's own parser reads, so that every fault has one wording and one line.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from kb.errors import Fault
from kb.formats.text_file import read_text_file
from kb.messages import Message

__all__ = ["YamlNode", "line_of_entry", "parse_yaml", "quote_yaml"]

MAX_YAML_CHARS = 256_000
OLD_LINE_BREAKS = str.maketrans("\x85\u2028\u2029", "   ")
"""PyYAML ends lines at these; in YAML 1.2, section 5.4, they are white space like any other."""

_READ_OTHERWISE = re.compile(
    r"[^\n -~\xa0-\ufefe\uff00-\uffef\U00010000-\U0010ffff]|[|>][-+0-9]*+#|(?<![\w/])\?"
)
"""Where libyaml may differ: control characters, tabs too, a comment right after `|`, `?` before a key."""

_SURROGATE = re.compile("[\ud800-\udfff]")
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._/-]*(?: [A-Za-z0-9._/-]+)*")
SPECIAL = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


@dataclass(slots=True)
class YamlNode:
    """A value and its line; exactly one of `text`, `items` and `entries` is not None."""

    line: int
    text: str | None = None
    items: list[YamlNode] | None = None
    entries: dict[str, YamlNode] | None = None
    key: str | None = field(default=None, repr=False)


class _BadYaml(Exception):
    def __init__(self, line: int, message: Message) -> None:
        self.line, self.message = line, message
        super().__init__(message.code)


def parse_yaml(
    text: str, path: Path, first_line: int = 1, depth: int = 2
) -> tuple[YamlNode, tuple[Fault, ...]]:
    """A YAML mapping, nested at most `depth` deep; empty if there is a fault.

    `first_line` is the line of the file on which the text begins.
    """
    empty = YamlNode(first_line, entries={})
    try:
        return _build(text, first_line, depth) or empty, ()
    except _BadYaml as exc:
        return empty, (Fault(path, exc.line, exc.message),)
    except yaml.MarkedYAMLError as exc:
        message = Message("invalid-yaml", reason=exc.problem or exc.context or "")
        return empty, (Fault(path, first_line + _line(exc), message),)
    except (yaml.YAMLError, ValueError, OverflowError) as exc:
        # PyYAML lets chr() and int() fail on absurd escapes and version numbers
        reason = getattr(exc, "reason", "")
        message = Message("invalid-yaml", reason=reason) if reason else Message("impossible-yaml")
        return empty, (Fault(path, first_line, message),)


def line_of_entry(path: Path, key: str) -> int:
    """The line of a top-level entry's value in a YAML file, for later remarks; 1 if there is none."""
    text, _ = read_text_file(path)
    entries = parse_yaml(text, path, depth=10)[0].entries or {}
    return entries[key].line if key in entries else 1


def _line(error: yaml.MarkedYAMLError) -> int:
    marks = (error.problem_mark, error.context_mark)
    return next((mark.line for mark in marks if mark is not None), 0)


class _Unsure(Exception):
    """The two parsers may differ here."""


class _Loader(yaml.BaseLoader):
    # YAML refuses most control characters; a title copied from a PDF may have them, and nothing is lost
    NON_PRINTABLE = re.compile("\0")  # type: ignore[misc]  # the stubs say final, the library does not


class _NodeBuilder:
    """Builds nodes from events; lines count from `first_line`."""

    def __init__(self, first_line: int, depth: int) -> None:
        self.first_line, self.depth = first_line, depth
        self.root: YamlNode | None = None
        self.stack: list[YamlNode] = []

    def take(self, event: yaml.Event) -> None:
        line = self.first_line + (event.start_mark.line if event.start_mark else 0)
        _refuse(event, line)
        match event:
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.stack.pop()
            case yaml.ScalarEvent():
                self.place(YamlNode(line, text=_whole(event.value, line)))
            case yaml.MappingStartEvent():
                self.place(YamlNode(line, entries={}))
            case yaml.SequenceStartEvent():
                self.place(YamlNode(line, items=[]))

    def place(self, node: YamlNode) -> None:
        if node.text is None and len(self.stack) >= self.depth:
            raise _BadYaml(node.line, Message("yaml-too-deep"))
        if self.stack:
            _attach(self.stack[-1], node)
        else:
            self.root = node
        if node.text is None:
            self.stack.append(node)


class _QuickNodeBuilder(_NodeBuilder):
    """Builds nodes from libyaml's events; gives up where they may differ from those of PyYAML's own parser.

    That parser refuses `?` in a plain value between brackets, and gives an empty value another line.
    """

    brackets = 0

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.CollectionStartEvent() if event.flow_style:
                self.brackets += 1
            case yaml.CollectionEndEvent() if self.brackets:
                self.brackets -= 1
            case yaml.ScalarEvent() if self.brackets and not event.style:
                if not event.value or "?" in event.value:
                    raise _Unsure
        super().take(event)


def _build(text: str, first_line: int, depth: int) -> YamlNode | None:
    if len(text) > MAX_YAML_CHARS:
        raise _BadYaml(first_line, Message("yaml-too-long", characters=MAX_YAML_CHARS))
    text = text.translate(OLD_LINE_BREAKS)
    root = _quickly_read(text, first_line, depth)
    if root is None:
        root = _read(text, _Loader, _NodeBuilder(first_line, depth))
    if root is not None and root.entries is None:
        raise _BadYaml(root.line, Message("not-key-value"))
    return root


def _quickly_read(text: str, first_line: int, depth: int) -> YamlNode | None:
    """What libyaml reads; None if that is nothing, if it is in doubt, or if this PyYAML comes without it."""
    if not yaml.__with_libyaml__ or _READ_OTHERWISE.search(text):
        return None
    with suppress(_BadYaml, _Unsure, yaml.YAMLError, ValueError):
        return _read(text, yaml.CBaseLoader, _QuickNodeBuilder(first_line, depth))
    return None


def _read(
    text: str, loader: type[yaml.CBaseLoader] | type[_Loader], builder: _NodeBuilder
) -> YamlNode | None:
    for event in yaml.parse(text, Loader=loader):
        builder.take(event)
    return builder.root


def _refuse(event: yaml.Event, line: int) -> None:
    if getattr(event, "anchor", None):
        raise _BadYaml(line, Message("yaml-anchor"))
    if getattr(event, "tag", None):
        raise _BadYaml(line, Message("yaml-tag"))
    if isinstance(event, yaml.DocumentStartEvent) and event.explicit:
        raise _BadYaml(line, Message("yaml-directive"))


def _whole(text: str, line: int) -> str:
    if _SURROGATE.search(text):
        raise _BadYaml(line, Message("lone-surrogate"))
    return text


def _attach(parent: YamlNode, node: YamlNode) -> None:
    if parent.items is not None:
        parent.items.append(node)
    elif parent.key is not None and parent.entries is not None:
        parent.entries[parent.key] = node
        parent.key = None
    elif node.text is None:
        raise _BadYaml(node.line, Message("bad-key"))
    elif parent.entries is not None and node.text in parent.entries:
        raise _BadYaml(node.line, Message("duplicate-key", key=node.text))
    else:
        parent.key = node.text


def quote_yaml(text: str) -> str:
    """The text as a YAML scalar."""
    if PLAIN.fullmatch(text):
        return text
    return '"' + "".join(SPECIAL.get(one) or _visible(one) for one in text) + '"'


def _visible(character: str) -> str:
    return character if character.isprintable() else f"\\U{ord(character):08x}"
