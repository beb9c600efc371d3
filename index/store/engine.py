"""The Whoosh engine: searches one generation at a time and takes up a new one when it is published."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np

from index.engine import FACETS, MOST_HITS, FacetName, FacetValue, Hit, Range, Request, Results
from index.facets import facet, theme_facet, themes_by_value
from index.language import And, Filter, Node, Or, Parsed, Word, parse
from index.marking import Marker, marker
from index.missing import any_words, missing_words
from index.quoting import MOST_LISTED, check
from index.requests import checked
from index.snippets import snippet
from index.store.allocation import keep_freed_memory
from index.store.columns import Columns
from index.store.compiler import compile_query
from index.store.found import Found
from index.store.opening import Opened, Stamp, newest, open_index
from index.store.quotes import Quotes
from index.store.ranking import Scores, first, first_of_each
from index.store.records import read_passage
from index.store.segment import Ints
from index.store.selection import Selection, select
from index.store.statistics import Statistics
from index.store.vocabulary import Vocabulary
from index.verdicts import Verdict
from kb.model import Document, Passage, Theme, Withdrawal, address

__all__ = ["WhooshEngine", "WhooshSnapshot"]


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
        self._columns = Columns(opened.segments, opened.catalogue)
        self._vocabulary = Vocabulary(opened.segments, opened.catalogue)
        self._statistics = Statistics(opened.segments)
        self.generation = opened.name
        self.themes: tuple[Theme, ...] = opened.catalogue.themes
        self._titles = themes_by_value(self.themes)
        self.built = opened.catalogue.built
        self.instruments = opened.catalogue.instruments
        self.documents: Mapping[str, Document] = opened.catalogue.documents
        self.size = self._statistics.documents

    @property
    def withdrawn(self) -> Mapping[str, Withdrawal]:
        return self._opened.catalogue.withdrawn

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """How many passages each document has."""
        return dict(zip(self.documents, self._opened.catalogue.sizes.tolist(), strict=True))

    def search(self, request: Request) -> Results:
        """Answers a request. Raises BadRequest for a value that cannot be used."""
        began = time.perf_counter()
        parsed = parse(checked(request).text)
        results = self._answer(request, parsed)
        return replace(results, took_ms=(time.perf_counter() - began) * 1000)

    def every_hit(self, request: Request) -> tuple[Hit, ...]:
        """The hits of all pages in one, MOST_HITS at most. Raises BadRequest as `search` does."""
        node = parse(checked(request).text).node
        found, chosen, _ = self._chosen(request, node)
        page = self._page(request, found, chosen.numbers, 0, MOST_HITS)
        return self._hits(page, found, chosen.numbers, node, request)

    def ranked(self, request: Request) -> tuple[Ints, Selection]:
        """The passages of the page by number, and the counts of all four facets: the search itself."""
        found, chosen, _ = self._chosen(request, parse(checked(request).text).node)
        begin = (request.page - 1) * request.per
        return self._page(request, found, chosen.numbers, begin, request.per), chosen

    def _answer(self, request: Request, parsed: Parsed) -> Results:
        found, chosen, notices = self._chosen(request, parsed.node)
        page = self._page(request, found, chosen.numbers, (request.page - 1) * request.per, request.per)
        facets, more = self._facets(request, chosen)
        total = len(chosen.numbers)
        lost = parsed.node if not total else None
        return Results(
            request=request,
            generation=self.generation,
            total=total,
            total_documents=chosen.documents,
            total_hidden=chosen.hidden,
            hits=self._hits(page, found, chosen.numbers, parsed.node, request),
            facets=facets,
            more=more,
            missing=missing_words(lost, self._vocabulary) if lost else (),
            any_words=any_words(lost) if lost else "",
            notices=(*parsed.notices, *notices),
        )

    def _chosen(self, request: Request, node: Node | None) -> tuple[Found, Selection, tuple[str, ...]]:
        """What matches, what of it passes the filters and how it was counted, and the notices."""
        query, notices = compile_query(node, self._vocabulary, tuple(self._titles))
        found = Found(query, self._opened.segments, self._statistics)
        return found, select(self._columns, found.numbers, request), notices

    def _page(self, request: Request, found: Found, numbers: Ints, begin: int, size: int) -> Ints:
        if request.grouped:
            return first_of_each(request.sort, self._columns, numbers, found.scores)[begin : begin + size]
        return first(request.sort, self._columns, numbers, found.scores, begin + size)[begin:]

    def _hits(
        self, page: Ints, found: Found, numbers: Ints, node: Node | None, request: Request
    ) -> tuple[Hit, ...]:
        wanted = marker(node, self._vocabulary)
        others = self._others(page, numbers) if request.grouped else [0] * len(page)
        scores = _in_order(page, found.scores) if node else [0.0] * len(page)
        return tuple(
            replace(self._hit(number, wanted), score=score, others=other)
            for number, score, other in zip(page.tolist(), scores, others, strict=True)
        )

    def _others(self, page: Ints, numbers: Ints) -> list[int]:
        """How many further passages of each hit's document match."""
        counts = np.bincount(self._columns.rank[numbers], minlength=1) - 1
        return list(map(int, counts[self._columns.rank[page]]))

    def _hit(self, number: int, wanted: Marker) -> Hit:
        passage = self._read(number)
        ranges = wanted.ranges(passage.text)
        subpoints = [
            self._titles[value] for value in passage.themes if "/" in value and value in self._titles
        ]
        headings = dict.fromkeys([passage.heading, passage.locator, *subpoints])
        return Hit(
            passage=passage,
            document=self.documents[passage.document],
            snippet=snippet(passage.text, ranges),
            reasons=wanted.beyond(passage.text, ranges, [piece for piece in headings if piece]),
        )

    def _facets(
        self, request: Request, chosen: Selection
    ) -> tuple[dict[FacetName, tuple[FacetValue, ...]], dict[FacetName, int]]:
        counts, selected = chosen.counts, request.filters
        made = {name: facet(name, counts[name], selected.get(name, ()), self.documents) for name in FACETS}
        more = {name: counts[name].more for name in FACETS}
        made["theme"], more["theme"] = theme_facet(
            self.themes, dict(counts["theme"].values), selected.get("theme", ())
        )
        return made, more

    def _read(self, number: int) -> Passage:
        place = int(self._columns.offsets.searchsorted(number, "right")) - 1
        return read_passage(self._opened.segments[place].stored[number - int(self._columns.offsets[place])])

    def passage(self, document: str, passage: str) -> Passage | None:
        """One passage by its permanent address, None where there is none."""
        number = self._number(address(document, passage))
        return None if number is None else self._read(number)

    def _number(self, name: str) -> int | None:
        for segment, offset in zip(self._opened.segments, self._columns.offsets.tolist(), strict=False):
            field = segment.field("address")
            ordinal = field.terms.find(name) if field else -1
            if field and ordinal >= 0 and len(docs := field.leaf(ordinal).docs):
                return int(docs[0]) + int(offset)
        return None

    def around(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        """The passages before and after it in its document."""
        numbers = self._columns.numbers(self._columns.rank_of(passage.document)).tolist()
        at = numbers.index(self._number(passage.address) or 0)
        before = self._read(numbers[at - 1]) if at else None
        return before, self._read(numbers[at + 1]) if at + 1 < len(numbers) else None

    def passages(self, document: str) -> tuple[Passage, ...]:
        """All passages of a document in reading order."""
        return tuple(map(self._read, self._columns.numbers(self._columns.rank_of(document)).tolist()))

    def found_in(self, document: str, text: str) -> frozenset[str]:
        """The ids of the document's passages that the query `text` finds."""
        node = parse(text).node
        if node is None:
            return frozenset()
        found, _, _ = self._chosen(Request(), And((node, Filter("document", document))))
        return frozenset(self._read(number).id for number in found.numbers.tolist())

    def marks(self, text: str, passages: Sequence[Passage]) -> tuple[tuple[Range, ...], ...]:
        """What the query `text` matches in each passage's text."""
        wanted = marker(parse(text).node, self._vocabulary)
        return tuple(wanted.ranges(passage.text) for passage in passages)

    def check(self, quotation: str, most: int = MOST_LISTED, *, nearest: bool = True) -> Verdict:
        """Whether the words of a quotation stand in any passage."""
        columns, documents = self._columns, self.documents
        quotes = Quotes(self._opened.segments, columns, documents, self._read, self._with_some)
        return check(quotation, quotes, most, nearest=nearest)

    def _with_some(self, forms: Sequence[str]) -> tuple[Hit, ...]:
        """The best few passages that have some of the words."""
        node = Or(tuple(map(Word, forms)))
        query, _ = compile_query(node, self._vocabulary, tuple(self._titles))
        found = Found(query, self._opened.segments, self._statistics)
        page = self._page(Request(), found, found.numbers, 0, 3)
        return self._hits(page, found, found.numbers, node, Request())


def _in_order(page: Ints, scores: Scores) -> list[float]:
    """The scores of passages that are in no order of number."""
    order = np.argsort(page)
    found = np.empty(len(page))
    found[order] = scores(page[order])
    return found.tolist()
