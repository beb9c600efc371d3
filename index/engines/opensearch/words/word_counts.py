"""The words of a generation, counted while its passages go by: how many have each, and frequent phrases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from index.analysis.stemming import stem
from index.backend import MAX_PHRASES
from index.engines.opensearch.passage_index import PassageIndex
from index.engines.opensearch.token_strings.positions import PART, begin_mark
from index.engines.opensearch.words.phrase_sample import PhraseSample
from index.engines.opensearch.words.word_list import COUNTED_FIELDS, MARKED_FIELDS
from index.engines.phrase_counting import frequent_phrases

__all__ = ["PartCounts", "WordCounts"]

_PHRASE_FIELDS = ("text", "heading")
_BEGIN = begin_mark("")
_EVERY = 1 << 40
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class PartCounts:
    """How many of some consecutive passages have each term, by field, and their words in order.

    Only passages that a search may find count.
    """

    having: dict[str, Counter[str]] = field(
        default_factory=lambda: {name: Counter() for name in COUNTED_FIELDS}
    )
    pieces: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in _PHRASE_FIELDS})

    def add(self, source: Mapping[str, Any]) -> None:
        """Takes in what is sent about the next passage."""
        if source["retrievable"]:
            for name, having in self.having.items():
                having.update(_distinct(name, source.get(name, ())))
            for name, pieces in self.pieces.items():
                pieces += source.get(name, ())


class WordCounts:
    """How many passages have each term in each field, of those that a search may find."""

    def __init__(self) -> None:
        self._having = {name: Counter[str]() for name in COUNTED_FIELDS}
        self._sample = PhraseSample()

    @classmethod
    def of(cls, index: PassageIndex) -> WordCounts:
        """The counts of all passages in an index, in collection order."""
        counts = cls()
        body = {
            "query": {"term": {"retrievable": True}},
            "sort": [{"number": "asc"}],
            "track_total_hits": False,
            "_source": [*COUNTED_FIELDS, "retrievable"],
        }
        sources = (hit["_source"] for hit in index.hits(body, _EVERY))
        while some := list(islice(sources, _AT_ONCE)):
            counts.take(_counted(some))
        return counts

    def add(self, source: Mapping[str, Any]) -> None:
        """Takes in what is sent about the next passage."""
        self.take(_counted([source]))

    def take(self, part: PartCounts) -> None:
        """Takes in the passages that follow."""
        for name, having in part.having.items():
            self._having[name].update(having)
        for name, pieces in part.pieces.items():
            self._sample.add(name, pieces)

    def documents(self, languages: Iterable[str]) -> Iterator[dict[str, Any]]:
        """What the word list holds (`words.word_list`); counts of 0 are left out."""
        known = tuple(languages)
        for term in sorted(set().union(*self._having.values())):
            counts = {field: having[term] for field, having in self._having.items() if term in having}
            yield {"term": term, "most": max(counts.values())} | counts | _as_form(term, counts, known)

    def phrases(self, languages: Iterable[str]) -> list[str]:
        """Frequent phrases, the most frequent first."""
        return frequent_phrases(self._sample.words(), self._sample.spread, MAX_PHRASES, tuple(languages))


def _counted(sources: Iterable[Mapping[str, Any]]) -> PartCounts:
    part = PartCounts()
    for source in sources:
        part.add(source)
    return part


def _distinct(name: str, tokens: str | Sequence[str]) -> Iterable[str]:
    """The different terms of one passage in a field."""
    if name == "title":
        return tokens
    joined = tokens if isinstance(tokens, str) else " ".join(tokens)
    terms = set(joined.replace(PART, " ").split())
    if name in MARKED_FIELDS:
        return [term.removesuffix(_BEGIN) for term in terms if term.endswith(_BEGIN)]
    return terms


def _as_form(term: str, counts: Mapping[str, int], languages: Iterable[str]) -> dict[str, Any]:
    """What a form has beside its counts; nothing for a stem that is not a form."""
    passages = counts.get("text", 0) + counts.get("heading", 0)
    if not passages:
        return {}
    stems = list(dict.fromkeys(stem(term, language) for language in languages))
    return {"form": term, "stems": stems, "passages": passages}
