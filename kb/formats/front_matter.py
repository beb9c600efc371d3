"""Front matter: the entries between two `---` lines at the top of a content file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from kb.errors import Fault
from kb.formats.text_file import read_text_file
from kb.formats.yaml_nodes import YamlNode, parse_yaml
from kb.messages import Message
from kb.text.control_characters import MARGIN

__all__ = ["GUESSED", "FrontMatter", "field_comments", "line_of_key", "split_front_matter", "with_comment"]

FENCE = "---"
GUESSED = "guessed"
"""Begins the comment on a field whose value an editor should check."""


@dataclass(slots=True)
class FrontMatter:
    """The entries of a front matter; reading them collects their faults in `faults`.

    If the front matter as a whole could not be read, `readable` is false and no entry is reported missing.
    """

    path: Path
    nodes: dict[str, YamlNode] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    readable: bool = True

    def line(self, key: str) -> int:
        """The line of a key's value, or 1 if the key is absent."""
        return self.nodes[key].line if key in self.nodes else 1

    def fault(self, key: str, message: Message) -> None:
        self.faults.append(Fault(self.path, self.line(key), message))

    def text(self, key: str) -> str:
        """The single value of a key, empty if absent."""
        node = self.nodes.get(key)
        if node is None:
            return ""
        if node.text is None:
            self.fault(key, Message("not-single-value", key=key))
        return node.text or ""

    def required(self, key: str) -> str:
        value = self.text(key)
        is_list = key in self.nodes and self.nodes[key].text is None
        if self.readable and not is_list and not value.strip():
            self.fault(key, Message("missing-entry", key=key))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The values of a key, whether a list or a single one."""
        node = self.nodes.get(key)
        if node is None:
            return ()
        if node.items is not None:
            return tuple(self._item(key, item) for item in node.items)
        return (node.text,) if node.text else ()

    def _item(self, key: str, item: YamlNode) -> str:
        if item.text is None:
            self.faults.append(Fault(self.path, item.line, Message("yaml-too-deep")))
        elif not item.text.strip():
            self.faults.append(Fault(self.path, item.line, Message("empty-item", key=key)))
        return item.text or ""

    def values(self, key: str) -> tuple[str | Mapping[str, str | None], ...]:
        """The values of a key, as `texts` gives them, but mappings of texts are allowed too."""
        node = self.nodes.get(key)
        if node is None or node.entries is not None:
            return ()
        if node.items is None:
            return (node.text,) if node.text else ()
        return tuple(self._value(key, item) for item in node.items)

    def _value(self, key: str, item: YamlNode) -> str | Mapping[str, str | None]:
        if item.entries is None:
            return self._item(key, item)
        return {name: value.text for name, value in item.entries.items()}

    def others(self, known: Collection[str]) -> tuple[tuple[str, str], ...]:
        """The entries with other keys; lists are joined by commas."""
        keys = [key for key in self.nodes if key not in known]
        return tuple((key, ", ".join(self.texts(key))) for key in keys)


def split_front_matter(text: str, path: Path) -> tuple[FrontMatter, str, int]:
    """The front matter, the text after it, and the line on which that begins."""
    entries = FrontMatter(path, readable=False)
    if text[:3] != FENCE or text[: text.find("\n")].rstrip(MARGIN) != FENCE:
        entries.fault("", Message("no-front-matter"))
        return entries, text, 1
    lines = text.split("\n")
    closing = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip(MARGIN) == FENCE), 0)
    if not closing:
        entries.fault("", Message("unclosed-front-matter"))
        return entries, "", len(lines)
    root, faults = parse_yaml("\n".join(lines[1:closing]), path, first_line=2, depth=3)
    entries.nodes, entries.readable = root.entries or {}, not faults
    entries.faults.extend(faults)
    entries.faults.extend(_nested(entries))
    return entries, "\n".join(lines[closing + 1 :]), closing + 2


def _nested(entries: FrontMatter) -> list[Fault]:
    nested = [node for node in entries.nodes.values() if node.entries is not None]
    return [Fault(entries.path, node.line, Message("nested-entry")) for node in nested]


def line_of_key(path: Path, key: str) -> int:
    """The line of a key in the front matter of a file, for faults found later."""
    text, faults = read_text_file(path)
    return 1 if faults else split_front_matter(text, path)[0].line(key)


def with_comment(line: str, comment: str) -> str:
    """A line of front matter followed by a comment."""
    return f"{line}  # {comment}" if comment else line


def field_comments(text: str) -> Mapping[str, str]:
    """The comments in a file's front matter, by key; they say where the values come from."""
    found = {}
    lines = text.split("\n")
    for line in lines[1 : lines.index(FENCE, 1)] if FENCE in lines[1:] else ():
        key, comment = _comment_of(line)
        if comment:
            found[key] = comment
    return found


def _comment_of(line: str) -> tuple[str, str]:
    """The key and comment of a line; both empty unless it is a whole entry with a comment."""
    if "#" not in line:
        return "", ""
    try:
        events = list(yaml.parse(line, yaml.SafeLoader))
    except yaml.YAMLError:
        return "", ""
    values = [one for one in events if isinstance(one, yaml.ScalarEvent | yaml.SequenceEndEvent)]
    end = values[-1].end_mark if len(values) > 1 else None
    rest = line[end.column :].lstrip() if end else ""
    key = values[0].value if rest and isinstance(values[0], yaml.ScalarEvent) else ""
    return (str(key), rest[1:].strip()) if rest.startswith("#") else ("", "")
