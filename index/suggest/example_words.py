"""Words of a collection, for examples of searches that find something in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from index.analysis.analyzer import STOP_WORDS
from index.analysis.stemming import stem
from index.engine import Snapshot
from index.request import UNDATED, FacetName, Request
from index.results import Results
from kb.languages.language_tag import UNKNOWN_LANGUAGE

__all__ = ["example_words"]

_SAMPLE_PASSAGES = 10

_LONG_WORD = re.compile(r"\b[a-z]{6,12}\b")

_WRITTEN = {
    "phrase": re.compile(r"\b([a-z]{4,} [a-z]{2,} [a-z]{4,})\b"),
    "hyphenated": re.compile(r"\b([a-z]{2,}-[a-z]{2,})\b"),
    "number": re.compile(r"\b([0-9]{1,4})\b"),
    "reference": re.compile(
        r"(?<!\S)([0-9]{1,3}(?:\([0-9a-z]{1,3}\))+|[A-Z]{1,5}(?:/[0-9A-Z]{1,5}){2,})(?!\S)"
    ),
}


_NOT_GIVEN = (UNDATED, UNKNOWN_LANGUAGE)
"""The values of documents that lack the field."""


def example_words(snapshot: Snapshot) -> Mapping[str, str]:
    """Examples by kind; kinds that the first passages have no example of are left out.

    `word`, `other` and `third` are in one passage. `phrase` is three words side by side, `first` and
    `last` two of them; `beginning`, `shape` and `slip` are made from `word`.
    """
    results = snapshot.search(Request(per=_SAMPLE_PASSAGES))
    texts = [hit.passage.text for hit in results.hits]
    made = {**_together(texts), **_written(texts), **_labels(results)}
    if word := made.get("word"):
        made |= {"beginning": word[:-2], "shape": f"{word[:2]}?{word[3:]}", "slip": word[:3] + word[4:]}
    if phrase := made.get("phrase"):
        made |= {"first": phrase.split()[0], "last": phrase.split()[-1]}
    return made


def _together(texts: Sequence[str]) -> dict[str, str]:
    """Three content words, each the most common one in passages that have those before it."""
    forms = [{stem(form): form for form in _LONG_WORD.findall(text)} for text in texts]
    made: dict[str, str] = {}
    for name in ("word", "other", "third"):
        chosen = set(map(stem, made.values()))
        with_all = [each for each in forms if chosen <= each.keys()]
        counts = Counter(chain.from_iterable(each.keys() - chosen for each in with_all))
        if not counts:
            break
        best = min(counts, key=lambda key: (-counts[key], key))
        made[name] = next(each[best] for each in with_all if best in each)
    return made


def _written(texts: Sequence[str]) -> dict[str, str]:
    """The first phrase, hyphenated word, number and reference."""
    made = {}
    for name, shape in _WRITTEN.items():
        examples = chain.from_iterable(map(shape.findall, texts))
        if each := next((each for each in examples if not STOP_WORDS & {*each.split()}), ""):
            made[name] = each
    return made


def _labels(results: Results) -> dict[str, str]:
    """The first value with passages of each facet."""
    made: dict[FacetName, str] = {}
    for name, values in results.facets.items():
        chosen = (value.value for value in values if value.count and value.value not in _NOT_GIVEN)
        if value := next(chosen, ""):
            made[name] = value
    return {str(name): value for name, value in made.items()}
