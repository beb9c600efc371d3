"""Turns a request into ranked passages: interprets, compiles, matches, filters and reranks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from index.analysis.analyzer import tokenize
from index.backend import Backend, MatchSet
from index.query import Filter, Node, ParsedQuery, parse_query
from index.query.ast import walk
from index.query.compiled import Nothing, Query
from index.query.filters.former_names import FormerNames
from index.query.interpretation import Interpretation, interpret
from index.query.question_words import is_question
from index.query.thesaurus_expansion import Synonyms
from index.request import Request
from index.search.forms_ahead import forms_ahead
from index.search.lookup import Lookup
from index.search.query_compiler import compile_query, word_compiler
from index.search.query_language import with_language
from index.search.ranking.coverage import enough_words
from index.search.ranking.one_ranking import Bands, Ranking
from index.search.ranking.second_look import Reranked, SecondLook
from index.search.ranking.tiers import Tiers
from index.suggest.did_you_mean import suggestions
from index.suggest.search_advice import is_misspelling, is_other_ending
from index.suggest.spellcheck.vocabulary_spelling import VocabularySpelling
from index.vocabulary.term_vocabulary import TermVocabulary
from kb.errors import WorkCutShort
from kb.messages import Message
from kb.tags import ThemeNames
from kb.work.budget import check_budget, was_cut

__all__ = ["Searcher"]

_Words = Sequence[Sequence[Node]]
"""Words, each with what may stand for it."""


class Searcher:
    """Searches one generation."""

    def __init__(self, backend: Backend, vocabulary: TermVocabulary, names: FormerNames) -> None:
        self._backend, self._vocabulary, self._names = backend, vocabulary, names
        self._synonyms = Synonyms(backend.catalogue.thesaurus)
        self._theme_values = tuple(ThemeNames.of(backend.catalogue.themes).titles)
        self._second_look = SecondLook(backend, vocabulary)
        self._mixed = backend.catalogue.site.notes == "mixed"

    def parse(self, text: str) -> ParsedQuery:
        """The tree of a query, with its words in the query's language, and its notices."""
        parsed = self._with_present_names(parse_query(text))
        self._vocabulary.look_ahead(lambda: forms_ahead(interpret(parsed, self._synonyms)))
        return replace(parsed, node=parsed.node and with_language(parsed.node, self._vocabulary))

    def _with_present_names(self, parsed: ParsedQuery) -> ParsedQuery:
        if parsed.node is None or not any(isinstance(each, Filter) for each in walk(parsed.node)):
            return parsed
        return replace(parsed, node=self._names.replaced_in(parsed.node))

    def interpret(self, text: str, expand: bool = True) -> Interpretation:
        return interpret(self.parse(text), self._synonyms, expand)

    def tiers(self, request: Request, parsed: ParsedQuery, page: int = 0) -> Tiers:
        """Passages with all the words and, if these do not fill a page, passages with some."""
        interpretation = interpret(parsed, self._synonyms, request.expand)
        weighed = interpretation.weighed
        every, notices = self._ranked_in_time(
            request, interpretation.node, weighed if interpretation.any_word else ()
        )

        def rank_some() -> Ranking | None:
            needed = interpretation.needs_some(every.matches.total, page or request.per)
            if not interpretation.some or not needed or was_cut():
                return None
            return self._ranked_in_time(request, interpretation.some, weighed, not every.matches.total)[0]

        return Tiers(self._backend, request, interpretation, every, rank_some, notices)

    def of_tree(self, node: Node) -> Tiers:
        """The matches of a tree taken as it is: without a second look, notes among sources."""
        matches, notices = self.match(node, Request())
        every = Ranking(node, matches, mixed=True)
        return Tiers(self._backend, Request(), Interpretation(node), every, lambda: None, notices)

    def _ranked_in_time(
        self, request: Request, node: Node | None, weighed: _Words = (), counted: bool = True
    ) -> tuple[Ranking, tuple[Message, ...]]:
        """The ranked matches of a tree; none if the budget of work does not suffice to find them all."""
        try:
            return self.ranked(request, node, weighed, counted)
        except WorkCutShort:
            return Ranking(node, self._backend.match(Nothing(), request)), ()

    def ranked(
        self, request: Request, node: Node | None, weighed: _Words = (), counted: bool = True
    ) -> tuple[Ranking, tuple[Message, ...]]:
        """The ranked matches of a tree; only sorting by relevance needs a second look.

        Those that have enough of the words `weighed` come before the others. Facets count the matches only
        if they are `counted`.
        """
        query, notices = self._compiled(node)

        def bands() -> Bands | None:
            enough = enough_words(weighed, word_compiler(node, self._vocabulary), self._vocabulary)
            if enough is None:
                return None
            return Bands(lambda part: self._backend.match(part, request, counted=False), query, enough)

        second_look = self._reranked if request.sort == "relevance" else lambda node, matches: None
        matches = self._backend.match(query, request, counted=counted)
        return Ranking(node, matches, second_look, self._mixed, bands, self._backend.documents_of), notices

    def _reranked(self, node: Node | None, matches: MatchSet) -> Reranked | None:
        """The second look; None where the budget of work does not suffice for it."""
        try:
            return self._second_look.rerank(node, matches)
        except WorkCutShort:
            return None

    def match(self, node: Node | None, request: Request) -> tuple[MatchSet, tuple[Message, ...]]:
        """The matches of a tree under the filters of a request, and notices about the query."""
        query, notices = self._compiled(node)
        return self._backend.match(query, request, counted=False), notices

    def _compiled(self, node: Node | None) -> tuple[Query, tuple[Message, ...]]:
        return compile_query(node, self._vocabulary, self._theme_values)

    def count(self, request: Request) -> tuple[int, int]:
        """How many passages have all the words, and how many more have some; nothing is ranked."""
        interpretation = self.interpret(request.text, request.expand)
        every, _ = self.match(interpretation.node, _unranked(request))
        if not interpretation.some or not interpretation.needs_some(every.total, request.per):
            return every.total, 0
        some, _ = self.match(interpretation.some, _unranked(request))
        return every.total, some.total - int(some.having(every.numbers(every.total)).sum())

    def total(self, text: str, request: Request = Request(hidden=True)) -> int:  # noqa: B008  # frozen
        """How many passages match a query under the filters of a request."""
        return self.match(self.interpret(text, request.expand).node, _unranked(request))[0].total

    def look_up(self, request: Request) -> Lookup:
        """A request with its matches and suggested corrections; nothing is ranked yet."""
        typed = self.matched(request)
        tried = {request.text: typed}

        def look_up(text: str) -> Tiers:
            if text not in tried:
                tried[text] = self.matched(replace(request, text=text))
            return tried[text].tiers

        suggested = self._suggestions(request, typed.tiers.interpretation, look_up)
        if suggested and is_question(typed.parsed.node) and typed.tiers.total_some:
            suggested = tuple(one for one in suggested if not is_other_ending(request.text, one))
        return replace(typed, suggestions=suggested, tried=tried)

    def matched(self, request: Request) -> Lookup:
        """A request with its matches alone."""
        parsed = self.parse(request.text)
        return Lookup(parsed, self.tiers(request, parsed))

    def correction(self, typed: Lookup) -> Lookup | None:
        """What is searched instead of a query that is certainly misspelt; None for any other."""
        request, suggested = typed.tiers.request, typed.suggestions
        if not (suggested and request.expand) or typed.tiers.total or was_cut():
            return None
        if not is_misspelling(request.text, suggested[0]):
            return None
        return typed.tried.get(suggested[0]) or self.matched(replace(request, text=suggested[0]))

    def _suggestions(
        self,
        request: Request,
        interpretation: Interpretation,
        look_up: Callable[[str], Tiers],
    ) -> tuple[str, ...]:
        """Corrections for words that are found in no passage, or in very few, and for runs found in none."""
        terms = [span.term for span in interpretation.spans if span.related and request.expand]
        sure = [*terms, *interpretation.set_aside]
        expanded_stems = {self._vocabulary.stems(word.form) for term in sure for word in tokenize(term)}
        speller = VocabularySpelling(
            self._backend, self._vocabulary, replace(request, text=""), finds=self.total
        )
        try:
            check_budget()
            return suggestions(request.text, speller, look_up, expanded_stems)
        except WorkCutShort:
            return ()


def _unranked(request: Request) -> Request:
    """A request as it is made when only totals are wanted: nothing is scored."""
    return replace(request, sort="document")
