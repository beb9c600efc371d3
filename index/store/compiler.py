"""Turns a query tree into a Whoosh query: the one rewrite that every evaluation starts from.

A word is found by its stem and ranks higher by its exact form; patterns become an Or of the
forms they stand for; a filter beside words chooses without scoring. Whoosh's own pitfalls are kept
out: a Not is always the right side of a Difference, and no boost sits on a group of one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from whoosh import query as whoosh

from index.analysis import is_compound, stem, words
from index.engine import UNDATED
from index.language.syntax import (
    All,
    And,
    Filter,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Wildcard,
    Word,
    everything,
    joined,
    required,
    spellings,
)
from index.language.writer import write
from index.language.years import within
from index.store.matching import Addition, Adjacent, Difference
from index.store.vocabulary import MOST_FORMS, Vocabulary

__all__ = ["compile_query"]

WEIGHTS = {"stem": 1.0, "text": 0.5, "heading_stem": 0.8, "heading": 0.4}
"""What a match in each field counts: a stem finds a word, its exact form adds to it."""

MOST_FORMS_IN_ALL = 1024
"""The forms that all patterns of a query may stand for together."""

_GROUP = 32

Query = Any
"""A Whoosh query; the library carries no types."""


def compile_query(
    node: Node | None, vocabulary: Vocabulary, names: Sequence[str]
) -> tuple[Query, tuple[str, ...]]:
    """The Whoosh query of a tree and the notices that came of it; `names` are the known theme values."""
    compiler = _Compiler(vocabulary, frozenset(names), _most_forms(node))
    compiled = compiler.compile(node) if node else _everything()
    return compiled, tuple(compiler.notices)


@dataclass(slots=True)
class _Compiler:
    vocabulary: Vocabulary
    themes: frozenset[str]
    most_forms: int
    notices: dict[str, None] = field(default_factory=dict)

    def compile(self, node: Node) -> Query:
        match node:
            case Word(text):
                return self._word(text, 1)
            case Phrase(text, slop):
                return self._phrase(text, slop)
            case Prefix() | Wildcard() | Fuzzy():
                return self._pattern(node)
            case Filter(facet, value):
                return _constant(self._filter(facet, value))
            case All():
                return _everything()
            case And(nodes):
                return self._and(nodes)
            case Or(nodes):
                return _or(
                    [self._repeated(child, times) for child, times in Counter(required(nodes)).items()]
                )
            case Not(child):
                return Difference(_everything(), self.compile(child))

    def _repeated(self, node: Node, times: int) -> Query:
        """A node as often as it was typed: a repeated word counts so many times."""
        return self._word(node.text, times) if isinstance(node, Word) else self.compile(node)

    def _word(self, text: str, times: int) -> Query:
        """One word, or several that were typed as one: `2(d)`, `re-victimisation`, `A/HRC/61/42`."""
        cut = words(text)
        if len(cut) == 1:
            return _term(cut[0].form, times)
        whole = [_term("".join(word.form for word in cut), times)] if is_compound(text) else []
        return _or([*whole, _phrase([word.form for word in cut], 0, times)])

    def _phrase(self, text: str, slop: int) -> Query:
        """The words in order, and again with its compounds as one word: both are written."""
        return _or([_phrase(forms, slop, 1) for forms in spellings(text)])

    def _pattern(self, node: Prefix | Wildcard | Fuzzy) -> Query:
        expansion = self.vocabulary.expand(node)
        if expansion.total > self.most_forms:
            self.notices[
                f"“{write(node)}” stands for {expansion.total:,} words; "
                f"the {self.most_forms} commonest were searched. A longer beginning narrows it."
            ] = None
        fields = [(name, WEIGHTS[weight]) for name, weight in (("text", "stem"), ("heading", "heading"))]
        return _or(
            [
                whoosh.Term(name, form, boost)
                for form in expansion.forms[: self.most_forms]
                for name, boost in fields
            ]
        )

    def _filter(self, facet: str, value: str) -> Query:
        if facet == "year":
            return self._years(value)
        known = self.themes if facet == "theme" else self.vocabulary.labels(facet)
        alike = [label for label in known if label.casefold() == value.casefold()]
        chosen = [value] if value in alike else alike  # ids may differ by their capitals alone
        if not chosen:
            self.notices[f"There is no {facet} “{value}”."] = None
        return _or([whoosh.Term(facet, label) for label in chosen])

    def _years(self, value: str) -> Query:
        dated = _or([whoosh.Term("year", year) for year in self._known_years()])
        if value == UNDATED:
            return Difference(_everything(), dated)
        return _or([whoosh.Term("year", year) for year in self._known_years() if within(year, value)])

    def _known_years(self) -> Sequence[str]:
        return self.vocabulary.labels("year")

    def _and(self, nodes: Sequence[Node]) -> Query:
        wanted = required([node for node in nodes if not isinstance(node, Not)])
        filters = [self.compile(node) for node in wanted if isinstance(node, Filter)]
        found = self._all_words([node for node in wanted if not isinstance(node, Filter)])
        unwanted = [self.compile(node.node) for node in nodes if isinstance(node, Not)]
        if found and filters:
            query = whoosh.Require(_all_of(found), _all_of(filters))
        else:
            query = _all_of(found or filters or [_everything()])
        return Difference(query, _or(unwanted)) if unwanted else query

    def _all_words(self, nodes: Sequence[Node]) -> list[Query]:
        """Each node compiled; a word is also found where it is written as one with its neighbour."""
        as_one = joined(nodes, self.vocabulary.has_word)
        return [
            _or([self._repeated(node, times), *map(_term, as_one.get(node, ()))])
            for node, times in Counter(nodes).items()
        ]


def _most_forms(node: Node | None) -> int:
    """The forms that each pattern of a query may stand for: the more patterns, the fewer."""
    patterns = sum(map(_is_pattern, everything(node))) if node else 0
    return min(MOST_FORMS, MOST_FORMS_IN_ALL // max(patterns, 1))


def _is_pattern(node: Node) -> bool:
    return isinstance(node, (Prefix, Wildcard, Fuzzy))


def _term(form: str, times: int = 1) -> Query:
    """A word is found by its stem; where its form stands as typed, that adds to the score."""
    found, exact = (
        whoosh.Or([whoosh.Term(name, text, WEIGHTS[name] * times) for name in names])
        for text, names in ((stem(form), ("stem", "heading_stem")), (form, ("text", "heading")))
    )
    return Addition(found, exact)


def _phrase(forms: Sequence[str], slop: int, times: int) -> Query:
    fields = {"text": 1.0, "heading": WEIGHTS["heading"]}
    if len(forms) == 1:
        return _or([whoosh.Term(name, forms[0], boost * times) for name, boost in fields.items()])
    return _or([Adjacent(name, forms, slop, boost * times) for name, boost in fields.items()])


def _all_of(queries: Sequence[Query]) -> Query:
    return _tree(whoosh.And, queries)


def _or(queries: Sequence[Query]) -> Query:
    return _tree(whoosh.Or, queries) if queries else whoosh.NullQuery


def _tree(kind: type[Any], queries: Sequence[Query]) -> Query:
    """One query of many, in groups: Whoosh recurses once for each member of a group."""
    while len(queries) > 1:
        groups = [queries[at : at + _GROUP] for at in range(0, len(queries), _GROUP)]
        queries = [group[0] if len(group) == 1 else kind(list(group)) for group in groups]
    return queries[0]


def _constant(query: Query) -> Query:
    return whoosh.ConstantScoreQuery(query, 1.0)  # Whoosh reads a score of 0 as none given


def _everything() -> Query:
    return _constant(whoosh.Every())
