"""The registry of legal instruments: facts, official addresses, and the articles that notes cite.

untoc:
  title: United Nations Convention against Transnational Organized Crime
  names: ["UNTOC (2000)", "UNTOC"]
  kind: treaty
  entry_into_force: 2003-09-29
  articles:
    16: Extradition
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kb import edtf
from kb.errors import Fault
from kb.formats.text_file import read_text_file
from kb.formats.yaml_nodes import YamlNode, parse_yaml
from kb.ids import is_id
from kb.messages import Message
from kb.sources.instrument import Article, Instrument, plain_number
from kb.sources.kinds import CITED_FIELDS

__all__ = [
    "FACTS",
    "INSTRUMENTS_FILE",
    "check_instrument",
    "id_of_name",
    "instruments_of_titles",
    "read_instruments",
]

INSTRUMENTS_FILE = "instruments.yaml"

DATES = ("date", "opened_for_signature", "signed", "entry_into_force")
FACTS = ("date", "place", "language", "licence", "remarks", *sorted(CITED_FIELDS))
"""The facts of an instrument, besides its title, names, kind, issuers, address, articles and sources."""

_LISTS = {"names": "names", "issuers": "issuers", "source": "seen_in"}
_TEXTS = ("title", "kind", "url")
KEYS = (*_TEXTS, *_LISTS, "articles", *FACTS)

MAX_INSTRUMENTS, MAX_ARTICLES, MAX_NAMES = 1_000, 1_000, 50
MAX_VALUE_CHARS, MAX_NAME_CHARS = 1_000, 200

KeyedMessage = tuple[str, Message]


def read_instruments(path: Path) -> tuple[tuple[Instrument, ...], tuple[Fault, ...]]:
    """The instruments in a file, and its faults."""
    text, unreadable = read_text_file(path)
    if unreadable:
        return (), unreadable
    root, faults = parse_yaml(text, path, depth=3)
    entries = root.entries or {}
    reader = _InstrumentsReader(path, list(faults))
    if len(entries) > MAX_INSTRUMENTS:
        reader.fault(root, Message("too-many-instruments", count=MAX_INSTRUMENTS))
        return (), tuple(reader.faults)
    found = [reader.instrument(id, node) for id, node in entries.items()]
    reader.check_names(found)
    return tuple(found), tuple(reader.faults)


@dataclass(slots=True)
class _InstrumentsReader:
    path: Path
    faults: list[Fault] = field(default_factory=list)

    def fault(self, node: YamlNode, message: Message) -> None:
        self.faults.append(Fault(self.path, node.line, message))

    def instrument(self, id: str, node: YamlNode) -> Instrument:
        if node.entries is None:
            self.fault(node, Message("expected-instrument", id=id[:80]))
        entries = node.entries or {}
        for key, value in entries.items():
            if key not in KEYS:
                self.fault(value, Message("unknown-key", key=key[:80], known=", ".join(KEYS)))
        texts = {key: self.text(key, entries[key]) for key in _TEXTS if key in entries}
        lists = {to: self.texts(key, entries[key]) for key, to in _LISTS.items() if key in entries}
        facts = [(key, self.text(key, value)) for key, value in entries.items() if key in FACTS]
        found = Instrument(
            id=id,
            title=texts.get("title", ""),
            names=lists.get("names", ()),
            kind=texts.get("kind", ""),
            issuers=lists.get("issuers", ()),
            url=texts.get("url", ""),
            facts=tuple((key, value) for key, value in facts if value),
            articles=self.articles(entries["articles"]) if "articles" in entries else (),
            seen_in=lists.get("seen_in", ()),
            path=self.path,
            line=node.line,
        )
        if node.entries is not None:
            for key, message in check_instrument(found):
                self.fault(entries.get(key, node), message)
        return found

    def text(self, key: str, node: YamlNode) -> str:
        if node.text is None:
            self.fault(node, Message("not-single-value", key=key))
        return " ".join((node.text or "").split())

    def texts(self, key: str, node: YamlNode) -> tuple[str, ...]:
        if node.items is None:
            return tuple(filter(None, (self.text(key, node),)))
        given = tuple(self.text(key, item) for item in node.items)
        if not all(given):
            self.fault(node, Message("empty-item", key=key))
        return tuple(filter(None, given))

    def articles(self, node: YamlNode) -> tuple[Article, ...]:
        if node.entries is None and node.text != "":
            self.fault(node, Message("expected-articles"))
        given = (node.entries or {}).items()
        return tuple(Article(plain_number(number), self.text(number[:80], value)) for number, value in given)

    def check_names(self, found: Iterable[Instrument]) -> None:
        """Report names that two instruments share, for they identify neither."""
        taken: dict[str, Instrument] = {}
        for one in found:
            for name in one.names:
                other = taken.setdefault(name.casefold(), one)
                if other is not one:
                    message = Message("name-of-two-instruments", name=name, id=one.id, other=other.id)
                    self.faults.append(Fault(self.path, one.line, message))


def check_instrument(instrument: Instrument) -> Iterator[KeyedMessage]:
    """What is wrong with an instrument, by key."""
    if not is_id(instrument.id):
        yield "", Message("bad-instrument-id", id=instrument.id[:80])
    if not instrument.title:
        yield "title", Message("instrument-without-title", id=instrument.id[:80])
    if instrument.url and not re.match(r"https?://[^\s/]+", instrument.url):
        yield "url", Message("bad-instrument-address", url=instrument.url[:80])
    yield from _too_much(instrument)
    yield from _dates(dict(instrument.facts))
    counts = Counter(one.number for one in instrument.articles)
    for number in [each for each, count in counts.items() if count > 1][:1]:
        yield "articles", Message("duplicate-article", number=number[:80])


def _dates(facts: Mapping[str, str]) -> Iterator[KeyedMessage]:
    for key in DATES:
        try:
            edtf.years(facts.get(key, ""))
        except edtf.BadDate as exc:
            yield key, exc.message


def _too_much(one: Instrument) -> Iterator[KeyedMessage]:
    if len(one.names) > MAX_NAMES or len(one.articles) > MAX_ARTICLES:
        key = "names" if len(one.names) > MAX_NAMES else "articles"
        yield key, Message("too-many-in-instrument", names=MAX_NAMES, articles=MAX_ARTICLES)
    short = (("names", name) for name in one.names), (("articles", each.number) for each in one.articles)
    values = (("title", one.title), ("url", one.url), *one.facts, *(("source", each) for each in one.seen_in))
    long = (*values, *(("articles", each.heading) for each in one.articles))
    beyond = [key for part in short for key, value in part if len(value) > MAX_NAME_CHARS]
    for key in beyond[:1]:
        yield key, Message("value-too-long", key=key, characters=MAX_NAME_CHARS)
    for key, _ in [pair for pair in long if len(pair[1]) > MAX_VALUE_CHARS][:1]:
        yield key, Message("value-too-long", key=key, characters=MAX_VALUE_CHARS)


def instruments_of_titles(titles: Mapping[str, str], taken: Collection[str] = ()) -> tuple[Instrument, ...]:
    """Instruments with only a short name and a title, as thesauri used to list them.

    Their ids avoid those `taken`.
    """
    found: dict[str, Instrument] = {}
    for name, title in titles.items():
        id = id_of_name(name)
        if id in found or id in taken:
            id = f"{id}-{_checksum(name)}"
        found[id] = Instrument(id, title, (name,))
    return tuple(found.values())


def id_of_name(name: str) -> str:
    """A stable id made from a name, or from its checksum if it has no Latin letters or digits."""
    plain = re.sub("[^a-z0-9]+", "-", name.casefold()).strip("-")[:100]
    return plain or f"instrument-{_checksum(name)}"


def _checksum(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:12]
