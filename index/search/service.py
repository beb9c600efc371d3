"""Implements `index.engine.Snapshot` over any engine's `Backend`."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial

from index.backend import Backend
from index.citation_resolver.instrument_finder import instrument_finder
from index.explanation import Explanation
from index.highlighting.hits import HitHighlighter
from index.matrix import Matrix, matrix_columns
from index.query import And, Filter
from index.query.filters.former_names import FormerNames
from index.query.limits import check_request
from index.quotation_check.checker import MAX_PLACES, QuotationChecker
from index.request import MAX_HITS, Request
from index.results import Completion, Hit, Range, Results
from index.search.explain import explain_passage
from index.search.hit_loader import HitLoader
from index.search.query_compiler import compile_query
from index.search.quotations import QuotationSources
from index.search.ranking.tiers import Tiers
from index.search.results_page import ResultsPage
from index.search.searcher import Searcher
from index.suggest.autocomplete import MAX_COMPLETIONS, completions
from index.suggest.completion_source import CompletionSource
from index.suggest.ways_out import ways_out
from index.verdict import QuotationVerdict
from index.vocabulary.term_vocabulary import TermVocabulary
from kb.collection.leaving_out.summary import LeftOutSummary
from kb.errors import WorkCutShort
from kb.ids import address
from kb.messages import Message
from kb.model import Document, Passage, Theme
from kb.permanence.moves import Moves
from kb.published import LeftOutPassage, Published, Withdrawal
from kb.sources.instrument import Instrument
from kb.sources.kept_source import KeptSource
from kb.tags import ThemeNames
from kb.work.budget import check_budget, was_cut, within_budget

__all__ = ["SearchService"]

_PASSAGES_LOOKED_AT = 10
"""Passages of which the first few are offered while a reader types."""


class SearchService:
    """One generation as the site, the command line and the API use it; safe for any number of threads."""

    def __init__(self, backend: Backend) -> None:
        catalogue = backend.catalogue
        self._backend = backend
        # nothing kept here may refer back to this service, or old files would stay open
        self._vocabulary = TermVocabulary(backend.terms, catalogue.languages)
        self._completions = CompletionSource(backend, self._vocabulary)
        self._titles = ThemeNames.of(catalogue.themes).titles
        self._names = FormerNames(catalogue.documents, self._titles, partial(_moves, backend))
        self._searcher = Searcher(backend, self._vocabulary, self._names)
        self._hits = HitLoader(backend, self._vocabulary, self._titles)
        self._results = ResultsPage(backend, self._vocabulary, self._hits)
        self.generation, self.fallback = backend.generation, backend.fallback
        self.themes: tuple[Theme, ...] = catalogue.themes
        self.built = catalogue.built
        self.thesaurus, self.site = catalogue.thesaurus, catalogue.site
        self.documents: Mapping[str, Document] = catalogue.documents
        self.published: Mapping[str, tuple[Published, ...]] = catalogue.published
        self.size = backend.terms.passages

    @property
    def instruments(self) -> Mapping[str, Instrument]:
        """The legal instruments that provisions name, by id."""
        return self._backend.catalogue.instruments

    @property
    def withdrawn(self) -> Mapping[str, Withdrawal]:
        return self._backend.catalogue.withdrawn

    @property
    def left_out(self) -> LeftOutSummary:
        return self._backend.catalogue.left_out

    @property
    def left_out_passages(self) -> Mapping[str, LeftOutPassage]:
        return self._backend.catalogue.left_out_passages

    @property
    def sources(self) -> Mapping[str, KeptSource]:
        return self._backend.catalogue.sources

    @property
    def sizes(self) -> Mapping[str, int]:
        """The number of passages of each document, by id."""
        return self._backend.catalogue.sizes

    @property
    def moves(self) -> Moves:
        return self._names.moves

    # searching

    def search(self, request: Request) -> Results:
        """The results of a request. Raises BadRequest for an invalid value."""
        began = time.perf_counter()
        request = self._checked(request)
        typed = self._searcher.look_up(request)
        meant = self._searcher.correction(typed)
        results = self._results.of_correction(typed, meant) if meant else self._results.of(typed)
        if not (results.total or results.total_some or was_cut()):
            node = typed.tiers.interpretation.typed
            found = ways_out(request, node, self._vocabulary, self._searcher.count)
            results = replace(results, ways_out=found)
        if named := instrument_finder(self).answers(request.text):
            results = replace(results, instruments=named)
        if was_cut():
            results = replace(results, cut=True, notices=(Message("search-cut-short"), *results.notices))
        return replace(results, took_ms=(time.perf_counter() - began) * 1000)

    def every_hit(self, request: Request, *, snippets: bool = True) -> Iterator[Hit]:
        """The hits of all pages, one by one, MAX_HITS at most. Raises BadRequest as `search` does.

        Raises WorkCutShort if they are not found within the budget of work: those found are all given.
        """
        tiers = self._meant(request)
        page = tiers.page(0, MAX_HITS)
        check_budget()
        return self._hits.each(tiers, page, snippets=snippets)

    def count(self, request: Request) -> tuple[int, int]:
        """How many passages have all the words, and how many more have some. Raises BadRequest."""
        return self._searcher.count(self._checked(request))

    def best(self, text: str, limit: int) -> list[tuple[str, float]]:
        """The addresses of the best passages with their scores; the text may be of any length."""
        page = self._searcher.tiers(Request(text), self._searcher.parse(text), page=limit).page(0, limit)
        addresses = self._backend.addresses([one.number for one in page])
        return list(zip(addresses, (one.score for one in page), strict=True))

    def matrix(self, request: Request, theme: str = "", notes: bool = False) -> Matrix:
        """Documents against all themes, or against one theme and its sub-points. Raises BadRequest."""
        request, values = self._checked(request), matrix_columns(self.themes, theme)
        parsed = self._searcher.parse(request.text)
        node = self._searcher.interpret(request.text, request.expand).node
        query, said = compile_query(node, self._vocabulary, tuple(self._titles))
        return Matrix(values, self._backend.matrix(query, request, values, notes), (*parsed.notices, *said))

    def explain(self, request: Request, document: str, passage: str) -> Explanation | None:
        """Why a search ranks a passage where it does. Raises BadRequest as `search` does."""
        check_request(request)
        number = self._backend.number(document, passage)
        if number is None:
            return None
        return explain_passage(
            self._meant(request),
            number,
            self._backend.passage(number),
            self.documents[document],
            self._titles,
            self._vocabulary,
        )

    def _checked(self, request: Request) -> Request:
        """A valid request, its filters by the names that documents and themes have now."""
        return self._names.replaced(check_request(request))

    def _meant(self, request: Request) -> Tiers:
        """The matches a search lists: of the query as typed, or of the correction searched instead."""
        typed = self._searcher.look_up(self._checked(request))
        return (self._searcher.correction(typed) or typed).tiers

    def complete(self, text: str, limit: int = MAX_COMPLETIONS) -> tuple[Completion, ...]:
        """Completions of what was typed so far, likeliest first; none if the budget of work is spent."""
        total = partial(self._searcher.total, request=Request())
        try:
            return completions(text, limit, self._completions, total, cache(self._best_passages))
        except WorkCutShort:
            return ()

    def _best_passages(self, text: str) -> Sequence[Passage]:
        """The best passages with all the words of a text, sources first; without the second look."""
        matches, _ = self._searcher.match(self._searcher.interpret(text).node, Request())
        best = self._read(matches.best(_PASSAGES_LOOKED_AT)[0].tolist())
        return sorted(best, key=lambda passage: self.documents[passage.document].is_note)

    # reading

    def passage(self, document: str, passage: str) -> Passage | None:
        """One passage by its permanent address; None if there is none."""
        number = self._backend.number(document, passage)
        return None if number is None else self._backend.passage(number)

    def around(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        """The passages before and after it in its document."""
        numbers = self._backend.numbers(passage.document)
        at = numbers.index(self._backend.number(passage.document, passage.id) or 0)
        before, after = numbers[at - 1] if at else None, next(iter(numbers[at + 1 : at + 2]), None)
        read = self._backend.passage
        return None if before is None else read(before), None if after is None else read(after)

    def following(self, passage: Passage, limit: int) -> tuple[Passage, ...]:
        """The passages after it in its document, so many at most."""
        numbers = self._backend.numbers(passage.document)
        at = numbers.index(self._backend.number(passage.document, passage.id) or 0)
        return self._read(numbers[at + 1 : at + 1 + limit])

    def passages(self, document: str) -> tuple[Passage, ...]:
        """All passages of a document in reading order."""
        return self._read(self._backend.numbers(document))

    def _read(self, numbers: Sequence[int]) -> tuple[Passage, ...]:
        self._backend.read_ahead(numbers)
        return tuple(map(self._backend.passage, numbers))

    def found_in(self, document: str, text: str, expand: bool = True) -> frozenset[str]:
        """The ids of the document's passages that match the query `text`."""
        interpretation = self._searcher.interpret(text, expand)
        within = Request(hidden=True)
        for node in (interpretation.node, interpretation.some):
            if node is None:
                continue
            matches, _ = self._searcher.match(And((node, Filter("document", document))), within)
            if matches.total:
                numbers = matches.numbers(matches.total).tolist()
                return frozenset(passage.id for passage in self._read(numbers))
        return frozenset()

    def marks(
        self, text: str, passages: Sequence[Passage], expand: bool = True
    ) -> tuple[tuple[Range, ...], ...]:
        """What the query `text` matches in each passage's text."""
        finder = HitHighlighter(self._searcher.interpret(text, expand), self._vocabulary)
        return tuple(
            finder.ranges(one.text, self.documents[one.document]) for one in within_budget(passages, 16)
        )

    def check(self, quotation: str, limit: int = MAX_PLACES, *, nearest: bool = True) -> QuotationVerdict:
        """Whether any passage contains a quotation, and where."""
        return self.checker().check(quotation, limit, nearest=nearest)

    def checker(self) -> QuotationChecker:
        """Checks the quotations of one text."""
        return QuotationChecker(QuotationSources(self._backend, self._vocabulary, self._searcher, self._hits))


def _moves(backend: Backend) -> Moves:
    number, left_out = backend.number, backend.catalogue.left_out_passages
    return Moves(backend.catalogue.moves, lambda key: number(*key) is not None or address(*key) in left_out)
