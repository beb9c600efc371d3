"""Which passages have enough of a query's words, by weight, where one word is enough to be found.

A word weighs its idf, rounded so that every engine gets the same sums. A source with a single weak word
does not come before a note with most of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import ceil
from typing import NamedTuple

from index.analysis.analyzer import tokenize
from index.analysis.pairs import pair_forms, parts_of_run
from index.query import Node, PartOfRun, Related, Word
from index.query.compiled import Enough, Query
from index.search.word_compiler import any_of
from index.tuning import Tuning
from index.vocabulary.term_vocabulary import TermVocabulary
from index.vocabulary.wordings import telling
from kb.work.budget import within_budget

__all__ = ["enough_words"]

MAX_WEIGHED_WORDS = 64
"""Words of a query that are weighed; of a longer one, the rarest."""

_STEPS = 8
"""Weights are idf values in eighths."""


class _Weighed(NamedTuple):
    query: Query
    weight: int


def enough_words(
    words: Sequence[Sequence[Node]], compile_word: Callable[[Node], Query], vocabulary: TermVocabulary
) -> Enough | None:
    """The query for passages with at least ENOUGH_WORDS of the weight of the words of a query.

    None if passages have one of them at most. Each of the `words` comes with what may stand for it.
    """
    weighed = [
        one
        for alternatives in within_budget(words, 8)
        for one in _weighed(alternatives, compile_word, vocabulary)
    ]
    if len(weighed) < 2:
        return None
    rarest = sorted(weighed, key=lambda one: -one.weight)[:MAX_WEIGHED_WORDS]
    weights = tuple(one.weight for one in rarest)
    return Enough(tuple(one.query for one in rarest), weights, ceil(Tuning.ENOUGH_WORDS * sum(weights)))


def _weighed(
    alternatives: Sequence[Node], compile_word: Callable[[Node], Query], vocabulary: TermVocabulary
) -> Iterator[_Weighed]:
    """A word with its weight, or each pair of a run; nothing for a word that no passage has."""
    for each in _apart(alternatives, vocabulary):
        rarities = {node: _rarity(node, vocabulary) for node in each}
        known = [node for node, rarity in rarities.items() if rarity]
        if known:
            weight = round(_STEPS * min(rarities[node] for node in known))
            yield _Weighed(any_of([compile_word(node) for node in known]), max(weight, 1))


def _apart(alternatives: Sequence[Node], vocabulary: TermVocabulary) -> Sequence[Sequence[Node]]:
    """The alternatives of each word; a run in a script without spaces is one word per telling pair."""
    match alternatives:
        case (PartOfRun(text), *related):
            return [(Word(pair), *related) for pair in telling(parts_of_run(text), vocabulary)]
        case _:
            return [alternatives]


def _rarity(node: Node, vocabulary: TermVocabulary) -> float:
    """The idf of a node's rarest word; 0 if no passage can match it."""
    match node:
        case Related(text):
            forms = [word.form for word in tokenize(text)]
            return max(map(vocabulary.rarity_of, forms)) if all(map(vocabulary.has_word, forms)) else 0.0
        case Word(text):
            forms = pair_forms(text) or [word.form for word in tokenize(text)]
        case _:
            forms = list(vocabulary.forms_of(node)[:1])  # the commonest
    return max((vocabulary.rarity_of(form) for form in forms if vocabulary.has_word(form)), default=0.0)
