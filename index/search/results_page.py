"""The results of a search put together: totals, a page of hits, facets, notices and advice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.analysis.analyzer import tokenize
from index.backend import Backend, MatchCounts
from index.facets import facet_values, theme_values
from index.query import Node
from index.query.interpretation import Interpretation
from index.request import FACETS, FacetName, Request
from index.results import FacetValue, Hit, Results
from index.search.hit_loader import HitLoader
from index.search.lookup import Lookup
from index.search.ranking.tiers import RankedPassage, Tiers
from index.suggest.search_advice import correction_notice, distinctions, not_found, search_notices
from index.vocabulary.term_vocabulary import TermVocabulary
from kb.errors import WorkCutShort
from kb.work.budget import was_cut

__all__ = ["NOTES_AHEAD", "ResultsPage"]

NOTES_AHEAD = 3
"""How many notes are shown ahead of the page that lists them."""


class ResultsPage:
    """Puts together the results of searches in one generation."""

    def __init__(self, backend: Backend, vocabulary: TermVocabulary, hits: HitLoader) -> None:
        self._catalogue, self._generation = backend.catalogue, backend.generation
        self._vocabulary, self._hits = vocabulary, hits

    def of(self, lookup: Lookup) -> Results:
        """The results of a search as it was typed."""
        tiers, request, interpretation = lookup.tiers, lookup.tiers.request, lookup.tiers.interpretation
        counts = tiers.counted.counts
        total, total_some = tiers.total, tiers.total_some
        facets, more = self._facets(request, counts)
        related = self._related(interpretation)
        page = _page(tiers, (request.page - 1) * request.per, request.per)
        hits = self._hits.in_time(tiers, page)
        return Results(
            request=request,
            generation=self._generation,
            total=total,
            total_some=total_some,
            suggestions=lookup.suggestions,
            total_notes=tiers.total_notes,
            total_some_notes=tiers.total_some_notes,
            total_documents=tiers.documents,
            source_documents=tiers.source_documents,
            total_hidden=counts.hidden,
            hits=hits,
            notes_ahead=self._notes_ahead(tiers, hits),
            begins_below_notes=bool(hits) and tiers.begins_below_notes(page),
            facets=facets,
            more=more,
            missing=self._missing(lookup),
            expansions=related if request.expand else (),
            unexpanded=() if request.expand else related,
            set_aside=interpretation.set_aside,
            distinctions=distinctions(interpretation),
            notices=(*lookup.parsed.notices, *tiers.notices, *search_notices(interpretation)),
            years=counts.years,
            year_spans=counts.spans,
        )

    def of_correction(self, typed: Lookup, meant: Lookup) -> Results:
        """The results of what was searched instead of a misspelt query, and a notice that says so."""
        results, request, searched = self.of(meant), typed.tiers.request, meant.tiers.request.text
        return replace(
            results,
            request=request,
            corrected=searched,
            suggestions=typed.suggestions,
            missing=self._missing(typed),
            notices=(*results.notices, correction_notice(request.text, searched)),
        )

    def _notes_ahead(self, tiers: Tiers, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The first notes, where the first page has only sources; none if the budget of work is spent."""
        if tiers.request.page > 1 or not hits or any(hit.document.is_note for hit in hits):
            return ()
        try:
            return self._hits.in_time(tiers, tiers.notes_ahead(NOTES_AHEAD))
        except WorkCutShort:
            return ()

    def _missing(self, lookup: Lookup) -> tuple[str, ...]:
        """The words that no passage has, where none has all of them; none if the budget of work is spent."""
        try:
            is_unmatched = _unmatched(lookup) is not None
            return not_found(lookup.tiers.interpretation, self._vocabulary) if is_unmatched else ()
        except WorkCutShort:
            return ()

    def _related(self, interpretation: Interpretation) -> tuple[str, ...]:
        """The related terms of the thesaurus whose words all occur in the collection."""
        known = self._vocabulary.has_word
        return tuple(
            term for term in interpretation.related if all(known(word.form) for word in tokenize(term))
        )

    def _facets(
        self, request: Request, counts: MatchCounts
    ) -> tuple[dict[FacetName, tuple[FacetValue, ...]], dict[FacetName, int]]:
        values, selected = counts.values, request.filters
        themes, more_themes = theme_values(
            self._catalogue.themes, dict(values["theme"].values), selected.get("theme", ())
        )
        made: dict[FacetName, tuple[FacetValue, ...]] = {"theme": themes}
        more: dict[FacetName, int] = {"theme": more_themes}
        for name in FACETS[1:]:
            counted = values[name]
            made[name] = facet_values(name, counted, selected.get(name, ()), self._catalogue.documents)
            more[name] = counted.more
        return made, more


def _unmatched(lookup: Lookup) -> Node | None:
    """What the query asks for if no passage has all of it, or one word was enough."""
    interpretation = lookup.tiers.interpretation
    found = lookup.tiers.total and not interpretation.any_word
    return None if found or was_cut() else interpretation.typed


def _page(tiers: Tiers, begin: int, size: int) -> Sequence[RankedPassage]:
    """A page of passages; where the budget of work does not suffice to score them, just the first."""
    try:
        return tiers.page(begin, size)
    except WorkCutShort:
        numbers = [] if tiers.request.grouped else tiers.every.numbers(begin + size)
        return [RankedPassage(number, 0.0, "all") for number in numbers[begin:]]
