"""Turns a query tree into a Whoosh query: the one rewrite that every evaluation starts from.

A word is found by its stem and ranks higher by its exact form; patterns become an Or of the
forms they stand for; a filter beside words chooses without scoring. Whoosh's own pitfalls are kept out: a Not
is always the right side of an AndNot, and no boost sits on a group of one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from whoosh import query as whoosh

from index.analysis import compounds, stem, words
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
    required,
)
from index.language.writer import write
from index.store.vocabulary import MOST_FORMS, Vocabulary

__all__ = ["compile_query"]

WEIGHTS = {"stem": 1.0, "text": 0.5, "heading_stem": 0.8, "heading": 0.4}
"""What a match in each field counts: a stem finds a word, its exact form adds to it."""

_MOST_YEARS = 10_000
_GROUP = 32

Query = Any
"""A Whoosh query; the library carries no types."""


def compile_query(
    node: Node | None, vocabulary: Vocabulary, names: Sequence[str]
) -> tuple[Query, tuple[str, ...]]:
    """The Whoosh query of a tree and the notices that came of it; `names` are the known theme values."""
    compiler = _Compiler(vocabulary, frozenset(names))
    compiled = compiler.compile(node) if node else _everything()
    return compiled, tuple(compiler.notices)


@dataclass(slots=True)
class _Compiler:
    vocabulary: Vocabulary
    themes: frozenset[str]
    notices: dict[str, None] = field(default_factory=dict)

    def compile(self, node: Node) -> Query:
        match node:
            case Word(text):
                return self._word(text, 1)
            case Phrase(text, slop):
                return _phrase([word.form for word in words(text)], slop)
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
                return whoosh.AndNot(_everything(), self.compile(child))

    def _repeated(self, node: Node, times: int) -> Query:
        """A node as often as it was typed: a repeated word counts so many times."""
        return self._word(node.text, times) if isinstance(node, Word) else self.compile(node)

    def _word(self, text: str, times: int) -> Query:
        """One word, or several that were typed as one: `2(d)`, `re-victimisation`, `A/HRC/61/42`."""
        cut = words(text)
        if len(cut) == 1:
            return _term(cut[0].form, times)
        whole = [run.form for run in compounds(text, cut) if run.last - run.first + 1 == len(cut)]
        return _or([*map(_term, whole), _phrase([word.form for word in cut], 0)])

    def _pattern(self, node: Prefix | Wildcard | Fuzzy) -> Query:
        expansion = self.vocabulary.expand(node)
        if expansion.total > MOST_FORMS:
            self.notices[
                f"“{write(node)}” stands for {expansion.total:,} words; "
                f"the {MOST_FORMS} commonest were searched. A longer beginning narrows it."
            ] = None
        return _or([whoosh.Term("text", form) for form in expansion.forms])

    def _filter(self, facet: str, value: str) -> Query:
        match facet:
            case "year":
                return self._years(value)
            case "theme" if value not in self.themes:
                self.notices[f"There is no theme “{value}”."] = None
        return whoosh.Term(facet, value)

    def _years(self, value: str) -> Query:
        if value == UNDATED:
            return whoosh.AndNot(
                whoosh.Every(), whoosh.Or([whoosh.Term("year", y) for y in self._known_years()])
            )
        first, _, last = value.partition("..")
        low = int(first) if first else -_MOST_YEARS
        high = (int(last) if last else _MOST_YEARS) if ".." in value else low
        return _or([whoosh.Term("year", y) for y in self._known_years() if low <= int(y) <= high])

    def _known_years(self) -> list[str]:
        return self.vocabulary.labels("year")

    def _and(self, nodes: Sequence[Node]) -> Query:
        wanted = required([node for node in nodes if not isinstance(node, (Not, Filter))])
        filters = [self.compile(node) for node in nodes if isinstance(node, Filter)]
        unwanted = [self.compile(node.node) for node in nodes if isinstance(node, Not)]
        found = _all_of(self._run_together(wanted) if wanted else filters or [_everything()])
        if wanted and filters:
            found = whoosh.Require(found, _all_of(filters))
        return whoosh.AndNot(found, _or(unwanted)) if unwanted else found

    def _run_together(self, nodes: Sequence[Node]) -> list[Query]:
        """Each node compiled; two neighbouring words also as one, where the collection writes them so."""
        counted = list(Counter(nodes).items())
        compiled: list[Query] = []
        at = 0
        while at < len(counted):
            pair = _joined_form([node for node, _ in counted[at : at + 2]])
            size = 2 if pair and self.vocabulary.has_form(pair) else 1
            apart = _all_of([self._repeated(node, times) for node, times in counted[at : at + size]])
            compiled.append(_or([apart, _term(pair)]) if size == 2 else apart)
            at += size
        return compiled


def _joined_form(pair: Sequence[Node]) -> str:
    """Two words as one, where both are words of letters: `article 5` is not `article5`."""
    forms = [word.form for node in pair if isinstance(node, Word) for word in words(node.text)]
    plain = len(pair) == len(forms) == 2 and all(len(form) > 1 and form.isalpha() for form in forms)
    return "".join(forms) if plain else ""


def _term(form: str, times: int = 1) -> Query:
    terms = {"stem": stem(form), "text": form, "heading_stem": stem(form), "heading": form}
    return whoosh.Or([whoosh.Term(name, terms[name], boost * times) for name, boost in WEIGHTS.items()])


def _phrase(forms: Sequence[str], slop: int) -> Query:
    if len(forms) == 1:
        return _or(
            [whoosh.Term("text", forms[0]), whoosh.Term("heading", forms[0], boost=WEIGHTS["heading"])]
        )
    return whoosh.Or([whoosh.Phrase(name, list(forms), slop=slop + 1) for name in ("text", "heading")])


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
