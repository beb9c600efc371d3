"""What of a query a passage may match: each word, phrase, pattern and term, and what it is looked for by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from index.analysis.analyzer import is_compound, stem, tokenize
from index.highlighting.highlighter import Highlighter
from index.query.ast import (
    And,
    Filter,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Related,
    Wildcard,
    Word,
    joined_forms,
    phrase_forms,
    required_leaves,
    required_nodes,
)
from index.tuning import Tuning
from index.vocabulary import MAX_WORDINGS, Vocabulary

__all__ = ["QueryTerm", "has_compound", "highlighter_for", "query_terms", "title_stems"]

_WEIGHT_STEPS = 100
"""The parts of a unit in which the weights of terms are told apart; whole numbers add up the same always."""


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A word, phrase, pattern or term, with the stems, forms and phrases by which it is looked for.

    A phrase is its forms and the words that may stand between. `together` are the stems of what a word
    makes with the word beside it. `weight` is how much the term tells: the rarer the more.
    """

    node: Node
    stems: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    phrases: tuple[tuple[tuple[str, ...], int], ...] = ()
    together: tuple[str, ...] = ()
    weight: float = 0.0


def query_terms(node: Node | None, vocabulary: Vocabulary) -> list[QueryTerm]:
    """The terms of a query, in order; what it must not contain is none."""
    if node is None:
        return []
    beside = _joined_stems(node, vocabulary)
    found = (_query_term(leaf, vocabulary) for leaf in dict.fromkeys(required_leaves(node)))
    return [replace(term, together=beside[term.node]) if term.node in beside else term for term in found]


def highlighter_for(node: Node | None, vocabulary: Vocabulary) -> Highlighter:
    """The highlighter of a query. Of terms that are looked for by the same, the first counts."""
    stems: dict[str, int] = {}
    forms: dict[str, int] = {}
    phrases: list[tuple[tuple[str, ...], int, int]] = []
    weights: list[int] = []
    for number, term in enumerate(query_terms(node, vocabulary)):
        for key in (*term.stems, *term.together):
            stems.setdefault(key, number)
        for form in term.forms:
            forms.setdefault(form, number)
        phrases += [(each, slop, number) for each, slop in term.phrases]
        weights.append(1 + round(_WEIGHT_STEPS * term.weight))
    return Highlighter(stems, forms, phrases, weights)


def has_compound(node: Node | None) -> bool:
    """Whether something was typed as one word that is several: `2(d)`."""
    found = required_leaves(node) if node else ()
    return any(len(tokenize(leaf.text)) > 1 for leaf in found if isinstance(leaf, Word))


def title_stems(node: Node | None, vocabulary: Vocabulary) -> set[str]:
    """The stems of words that may stand in the title of a document, where others stand in the passage."""
    groups = (group for group in _and_groups(node) if len(set(group)) > 1)
    cut = (tokenize(one.text) for group in groups for one in group if isinstance(one, Word))
    return {stem(found[0].form) for found in cut if len(found) == 1 and vocabulary.in_titles(found[0].form)}


def _query_term(leaf: Node, vocabulary: Vocabulary) -> QueryTerm:
    match leaf:
        case Word(text):
            forms = tuple(word.form for word in tokenize(text))
            whole = (stem("".join(forms)),) if len(forms) == 1 or is_compound(text) else ()
            parts = ((forms, 0),) if len(forms) > 1 else ()
            return QueryTerm(leaf, stems=whole, phrases=parts, weight=_weight(forms, vocabulary))
        case Related(text):
            return _related(leaf, [word.form for word in tokenize(text)], vocabulary)
        case Phrase(text, slop):
            apart = phrase_forms(text)
            found = tuple((tuple(forms), slop) for forms in apart)
            return QueryTerm(leaf, phrases=found, weight=_weight(apart[0], vocabulary))
        case Prefix() | Wildcard() | Fuzzy():
            meant = tuple(vocabulary.forms_of(leaf))
            return QueryTerm(leaf, forms=meant, weight=_weight(meant[:1], vocabulary))
        case _:
            return QueryTerm(leaf)


def _related(leaf: Node, forms: Sequence[str], vocabulary: Vocabulary) -> QueryTerm:
    """A term of the thesaurus, in whichever wording the collection has it."""
    weight = Tuning.RELATED * _weight(forms, vocabulary)
    if len(forms) == 1:
        return QueryTerm(leaf, stems=(stem(forms[0]),), weight=weight)
    wordings = islice(product(*(vocabulary.forms_like(form) for form in forms)), MAX_WORDINGS)
    return QueryTerm(leaf, phrases=tuple((each, 0) for each in wordings), weight=weight)


def _weight(forms: Sequence[str], vocabulary: Vocabulary) -> float:
    """How much the rarest of some words tells."""
    return max(map(vocabulary.rarity_of, forms), default=0.0)


def _joined_stems(node: Node, vocabulary: Vocabulary) -> Mapping[Node, tuple[str, ...]]:
    """For each word, the stems of what it makes with the word beside it, where the collection has that."""
    found: dict[Node, tuple[str, ...]] = {}
    for group in _and_groups(node):
        for word, forms in joined_forms(group, vocabulary.has_word).items():
            found[word] = (*found.get(word, ()), *map(stem, forms))
    return found


def _and_groups(node: Node | None) -> Iterator[list[Node]]:
    """What has to stand together, wherever in the tree; filters and stop words left out."""
    match node:
        case And(nodes):
            wanted = [child for child in nodes if not isinstance(child, Not)]
            yield [child for child in required_nodes(wanted) if not isinstance(child, Filter)]
            for child in nodes:
                yield from _and_groups(child)
        case Or(nodes):
            for child in nodes:
                yield from _and_groups(child)
