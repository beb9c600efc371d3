"""Stock Whoosh: its own codec, BM25F, the ten best hits by `search(limit=10)`.

Facets are counted in the faster of two ways: by its own `groupedby`, or by NumPy over the set of matching
documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import fields, index, query, sorting
from whoosh.analysis import SpaceSeparatedTokenizer

from index.analysis.stemming import stem
from index.query import And, Fuzzy, Node, Not, Or, Phrase, Prefix, Wildcard, Word
from index.request import FacetName, Request
from tests.bench.peers.codes import Codes
from tests.bench.peers.peer import HITS, Answer, Asked, Facets, NotOffered, asked, counted_apart, forms
from tests.bench.rows import Row
from tests.bench.timing import thrice

__all__ = ["Stock"]

_TWO_EDITS_FROM = 8
_SPACES = SpaceSeparatedTokenizer()
_SCHEMA = fields.Schema(
    stems=fields.TEXT(_SPACES, phrase=False),
    forms=fields.TEXT(_SPACES, phrase=True),
    theme=fields.KEYWORD,
    document=fields.ID(sortable=True),
    kind=fields.ID(sortable=True),
    year=fields.KEYWORD,
    language=fields.KEYWORD,
    record=fields.STORED,
)


class Stock:
    """An index as Whoosh itself writes and reads it."""

    version = version("Whoosh-Reloaded")

    def __init__(self, folder: Path, exact: bool) -> None:
        self._searcher = index.open_dir(str(folder)).searcher()
        self._codes = Codes.load(folder)
        self._exact = exact
        self._count: Callable[[Any, Any, Sequence[FacetName]], tuple[Any, Facets]] = self._by_arrays

    @staticmethod
    def build(found: Iterable[Row], folder: Path) -> None:
        every = []
        writer = index.create_in(str(folder), _SCHEMA).writer(limitmb=512)
        for row in found:
            every.append(row.labels)
            labels = {name: " ".join(values) for name, values in row.labels.items() if values}
            writer.add_document(stems=row.stems, forms=row.forms, record=row.record, **labels)
        writer.commit(optimize=True)
        Codes.of(every).save(folder)

    def prefer(self, request: Request) -> str:
        """Chooses the faster way to count facets, measured on this request, and returns its name."""
        ways = {"NumPy over the set of matches": self._by_arrays, "groupedby": self._by_groups}

        def taken(name: str) -> float:
            self._count = ways[name]
            return thrice(lambda: self.page(request)).median

        best = min(ways, key=taken)
        self._count = ways[best]
        return best

    def top(self, request: Request) -> Answer:
        question = asked(request, self._codes.names["year"])
        found = self._searcher.search(self._words(question.node), limit=HITS, filter=self._filter(question))
        return Answer(len(found), [hit["record"] for hit in found])

    def page(self, request: Request) -> Answer:
        question = asked(request, self._codes.names["year"])
        words = self._words(question.node)
        facets: dict[FacetName, Mapping[str, int]] = {}
        first = None
        for names, narrowed in counted_apart(question):
            found, counted = self._count(words, self._filter(narrowed), names)
            first = first or (len(found), [hit["record"] for hit in found])
            facets |= counted
        total, records = first or (0, [])
        return Answer(total, records, facets)

    def _by_arrays(self, words: Any, chosen: Any, names: Sequence[FacetName]) -> tuple[Any, Facets]:
        found = self._searcher.search(words, limit=HITS, filter=chosen)
        here = np.zeros(self._searcher.doc_count_all())
        here[np.fromiter(found.docs(), dtype=np.int64)] = 1
        return found, self._codes.counts(here, names)

    def _by_groups(self, words: Any, chosen: Any, names: Sequence[FacetName]) -> tuple[Any, Facets]:
        kinds = {
            name: sorting.FieldFacet(name, allow_overlap=name in ("theme", "year", "language"))
            for name in names
        }
        found = self._searcher.search(
            words, limit=HITS, filter=chosen, groupedby=kinds, maptype=sorting.Count
        )
        return found, {name: {k: v for k, v in found.groups(name).items() if k} for name in names}

    def _filter(self, question: Asked) -> Any:
        parts = [
            query.Or([query.Term(name, value) for value in values])
            for name, values in question.filters.items()
        ]
        return query.And(parts) if parts else None

    def _words(self, node: Node | None) -> Any:
        match node:
            case None:
                return query.Every()
            case Word(text):
                (form,) = forms(text)
                found = query.Term("stems", stem(form))
                return query.AndMaybe(found, query.Term("forms", form, 0.5)) if self._exact else found
            case Phrase(text):
                words = forms(text)
                return query.Phrase("forms", words) if len(words) > 1 else query.Term("forms", words[0])
            case Prefix(text):
                return query.Prefix("forms", text.lower())
            case Wildcard(pattern):
                return query.Wildcard("forms", pattern.lower())
            case Fuzzy(text, edits):
                edits_allowed = edits or (2 if len(text) >= _TWO_EDITS_FROM else 1)
                return query.FuzzyTerm("forms", text.lower(), maxdist=edits_allowed, prefixlength=1)
            case Or(nodes):
                return query.Or([self._words(each) for each in nodes])
            case And(nodes):
                return query.And([self._words(each) for each in nodes])
            case Not(child):
                return query.Not(self._words(child))
            case _:
                raise NotOffered(type(node).__name__)
