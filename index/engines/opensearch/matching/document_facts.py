"""What facets and the matrix need to know of the documents of a generation, gathered once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from index.engines.opensearch.tokens import FIRST_NOTE
from index.facets import year_spans
from index.query.filters.year_filter import year_matches
from index.request import UNDATED, FacetName, Request
from kb.edtf import years
from kb.languages.language_tag import language_range, language_ranges, primary_language
from kb.model import Document, Theme
from kb.tags import ThemeNames
from kb.work.once import kept_for_all

__all__ = ["DocumentFacts", "RankedDocuments"]


class RankedDocuments(Protocol):
    """A catalogue whose documents have ranks (`tokens.passage_number`)."""

    @property
    def documents(self) -> Mapping[str, Document]: ...

    @property
    def themes(self) -> tuple[Theme, ...]: ...

    @property
    def by_rank(self) -> Mapping[int, str]: ...


class _Described(NamedTuple):
    """A document as facets list it; without a date it has the year UNDATED."""

    kind: str
    language: str
    years: tuple[str, ...]


class DocumentFacts:
    """The values of each facet in collection order, and which documents pass the filters of a request."""

    def __init__(self, catalogue: RankedDocuments) -> None:
        self._catalogue = catalogue
        self.by_rank = catalogue.by_rank

    @kept_for_all
    def ranks(self) -> tuple[int, ...]:
        return tuple(sorted(self.by_rank))

    @kept_for_all
    def rank_by_id(self) -> Mapping[str, int]:
        return {name: rank for rank, name in self.by_rank.items()}

    @kept_for_all
    def has_notes(self) -> bool:
        return any(rank >= FIRST_NOTE for rank in self.by_rank)

    @kept_for_all
    def themes(self) -> tuple[str, ...]:
        """All themes and sub-points."""
        return tuple(ThemeNames.of(self._catalogue.themes).titles)

    @kept_for_all
    def _described(self) -> tuple[_Described, ...]:
        """What facets need of all documents, so that these are decoded only once."""
        every = self._catalogue.documents.values()
        return tuple(_Described(one.kind, one.language, _years(one)) for one in every)

    @kept_for_all
    def values(self) -> Mapping[FacetName, Sequence[str]]:
        """All kinds, years and primary languages, in the order in which documents have them."""
        every = self._described
        tags = dict.fromkeys(one.language for one in every)
        return {
            "kind": tuple(filter(None, dict.fromkeys(one.kind for one in every))),
            "year": tuple(dict.fromkeys(year for one in every for year in one.years)),
            "language": tuple(dict.fromkeys(map(primary_language, tags))),
        }

    @kept_for_all
    def labels(self) -> Mapping[str, Sequence[str]]:
        """All values of the label fields."""
        tags = dict.fromkeys(one.language for one in self._described)
        return {
            "document": tuple(self._catalogue.documents),
            "kind": self.values["kind"],
            "year": tuple(year for year in self.values["year"] if year != UNDATED),
            "language": tuple(dict.fromkeys(each for tag in tags for each in language_ranges(tag))),
        }

    @kept_for_all
    def spans(self) -> Sequence[tuple[int, int]]:
        """The spans of years of the histogram; see `index.facets.year_spans`."""
        dated = (year for one in self._described for year in one.years if year != UNDATED)
        return year_spans(sorted(map(int, dated)))

    def passing(self, request: Request, notes: bool) -> list[tuple[int, str]]:
        """The sources or notes that pass the filters on documents, by rank: rank and id."""
        every = ((rank, self.by_rank[rank]) for rank in self.ranks if (rank >= FIRST_NOTE) == notes)
        return [(rank, name) for rank, name in every if _passes(self._catalogue.documents[name], request)]


def _years(document: Document) -> tuple[str, ...]:
    return tuple(map(str, years(document.date))) or (UNDATED,)


def _passes(document: Document, request: Request) -> bool:
    if not request.hidden and document.status != "current":
        return False
    chosen = {name: values for name, values in request.filters.items() if values and name != "theme"}
    return all(any(_has(document, name, value) for value in values) for name, values in chosen.items())


def _has(document: Document, name: FacetName, value: str) -> bool:
    match name:
        case "document":
            return document.id == value
        case "kind":
            return document.kind == value
        case "year":
            return any(year_matches(year, value) for year in _years(document))
        case "language":
            return language_range(value) in language_ranges(document.language)
        case _:
            return True
