"""Front matter: the entries between two `---` lines at the top of a content file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import Fault
from kb.formats import yaml_nodes
from kb.formats.text_file import read_text
from kb.formats.yaml_nodes import Node
from kb.messages import Message

__all__ = ["Entries", "line_of", "split"]

FENCE = "---"


@dataclass(slots=True)
class Entries:
    """The entries of a front matter, read one by one; what is wrong with them gathers in `faults`.

    Where the front matter could not be read at all, `readable` is false and no entry is missed.
    """

    path: Path
    nodes: dict[str, Node] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    readable: bool = True

    def line(self, key: str) -> int:
        """The line of a key's value, or 1 where the key is absent."""
        return self.nodes[key].line if key in self.nodes else 1

    def fault(self, key: str, message: Message) -> None:
        self.faults.append(Fault(self.path, self.line(key), message))

    def text(self, key: str) -> str:
        """The one value of a key, empty where absent."""
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
        """The values of a list, or the one value of a key as a list of one."""
        node = self.nodes.get(key)
        if node is None:
            return ()
        if node.items is not None:
            return tuple(self._item(key, item) for item in node.items)
        return (node.text,) if node.text else ()

    def _item(self, key: str, item: Node) -> str:
        if not (item.text or "").strip():
            self.faults.append(Fault(self.path, item.line, Message("empty-item", key=key)))
        return item.text or ""

    def others(self, known: Collection[str]) -> tuple[tuple[str, str], ...]:
        """The entries with other keys, lists joined by a comma."""
        keys = [key for key in self.nodes if key not in known]
        return tuple((key, ", ".join(self.texts(key))) for key in keys)


def split(text: str, path: Path) -> tuple[Entries, str, int]:
    """The front matter's entries, the text after it, and the line on which that begins."""
    entries = Entries(path, readable=False)
    if text[:3] != FENCE or text[: text.find("\n")].rstrip(" \t") != FENCE:
        entries.fault("", Message("no-front-matter"))
        return entries, text, 1
    lines = text.split("\n")
    closing = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip(" \t") == FENCE), 0)
    if not closing:
        entries.fault("", Message("unclosed-front-matter"))
        return entries, "", len(lines)
    root, faults = yaml_nodes.read("\n".join(lines[1:closing]), path, first_line=2)
    entries.nodes, entries.readable = root.entries or {}, not faults
    entries.faults.extend(faults)
    entries.faults.extend(_nested(entries))
    return entries, "\n".join(lines[closing + 1 :]), closing + 2


def _nested(entries: Entries) -> list[Fault]:
    nested = [node for node in entries.nodes.values() if node.entries is not None]
    return [Fault(entries.path, node.line, Message("nested-entry")) for node in nested]


def line_of(path: Path, key: str) -> int:
    """The line of a key in the front matter of a file, to point at when its value proves wrong."""
    text, faults = read_text(path)
    return 1 if faults else split(text, path)[0].line(key)
