"""The words of a generation, counted while its passages go by: how many have each, and frequent phrases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from index.analysis.stemming import stem
from index.backend import MAX_PHRASES
from index.engines.opensearch.passage_index import PassageIndex
from index.engines.opensearch.publishing.phrase_sample import PhraseSample
from index.engines.opensearch.tokens import PART
from index.engines.phrase_counting import frequent_phrases

__all__ = ["WordCounts"]

_FIELDS = ("text", "heading")
_EVERY = 1 << 40


class WordCounts:
    """How many texts and how many headings have each form, of passages that a search may find."""

    def __init__(self) -> None:
        self._having = {name: Counter[str]() for name in _FIELDS}
        self._sample = PhraseSample()

    @classmethod
    def of(cls, index: PassageIndex) -> WordCounts:
        """Those of all passages in an index, in collection order."""
        counts = cls()
        body = {
            "query": {"term": {"retrievable": True}},
            "sort": [{"number": "asc"}],
            "track_total_hits": False,
            "_source": [*_FIELDS, "retrievable"],
        }
        for hit in index.hits(body, _EVERY):
            counts.add(hit["_source"])
        return counts

    def add(self, source: Mapping[str, Any]) -> None:
        """Takes in what is sent about one passage."""
        if source["retrievable"]:
            for field, having in self._having.items():
                pieces = source.get(field, ())
                having.update({form for piece in pieces for form in piece.replace(PART, " ").split()})
                self._sample.add(field, pieces)

    def documents(self, languages: Iterable[str]) -> Iterator[dict[str, Any]]:
        """What the index of words holds; `form` is unique.

        `passages` adds up how many texts and how many headings have the form.
        """
        known = tuple(languages)
        texts, headings = (self._having[field] for field in _FIELDS)
        for form in sorted(texts.keys() | headings.keys()):
            text, heading = texts[form], headings[form]
            stems = list(dict.fromkeys(stem(form, language) for language in known))
            yield {"form": form, "stems": stems, "text": text, "heading": heading, "passages": text + heading}

    def phrases(self, languages: Iterable[str]) -> list[str]:
        """Frequent phrases, the most frequent first."""
        return frequent_phrases(self._sample.words(), self._sample.spread, MAX_PHRASES, tuple(languages))
