"""The catalogue of a generation: all of it but passages, in memory from the moment it is opened."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, Generic, TypeVar

from index.catalogue import ListedDocument
from index.engines.opensearch.connection.client import Cluster
from index.engines.opensearch.connection.generation_names import MADE_BY, IndexNames
from index.engines.records import left_out
from index.engines.records.catalogue_record import (
    STORED_FIELDS,
    read_document,
    read_instrument,
    read_site,
    read_theme,
    read_thesaurus,
)
from index.english import ENGLISH
from kb.citing.labels import short_name
from kb.collection.leaving_out.summary import LeftOutSummary
from kb.errors import IndexUnusable
from kb.ids import address
from kb.messages import Message
from kb.model import Document, Theme
from kb.published import LeftOutPassage, Move, Published, Withdrawal
from kb.sources.instrument import Instrument
from kb.sources.kept_source import KeptSource
from kb.work.once import kept_for_all

__all__ = ["CatalogueRecords", "DocumentEntry", "LazyRecords", "OpenSearchCatalogue", "read_records"]

_PAGE = 500
"""Records fetched at a time: at most some ten MB, where texts are long."""

_CACHED_RECORDS = 4_096

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """What is known of a document beside its metadata.

    `passages` are those that a search may find, `length` is how many there are in all; `digest` is that of
    everything sent about them, `checksum` a sum over them by which a generation is checked.
    """

    rank: int
    digest: str
    passages: int
    length: int
    checksum: int


class CatalogueRecords:
    """The records of a catalogue as they are stored: lines of JSON, by part, in order."""

    def __init__(self, parts: Mapping[str, Sequence[str]]) -> None:
        self._parts = parts

    def lines(self, part: str) -> Sequence[str]:
        return self._parts.get(part, ())

    def values(self, part: str) -> Iterator[Any]:
        return map(json.loads, self.lines(part))

    @property
    def size(self) -> int:
        return sum(map(len, self._parts.values()))


def read_records(cluster: Cluster, names: IndexNames) -> CatalogueRecords:
    """All records of a generation's catalogue, fetched in pages.

    Raises IndexUnusable where it is of another version, or not whole.
    """
    parts: dict[str, list[str]] = defaultdict(list)
    for hit in _pages(cluster, names.catalogue):
        parts[hit["part"]].append(hit["value"])
    records = CatalogueRecords(parts)
    head: dict[str, Any] = next(records.values("head"), {})
    if head.get("made_by") != MADE_BY:
        raise IndexUnusable(Message("index-of-other-version", folder=names.passages), ENGLISH)
    if head["records"] != records.size:
        raise IndexUnusable(Message("index-damaged", folder=names.passages), ENGLISH)
    return records


def _pages(cluster: Cluster, index: str) -> Iterator[dict[str, Any]]:
    of_pages = {"bool": {"must_not": {"term": {"part": "manifest"}}}}
    body: dict[str, Any] = {"size": _PAGE, "sort": ["at"], "track_total_hits": False, "query": of_pages}
    while hits := cluster.search(index, body, statistics=False)["hits"]["hits"]:
        yield from (hit["_source"] for hit in hits)
        body["search_after"] = hits[-1]["sort"]


class LazyRecords(Mapping[str, _Value], Generic[_Value]):
    """Records by name that are decoded when they are asked for; the last few thousand are kept."""

    def __init__(self, lines: Mapping[str, str], decode: Callable[[Any], _Value]) -> None:
        self._lines = lines
        self._kept = lru_cache(maxsize=_CACHED_RECORDS)(lambda name: decode(json.loads(lines[name])))

    def __getitem__(self, name: str) -> _Value:
        if name not in self._lines:
            raise KeyError(name)
        return self._kept(name)

    def __contains__(self, name: object) -> bool:
        return name in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


class OpenSearchCatalogue:
    """Implements `BackendCatalogue`.

    `entries` have the rank and size of each document by id, `by_rank` the id for each rank; `phrases` are
    those that occur often, the most frequent first.
    """

    def __init__(self, records: CatalogueRecords) -> None:
        self._records = records
        head = next(records.values("head"))
        self.built: str = head["built"]
        self.content: str = head["content"]
        self.languages: Mapping[str, int] = head["languages"]
        self.thesaurus = read_thesaurus(head["thesaurus"])
        self.site = read_site(head["site"])
        self.left_out: LeftOutSummary = left_out.read_summary(head["left_out"])
        self.themes: tuple[Theme, ...] = tuple(map(read_theme, records.values("theme")))
        self.phrases: tuple[str, ...] = tuple(records.values("phrase"))
        self.moves = tuple(Move(*values) for values in records.values("move"))
        self.entries = {name: DocumentEntry(*values) for name, *values in records.values("entry")}
        self.by_rank = {entry.rank: name for name, entry in self.entries.items()}
        lines = dict(zip(self.entries, records.lines("document"), strict=True))
        self.documents: Mapping[str, Document] = LazyRecords(lines, read_document)
        self.published: Mapping[str, tuple[Published, ...]] = LazyRecords(
            dict(map(json.loads, records.lines("published"))),
            lambda values: tuple(Published(*each) for each in values),
        )

    @kept_for_all
    def sizes(self) -> Mapping[str, int]:
        """The number of passages of each document, by id."""
        return {name: entry.passages for name, entry in self.entries.items()}

    @kept_for_all
    def withdrawn(self) -> Mapping[str, Withdrawal]:
        """Withdrawn passages by address."""
        every = (Withdrawal(*values) for values in self._records.values("withdrawn"))
        return {address(one.document, one.passage): one for one in every}

    @kept_for_all
    def left_out_passages(self) -> Mapping[str, LeftOutPassage]:
        """Published passages that were left out, by address."""
        every = left_out.read_passages(list(self._records.values("left-out-passage")))
        return {address(one.document, one.passage): one for one in every}

    @kept_for_all
    def instruments(self) -> Mapping[str, Instrument]:
        """The legal instruments that provisions name, by id."""
        return {data["id"]: read_instrument(data) for data in self._records.values("instrument")}

    @kept_for_all
    def sources(self) -> Mapping[str, KeptSource]:
        """The files of sources that are kept beside the index, by document."""
        return {name: KeptSource.from_json(value) for name, value in self._records.values("source")}

    def listed(self, limit: int) -> Iterable[ListedDocument]:
        """The first documents; none is decoded whole."""
        title, further, status = map(STORED_FIELDS.index, ("title", "further", "status"))
        for name, line in islice(zip(self.entries, self._records.lines("document"), strict=True), limit):
            values = json.loads(line)
            hidden = values[status] != "current"
            label = short_name(values[further])
            yield ListedDocument(name, values[title], label, self.entries[name].passages, hidden)
