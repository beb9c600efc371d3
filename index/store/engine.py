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

from index.analysis import words
from index.engine import FACETS, MOST_HITS, FacetName, FacetValue, Hit, Range, Request, Results
from index.facets import facet, theme_facet, themes_by_value
from index.hits import Finder
from index.language import And, Filter, Node, Parsed, parse
from index.missing import any_words, missing_words, notices
from index.reading import Reading, read
from index.requests import checked
from index.store.allocation import keep_freed_memory
from index.store.columns import Columns
from index.store.compiler import compile_query
from index.store.explained import explained
from index.store.found import Found
from index.store.matched import Matched, Tier
from index.store.opening import Opened, Stamp, newest, open_index
from index.store.records import read_passage
from index.store.reranking import Reranker
from index.store.segment import Ints, Segment
from index.store.selection import Selection, select
from index.store.statistics import Statistics
from index.store.vocabulary import Vocabulary
from index.synonyms import Synonyms
from index.why import Explanation
from kb.model import Document, Passage, Theme, Thesaurus, Withdrawal, address

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
        self._statistics = Statistics(opened.segments)
        self._vocabulary = Vocabulary(opened.segments, opened.catalogue, self._statistics)
        self._synonyms = Synonyms(opened.catalogue.thesaurus)
        # what is kept here must not refer back to the snapshot, or old files would stay open
        self._read = partial(_read, opened.segments, self._columns.offsets)
        self._reranker = Reranker(
            opened.segments, self._columns, self._statistics, self._vocabulary, self._read
        )
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
        matched = self._matched(request, parse(checked(request).text))
        return self._hits(matched, matched.page(self._columns, 0, MOST_HITS))

    def ranked(self, request: Request) -> tuple[Ints, Selection]:
        """The passages of the page by number, and the counts of all four facets: the search itself."""
        matched = self._matched(request, parse(checked(request).text))
        begin = (request.page - 1) * request.per
        return matched.page(self._columns, begin, request.per), matched.counted

    def best(self, text: str, most: int) -> list[tuple[str, float]]:
        """The addresses of the best passages with their scores, in order; the text may be of any length."""
        matched = self._matched(Request(text), parse(text), page=most)
        page = matched.page(self._columns, 0, most)
        names, scores = self._addresses, matched.scores_of(page)
        return [(names[number], score) for number, score in zip(page.tolist(), scores, strict=True)]

    @cached_property
    def _addresses(self) -> dict[int, str]:
        """The address of every passage by its number."""
        return {
            int(docs[0]) + int(offset): field.terms[at]
            for segment, offset in zip(self._opened.segments, self._columns.offsets, strict=False)
            if (field := segment.field("address"))
            for at in range(len(field.terms))
            if len(docs := field.leaf(at).docs)
        }

    def _answer(self, request: Request, parsed: Parsed) -> Results:
        matched = self._matched(request, parsed)
        page = matched.page(self._columns, (request.page - 1) * request.per, request.per)
        facets, more = self._facets(request, matched.counted)
        all_, some = matched.counts
        lost = parsed.node if not all_ + some else None
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
            missing=missing_words(parsed.node, self._vocabulary) if parsed.node and not all_ else (),
            any_words=any_words(lost) if lost else "",
            expansions=self._searched_besides(matched.reading),
            notices=(*parsed.notices, *matched.notices, *notices(matched.reading)),
        )

    def _searched_besides(self, reading: Reading) -> tuple[str, ...]:
        """The terms of the thesaurus that were searched, those of which the collection has the words."""
        known = self._vocabulary.has_word
        return tuple(term for term in reading.related if all(known(word.form) for word in words(term)))

    def _reading(self, parsed: Parsed, expand: bool = True) -> Reading:
        return read(parsed, self._synonyms if expand else _NO_SYNONYMS)

    def _matched(self, request: Request, parsed: Parsed, page: int = 0) -> Matched:
        """What has all the words, and where these are fewer than a page, what has some of them."""
        reading = self._reading(parsed, request.expand)
        found, chosen, notices = self._chosen(request, reading.node)
        tiers = [self._tier(request, reading.node, found, chosen)]
        if reading.some and len(chosen.numbers) < (page or request.per):
            others, counted, _ = self._chosen(request, reading.some)
            rest = replace(counted, numbers=np.setdiff1d(counted.numbers, chosen.numbers, assume_unique=True))
            tiers.append(self._tier(request, reading.some, others, rest))
            chosen = chosen if len(chosen.numbers) else counted
        return Matched(request, reading, tuple(tiers), chosen, notices)

    def _tier(self, request: Request, node: Node | None, found: Found, chosen: Selection) -> Tier:
        """The matches of one tree that passed the filters, with the scores they are ordered by."""
        if request.sort != "relevance":
            return Tier(chosen.numbers, found)
        return Tier(chosen.numbers, found, self._reranker.ranked(node, chosen.numbers, found.scores))

    def _chosen(self, request: Request, node: Node | None) -> tuple[Found, Selection, tuple[str, ...]]:
        """What matches, what of it passes the filters and how it was counted, and the notices."""
        query, notices = compile_query(node, self._vocabulary, tuple(self._titles))
        found = Found(query, self._opened.segments, self._statistics)
        return found, select(self._columns, found.numbers, request), notices

    def _hits(self, matched: Matched, page: Ints) -> tuple[Hit, ...]:
        finder = Finder(matched.reading, self._vocabulary)
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
        self, finder: Finder, number: int, score: float, how: Literal["all", "some"], others: int
    ) -> Hit:
        passage = self._read(number)
        document = self.documents[passage.document]
        shown, reasons = finder.shown(passage, document.title, self._titles, how == "all")
        return Hit(passage, document, shown, score, how, reasons, others)

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

    def explain(self, request: Request, document: str, passage: str) -> Explanation | None:
        """Why a search lists a passage where it does. Raises BadRequest as `search` does."""
        parsed, number = parse(checked(request).text), self._number(address(document, passage))
        if number is None:
            return None
        matched = self._matched(request, parsed)
        found, named = self._read(number), self.documents[document]
        return explained(matched, number, found, named, self._titles, self._vocabulary)

    def found_in(self, document: str, text: str) -> frozenset[str]:
        """The ids of the document's passages that the query `text` finds."""
        reading = self._reading(parse(text))
        for node in (reading.node, reading.some):
            if node is None:
                continue
            found, _, _ = self._chosen(Request(), And((node, Filter("document", document))))
            if len(found.numbers):
                return frozenset(self._read(number).id for number in found.numbers.tolist())
        return frozenset()

    def marks(self, text: str, passages: Sequence[Passage]) -> tuple[tuple[Range, ...], ...]:
        """What the query `text` matches in each passage's text."""
        finder = Finder(self._reading(parse(text)), self._vocabulary)
        return tuple(finder.ranges(passage.text) for passage in passages)


def _read(segments: Sequence[Segment], offsets: Ints, number: int) -> Passage:
    """The passage of a number."""
    place = int(offsets.searchsorted(number, "right")) - 1
    return read_passage(segments[place].stored[number - int(offsets[place])])


_NO_SYNONYMS = Synonyms(Thesaurus())
