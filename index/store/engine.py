"""The Whoosh engine: searches one generation at a time and takes up a new one when it is published."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from index.engine import FACETS, MOST_HITS, FacetName, FacetValue, Hit, Range, Request, Results
from index.facets import facet, theme_facet, themes_by_value
from index.language import And, Filter, Node, Parsed, parse
from index.marking import Marker, marker
from index.missing import any_words, missing_words
from index.requests import checked
from index.snippets import snippet
from index.store.columns import Columns, Ints, columns
from index.store.compiler import compile_query
from index.store.opening import Opened, Stamp, newest, open_index
from index.store.ranking import Match, first_of_each, ordered
from index.store.records import read_passage, write_catalogue
from index.store.selection import Selection, select
from index.store.vocabulary import Vocabulary
from kb.model import Document, Passage, Theme, Withdrawal, address

__all__ = ["WhooshEngine", "WhooshSnapshot"]


class WhooshEngine:
    """The index in a folder; `snapshot` gives its newest generation, opened once."""

    def __init__(self, folder: Path) -> None:
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
            gc.collect()  # Whoosh's readers refer to themselves in circles, and so keep their files open
            return opened


class WhooshSnapshot:
    """One generation, read through Whoosh's own searcher.

    Whoosh's readers keep a position in their files, so one thread searches at a time; a server
    runs as many processes as it wants searches at once.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        weakref.finalize(self, opened.searcher.close)  # its files go with the last page that reads them
        self._lock = threading.RLock()
        self._columns: Columns = columns(opened.searcher, opened.catalogue)
        self._vocabulary = Vocabulary(opened.searcher.reader())
        self.themes: tuple[Theme, ...] = opened.catalogue.themes
        self.built = opened.catalogue.built
        self.instruments = opened.catalogue.instruments
        self.documents: dict[str, Document] = {
            entry.document.id: entry.document for entry in opened.catalogue.entries
        }
        self.withdrawn: dict[str, Withdrawal] = {
            address(item.document, item.passage): item for item in opened.catalogue.withdrawn
        }
        self.sizes = {entry.document.id: entry.passages for entry in opened.catalogue.entries}
        self.size = sum(self.sizes.values())

    @cached_property
    def generation(self) -> str:
        """Whoosh's number and a digest, so that an index made anew never repeats a name."""
        digest = sha256(write_catalogue(self._opened.catalogue).encode()).hexdigest()
        return f"{self._opened.number}-{digest[:8]}"

    def search(self, request: Request) -> Results:
        """Answers a request. Raises BadRequest for a value that cannot be used."""
        began = time.perf_counter()
        parsed = parse(checked(request).text)
        with self._lock:
            results = self._answer(request, parsed)
        return replace(results, took_ms=(time.perf_counter() - began) * 1000)

    def every_hit(self, request: Request) -> tuple[Hit, ...]:
        """The hits of all pages in one, MOST_HITS at most. Raises BadRequest as `search` does."""
        node = parse(checked(request).text).node
        with self._lock:
            match, _, _ = self._chosen(request, node)
            return self._hits(match, self._order(request, match)[:MOST_HITS], node)

    def _answer(self, request: Request, parsed: Parsed) -> Results:
        match, chosen, notices = self._chosen(request, parsed.node)
        facets, more = self._facets(request, chosen)
        total = len(match.numbers)
        first = (request.page - 1) * request.per
        page = self._order(request, match)[first : first + request.per]
        lost = parsed.node if not total else None
        return Results(
            request=request,
            generation=self.generation,
            total=total,
            total_documents=len(np.unique(self._columns.rank[match.numbers])),
            total_hidden=chosen.hidden,
            hits=self._hits(match, page, parsed.node),
            facets=facets,
            more=more,
            missing=missing_words(lost, self._vocabulary) if lost else (),
            any_words=any_words(lost) if lost else "",
            notices=(*parsed.notices, *notices),
        )

    def _chosen(self, request: Request, node: Node | None) -> tuple[Match, Selection, tuple[str, ...]]:
        """What matches and passes the filters, how it was counted, and the notices that came of it."""
        query, notices = compile_query(node, self._vocabulary, list(themes_by_value(self.themes)))
        match = self._match(query) if node else self._everything()
        chosen = select(self._columns, self.themes, match.numbers, request)
        return match.only(chosen.kept), chosen, notices

    def _everything(self) -> Match:
        numbers = np.flatnonzero(self._columns.rank >= 0)
        return Match(numbers, np.zeros(len(numbers)))

    def _match(self, query: Any) -> Match:
        """Every match with its score, as `search(query, limit=None, optimize=False)` would give."""
        searcher = self._opened.searcher
        numbers: list[int] = []
        scores: list[float] = []
        for leaf, offset in searcher.leaf_searchers():
            matcher = query.matcher(leaf, searcher.context())
            while matcher.is_active():
                numbers.append(matcher.id() + offset)
                scores.append(matcher.score())
                matcher.next()
        match = Match(np.array(numbers, dtype=np.int64), np.array(scores, dtype=np.float64))
        return match.only(self._columns.rank[match.numbers] >= 0)

    def _order(self, request: Request, match: Match) -> Ints:
        order = ordered(request.sort, self._columns, match)
        return first_of_each(order, self._columns.rank[match.numbers]) if request.grouped else order

    def _hits(self, match: Match, places: Ints, node: Node | None) -> tuple[Hit, ...]:
        wanted = self._marker(node)
        titles = themes_by_value(self.themes)
        ranks = self._columns.rank[match.numbers]
        others = np.bincount(ranks, minlength=1) - 1
        return tuple(
            replace(
                self._hit(int(match.numbers[at]), wanted, titles),
                score=float(match.scores[at]),
                others=int(others[ranks[at]]),
            )
            for at in places
        )

    def _hit(self, number: int, wanted: Marker, titles: dict[str, str]) -> Hit:
        passage = self._read(number)
        ranges = wanted.ranges(passage.text)
        subpoints = [titles[value] for value in passage.themes if "/" in value and value in titles]
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
        made: dict[FacetName, tuple[tuple[FacetValue, ...], int]] = {}
        for name in FACETS:
            selected = request.filters.get(name, ())
            counts = chosen.counts[name]
            if name == "theme":
                made[name] = theme_facet(self.themes, counts, selected)
            else:
                made[name] = facet(name, counts, selected, self.documents)
        return {name: values for name, (values, _) in made.items()}, {
            n: more for n, (_, more) in made.items()
        }

    def _marker(self, node: Node | None) -> Marker:
        return marker(node, self._vocabulary)

    def _read(self, number: int) -> Passage:
        return read_passage(self._opened.searcher.stored_fields(number)["record"])

    def passage(self, document: str, passage: str) -> Passage | None:
        """One passage by its permanent address, None where there is none."""
        with self._lock:
            number = self._opened.searcher.document_number(address=address(document, passage))
            return None if number is None else self._read(number)

    def around(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        """The passages before and after it in its document."""
        with self._lock:
            number = self._opened.searcher.document_number(address=passage.address)
            place = self._columns.order[number]
            before, after = (np.flatnonzero(self._columns.order == place + step) for step in (-1, 1))
            return (
                self._read(int(before[0])) if len(before) else None,
                self._read(int(after[0])) if len(after) else None,
            )

    def passages(self, document: str) -> tuple[Passage, ...]:
        """All passages of a document in reading order."""
        with self._lock:
            return tuple(self._read(int(number)) for number in self._columns.numbers(document))

    def found_in(self, document: str, text: str) -> frozenset[str]:
        """The ids of the document's passages that the query `text` finds."""
        node = parse(text).node
        if node is None:
            return frozenset()
        with self._lock:
            here = And((node, Filter("document", document)))
            query, _ = compile_query(here, self._vocabulary, list(themes_by_value(self.themes)))
            return frozenset(self._read(int(number)).id for number in self._match(query).numbers)

    def marks(self, text: str, passages: Sequence[Passage]) -> tuple[tuple[Range, ...], ...]:
        """What the query `text` matches in each passage's text."""
        with self._lock:
            wanted = self._marker(parse(text).node)
        return tuple(wanted.ranges(passage.text) for passage in passages)
