"""tantivy: one merged segment, facets as aggregations over fast fields, queries built without its parser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from index.analysis.stemming import stem
from index.facets import MAX_VALUES
from index.query import And, Fuzzy, Node, Not, Or, Phrase, Prefix, Wildcard, Word
from index.request import FACETS, FacetName, Request
from tests.bench.peers.peer import HITS, Answer, Asked, NotOffered, asked, counted_apart, forms
from tests.bench.rows import Row

__all__ = ["Tantivy"]

_TWO_EDITS_FROM = 8
_COUNTED = {
    name: {"terms": {"field": name, "size": 1_000 if name == "theme" else MAX_VALUES}} for name in FACETS
}
_YEARS = {"year": {"terms": {"field": "year", "size": 10_000}}}


class Tantivy:
    """A memory-mapped index, searched by one thread."""

    version = version("tantivy")

    def __init__(self, folder: Path, exact: bool) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._exact = exact
        self._years = list(self._counts(Query.all_query(), _YEARS)["year"])

    @staticmethod
    def build(found: Iterable[Row], folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("stems", tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field("forms", tokenizer_name="whitespace", index_option="position")
        builder.add_text_field("record", stored=True, tokenizer_name="raw", index_option="basic")
        for name in FACETS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        index = tantivy.Index(builder.build(), path=str(folder))
        # one thread with all the memory makes one segment, which is the fastest to search
        writer = index.writer(heap_size=2_000_000_000, num_threads=1)
        for row in found:
            document = tantivy.Document(stems=row.stems, forms=row.forms)
            document.add_text("record", row.record)
            for facet, values in row.labels.items():
                for value in values:
                    document.add_text(facet, value)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def top(self, request: Request) -> Answer:
        return self._best(self._query(asked(request, self._years)))

    def page(self, request: Request) -> Answer:
        question = asked(request, self._years)
        facets: dict[FacetName, Mapping[str, int]] = {}
        for names, narrowed in counted_apart(question):
            wanted = {name: _COUNTED[name] for name in names}
            facets |= self._counts(self._query(narrowed), wanted)
        best = self._best(self._query(question))
        return Answer(best.total, best.records, facets)

    def _best(self, query: Query) -> Answer:
        found = self._searcher.search(query, limit=HITS, count=True)
        records = [str(self._searcher.doc(place)["record"][0]) for _, place in found.hits]
        return Answer(int(found.count or 0), records)  # type: ignore[attr-defined]  # its stubs forget it

    def _counts(self, query: Query, wanted: Mapping[Any, Any]) -> dict[FacetName, Mapping[str, int]]:
        counted = self._searcher.aggregate(query, dict(wanted))
        return {
            name: {str(each["key"]): int(each["doc_count"]) for each in counted[name]["buckets"]}
            for name in wanted
        }

    def _query(self, question: Asked) -> Query:
        parts = [self._words(question.node)] if question.node else []
        for name, values in question.filters.items():
            parts.append(Query.const_score_query(self._any(name, values), 0.0))
        return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Must, part) for part in parts])

    def _words(self, node: Node) -> Query:
        match node:
            case Word(text):
                (form,) = forms(text)
                return self._word(form)
            case Phrase(text):
                return self._phrase(forms(text))
            case Prefix(text):
                return Query.regex_query(self._schema, "forms", re.escape(text.lower()) + ".*")
            case Wildcard(pattern):
                shape = re.escape(pattern.lower()).replace(r"\*", ".*").replace(r"\?", ".")
                return Query.regex_query(self._schema, "forms", shape)
            case Fuzzy(text, edits):
                edits_allowed = edits or (2 if len(text) >= _TWO_EDITS_FROM else 1)
                return Query.fuzzy_term_query(self._schema, "forms", text.lower(), edits_allowed, False)
            case Or(nodes):
                return Query.boolean_query([(Occur.Should, self._words(each)) for each in nodes])
            case And(nodes):
                return Query.boolean_query([self._clause(each) for each in nodes])
            case _:
                raise NotOffered(type(node).__name__)

    def _clause(self, node: Node) -> tuple[Occur, Query]:
        if isinstance(node, Not):
            return Occur.MustNot, self._words(node.node)
        return Occur.Must, self._words(node)

    def _word(self, form: str) -> Query:
        found = Query.term_query(self._schema, "stems", stem(form), "freq")
        if not self._exact:
            return found
        adding = Query.boost_query(Query.term_query(self._schema, "forms", form, "freq"), 0.5)
        return Query.boolean_query([(Occur.Must, found), (Occur.Should, adding)])

    def _phrase(self, words: list[str]) -> Query:
        if len(words) == 1:
            return Query.term_query(self._schema, "forms", words[0], "freq")
        return Query.phrase_query(self._schema, "forms", list(words))

    def _any(self, name: str, values: Sequence[str]) -> Query:
        return Query.term_set_query(self._schema, name, list(values))
