"""SQLite FTS5 with nothing around it: the count, the ten best hits and their snippets, no facets or records.

Words are looked up in a table of stems, phrases and prefixes in one of exact forms, so that hit counts equal
ours and no list is longer than a search needs.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from index.analysis.stemming import stem
from index.query import And, Node, Phrase, Prefix, Word
from index.request import Request
from tests.bench.peers.peer import HITS, NotOffered, asked, forms
from tests.bench.rows import Row

__all__ = ["Bare", "seconds_from_text"]

_UNSAFE = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
_OPENED = "PRAGMA query_only = 1; PRAGMA mmap_size = 4294967296; PRAGMA cache_size = -65536;"
_TABLES = ("stems", "forms")
_MADE = "CREATE VIRTUAL TABLE {0} USING fts5(words, themes, tokenize='ascii', prefix='3 4 5');"
_COUNT = "SELECT count(*) FROM {0} WHERE {0} MATCH ?"
_SNIPPET = "snippet({0}, 0, '<mark>', '</mark>', '…', 40)"
_BEST = f"SELECT rowid, {_SNIPPET} FROM {{0}} WHERE {{0}} MATCH ? ORDER BY rank LIMIT {HITS}"  # noqa: S608
_FROM_TEXT = "CREATE VIRTUAL TABLE passages USING fts5(text, tokenize='porter unicode61');"


class Bare:
    """Both tables, in one file."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "bare.db")
        self._database.executescript(_OPENED)

    @staticmethod
    def build(found: Sequence[Row], folder: Path) -> None:
        with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as database:
            database.executescript(_UNSAFE + "".join(map(_MADE.format, _TABLES)) + "BEGIN")
            for table in _TABLES:
                rows = ((getattr(row, table), " ".join(map(_theme, row.labels["theme"]))) for row in found)
                database.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)  # noqa: S608
                database.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608
            database.execute("COMMIT")

    def answer(self, request: Request) -> tuple[int, list[tuple[int, str]]]:
        """How many passages match, and the ten best hits with snippets. Raises NotOffered."""
        question = asked(request, ())
        table = "forms" if isinstance(question.node, Phrase | Prefix) else "stems"
        match = f"words : ({_words(question.node)})"
        for theme in question.filters.get("theme", ()):
            match += f" AND themes : {_theme(theme)}"
        total = self._database.execute(_COUNT.format(table), (match,)).fetchone()[0]
        return total, self._database.execute(_BEST.format(table), (match,)).fetchall()


def _theme(name: str) -> str:
    """A theme as one word of FTS5."""
    return f"t{name.encode().hex()}"


def _words(node: Node | None) -> str:
    match node:
        case Word(text):
            (form,) = forms(text)
            return f'"{stem(form)}"'
        case Phrase(text):
            return f'"{" ".join(forms(text))}"'
        case Prefix(text):
            return f'"{text.lower()}" *'
        case And(nodes) if all(isinstance(each, Word) for each in nodes):
            return " AND ".join(map(_words, nodes))
        case _:
            raise NotOffered(type(node).__name__)


def seconds_from_text(found: Iterable[Row], folder: Path) -> float:
    """How long FTS5 takes to index texts as they are, with its own tokenizers."""
    texts = [(json.loads(row.record)[2],) for row in found]
    with closing(sqlite3.connect(folder / "from-text.db", isolation_level=None)) as database:
        database.executescript(_UNSAFE + _FROM_TEXT)
        began = time.perf_counter()
        database.execute("BEGIN")
        database.executemany("INSERT INTO passages VALUES (?)", texts)
        database.execute("COMMIT")
        return time.perf_counter() - began
