"""Compiles a query tree into the tree that engines evaluate.

A word matches by its stem anywhere in a passage; its exact form, the heading and the document's title
add to the score. Patterns become the forms they match; a filter next to words selects without
scoring.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from index.analysis.pairs import pair_forms
from index.facets import unknown_value
from index.query.ast import (
    AllPassages,
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
    required_nodes,
    walk,
)
from index.query.compiled import Constant, Difference, Everything, Query, Require, Term
from index.query.filters.year_filter import year_matches
from index.query.writer import write_query
from index.request import UNDATED
from index.search.word_compiler import CompiledNode, WordCompiler, all_of, any_of
from index.tuning import Tuning
from index.vocabulary.term_source import MAX_FORMS
from index.vocabulary.term_vocabulary import TermVocabulary
from kb.languages.language_tag import is_language_tag, language_range
from kb.languages.subtags import subtag_by_name
from kb.messages import Message
from kb.text.letters import search_form
from kb.work.budget import check_budget

__all__ = ["compile_query", "word_compiler"]

MAX_FORMS_IN_ALL = 1024
"""The forms that all patterns of a query may expand to together."""

_MAX_COMPARED = 3
"""The unknown values of filters that are compared with those known."""


def compile_query(
    node: Node | None, vocabulary: TermVocabulary, names: Sequence[str]
) -> tuple[Query, tuple[Message, ...]]:
    """The compiled form of a tree, and notices about it; `names` are the known theme values."""
    compiler = _compiler(node, vocabulary, names)
    query = compiler.compile(node).whole if node else Everything()
    return query, tuple(compiler.notices)


def word_compiler(node: Node | None, vocabulary: TermVocabulary) -> Callable[[Node], Query]:
    """Compiles words of a tree one by one, each to what a passage must have."""
    compiler = _compiler(node, vocabulary, ())
    return lambda word: compiler.compile(word).required


def _compiler(node: Node | None, vocabulary: TermVocabulary, names: Sequence[str]) -> _Compiler:
    words = WordCompiler(vocabulary, _exact(node))
    return _Compiler(vocabulary, words, frozenset(names), _max_forms(node))


@dataclass(slots=True)
class _Compiler:
    vocabulary: TermVocabulary
    words: WordCompiler
    themes: frozenset[str]
    max_forms: int
    notices: dict[Message, None] = field(default_factory=dict)

    def compile(self, node: Node) -> CompiledNode:
        check_budget()
        match node:
            case Word(text):
                return self.words.word(text, 1)
            case Phrase(text, slop):
                return self.words.phrase(text, slop)
            case Related(text):
                return self.words.related(text)
            case Prefix() | Wildcard() | Fuzzy():
                return CompiledNode(self._pattern(node))
            case Filter(facet, value):
                return CompiledNode(Constant(self._filter(facet, value)))
            case AllPassages():
                return CompiledNode(Everything())
            case And(nodes):
                return self._and(nodes)
            case Or(nodes):
                return _alternatives([*map(self._repeated, *_counted(required_nodes(nodes)))])
            case PartOfRun(text):
                return self.words.part_of_run(text)
            case Not(child):
                return CompiledNode(Difference(Everything(), self.compile(_as_typed(child)).whole))

    def _repeated(self, node: Node, times: int) -> CompiledNode:
        """Compiles a node that was typed so many times; a word is boosted by that number."""
        return self.words.word(node.text, times) if isinstance(node, Word) else self.compile(node)

    def _pattern(self, node: Prefix | Wildcard | Fuzzy) -> Query:
        expansion = self.vocabulary.expand(node)
        if expansion.total > self.max_forms:
            self.notices[
                Message(
                    "pattern-too-broad",
                    pattern=write_query(node),
                    count=expansion.total,
                    limit=self.max_forms,
                )
            ] = None
        fields = {"text": 1.0, "heading": Tuning.PHRASE_HEADING}
        return any_of(
            [
                Term(name, form, boost)
                for form in expansion.forms[: self.max_forms]
                for name, boost in fields.items()
            ]
        )

    def _filter(self, facet: str, value: str) -> Query:
        if facet == "year":
            return self._years(value)
        typed = value
        if facet == "language":
            named = "" if is_language_tag(value) else subtag_by_name("language", value)
            value = language_range(named or value)
        known = self.themes if facet == "theme" else self.vocabulary.labels(facet)
        alike = [label for label in known if search_form(label) == search_form(value)]
        chosen = [value] if value in alike else alike  # ids may differ by their capitals alone
        if not chosen:
            compared = tuple(known) if facet != "language" and len(self.notices) < _MAX_COMPARED else ()
            self.notices[unknown_value(facet, typed, compared)] = None
        return any_of([Term(facet, label) for label in chosen])

    def _years(self, value: str) -> Query:
        dated = any_of([Term("year", year) for year in self._known_years()])
        if value == UNDATED:
            return Difference(Everything(), dated)
        return any_of([Term("year", year) for year in self._known_years() if year_matches(year, value)])

    def _known_years(self) -> Sequence[str]:
        return self.vocabulary.labels("year")

    def _and(self, nodes: Sequence[Node]) -> CompiledNode:
        wanted = required_nodes([node for node in nodes if not isinstance(node, Not)])
        filters = [self.compile(node).whole for node in wanted if isinstance(node, Filter)]
        required = self._all_words([node for node in wanted if not isinstance(node, Filter)])
        unwanted = [self.compile(_as_typed(node.node)).whole for node in nodes if isinstance(node, Not)]
        optional = tuple(each for part in required for each in part.optional)
        query = _in_all(required) if required else all_of(filters or [Everything()])
        within = filters if required else []
        with_titles = _with_titles(required, all_of)
        return CompiledNode(
            _narrowed(query, within, unwanted),
            optional,
            with_titles and _narrowed(with_titles, within, unwanted),
        )

    def _all_words(self, nodes: Sequence[Node]) -> list[CompiledNode]:
        """Each node compiled; a word also matches where it is written as one with its neighbour."""
        as_one = joined_forms(nodes, self.vocabulary.has_word)
        return [
            self._or_as_one(self._repeated(node, times), as_one.get(node, ()))
            for node, times in Counter(nodes).items()
        ]

    def _or_as_one(self, part: CompiledNode, forms: Iterable[str]) -> CompiledNode:
        together = [self.words.form(form, 1).whole for form in forms]
        if not together:
            return part
        with_titles = any_of([part.with_titles, *together]) if part.with_titles else None
        return CompiledNode(any_of([part.required, *together]), part.optional, with_titles)


def _as_typed(node: Node) -> Node:
    """An excluded node, no wider than it was typed: a run in a script without spaces is a phrase."""
    match node:
        case Word(text) if pair_forms(text):
            return Phrase(text)
        case And(nodes):
            return And(tuple(map(_as_typed, nodes)))
        case Or(nodes):
            return Or(tuple(map(_as_typed, nodes)))
        case _:
            return node


def _counted(nodes: Sequence[Node]) -> tuple[list[Node], list[int]]:
    """The distinct nodes, and how often each occurs."""
    counts = Counter(nodes)
    return list(counts), list(counts.values())


def _in_all(parts: Sequence[CompiledNode]) -> Query:
    """All parts: some may be in the document's title, but at least one is in the passage."""
    every = _with_titles(parts, all_of)
    if len(parts) == 1 or every is None:
        return all_of([part.required for part in parts])
    return Require(every, any_of([part.required for part in parts]))


def _narrowed(query: Query, filters: Sequence[Query], unwanted: Sequence[Query]) -> Query:
    """A query restricted by filters and exclusions."""
    query = Require(query, all_of(filters)) if filters else query
    return Difference(query, any_of(unwanted)) if unwanted else query


def _with_titles(parts: Sequence[CompiledNode], join: Callable[[Sequence[Query]], Query]) -> Query | None:
    """The parts joined, each in the passage or in its document's title; None if no title counts."""
    if not any(part.with_titles is not None for part in parts):
        return None
    return join([part.required if part.with_titles is None else part.with_titles for part in parts])


def _alternatives(parts: Sequence[CompiledNode]) -> CompiledNode:
    """Any of the parts; each still counts in titles if it did by itself."""
    optional = tuple(each for part in parts for each in part.optional)
    return CompiledNode(any_of([part.required for part in parts]), optional, _with_titles(parts, any_of))


def _max_forms(node: Node | None) -> int:
    """The forms that each pattern of a query may expand to: the more patterns, the fewer."""
    patterns = sum(map(_is_pattern, walk(node))) if node else 0
    return min(MAX_FORMS, MAX_FORMS_IN_ALL // max(patterns, 1))


def _exact(node: Node | None) -> float:
    """The weight of a word's exact form, which is lower in a long query."""
    typed = {each for each in walk(node) if isinstance(each, Word)} if node else ()
    return Tuning.EXACT_OF_MANY if len(typed) > Tuning.MAX_REQUIRED_WORDS else Tuning.EXACT


def _is_pattern(node: Node) -> bool:
    return isinstance(node, (Prefix, Wildcard, Fuzzy))
