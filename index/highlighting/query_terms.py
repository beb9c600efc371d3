"""The terms of a query: each word, phrase, pattern and related term, and what matches it in a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, product

from index.analysis.analyzer import compound_form, tokenize
from index.analysis.pairs import coverage, is_pair, pair_forms, parts_of_run
from index.highlighting.highlighter import Highlighter
from index.query.ast import (
    And,
    Filter,
    Fuzzy,
    Node,
    Not,
    Or,
    PartOfRun,
    Phrase,
    Prefix,
    Related,
    Wildcard,
    Word,
    joined_forms,
    required_leaves,
    required_nodes,
)
from index.tuning import Tuning
from index.vocabulary.term_vocabulary import Vocabulary
from index.vocabulary.wordings import MAX_WORDINGS, phrase_wordings, telling
from kb.work.budget import within_budget

__all__ = ["QueryTerm", "has_compound", "highlighter_for", "query_terms", "title_stems"]

_WEIGHT_STEPS = 100
"""Weights are rounded to this many steps a unit: sums of integers do not depend on their order."""


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A word, phrase, pattern or related term, with the stems, forms and phrases that match it.

    A phrase is its forms and its slop; `pairs` are those of a run in a script without spaces. `together`
    are the stems of what a word forms with a neighbouring word. `weight` is the idf, halved for related
    terms.
    """

    node: Node
    stems: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    phrases: tuple[tuple[tuple[str, ...], int], ...] = ()
    together: tuple[str, ...] = ()
    weight: float = 0.0


def query_terms(node: Node | None, vocabulary: Vocabulary, typed: Node | None = None) -> list[QueryTerm]:
    """The terms of a query, in order, without what it excludes.

    `typed` is the tree as typed, where `node` asks for some of the words only: it says which are neighbours.
    """
    if node is None:
        return []
    beside = _joined_stems(typed or node, vocabulary)
    terms = (_query_term(leaf, vocabulary) for leaf in dict.fromkeys(required_leaves(node)))
    return [replace(term, together=beside[term.node]) if term.node in beside else term for term in terms]


def highlighter_for(node: Node | None, vocabulary: Vocabulary) -> Highlighter:
    """The highlighter of a query; where several terms match the same words, the first counts."""
    stems: dict[str, int] = {}
    pairs: dict[str, int] = {}
    alone: set[str] = set()
    forms: dict[str, int] = {}
    phrases: list[tuple[tuple[str, ...], int, int]] = []
    weights: list[int] = []
    for term in within_budget(query_terms(node, vocabulary), 16):
        number = len(weights)
        for key in (*term.stems, *term.together):
            stems.setdefault(key, number)
        for form in term.forms:
            forms.setdefault(form, number)
        phrases += [(each, slop, number) for each, slop in term.phrases]
        weights.append(_steps(term.weight))
        alone.update(telling(term.pairs, vocabulary))
        for pair in term.pairs:  # each counts by itself: a window shows as much of the run as it can
            if pairs.setdefault(pair, len(weights)) == len(weights):
                weights.append(_steps(vocabulary.rarity_of(pair)))
    return Highlighter(stems, forms, phrases, weights, pairs, alone)


def _steps(weight: float) -> int:
    return 1 + round(_WEIGHT_STEPS * weight)


def has_compound(node: Node | None) -> bool:
    """Whether one of the words typed is several words: `2(d)`."""
    leaves = required_leaves(node) if node else ()
    return any(len(tokenize(leaf.text)) > 1 for leaf in leaves if isinstance(leaf, Word))


def title_stems(node: Node | None, vocabulary: Vocabulary) -> set[str]:
    """The stems of words that the document title may have, while the passage has the others."""
    groups = (group for group in _and_groups(node) if len(set(group)) > 1)
    texts = [one.text for group in groups for one in group if isinstance(one, Word)]
    alone = (tokens[0].form for tokens in map(tokenize, texts) if len(tokens) == 1)
    forms = (*alone, *chain.from_iterable(map(pair_forms, texts)))
    return {each for form in forms if vocabulary.in_titles(form) for each in vocabulary.stems(form)}


def _query_term(leaf: Node, vocabulary: Vocabulary) -> QueryTerm:
    match leaf:
        case Word(text) | PartOfRun(text) if pairs := tuple(parts_of_run(text)):
            return _run(leaf, text, pairs, vocabulary)
        case Word(text):
            forms = tuple(word.form for word in tokenize(text))
            joined = forms[0] if len(forms) == 1 else compound_form(text)
            whole = vocabulary.stems(joined) if joined else ()
            parts = ((forms, 0),) if len(forms) > 1 else ()
            return QueryTerm(leaf, stems=whole, phrases=parts, weight=_weight(forms, vocabulary))
        case Related(text):
            return _related(leaf, [word.form for word in tokenize(text)], vocabulary)
        case Phrase(text, slop):
            wordings = phrase_wordings(text, vocabulary)
            phrases = tuple((forms, slop) for forms in wordings)
            return QueryTerm(leaf, phrases=phrases, weight=_weight(wordings[0], vocabulary))
        case Prefix() | Wildcard() | Fuzzy():
            meant = tuple(vocabulary.forms_of(leaf))
            return QueryTerm(leaf, forms=meant, weight=_weight(meant[:1], vocabulary))
        case _:
            return QueryTerm(leaf)


def _run(leaf: Node, text: str, pairs: tuple[str, ...], vocabulary: Vocabulary) -> QueryTerm:
    """A run in a script without spaces: its pairs, and the words it has of other scripts."""
    words = [forms[0] for forms in coverage(text) if not is_pair(forms[0])]
    stems = tuple(chain.from_iterable(map(vocabulary.stems, words)))
    return QueryTerm(leaf, stems, pairs, weight=_weight(words or pairs, vocabulary))


def _related(leaf: Node, forms: Sequence[str], vocabulary: Vocabulary) -> QueryTerm:
    """A related term, in the wordings that the collection has."""
    weight = Tuning.RELATED * _weight(forms, vocabulary)
    if len(forms) == 1:
        return QueryTerm(leaf, stems=vocabulary.related_stems(forms[0]), weight=weight)
    wordings = islice(product(*(vocabulary.related_forms(form) for form in forms)), MAX_WORDINGS)
    return QueryTerm(leaf, phrases=tuple((each, 0) for each in wordings), weight=weight)


def _weight(forms: Sequence[str], vocabulary: Vocabulary) -> float:
    """The idf of the rarest word."""
    return max(map(vocabulary.rarity_of, forms), default=0.0)


def _joined_stems(node: Node, vocabulary: Vocabulary) -> Mapping[Node, tuple[str, ...]]:
    """For each word, the stems of what it forms with a neighbouring word, if the collection has it."""
    stems: dict[Node, tuple[str, ...]] = {}
    for group in _and_groups(node):
        for word, forms in joined_forms(group, vocabulary.has_word).items():
            stems[word] = (*stems.get(word, ()), *chain.from_iterable(map(vocabulary.stems, forms)))
    return stems


def _and_groups(node: Node | None) -> Iterator[list[Node]]:
    """The nodes of each And, wherever in the tree, without filters and stop words."""
    match node:
        case And(nodes):
            wanted = [child for child in nodes if not isinstance(child, Not)]
            yield [child for child in required_nodes(wanted) if not isinstance(child, Filter)]
            for child in nodes:
                yield from _and_groups(child)
        case Or(nodes):
            for child in nodes:
                yield from _and_groups(child)
