"""From a request to passages in order: read, rewritten, evaluated, filtered, ranked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.analysis.analyzer import stem, tokenize
from index.engines.whoosh.facets.filters_and_counts import Selection, passing, select
from index.engines.whoosh.matches import Matched, Tier
from index.engines.whoosh.matching.match_set import Found
from index.engines.whoosh.matching.query_compiler import compile_query
from index.engines.whoosh.matching.statistics import Statistics
from index.engines.whoosh.matching.vocabulary import WhooshVocabulary
from index.engines.whoosh.passages.columns import Columns
from index.engines.whoosh.ranking.rerank import Ranked, Reranker
from index.engines.whoosh.segment.reader import Segment
from index.engines.whoosh.suggest.spellcheck import Neighbours, Speller
from index.query import Node, ParsedQuery, parse_query
from index.query.interpretation import Interpretation, interpret
from index.query.thesaurus_expansion import Synonyms
from index.request import Request
from index.suggest.did_you_mean import suggestions
from kb.messages import Message

__all__ = ["Searching"]

_EVERYTHING = Request(hidden=True)


@dataclass(frozen=True, slots=True)
class Searching:
    """Searches one generation; `names` are the themes and sub-points that it knows."""

    segments: Sequence[Segment]
    columns: Columns
    statistics: Statistics
    vocabulary: WhooshVocabulary
    synonyms: Synonyms
    neighbours: Neighbours
    reranker: Reranker
    names: tuple[str, ...]

    def reading(self, text: str, expand: bool = True) -> Interpretation:
        """What a query asks for."""
        return self._read(parse_query(text), expand)

    def _read(self, parsed: ParsedQuery, expand: bool) -> Interpretation:
        return interpret(parsed, self.synonyms, expand)

    def matched(self, request: Request, parsed: ParsedQuery, page: int = 0) -> Matched:
        """What has all the words, and where these are fewer than a page, what has some of them."""
        reading = self._read(parsed, request.expand)
        found, chosen, notices = self._chosen(request, reading.node)
        tiers = [Tier(chosen.numbers, found, self._ranked(request, reading.node, found, chosen))]
        if reading.some and len(chosen.numbers) < (page or request.per):
            others, counted, _ = self._chosen(request, reading.some)
            rest = np.setdiff1d(counted.numbers, chosen.numbers, assume_unique=True)
            # ranked among all that match: those with all the words say what the query is about
            tiers.append(Tier(rest, others, self._ranked(request, reading.some, others, counted)))
            chosen = chosen if len(chosen.numbers) else counted
        return Matched(request, reading, tuple(tiers), chosen, notices)

    def of_tree(self, node: Node) -> Matched:
        """What a tree finds as it is, in the order of its scores alone."""
        found, chosen, notices = self._chosen(Request(), node)
        return Matched(Request(), Interpretation(node), (Tier(chosen.numbers, found),), chosen, notices)

    def _ranked(self, request: Request, node: Node | None, found: Found, chosen: Selection) -> Ranked | None:
        """What a second look makes of the matches of a tree; only an order by relevance needs one."""
        if request.sort != "relevance":
            return None
        return self.reranker.ranked(node, chosen.numbers, found.scores)

    def _chosen(self, request: Request, node: Node | None) -> tuple[Found, Selection, tuple[Message, ...]]:
        """What matches, what of it passes the filters and how it was counted, and the notices."""
        found, notices = self.found(node)
        return found, select(self.columns, found.numbers, request), notices

    def found(self, node: Node | None) -> tuple[Found, tuple[Message, ...]]:
        """What a tree finds in the whole generation, and the notices that came of it."""
        query, notices = compile_query(node, self.vocabulary, self.names)
        return Found(query, self.segments, self.statistics), notices

    def suggestions(self, request: Request, reading: Interpretation) -> tuple[str, ...]:
        """What may have been meant by words that are found nowhere or hardly."""
        speller = Speller(self.vocabulary, self.neighbours, self.total)
        terms = [span.term for span in reading.spans if span.related and request.expand]
        understood = {stem(word.form) for term in terms for word in tokenize(term)}
        return suggestions(
            request.text, speller, lambda text: self.count(replace(request, text=text)), understood
        )

    def count(self, request: Request) -> tuple[int, int]:
        """How many passages have all the words, and how many follow with some; nothing is ranked."""
        reading = self.reading(request.text, request.expand)
        every = passing(self.columns, self.found(reading.node)[0].numbers, request)
        if not reading.some or len(every) >= request.per:
            return len(every), 0
        either = passing(self.columns, self.found(reading.some)[0].numbers, request)
        return len(every), len(np.setdiff1d(either, every, assume_unique=True))

    def total(self, text: str, request: Request = _EVERYTHING) -> int:
        """How many passages a query finds under the filters of a request."""
        numbers = self.found(self.reading(text, request.expand).node)[0].numbers
        return len(passing(self.columns, numbers, request))
