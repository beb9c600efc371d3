"""What of a query a passage may match: each word, phrase, pattern and term, and what it is looked for by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from index.analysis.analyzer import is_compound, stem, words
from index.highlighting.marker import Marker
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
    joined,
    leaves,
    required,
    spellings,
)
from index.tuning import Tuning
from index.vocabulary import MOST_WORDINGS, Known

__all__ = ["Clue", "clues", "is_apart", "marker", "titled"]

_FINEST = 100
"""The parts of a unit in which the weights of clues are told apart; whole numbers add up the same always."""


@dataclass(frozen=True, slots=True)
class Clue:
    """A word, phrase, pattern or term, with the stems, forms and phrases by which it is looked for.

    A phrase is its forms and the words that may stand between. `together` are the stems of what a word
    makes with the word beside it. `weight` is how much the clue tells: the rarer the more.
    """

    node: Node
    stems: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    phrases: tuple[tuple[tuple[str, ...], int], ...] = ()
    together: tuple[str, ...] = ()
    weight: float = 0.0


def clues(node: Node | None, known: Known) -> list[Clue]:
    """The clues of a query, in order; what it must not contain is none."""
    if node is None:
        return []
    beside = _beside(node, known)
    found = (_clue(leaf, known) for leaf in dict.fromkeys(leaves(node)))
    return [replace(clue, together=beside[clue.node]) if clue.node in beside else clue for clue in found]


def marker(node: Node | None, known: Known) -> Marker:
    """The marker of a query. Of clues that are looked for by the same, the first counts."""
    stems: dict[str, int] = {}
    forms: dict[str, int] = {}
    phrases: list[tuple[tuple[str, ...], int, int]] = []
    weights: list[int] = []
    for number, clue in enumerate(clues(node, known)):
        for key in (*clue.stems, *clue.together):
            stems.setdefault(key, number)
        for form in clue.forms:
            forms.setdefault(form, number)
        phrases += [(each, slop, number) for each, slop in clue.phrases]
        weights.append(1 + round(_FINEST * clue.weight))
    return Marker(stems, forms, phrases, weights)


def is_apart(node: Node | None) -> bool:
    """Whether something was typed as one word that is several: `2(d)`."""
    found = leaves(node) if node else ()
    return any(len(words(leaf.text)) > 1 for leaf in found if isinstance(leaf, Word))


def titled(node: Node | None, known: Known) -> set[str]:
    """The stems of words that may stand in the title of a document, where others stand in the passage."""
    groups = (group for group in _groups(node) if len(set(group)) > 1)
    cut = (words(one.text) for group in groups for one in group if isinstance(one, Word))
    return {stem(found[0].form) for found in cut if len(found) == 1 and known.in_titles(found[0].form)}


def _clue(leaf: Node, known: Known) -> Clue:
    match leaf:
        case Word(text):
            forms = tuple(word.form for word in words(text))
            whole = (stem("".join(forms)),) if len(forms) == 1 or is_compound(text) else ()
            parts = ((forms, 0),) if len(forms) > 1 else ()
            return Clue(leaf, stems=whole, phrases=parts, weight=_weight(forms, known))
        case Related(text):
            return _related(leaf, [word.form for word in words(text)], known)
        case Phrase(text, slop):
            apart = spellings(text)
            found = tuple((tuple(forms), slop) for forms in apart)
            return Clue(leaf, phrases=found, weight=_weight(apart[0], known))
        case Prefix() | Wildcard() | Fuzzy():
            meant = tuple(known.forms_of(leaf))
            return Clue(leaf, forms=meant, weight=_weight(meant[:1], known))
        case _:
            return Clue(leaf)


def _related(leaf: Node, forms: Sequence[str], known: Known) -> Clue:
    """A term of the thesaurus, in whichever wording the collection has it."""
    weight = Tuning.RELATED * _weight(forms, known)
    if len(forms) == 1:
        return Clue(leaf, stems=(stem(forms[0]),), weight=weight)
    wordings = islice(product(*(known.forms_like(form) for form in forms)), MOST_WORDINGS)
    return Clue(leaf, phrases=tuple((each, 0) for each in wordings), weight=weight)


def _weight(forms: Sequence[str], known: Known) -> float:
    """How much the rarest of some words tells."""
    return max(map(known.rarity_of, forms), default=0.0)


def _beside(node: Node, known: Known) -> Mapping[Node, tuple[str, ...]]:
    """For each word, the stems of what it makes with the word beside it, where the collection has that."""
    found: dict[Node, tuple[str, ...]] = {}
    for group in _groups(node):
        for word, forms in joined(group, known.has_word).items():
            found[word] = (*found.get(word, ()), *map(stem, forms))
    return found


def _groups(node: Node | None) -> Iterator[list[Node]]:
    """What has to stand together, wherever in the tree; filters and stop words left out."""
    match node:
        case And(nodes):
            wanted = [child for child in nodes if not isinstance(child, Not)]
            yield [child for child in required(wanted) if not isinstance(child, Filter)]
            for child in nodes:
                yield from _groups(child)
        case Or(nodes):
            for child in nodes:
                yield from _groups(child)
