"""SQLite FTS5: contentless, prefix indexes, one merged segment, filters as words of a column.

A row's number encodes its group: passages of one document with the same themes. So one pass over the index,
grouped by that number, counts all four facets without reading another table.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path

import numpy as np

from index.analysis.stemming import stem
from index.query import And, Fuzzy, Node, Not, Or, Phrase, Prefix, Wildcard, Word
from index.request import FACETS, FacetName, Request
from tests.bench.peers.codes import Codes, Labels
from tests.bench.peers.peer import HITS, Answer, Asked, NotOffered, asked, counted_apart, forms
from tests.bench.rows import Row

__all__ = ["Fts5"]

_GROUP = 20
"""Bits of a row's number that count within its group."""

_MADE = """
CREATE VIRTUAL TABLE passages USING fts5(stems, forms, labels, content='', tokenize='ascii', prefix='3 4 5');
CREATE VIRTUAL TABLE words USING fts5vocab(passages, 'col');
CREATE TABLE records (id INTEGER PRIMARY KEY, record TEXT);
INSERT INTO passages(passages, rank) VALUES ('rank', 'bm25(1.0, 0.5, 0.0)');
"""
_OPENED = "PRAGMA query_only = 1; PRAGMA mmap_size = 4294967296; PRAGMA cache_size = -65536;"
_BEST = f"SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT {HITS}"  # noqa: S608
_COUNT = "SELECT count(*) FROM passages WHERE passages MATCH ?"
_GROUPS = f"SELECT rowid >> {_GROUP}, count(*) FROM passages WHERE passages MATCH ? GROUP BY 1"  # noqa: S608
_RECORD = "SELECT record FROM records WHERE id = ?"
_SHAPED = "SELECT term FROM words WHERE term >= ? AND term < ? AND col = 'forms' AND term GLOB ?"


class Fts5:
    """An FTS5 table in its own file."""

    version = sqlite3.sqlite_version

    def __init__(self, folder: Path, exact: bool) -> None:
        self._database = sqlite3.connect(folder / "fts5.db", check_same_thread=False, cached_statements=64)
        self._database.executescript(_OPENED)
        self._codes = Codes.load(folder)
        groups = int(self._database.execute("SELECT max(id) FROM records").fetchone()[0] or 0) >> _GROUP
        self._groups = groups + 1
        self._exact = exact
        self._labels: Mapping[FacetName, Mapping[str, int]] = {
            name: {value: number for number, value in enumerate(values)}
            for name, values in self._codes.names.items()
        }

    @staticmethod
    def build(found: Iterable[Row], folder: Path) -> None:
        grouped: list[Labels] = []
        numbers: dict[FacetName, dict[str, int]] = {name: {} for name in FACETS}
        with closing(sqlite3.connect(folder / "fts5.db", isolation_level=None)) as database:
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _MADE)
            database.execute("BEGIN")
            for number, members in enumerate(_groups(found)):
                grouped.append(members[0].labels)
                labels = _label_words(numbers, members[0])
                for place, row in enumerate(members):
                    key = (number << _GROUP) + place
                    database.execute(
                        "INSERT INTO passages(rowid, stems, forms, labels) VALUES (?, ?, ?, ?)",
                        (key, row.stems, row.forms, labels),
                    )
                    database.execute("INSERT INTO records VALUES (?, ?)", (key, row.record))
            database.execute("INSERT INTO passages(passages) VALUES ('optimize')")
            database.execute("COMMIT")
        Codes.of(grouped).save(folder)

    def top(self, request: Request) -> Answer:
        match = self._match(asked(request, self._codes.names["year"]))
        return Answer(self._database.execute(_COUNT, (match,)).fetchone()[0], self._best(match))

    def page(self, request: Request) -> Answer:
        question = asked(request, self._codes.names["year"])
        facets: dict[FacetName, Mapping[str, int]] = {}
        total = -1
        for names, narrowed in counted_apart(question):
            counts = np.zeros(self._groups)
            for group, count in self._database.execute(_GROUPS, (self._match(narrowed),)):
                counts[group] = count
            total = int(counts.sum()) if total < 0 else total
            facets |= self._codes.counts(counts, names)
        return Answer(total, self._best(self._match(question)), facets)

    def _best(self, match: str) -> list[str]:
        keys = self._database.execute(_BEST, (match,)).fetchall()
        return [self._database.execute(_RECORD, key).fetchone()[0] for key in keys]

    def _match(self, question: Asked) -> str:
        """The request in the language of FTS5."""
        parts = [self._words(question.node)] if question.node else []
        for name, values in question.filters.items():
            known = [self._labels[name][value] for value in values if value in self._labels[name]]
            parts.append(_any([f"labels : {name}{number}" for number in known]))
        return " AND ".join(f"({part})" for part in parts)

    def _words(self, node: Node) -> str:
        match node:
            case Word(text):
                (form,) = forms(text)
                word = f'stems : "{stem(form)}"'
                return f'{word} OR forms : "{form}"' if self._exact else word
            case Phrase(text):
                return f'forms : "{" ".join(forms(text))}"'
            case Prefix(text):
                return f'forms : "{text.lower()}" *'
            case Wildcard(pattern):
                return _any([f'forms : "{form}"' for form in self._shaped(pattern.lower())])
            case Or(nodes):
                return " OR ".join(f"({self._words(each)})" for each in nodes)
            case And(nodes):
                return self._all(nodes)
            case Fuzzy():
                raise NotOffered("FTS5 has no fuzzy words")
            case _:
                raise NotOffered(type(node).__name__)

    def _all(self, nodes: Sequence[Node]) -> str:
        wanted = " AND ".join(f"({self._words(each)})" for each in nodes if not isinstance(each, Not))
        unwanted = [f"({self._words(each.node)})" for each in nodes if isinstance(each, Not)]
        return " NOT ".join([f"({wanted})", *unwanted])

    def _shaped(self, pattern: str) -> Iterator[str]:
        beginning = pattern.partition("*")[0].partition("?")[0]
        for (form,) in self._database.execute(_SHAPED, (beginning, beginning + "\U0010ffff", pattern)):
            yield form


def _groups(found: Iterable[Row]) -> Iterator[list[Row]]:
    """Groups of rows that have all labels in common; rows of one document are consecutive."""
    for _, rows in groupby(found, lambda row: row.labels["document"]):
        groups: dict[tuple[tuple[str, ...], ...], list[Row]] = {}
        for row in rows:
            groups.setdefault(tuple(row.labels.values()), []).append(row)
        yield from groups.values()


def _label_words(numbers: Mapping[FacetName, dict[str, int]], row: Row) -> str:
    """The labels as words of a column; a new value gets the next number."""
    return " ".join(
        f"{name}{known.setdefault(value, len(known))}"
        for name, known in numbers.items()
        for value in row.labels[name]
    )


def _any(parts: Sequence[str]) -> str:
    return " OR ".join(parts) or 'labels : "none"'
