"""A plain in-memory engine: it proves the `Backend` interface and is the contract suite's oracle.

Every query scans all passages. It has none of the optional capabilities: no similar words, no
frequent phrases, no quotation lookup.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from index.analysis.analyzer import fold, tokenize
from index.analysis.pairs import title_terms
from index.analysis.stemming import analysis_language, stem
from index.backend import (
    Capability,
    Floats,
    Ints,
    LeafScore,
    MatchCounts,
    Occurrences,
    QuotationPlaces,
    Scored,
)
from index.catalogue import ListedDocument
from index.facets import FEW_YEARS, FacetCounts, year_spans
from index.matrix import MatrixRow
from index.query import Fuzzy, Node, Prefix, Wildcard
from index.query import compiled as q
from index.query.filters.year_filter import year_matches
from index.request import FACETS, UNDATED, FacetName, Request, Sort
from index.results import YearSpan
from index.search.engine import SearchEngine
from index.vocabulary.term_source import MAX_FORMS, Expansion, SimilarWord
from kb.citing.labels import short_name
from kb.collection.leaving_out.summary import summarised
from kb.edtf import start, years
from kb.ids import address
from kb.languages.language_tag import language_range, language_ranges
from kb.model import Collection, Document, Passage
from kb.published import LeftOutPassage, Withdrawal
from kb.tags import ThemeNames
from tests.index.stock import word_fields

__all__ = ["MemoryBackend", "MemoryGenerations", "memory_engine"]

Fields = Mapping[str, Mapping[str, int]]
"""How often each term stands in each field of a passage."""


@dataclass(frozen=True)
class Entry:
    """A passage with its document, its term frequencies by field, the positions of its words, its facets."""

    passage: Passage
    document: Document
    counts: Fields
    positions: Mapping[str, Mapping[str, Sequence[int]]]
    values: Mapping[FacetName, tuple[str, ...]]

    @classmethod
    def of(cls, content: Collection, document: Document, passage: Passage) -> Entry:
        fields = word_fields(content, passage)
        counts = {
            name: {term: _frequency(found) for term, found in terms.items()} for name, terms in fields.items()
        }
        dated = tuple(map(str, years(document.date)))
        values: dict[FacetName, tuple[str, ...]] = {
            "theme": passage.themes,
            "document": (document.id,),
            "kind": (document.kind,) if document.kind else (),
            "year": dated or (UNDATED,),
            "language": language_ranges(document.language),
        }
        language = analysis_language(document.language)
        labels = {"title": title_terms(document.title, language), "year": dated}
        for name in ("theme", "document", "kind", "title", "year", "language"):
            counts[name] = dict.fromkeys(labels.get(name, values.get(name, ())), 1)  # type: ignore[call-overload]
        positions = {name: fields[name] for name in ("text", "text_end", "heading", "heading_end")}
        return cls(passage, document, counts, positions, values)

    def length(self, field: str) -> int:
        parts = ("text", "heading") if field == "stem" else (field.removesuffix("_stem"),)
        return sum(sum(self.counts[part].values()) for part in parts)

    def spans(self, field: str, form: str) -> list[tuple[int, int]]:
        """Where a form begins and ends; only a compound ends later than it begins."""
        begins = list(self.positions[field].get(form, ()))
        ends = list(self.positions[f"{field}_end"].get(form, ()))
        last = {max(begin for begin in begins if begin <= end): end for end in ends}
        return [(begin, last.get(begin, begin)) for begin in begins]


def _frequency(occurrences: object) -> int:
    """The frequency of a term, given as its count or its positions."""
    return occurrences if isinstance(occurrences, int) else len(occurrences)  # type: ignore[arg-type]


class MemoryTerms:
    """Implements `index.vocabulary.term_source.TermSource`."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self.passages = len(entries)

    def average_length(self, field: str) -> float:
        return sum(one.length(field) for one in self._entries) / (len(self._entries) or 1) or 1.0

    def frequency(self, field: str, text: str) -> int:
        return sum(text in one.counts.get(field, {}) for one in self._entries)

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        return [self.frequency(field, text) for text in texts]

    def labels(self, field: str) -> list[str]:
        return list(dict.fromkeys(label for one in self._entries for label in one.counts[field]))

    @cached_property
    def _forms(self) -> Counter[str]:
        """How many texts and headings have each form."""
        return Counter(
            form for one in self._entries for field in ("text", "heading") for form in one.counts[field]
        )

    def expand(self, pattern: Node) -> Expansion:
        match pattern:
            case Prefix(text):
                beginning = "".join(word.form for word in tokenize(text))
                matching = [form for form in self._forms if form.startswith(beginning)]
            case Wildcard(text):
                signs = (fold(piece) if piece not in "*?" else piece for piece in re.split(r"([*?])", text))
                shape = "".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in signs)
                matching = [form for form in self._forms if re.fullmatch(shape, form, re.DOTALL)]
            case Fuzzy(text, edits):
                wanted = "".join(word.form for word in tokenize(text))
                max_edits = edits or (2 if len(wanted) >= 8 else 1)
                same_initial = (form for form in self._forms if form[:1] == wanted[:1])
                matching = [form for form in same_initial if _distance(form, wanted) <= max_edits]
            case _:
                matching = []
        ranked = sorted(matching, key=lambda form: (-self._forms[form], form))
        return Expansion(tuple(ranked[:MAX_FORMS]), len(ranked))

    def forms_like(self, form: str, languages: Sequence[str]) -> tuple[str, ...]:
        counts = Counter(each for one in self._entries for each in one.counts["text"])
        alike = (each for each in counts if any(stem(each, one) == stem(form, one) for one in languages))
        return tuple(sorted(alike, key=lambda each: (-counts[each], each)))

    def look_ahead(self, forms: Callable[[], Iterable[str]], languages: Sequence[str]) -> None:
        pass

    def similar(self, form: str, edits: int) -> tuple[SimilarWord, ...]:
        raise NotImplementedError('the capability "spelling" is not declared')


def _distance(left: str, right: str) -> int:
    row = list(range(len(right) + 1))
    for at, sign in enumerate(left, start=1):
        before, row[0] = row[0], at
        for place, other in enumerate(right, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (sign != other))
    return row[-1]


class MemoryMatchSet:
    """Implements `index.backend.MatchSet`, for notes (True), sources (False) or both."""

    def __init__(
        self, backend: MemoryBackend, query: q.Query, request: Request, kinds: Sequence[bool] = (True, False)
    ) -> None:
        self._backend, self._query, self._request = backend, query, request
        self._scores = backend.evaluated(query)
        passing = (number for number in self._scores if self._passes(number))
        self._kept = [number for number in passing if backend.entries[number].document.is_note in kinds]

    @cached_property
    def sources(self) -> MemoryMatchSet:
        return MemoryMatchSet(self._backend, self._query, self._request, (False,))

    @cached_property
    def notes(self) -> MemoryMatchSet:
        return MemoryMatchSet(self._backend, self._query, self._request, (True,))

    def _passes(self, number: int, without: FacetName | None = None, status: bool = True) -> bool:
        entry, request = self._backend.entries[number], self._request
        if status and not request.hidden and entry.document.status != "current":
            return False
        return all(
            name == without or not chosen or self._is_chosen(entry, name, chosen)
            for name, chosen in request.filters.items()
        )

    def _is_chosen(self, entry: Entry, name: FacetName, chosen: Sequence[str]) -> bool:
        join = all if name == "theme" and self._request.all_themes else any
        if name == "year":
            return any(year_matches(year, value) for year in entry.values[name] for value in chosen)
        values = [language_range(value) for value in chosen] if name == "language" else chosen
        return join(value in entry.values[name] for value in values)

    @property
    def total(self) -> int:
        return len(self._kept)

    @property
    def documents(self) -> int:
        return len({self._backend.entries[number].document.id for number in self._kept})

    @property
    def counts(self) -> MatchCounts:
        every = self._scores
        dated = [number for number in every if self._passes(number, "year")]
        by_year = Counter(year for number in dated for year in self._backend.entries[number].values["year"])
        return MatchCounts(
            values={name: self._facet(name) for name in FACETS},
            hidden=sum(self._passes(number, status=False) for number in every) - len(self._kept),
            years=tuple(sorted((int(year), count) for year, count in by_year.items() if year != UNDATED)),
            spans=self._spans(dated),
        )

    def _facet(self, name: FacetName) -> FacetCounts:
        passing = [number for number in self._scores if self._passes(number, name)]
        counts = Counter(value for number in passing for value in self._backend.values_listed(number, name))
        if name == "theme":
            return FacetCounts(tuple((value, counts[value]) for value in self._backend.theme_values), 0)
        selected = dict.fromkeys(self._request.filters.get(name, ()))
        listed = {value: counts[value] for value in self._backend.values_of(name)}
        spans = {
            value: sum(self._is_chosen(self._backend.entries[number], name, [value]) for number in passing)
            for value in selected
        }
        return FacetCounts(tuple((listed | spans).items()), 0)

    def _spans(self, dated: Sequence[int]) -> tuple[YearSpan, ...]:
        spans = []
        for first, last in self._backend.year_spans:
            inside = [f"{first}..{last}"]
            chosen = (self._backend.entries[number] for number in dated)
            spans.append(YearSpan(first, last, sum(self._is_chosen(one, "year", inside) for one in chosen)))
        return tuple(spans)

    def numbers(self, limit: int) -> Ints:
        return np.array(sorted(self._kept)[:limit], np.int64)

    def page(self, sort: Sort, begin: int, size: int, grouped: bool = False) -> list[Scored]:
        ordered = sorted(self._kept, key=lambda number: (self._key(sort, number), number))
        if grouped:
            firsts: dict[str, int] = {}
            for number in ordered:
                firsts.setdefault(self._backend.entries[number].document.id, number)
            ordered = list(firsts.values())
        return [(number, self._scores[number]) for number in ordered[begin : begin + size]]

    def best(self, size: int) -> tuple[Ints, Floats]:
        listed = self.page("relevance", 0, size)
        numbers, scores = [number for number, _ in listed], [score for _, score in listed]
        return np.array(numbers, np.int64), np.array(scores, np.float64)

    def _key(self, sort: Sort, number: int) -> object:
        date = start(self._backend.entries[number].document.date)
        match sort:
            case "relevance":
                return -self._scores[number]
            case "newest":
                return [-part for part in date] if date[0] else [10**6]
            case "oldest":
                return list(date) if date[0] else [10**6]
            case "document":
                return 0

    def having(self, numbers: Ints) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        return np.isin(numbers, self._kept)

    def scores(self, numbers: Ints) -> Floats:
        return np.array([self._scores[number] for number in numbers.tolist()], np.float64)

    def of_documents(self, numbers: Ints) -> Ints:
        counts = Counter(self._backend.entries[number].document.id for number in self._kept)
        totals = [counts[self._backend.entries[number].document.id] for number in numbers.tolist()]
        return np.array(totals, np.int64)

    def leaf_scores(self, number: int) -> Iterator[LeafScore]:
        return self._leaves(self._query, number, optional=False)

    def _leaves(self, query: q.Query, number: int, optional: bool) -> Iterator[LeafScore]:
        scores = self._backend.evaluated(query)
        if number not in scores:
            return
        match query:
            case q.All(parts) | q.Any(parts):
                for part in parts:
                    yield from self._leaves(part, number, optional)
            case q.Addition(found, added):
                yield from self._leaves(found, number, optional)
                yield from self._leaves(added, number, optional=True)
            case q.Require(scored=scored) | q.Difference(kept=scored):
                yield from self._leaves(scored, number, optional)
            case leaf:
                yield LeafScore(leaf, scores[number], optional)


class MemoryCatalogue:
    """Implements `index.catalogue.BackendCatalogue`."""

    built: Final = "2026-01-01T00:00:00+00:00"

    def __init__(self, content: Collection) -> None:
        self._content = content
        self.themes, self.thesaurus, self.site = content.themes, content.thesaurus, content.site
        self.moves, self.published, self.instruments = content.moves, content.published, content.instruments
        self.documents: Mapping[str, Document] = {one.id: one for one in content.documents}
        self.sizes = {
            name: sum(one.retrievable for one in content.passages.get(name, ())) for name in self.documents
        }
        self.languages: Counter[str] = Counter()
        for one in content.documents:
            self.languages[analysis_language(one.language)] += self.sizes[one.id]
        self.withdrawn: Mapping[str, Withdrawal] = {
            address(one.document, one.passage): one for one in content.withdrawn
        }

        self.left_out, self.sources = summarised(content), content.sources
        self.left_out_passages: Mapping[str, LeftOutPassage] = {
            address(one.document, one.passage): one for one in content.left_out_passages
        }

    def listed(self, limit: int) -> list[ListedDocument]:
        return [
            ListedDocument(
                *(one.id, one.title, short_name(one.further)), self.sizes[one.id], one.status != "current"
            )
            for one in self._content.documents[:limit]
        ]


class MemoryBackend:
    """Implements `index.backend.Backend`; passages are numbered in collection order, sources first."""

    capabilities: Final[frozenset[Capability]] = frozenset()

    def __init__(self, content: Collection, generation: str) -> None:
        self.generation, self.fallback = generation, None
        self.catalogue = MemoryCatalogue(content)
        documents = sorted(content.documents, key=lambda one: one.is_note)
        self.entries = [
            Entry.of(content, document, passage)
            for document in documents
            for passage in content.passages.get(document.id, ())
        ]
        self.searched = {n: one for n, one in enumerate(self.entries) if one.passage.retrievable}
        self.terms = MemoryTerms(list(self.searched.values()))
        self.theme_values = list(ThemeNames.of(content.themes).titles)
        self._ranks = {one.id: rank for rank, one in enumerate(documents)}

    @cached_property
    def year_spans(self) -> list[tuple[int, int]]:
        dated = sorted(year for one in self.catalogue.documents.values() for year in years(one.date))
        return year_spans(dated) if dated and dated[-1] - dated[0] >= FEW_YEARS else []

    def values_of(self, name: FacetName) -> list[str]:
        every = (self.values_listed(number, name) for number in range(len(self.entries)))
        return list(dict.fromkeys(value for values in every for value in values))

    def values_listed(self, number: int, name: FacetName) -> tuple[str, ...]:
        """The values of a passage that a facet lists, which for languages do not include their parts."""
        return self.entries[number].values[name][: 1 if name == "language" else None]

    def match(self, query: q.Query, request: Request, *, counted: bool = True) -> MemoryMatchSet:
        return MemoryMatchSet(self, query, request)

    def evaluated(self, query: q.Query) -> dict[int, float]:
        """The passages that match, with their scores."""
        scores = self._evaluated
        match query:
            case q.Term():
                return {n: self._score(one, query) for n, one in self.searched.items() if _has(one, query)}
            case q.Adjacent(field, forms, slop, boost):
                parts = [q.Term(field, form, boost) for form in dict.fromkeys(forms)]
                there = (n for n, one in self.searched.items() if _adjacent(one, field, forms, slop))
                return {n: sum(self._score(self.entries[n], part) for part in parts) for n in there}
            case q.All(parts):
                each = [scores(part) for part in parts]
                return {n: sum(one[n] for one in each) for n in each[0] if all(n in one for one in each)}
            case q.Any(parts):
                each = [scores(part) for part in parts]
                return {n: sum(one.get(n, 0.0) for one in each) for n in sorted(set().union(*each))}
            case q.Difference(kept, excluded):
                out = scores(excluded)
                return {n: score for n, score in scores(kept).items() if n not in out}
            case q.Addition(base, added):
                more = scores(added)
                return {n: score + more.get(n, 0.0) for n, score in scores(base).items()}
            case q.Require(scored, needed):
                inside = scores(needed)
                return {n: score for n, score in scores(scored).items() if n in inside}
            case q.Enough(parts, weights, least):
                found = [
                    dict.fromkeys(scores(part), weight) for part, weight in zip(parts, weights, strict=True)
                ]
                sums = {n: sum(one.get(n, 0) for one in found) for n in sorted(set().union(*found))}
                return {n: float(total) for n, total in sums.items() if total >= least}
            case q.Constant(inner, score):
                return dict.fromkeys(scores(inner), score)
            case q.Everything():
                return dict.fromkeys(self.searched, 1.0)
            case q.Nothing():
                return {}

    _evaluated = evaluated

    def _score(self, one: Entry, term: q.Term) -> float:
        if term.field not in q.SCORED:
            return term.boost
        count = one.counts[term.field].get(term.text, 0)
        weight = q.smoothed_idf(len(self.searched), self.terms.frequency(term.field, term.text))
        length = np.array([one.length(term.field)])
        norms = q.length_norms(length, self.terms.average_length(term.field))
        return term.boost * weight * float(q.saturated(np.array([float(count)]), norms)[0])

    def matrix(
        self, query: q.Query, request: Request, values: Sequence[str], notes: bool
    ) -> tuple[MatrixRow, ...]:
        matches = self.evaluated(query)
        unthemed = Request(
            filters={k: v for k, v in request.filters.items() if k != "theme"}, hidden=request.hidden
        )
        passing = MemoryMatchSet(self, q.Everything(), unthemed)
        rows = []
        for document in sorted(self.catalogue.documents.values(), key=lambda one: one.is_note):
            mine = [n for n, one in self.searched.items() if one.document.id == document.id]
            chosen = passing.having(np.array(mine, np.int64)).any() if mine else document.status == "current"
            if document.is_note == notes and chosen:
                here = [self.entries[n] for n in mine if n in matches]
                counts = tuple(sum(value in one.values["theme"] for one in here) for value in values)
                rows.append(MatrixRow(document.id, counts, len(here)))
        return tuple(rows)

    def passage(self, number: int) -> Passage:
        return self.entries[number].passage

    def read_ahead(self, numbers: Sequence[int]) -> None:
        pass

    def number(self, document: str, passage: str) -> int | None:
        wanted = address(document, passage)
        return next((n for n, one in enumerate(self.entries) if one.passage.address == wanted), None)

    def numbers(self, document: str) -> list[int]:
        return [n for n, one in enumerate(self.entries) if one.document.id == document]

    def addresses(self, numbers: Sequence[int]) -> list[str]:
        return [self.entries[number].passage.address for number in numbers]

    def order(self, numbers: Ints) -> Ints:
        return numbers

    def documents_of(self, numbers: Ints) -> Ints:
        ranks = [self._ranks[self.entries[number].document.id] for number in numbers.tolist()]
        return np.array(ranks, np.int64)

    def lengths(self, field: str, numbers: Ints) -> Floats:
        return np.array([self.entries[number].length(field) for number in numbers.tolist()], np.float64)

    def occurrences(self, forms: Sequence[str], numbers: Ints) -> Occurrences:
        pairs = sorted(
            (owner, position)
            for owner, number in enumerate(numbers.tolist())
            for form in forms
            for position in self.entries[number].positions["text"].get(form, ())
        )
        owners, positions = (np.array([pair[part] for pair in pairs], np.int64) for part in (0, 1))
        return Occurrences(owners, positions)

    def frequencies(self, field: str, text: str, numbers: Ints) -> Floats:
        counts = [self.entries[number].counts[field].get(text, 0) for number in numbers.tolist()]
        return np.array(counts, np.float64)

    def frequent_phrases(self, limit: int) -> Sequence[str]:
        raise NotImplementedError('the capability "phrases" is not declared')

    def quotation_places(self) -> QuotationPlaces:
        raise NotImplementedError('the capability "quotations" is not declared')


def _has(one: Entry, term: q.Term) -> bool:
    return term.text in one.counts[term.field]


def _adjacent(one: Entry, field: str, forms: Sequence[str], slop: int) -> bool:
    reached = {end for _, end in one.spans(field, forms[0])}
    for form in forms[1:]:
        here = one.spans(field, form)
        reached = {end for begin, end in here if any(0 < begin - at <= slop + 1 for at in reached)}
    return bool(reached)


class MemoryGenerations:
    """Implements `index.backend.Generations`."""

    def __init__(self) -> None:
        self._published: list[MemoryBackend] = []

    def publish(self, content: Collection) -> None:
        self._published.append(MemoryBackend(content, f"memory-{len(self._published) + 1}"))

    def newest(self) -> MemoryBackend:
        return self._published[-1]

    def condition(self) -> None:
        pass


def memory_engine(content: Collection) -> SearchEngine:
    """An engine over one published collection."""
    generations = MemoryGenerations()
    generations.publish(content)
    return SearchEngine(generations)
