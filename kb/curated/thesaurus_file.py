"""The thesaurus file: synonyms, acronyms, one-way relations, and terms that must not be conflated."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from kb.curated.equal_terms import EqualTerms
from kb.errors import Fault
from kb.files.durable import create
from kb.formats.text_file import read_text_file
from kb.formats.yaml_nodes import YamlNode, parse_yaml
from kb.messages import Message
from kb.model import DistinctPair, Thesaurus
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
MAX_DEFINITION_CHARS = 500
"""The longest definition, or reason for not conflating two terms: two or three sentences."""
_PARTS = ("same", "acronyms", "one_way", "never_conflate", "definitions", "instruments")
_PAIR_KEYS = ("term", "other", "reason")


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

    def sentence(self, node: YamlNode) -> str:
        """A text for readers, of limited length."""
        text = self.term(node)
        if len(text) > MAX_DEFINITION_CHARS:
            limit = MAX_DEFINITION_CHARS
            self.fault(node, Message("definition-too-long", length=len(text), limit=limit))
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
    pairs = _pairs(reader, parts.get("never_conflate", absent))
    definitions = parts.get("definitions", absent)
    thesaurus = Thesaurus(
        same=_same(reader, parts.get("same", absent)),
        acronyms=_acronyms(reader, parts.get("acronyms", absent)),
        one_way=_one_way(reader, parts.get("one_way", absent)),
        never_conflate=tuple(pair for pair, _ in pairs),
        definitions=_definitions(reader, definitions),
        instruments=reader.mapping(parts.get("instruments", absent)),
    )
    equal = EqualTerms.of(thesaurus)
    _conflated(reader, equal, pairs)
    _defined_twice(reader, equal, definitions)
    return thesaurus, tuple(reader.faults)


def merge_thesauri(several: Sequence[Thesaurus]) -> Thesaurus:
    """Several thesauri as one; where two define the same term, the first wins."""
    return Thesaurus(
        same=tuple(dict.fromkeys(group for one in several for group in one.same)),
        acronyms={key: value for one in reversed(several) for key, value in one.acronyms.items()},
        one_way={key: value for one in reversed(several) for key, value in one.one_way.items()},
        never_conflate=_merged_pairs(several),
        definitions={key: value for one in reversed(several) for key, value in one.definitions.items()},
        instruments={key: value for one in reversed(several) for key, value in one.instruments.items()},
    )


def _merged_pairs(several: Sequence[Thesaurus]) -> tuple[DistinctPair, ...]:
    merged: dict[tuple[str, str], DistinctPair] = {}
    for pair in (pair for one in several for pair in one.never_conflate):
        merged.setdefault((pair.first, pair.second), pair)
    return tuple(merged.values())


@cache
def shipped_thesaurus() -> Thesaurus:
    """The thesaurus that ships with the program, for collections without one."""
    return read_thesaurus(shipped_content() / THESAURUS_FILE)[0]


def write_thesaurus(thesaurus: Thesaurus, path: Path) -> None:
    """Write a thesaurus that reads back the same, as JSON, which is also YAML."""
    plain = asdict(thesaurus) | {"never_conflate": [_written(pair) for pair in thesaurus.never_conflate]}
    with create(path) as file:
        file.write(f"{json.dumps(plain, ensure_ascii=False, indent=1)}\n".encode())


def _written(pair: DistinctPair) -> list[str] | dict[str, str]:
    return dict(zip(_PAIR_KEYS, pair, strict=True)) if pair.reason else [pair.first, pair.second]


def _unknown(reader: _ThesaurusReader, parts: Mapping[str, YamlNode]) -> None:
    for key, node in parts.items():
        if key not in _PARTS:
            reader.fault(node, Message("unknown-key", key=key[:80], known=", ".join(_PARTS)))


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


def _pairs(reader: _ThesaurusReader, node: YamlNode) -> list[tuple[DistinctPair, YamlNode]]:
    """The pairs, each with the node that states it."""
    items = reader.items(node)
    read = ((_explained(reader, item) if item.entries else _listed(reader, item), item) for item in items)
    return [(pair, item) for pair, item in read if pair]


def _listed(reader: _ThesaurusReader, node: YamlNode) -> DistinctPair | None:
    match reader.terms(node):
        case (first, second):
            return DistinctPair(first, second)
        case _:
            reader.fault(node, Message("bad-pair"))
            return None


def _explained(reader: _ThesaurusReader, node: YamlNode) -> DistinctPair | None:
    entries = reader.entries(node)
    if set(entries) != set(_PAIR_KEYS):
        reader.fault(node, Message("bad-pair"))
        return None
    first, second = reader.term(entries["term"]), reader.term(entries["other"])
    if first.casefold() == second.casefold():
        reader.fault(node, Message("duplicate-term"))
    return DistinctPair(first, second, reader.sentence(entries["reason"]))


def _definitions(reader: _ThesaurusReader, node: YamlNode) -> dict[str, str]:
    return {" ".join(key.split()): reader.sentence(value) for key, value in reader.entries(node).items()}


def _defined_twice(reader: _ThesaurusReader, equal: EqualTerms, node: YamlNode) -> None:
    """Report a definition of a term that already has one, even under a synonym or acronym."""
    defined: dict[str, str] = {}
    for term, item in (node.entries or {}).items():
        earlier = defined.setdefault(equal.root(" ".join(term.split())), term)
        if earlier != term:
            reader.fault(item, Message("defined-twice", term=term[:80], other=earlier[:80]))


def _conflated(
    reader: _ThesaurusReader, equal: EqualTerms, pairs: Sequence[tuple[DistinctPair, YamlNode]]
) -> None:
    """Report pairs that must not be conflated but that `same` and `acronyms` equate, even indirectly."""
    for (first, second, _), item in pairs:
        if equal.root(first) == equal.root(second):
            reader.fault(item, Message("conflated-pair", first=first, second=second))
