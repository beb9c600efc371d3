"""The Whoosh engine: searches one generation at a time and takes up a new one when it is published."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Literal

import numpy as np

from index.analysis.analyzer import tokenize
from index.engines.whoosh.arrays import Ints
from index.engines.whoosh.explain import explained
from index.engines.whoosh.facets.filters_and_counts import Selection
from index.engines.whoosh.facets.theme_matrix import crossed
from index.engines.whoosh.generation import Opened, Stamp, newest, open_index
from index.engines.whoosh.malloc import keep_freed_memory
from index.engines.whoosh.matches import Matched
from index.engines.whoosh.matching.statistics import Statistics
from index.engines.whoosh.matching.vocabulary import WhooshVocabulary
from index.engines.whoosh.passages.columns import Columns
from index.engines.whoosh.passages.reader import Passages
from index.engines.whoosh.quotation_lookup import Quotes
from index.engines.whoosh.ranking.rerank import Reranker
from index.engines.whoosh.search import Searching
from index.engines.whoosh.suggest.autocomplete import Completer
from index.engines.whoosh.suggest.spellcheck import Neighbours
from index.explanation import Explanation
from index.facets import facet_values, theme_values
from index.highlighting.hits import HitHighlighter
from index.matrix import Matrix, matrix_columns
from index.query import And, Filter, Or, Word, parse_query
from index.query.interpretation import Interpretation
from index.query.limits import check_request
from index.query.thesaurus_expansion import Synonyms
from index.quotation_check.checker import MAX_PLACES, check_quotation
from index.request import FACETS, MAX_HITS, FacetName, Request
from index.results import Completion, FacetValue, Hit, Range, Results
from index.suggest.autocomplete import completions
from index.suggest.search_advice import (
    any_words_query,
    correction_notice,
    distinctions,
    is_misspelling,
    missing_words,
    search_notices,
)
from index.verdict import QuotationVerdict
from kb.model import Document, Passage, Published, Theme, Withdrawal
from kb.permanence.moves import Moves
from kb.tags import ThemeNames

__all__ = ["WhooshEngine", "WhooshSnapshot"]

_EVERYTHING = Request(hidden=True)
"""Asks for all passages, whatever their documents' status."""


class WhooshEngine:
    """The index in a folder; `snapshot` gives its newest generation, opened once."""

    def __init__(self, folder: Path) -> None:
        keep_freed_memory()
        self.folder = folder
        self._lock = threading.Lock()
        self._held: tuple[Stamp, WhooshSnapshot] | None = None

    def snapshot(self) -> WhooshSnapshot:
        """The newest generation. Raises IndexMissing or IndexUnusable."""
        with self._lock:
            stamp = newest(self.folder)
            if self._held and self._held[0] == stamp:
                return self._held[1]
            opened = WhooshSnapshot(open_index(self.folder))
            self._held = (stamp, opened) if stamp else None
            return opened


class WhooshSnapshot:
    """One generation: columns of memory-mapped files, which any number of threads may read."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        segments, catalogue = opened.segments, opened.catalogue
        self._columns = Columns(segments, catalogue)
        statistics = Statistics(segments)
        self._vocabulary = WhooshVocabulary(segments, catalogue, statistics)
        self._titles = ThemeNames.of(catalogue.themes).titles
        # what is kept here must not refer back to the snapshot, or old files would stay open
        self._passages = Passages(segments, self._columns)
        self._searching = Searching(
            segments,
            self._columns,
            statistics,
            self._vocabulary,
            Synonyms(catalogue.thesaurus),
            Neighbours(segments),
            Reranker(segments, self._columns, statistics, self._vocabulary, self._passages.read),
            tuple(self._titles),
        )
        self._completer = Completer(segments, catalogue, self._columns, self._vocabulary)
        self.generation = opened.name
        self.themes: tuple[Theme, ...] = catalogue.themes
        self.built = catalogue.built
        self.instruments = catalogue.instruments
        self.thesaurus = catalogue.thesaurus
        self.documents: Mapping[str, Document] = catalogue.documents
        self.published: Mapping[str, tuple[Published, ...]] = catalogue.published
        self.size = statistics.documents

    @property
    def withdrawn(self) -> Mapping[str, Withdrawal]:
        return self._opened.catalogue.withdrawn

    @cached_property
    def moves(self) -> Moves:
        # what is kept must not refer back to what keeps it, or old files would stay open
        return Moves(self._opened.catalogue.moves, self._passages.stands)

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """How many passages each document has."""
        return dict(zip(self.documents, self._opened.catalogue.sizes.tolist(), strict=True))

    def search(self, request: Request) -> Results:
        """Answers a request. Raises BadRequest for a value that cannot be used."""
        began = time.perf_counter()
        results = self._answer(check_request(request))
        if is_misspelling(results):
            meant = self._answer(replace(request, text=results.suggestions[0]))
            results = replace(
                meant,
                request=request,
                corrected=results.suggestions[0],
                suggestions=results.suggestions,
                missing=results.missing,
                notices=(*meant.notices, correction_notice(results)),
            )
        return replace(results, took_ms=(time.perf_counter() - began) * 1000)

    def every_hit(self, request: Request) -> tuple[Hit, ...]:
        """The hits of all pages in one, MOST_HITS at most. Raises BadRequest as `search` does."""
        matched = self._searching.matched(request, parse_query(check_request(request).text))
        if corrected := self.search(request).corrected:
            matched = self._searching.matched(request, parse_query(corrected))
        return self._hits(matched, matched.page(self._columns, 0, MAX_HITS))

    def count(self, request: Request) -> tuple[int, int]:
        """How many passages have all the words, and how many follow with some. Raises BadRequest."""
        return self._searching.count(check_request(request))

    def ranked(self, request: Request) -> tuple[Ints, Selection]:
        """The passages of the page by number, and the counts of all four facets: the search itself."""
        matched = self._searching.matched(request, parse_query(check_request(request).text))
        begin = (request.page - 1) * request.per
        return matched.page(self._columns, begin, request.per), matched.counted

    def best(self, text: str, most: int) -> list[tuple[str, float]]:
        """The addresses of the best passages with their scores, in order; the text may be of any length."""
        matched = self._searching.matched(Request(text), parse_query(text), page=most)
        page = matched.page(self._columns, 0, most)
        names, scores = self._passages.addresses, matched.scores_of(page)
        return [(names[number], score) for number, score in zip(page.tolist(), scores, strict=True)]

    def matrix(self, request: Request, theme: str = "", notes: bool = False) -> Matrix:
        """Documents against themes, or against one and its sub-points. Raises BadRequest."""
        values, parsed = matrix_columns(self.themes, theme), parse_query(check_request(request).text)
        found, said = self._searching.found(self._searching.reading(request.text, request.expand).node)
        rows = crossed(self._columns, found.numbers, request, values, notes)
        return Matrix(values, rows, (*parsed.notices, *said))

    def _answer(self, request: Request) -> Results:
        parsed = parse_query(request.text)
        matched = self._searching.matched(request, parsed)
        page = matched.page(self._columns, (request.page - 1) * request.per, request.per)
        facets, more = self._facets(request, matched.counted)
        all_, some = matched.counts
        lost = parsed.node if not all_ else None
        related = self._related(matched.reading)
        return Results(
            request=request,
            generation=self.generation,
            total=all_,
            total_some=some,
            total_documents=matched.documents(self._columns),
            total_hidden=matched.counted.hidden,
            hits=self._hits(matched, page),
            facets=facets,
            more=more,
            missing=missing_words(lost, self._vocabulary) if lost else (),
            any_words=any_words_query(lost) if lost and not some else "",
            suggestions=self._searching.suggestions(request, matched.reading),
            expansions=related if request.expand else (),
            unexpanded=() if request.expand else related,
            distinctions=distinctions(matched.reading),
            notices=(*parsed.notices, *matched.notices, *search_notices(matched.reading)),
            years=self._columns.histogram.by_year(matched.counted.by_year),
            year_spans=self._columns.histogram.by_span(matched.counted.dated, matched.counted.by_year),
        )

    def _related(self, reading: Interpretation) -> tuple[str, ...]:
        """The terms of the thesaurus to search besides, those of which the collection has the words."""
        known = self._vocabulary.has_word
        return tuple(term for term in reading.related if all(known(word.form) for word in tokenize(term)))

    def _hits(self, matched: Matched, page: Ints) -> tuple[Hit, ...]:
        finder = HitHighlighter(matched.reading, self._vocabulary)
        others = self._others(page, matched.numbers) if matched.request.grouped else [0] * len(page)
        scores = matched.scores_of(page) if matched.reading.node else [0.0] * len(page)
        return tuple(
            self._hit(finder, number, score, matched.how(number), other)
            for number, score, other in zip(page.tolist(), scores, others, strict=True)
        )

    def _others(self, page: Ints, numbers: Ints) -> list[int]:
        """How many further passages of each hit's document match."""
        counts = np.bincount(self._columns.rank[numbers], minlength=1) - 1
        return list(map(int, counts[self._columns.rank[page]]))

    def _hit(
        self, finder: HitHighlighter, number: int, score: float, how: Literal["all", "some"], others: int
    ) -> Hit:
        passage = self._passages.read(number)
        document = self.documents[passage.document]
        shown, reasons = finder.snippet_and_reasons(passage, document.title, self._titles, how == "all")
        return Hit(passage, document, shown, score, how, reasons, others)

    def _facets(
        self, request: Request, chosen: Selection
    ) -> tuple[dict[FacetName, tuple[FacetValue, ...]], dict[FacetName, int]]:
        counts, selected = chosen.counts, request.filters
        made = {
            name: facet_values(name, counts[name], selected.get(name, ()), self.documents) for name in FACETS
        }
        more = {name: counts[name].more for name in FACETS}
        made["theme"], more["theme"] = theme_values(
            self.themes, dict(counts["theme"].values), selected.get("theme", ())
        )
        return made, more

    def complete(self, text: str, most: int = 8) -> tuple[Completion, ...]:
        """What a search that begins with `text` may be about, likeliest first."""
        return completions(text, most, self._completer, partial(self._searching.total, request=Request()))

    def passage(self, document: str, passage: str) -> Passage | None:
        """One passage by its permanent address, None where there is none."""
        return self._passages.find(document, passage)

    def around(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        """The passages before and after it in its document."""
        return self._passages.around(passage)

    def passages(self, document: str) -> tuple[Passage, ...]:
        """All passages of a document in reading order."""
        return self._passages.of(document)

    def explain(self, request: Request, document: str, passage: str) -> Explanation | None:
        """Why a search lists a passage where it does. Raises BadRequest as `search` does."""
        number = self._passages.number(document, passage)
        if number is None:
            return None
        matched = self._searching.matched(request, parse_query(check_request(request).text))
        if corrected := self.search(request).corrected:
            matched = self._searching.matched(request, parse_query(corrected))
        found, named = self._passages.read(number), self.documents[document]
        return explained(matched, number, found, named, self._titles, self._vocabulary)

    def found_in(self, document: str, text: str, expand: bool = True) -> frozenset[str]:
        """The ids of the document's passages that the query `text` finds."""
        reading = self._searching.reading(text, expand)
        for node in (reading.node, reading.some):
            if node is None:
                continue
            found, _ = self._searching.found(And((node, Filter("document", document))))
            if len(found.numbers):
                return frozenset(self._passages.read(number).id for number in found.numbers.tolist())
        return frozenset()

    def marks(
        self, text: str, passages: Sequence[Passage], expand: bool = True
    ) -> tuple[tuple[Range, ...], ...]:
        """What the query `text` matches in each passage's text."""
        finder = HitHighlighter(self._searching.reading(text, expand), self._vocabulary)
        return tuple(finder.ranges(passage.text) for passage in passages)

    def check(self, quotation: str, most: int = MAX_PLACES, *, nearest: bool = True) -> QuotationVerdict:
        """Whether the words of a quotation stand in any passage."""
        columns, documents = self._columns, self.documents
        quotes = Quotes(self._opened.segments, columns, documents, self._passages.read, self._with_some)
        return check_quotation(quotation, quotes, most, nearest=nearest)

    def _with_some(self, forms: Sequence[str]) -> tuple[Hit, ...]:
        """The best few passages that have some of the words."""
        matched = self._searching.of_tree(Or(tuple(map(Word, forms))))
        return self._hits(matched, matched.page(self._columns, 0, 3))
