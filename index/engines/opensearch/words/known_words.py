"""How many passages have a term, and which forms have a stem: the commonest read at once, others when asked.

A generation never changes, so what is known of it stays right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from index.engines.opensearch.passage_index import MAX_WINDOW, PassageIndex
from index.engines.opensearch.words.word_list import COUNTED_FIELDS
from kb.work.once import kept_for_all

__all__ = ["KnownWords"]

Counts = tuple[int, ...]
"""The passages that have a term in each of `COUNTED_FIELDS`."""

_NONE: Final[Counts] = (0,) * len(COUNTED_FIELDS)
_PLACE: Final = {field: at for at, field in enumerate(COUNTED_FIELDS)}

_MAX_CACHED_TERMS = 65_536
"""Terms whose counts are kept, some 300 bytes each."""

_MAX_CACHED_STEMS = 16_384
_TERMS_A_SEARCH = 5_000
_MAX_FORMS_OF_STEM = 1_000

Form = tuple[int, str]
"""How many texts have a form, below 0, and the form: ascending, the most frequent come first."""


class _Commonest(NamedTuple):
    """The commonest terms of a word list; `whole` if it has no others."""

    counts: dict[str, Counts]
    forms: dict[str, list[Form]]
    whole: bool


class KnownWords:
    """The counts of one generation; safe for any number of threads."""

    def __init__(self, words: PassageIndex) -> None:
        self._words = words
        self._counts: dict[str, Counts] = {}
        self._forms: dict[str, list[Form]] = {}

    @kept_for_all
    def _commonest(self) -> _Commonest:
        """The commonest terms, read in one search; in a small generation, all terms."""
        order = [{"most": "desc"}, {"term": "asc"}]
        body = {"size": MAX_WINDOW, "query": {"match_all": {}}, "sort": order, "track_total_hits": True}
        found = self._words.search(body)["hits"]
        sources = [hit["_source"] for hit in found["hits"]]
        counts = {one["term"]: _counts(one) for one in sources}
        whole = found["total"]["value"] <= len(sources)
        return _Commonest(counts, _forms_by_stem(sources) if whole else {}, whole)

    def count(self, field: str, term: str) -> int:
        """How many passages have a term in a field."""
        counts = self._counts.get(term) or self._commonest.counts.get(term)
        return counts[_PLACE[field]] if counts else self.of(field, [term])[0]

    def of(self, field: str, terms: Sequence[str]) -> list[int]:
        """How many passages have each of some terms in a field."""
        at, known = _PLACE[field], self._known(terms)
        return [known[term][at] for term in terms]

    def forms_of(self, stems: Sequence[str]) -> tuple[str, ...]:
        """The forms with one of the stems that are in texts, the most frequent first."""
        known = self._known_forms(stems)
        return tuple(form for _, form in sorted({form for stem in stems for form in known[stem]}))

    @property
    def is_whole(self) -> bool:
        """Whether nothing needs to be asked any more."""
        return self._commonest.whole

    def look_ahead(self, terms: Iterable[str], stems: Iterable[str]) -> None:
        """Asks for all that is not known of terms and of the forms of stems, in one request."""
        if self.is_whole:
            return
        unknown = [term for term in dict.fromkeys(terms) if term not in self._counts_so_far()]
        others = [stem for stem in dict.fromkeys(stems) if stem not in self._forms]
        bodies = [*_term_searches(unknown), *map(_forms_search, others)]
        answers = iter(self._words.search_each(bodies) if bodies else ())
        self._keep_counts(unknown, list(islice(answers, len(bodies) - len(others))))
        self._keep_forms(others, list(answers))

    def _counts_so_far(self) -> dict[str, Counts]:
        if not self._counts or len(self._counts) > _MAX_CACHED_TERMS:
            self._counts = dict(self._commonest.counts)  # another thread may be reading the old ones
        return self._counts

    def _known(self, terms: Sequence[str]) -> Mapping[str, Counts]:
        if self.is_whole:
            return {term: self._commonest.counts.get(term, _NONE) for term in terms}
        counts = self._counts_so_far()
        unknown = [term for term in dict.fromkeys(terms) if term not in counts]
        if not unknown:
            return counts
        asked = self._keep_counts(unknown, self._words.search_each(list(_term_searches(unknown))))
        return {term: asked[term] if term in asked else counts[term] for term in terms}

    def _keep_counts(self, terms: Sequence[str], answers: Sequence[Any]) -> dict[str, Counts]:
        found = {hit["_source"]["term"]: _counts(hit["_source"]) for one in answers for hit in _hits(one)}
        asked = {term: found.get(term, _NONE) for term in terms}
        self._counts.update(asked)
        return asked

    def _known_forms(self, stems: Sequence[str]) -> Mapping[str, list[Form]]:
        if self.is_whole:
            return {stem: self._commonest.forms.get(stem, []) for stem in stems}
        known = self._forms
        unknown = [stem for stem in dict.fromkeys(stems) if stem not in known]
        if not unknown:
            return known
        asked = self._keep_forms(unknown, self._words.search_each(list(map(_forms_search, unknown))))
        return {stem: asked[stem] if stem in asked else known[stem] for stem in stems}

    def _keep_forms(self, stems: Sequence[str], answers: Sequence[Any]) -> dict[str, list[Form]]:
        if len(self._forms) > _MAX_CACHED_STEMS:
            self._forms = {}
        asked = {
            stem: [_form(hit["_source"]) for hit in _hits(answer)]
            for stem, answer in zip(stems, answers, strict=True)
        }
        self._forms.update(asked)
        return asked


def _hits(answer: Any) -> Sequence[Any]:
    hits: Sequence[Any] = answer["hits"]["hits"]
    return hits


def _counts(source: Mapping[str, Any]) -> Counts:
    return tuple(source.get(field, 0) for field in COUNTED_FIELDS)


def _form(source: Mapping[str, Any]) -> Form:
    return -source["text"], source["form"]


def _forms_by_stem(sources: Sequence[Mapping[str, Any]]) -> dict[str, list[Form]]:
    found: defaultdict[str, list[Form]] = defaultdict(list)
    for one in sources:
        if one.get("text"):
            for stem in one["stems"]:
                found[stem].append(_form(one))
    return dict(found)


def _term_searches(terms: Sequence[str]) -> Iterator[dict[str, Any]]:
    for begin in range(0, len(terms), _TERMS_A_SEARCH):
        some = terms[begin : begin + _TERMS_A_SEARCH]
        query = {"bool": {"filter": [{"terms": {"term": some}}]}}
        yield {
            "size": len(some),
            "query": query,
            "track_total_hits": False,
            "_source": ["term", *COUNTED_FIELDS],
        }


def _forms_search(stem: str) -> dict[str, Any]:
    in_texts = {"range": {"text": {"gt": 0}}}
    return {
        "size": _MAX_FORMS_OF_STEM,
        "query": {"bool": {"filter": [{"term": {"stems": stem}}, in_texts]}},
        "sort": [{"text": "desc"}, {"form": "asc"}],
        "track_total_hits": False,
        "_source": ["form", "text"],
    }
