"""The thesaurus file: synonyms, acronyms, one-way relations, and terms that must not be conflated."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from kb.errors import Fault
from kb.files.durable import create
from kb.formats.text_file import read_text_file
from kb.formats.yaml_nodes import YamlNode, parse_yaml
from kb.messages import Message
from kb.model import Thesaurus
from kb.settings import shipped_content

__all__ = [
    "THESAURUS_FILE",
    "Thesaurus",
    "merge_thesauri",
    "read_thesaurus",
    "shipped_thesaurus",
    "write_thesaurus",
]

THESAURUS_FILE = "thesaurus.yaml"


@dataclass(slots=True)
class _ThesaurusReader:
    path: Path
    faults: list[Fault] = field(default_factory=list)

    def fault(self, node: YamlNode, message: Message) -> None:
        self.faults.append(Fault(self.path, node.line, message))

    def term(self, node: YamlNode) -> str:
        text = " ".join((node.text or "").split())
        if not text:
            self.fault(node, Message("expected-term"))
        return text

    def items(self, node: YamlNode) -> list[YamlNode]:
        if node.items is None and node.text != "":
            self.fault(node, Message("expected-list"))
        return node.items or []

    def entries(self, node: YamlNode) -> dict[str, YamlNode]:
        if node.entries is None and node.text != "":
            self.fault(node, Message("expected-entries"))
        return node.entries or {}

    def terms(self, node: YamlNode) -> tuple[str, ...]:
        terms = tuple(filter(None, map(self.term, self.items(node))))
        if len({term.casefold() for term in terms}) < len(terms):
            self.fault(node, Message("duplicate-term"))
        return terms

    def mapping(self, node: YamlNode) -> dict[str, str]:
        return {key: self.term(value) for key, value in self.entries(node).items()}


def read_thesaurus(path: Path) -> tuple[Thesaurus, tuple[Fault, ...]]:
    """The thesaurus in a file, and its faults."""
    text, unreadable = read_text_file(path)
    if unreadable:
        return Thesaurus(), unreadable
    root, faults = parse_yaml(text, path, depth=3)
    reader = _ThesaurusReader(path, list(faults))
    parts = root.entries or {}
    _unknown(reader, parts)
    absent = YamlNode(1, text="")
    thesaurus = Thesaurus(
        same=_same(reader, parts.get("same", absent)),
        acronyms=_acronyms(reader, parts.get("acronyms", absent)),
        one_way=_one_way(reader, parts.get("one_way", absent)),
        never_conflate=_apart(reader, parts.get("never_conflate", absent)),
        instruments=reader.mapping(parts.get("instruments", absent)),
    )
    _conflated(reader, thesaurus, parts.get("never_conflate", absent))
    return thesaurus, tuple(reader.faults)


def merge_thesauri(several: Sequence[Thesaurus]) -> Thesaurus:
    """Several thesauri as one; where two define the same term, the first wins."""
    return Thesaurus(
        same=tuple(dict.fromkeys(group for one in several for group in one.same)),
        acronyms={key: value for one in reversed(several) for key, value in one.acronyms.items()},
        one_way={key: value for one in reversed(several) for key, value in one.one_way.items()},
        never_conflate=tuple(dict.fromkeys(pair for one in several for pair in one.never_conflate)),
        instruments={key: value for one in reversed(several) for key, value in one.instruments.items()},
    )


@cache
def shipped_thesaurus() -> Thesaurus:
    """The thesaurus that ships with the program, for collections without one."""
    return read_thesaurus(shipped_content() / THESAURUS_FILE)[0]


def write_thesaurus(thesaurus: Thesaurus, path: Path) -> None:
    """Write a thesaurus that reads back the same, as JSON, which is also YAML."""
    with create(path) as file:
        file.write(f"{json.dumps(asdict(thesaurus), ensure_ascii=False, indent=1)}\n".encode())


def _unknown(reader: _ThesaurusReader, parts: Mapping[str, YamlNode]) -> None:
    known = ("same", "acronyms", "one_way", "never_conflate", "instruments")
    for key, node in parts.items():
        if key not in known:
            reader.fault(node, Message("unknown-key", key=key[:80], known=", ".join(known)))


def _same(reader: _ThesaurusReader, node: YamlNode) -> tuple[tuple[str, ...], ...]:
    groups, seen = [], set[str]()
    for item in reader.items(node):
        group = reader.terms(item)
        if len(group) < 2:
            reader.fault(item, Message("small-group"))
        for term in group:
            if term.casefold() in seen:
                reader.fault(item, Message("term-in-two-groups", term=term))
        seen.update(term.casefold() for term in group)
        groups.append(group)
    return tuple(groups)


def _acronyms(reader: _ThesaurusReader, node: YamlNode) -> dict[str, str]:
    for key, value in reader.entries(node).items():
        if not key.isupper():
            reader.fault(value, Message("acronym-not-capitals", acronym=key[:80]))
    return {key: reader.term(value) for key, value in (node.entries or {}).items()}


def _one_way(reader: _ThesaurusReader, node: YamlNode) -> dict[str, tuple[str, ...]]:
    relations = {}
    for key, value in reader.entries(node).items():
        relations[key] = reader.terms(value)
        if key.casefold() in {term.casefold() for term in relations[key]}:
            reader.fault(value, Message("term-finds-itself", term=key[:80]))
    return relations


def _apart(reader: _ThesaurusReader, node: YamlNode) -> tuple[tuple[str, str], ...]:
    pairs = []
    for item in reader.items(node):
        match reader.terms(item):
            case (first, second):
                pairs.append((first, second))
            case _:
                reader.fault(item, Message("bad-pair"))
    return tuple(pairs)


def _conflated(reader: _ThesaurusReader, thesaurus: Thesaurus, node: YamlNode) -> None:
    """Report pairs that must not be conflated but that `same` and `acronyms` equate, even indirectly."""
    joined = _EqualTerms()
    for group in (*thesaurus.same, *thesaurus.acronyms.items()):
        for term in group[1:]:
            joined.join(group[0].casefold(), term.casefold())
    lines = [item for item in node.items or [] if len(item.items or []) == 2]
    for item, (first, second) in zip(lines, thesaurus.never_conflate, strict=False):
        if joined.root(first.casefold()) == joined.root(second.casefold()):
            reader.fault(item, Message("conflated-pair", first=first, second=second))


class _EqualTerms:
    """Sets of terms that count as the same (union-find)."""

    def __init__(self) -> None:
        self.above: dict[str, str] = {}

    def path(self, term: str) -> Iterator[str]:
        while (above := self.above.get(term, term)) != term:
            yield term
            term = above
        yield term

    def root(self, term: str) -> str:
        *below, root = self.path(term)
        self.above.update(dict.fromkeys(below, root))
        return root

    def join(self, one: str, other: str) -> None:
        self.above[self.root(one)] = self.root(other)
