"""The words of a generation as search asks about them: counts, forms of a stem, patterns, similar words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from index.analysis.analyzer import fold, tokenize
from index.analysis.stemming import spelling_key, stem
from index.engines.opensearch.edit_distance import edit_distance
from index.engines.opensearch.mapping import Lengths
from index.engines.opensearch.matching.document_facts import DocumentFacts
from index.engines.opensearch.matching.term_weights import TermWeights
from index.engines.opensearch.passage_index import PassageIndex
from index.engines.opensearch.words.known_words import KnownWords
from index.query import Fuzzy, Node, Prefix, Wildcard
from index.vocabulary.term_source import MAX_FORMS, Expansion, SimilarWord

__all__ = ["OpenSearchTerms"]

_MIN_TWO_EDIT_LETTERS = 8
"""Fuzzy words of this many letters or more may be two edits away; shorter ones, one."""

_MAX_EDITS = 2
"""The cluster's maximum."""

_SIMILAR_WORDS = 16
"""The most frequent words that are kept for each distance, in the text and in headings."""

_EVERY = 1 << 40

_COMMONEST: list[Any] = [{"passages": "desc"}, {"form": "asc"}]


class OpenSearchTerms:
    """Implements `index.vocabulary.term_source.TermSource` by the word list of the generation."""

    def __init__(
        self,
        words: PassageIndex,
        counts: KnownWords,
        weights: TermWeights,
        lengths: Lengths,
        facts: DocumentFacts,
    ) -> None:
        self._words, self._counts, self._facts = words, counts, facts
        self.passages = lengths.passages
        self.average_length = lengths.average
        self.frequencies = weights.frequencies

    def labels(self, field: str) -> Sequence[str]:
        """All values of a label field: documents, kinds, years or ranges of languages."""
        return self._facts.labels[field]

    def expand(self, pattern: Node) -> Expansion:
        """The forms a pattern matches, MAX_FORMS at most, the most frequent first."""
        if isinstance(pattern, Fuzzy):
            form = _form(pattern.text)
            edits = pattern.edits or (2 if len(form) >= _MIN_TWO_EDIT_LETTERS else 1)
            return self._within_edits(form, min(edits, _MAX_EDITS))
        query = _pattern(pattern)
        counts, total = self._commonest(query) if query else ({}, 0)
        return Expansion(tuple(counts), total)

    def _commonest(self, query: Mapping[str, Any]) -> tuple[dict[str, int], int]:
        """The most frequent forms that a query finds, with their passages, and how many it finds in all."""
        body = {
            "size": MAX_FORMS,
            "query": {"bool": {"filter": [query]}},
            "sort": _COMMONEST,
            "track_total_hits": True,
        }
        hits = self._words.search(body)["hits"]
        found = (hit["_source"] for hit in hits["hits"])
        return {one["form"]: one["passages"] for one in found}, hits["total"]["value"]

    def _within_edits(self, form: str, edits: int) -> Expansion:
        """The forms within some edits that begin with the same letter.

        The cluster finds no forms with as few letters as edits; these are compared here.
        """
        longest = len(form) + edits if len(form) <= edits else edits
        short = {"regexp": {"form": {"value": f".{{1,{longest}}}"}}}
        body = {"query": short, "sort": [{"form": "asc"}], "track_total_hits": False}
        every = (hit["_source"] for hit in self._words.hits(body, _EVERY))
        near = {
            one["form"]: one["passages"]
            for one in every
            if one["form"][:1] == form[:1] and edit_distance(form, one["form"], edits, swaps=False) <= edits
        }
        longer: dict[str, int] = {}
        total = 0
        if len(form) > edits:
            fuzzy = _fuzzy(form, edits, swaps=False, same_letters=1)
            longer, total = self._commonest({"bool": {"filter": [fuzzy], "must_not": [short]}})
        counts = near | longer
        ranked = sorted(counts, key=lambda each: (-counts[each], each))
        return Expansion(tuple(ranked[:MAX_FORMS]), len(near) + total)

    def forms_like(self, form: str, languages: Sequence[str]) -> tuple[str, ...]:
        """The forms with the same stem in any of the languages, the most frequent first."""
        return self._counts.forms_of(list(dict.fromkeys(stem(form, language) for language in languages)))

    def look_ahead(self, forms: Callable[[], Iterable[str]], languages: Sequence[str]) -> None:
        """Asks for the counts of forms and their stems, and for the forms of these, at once."""
        if self._counts.is_whole:
            return
        distinct = list(dict.fromkeys(forms()))
        stems = [stem(form, language) for form in distinct for language in languages]
        spelled = filter(None, map(spelling_key, distinct))
        self._counts.look_ahead([*distinct, *stems, *spelled], stems)

    def similar(self, form: str, edits: int) -> tuple[SimilarWord, ...]:
        """The most frequent words within `edits` edits; a swap of two neighbouring letters is one."""
        asked = [
            {
                "size": _SIMILAR_WORDS,
                "query": {"bool": {"filter": [_within(form, distance)], "must_not": nearer}},
                "sort": [{field: "desc"}, {"form": "asc"}],
                "track_total_hits": False,
            }
            for distance in range(1, min(edits, _MAX_EDITS) + 1)
            for nearer in [[_within(form, distance - 1)]]
            for field in ("text", "heading")
        ]
        hits = (hit["_source"] for answer in self._words.search_each(asked) for hit in answer["hits"]["hits"])
        found = {hit["form"]: hit["passages"] for hit in hits}
        return tuple(
            SimilarWord(other, count, edit_distance(form, other, _MAX_EDITS))
            for other, count in found.items()
        )


def _within(form: str, edits: int) -> Mapping[str, Any]:
    return _fuzzy(form, edits, swaps=True) if edits else {"term": {"form": form}}


def _pattern(pattern: Node) -> Mapping[str, Any] | None:
    """What finds the forms of a prefix or wildcard; None for any other node."""
    match pattern:
        case Prefix(text):
            return {"prefix": {"form": _form(text)}}
        case Wildcard(text):
            return {"wildcard": {"form": {"value": _folded(text)}}}
        case _:
            return None


def _fuzzy(form: str, edits: int, *, swaps: bool, same_letters: int = 0) -> Mapping[str, Any]:
    options = {"fuzziness": min(edits, _MAX_EDITS), "transpositions": swaps, "rewrite": "constant_score"}
    options["prefix_length"] = same_letters
    return {"fuzzy": {"form": {"value": form} | options}}


def _form(text: str) -> str:
    return "".join(word.form for word in tokenize(text))


def _folded(pattern: str) -> str:
    """The pattern with its letters folded as those of terms are."""
    pieces = re.split(r"([*?])", pattern)
    return "".join(piece if piece in "*?" else fold(piece).replace("\\", r"\\") for piece in pieces)
