"""Turns a query tree into a Whoosh query: the one rewrite that every evaluation starts from.

A word is found by its stem, wherever it stands in a passage; that it stands there as it was typed, in
the heading or in the document's title adds to the score. Patterns become an Or of the forms they
stand for; a filter beside words chooses without scoring. Whoosh's own pitfalls are kept out: a Not
is always the right side of a Difference, and no boost sits on a group of one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any

from whoosh import query as whoosh

from index.analysis.analyzer import is_compound, spelling_key, stem, tokenize
from index.engines.whoosh.compat.queries import Addition, Adjacent, Difference
from index.engines.whoosh.matching.vocabulary import MOST_FORMS, WhooshVocabulary
from index.query.ast import (
    AllPassages,
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
    required_nodes,
    walk,
)
from index.query.writer import write_query
from index.query.year_filter import year_matches
from index.request import UNDATED
from index.tuning import Tuning
from index.vocabulary import MAX_WORDINGS
from kb.messages import Message

__all__ = ["compile_query"]

MOST_FORMS_IN_ALL = 1024
"""The forms that all patterns of a query may stand for together."""

_GROUP = 32

Query = Any
"""A Whoosh query; the library carries no types."""


def compile_query(
    node: Node | None, vocabulary: WhooshVocabulary, names: Sequence[str]
) -> tuple[Query, tuple[Message, ...]]:
    """The Whoosh query of a tree and the notices that came of it; `names` are the known theme values."""
    compiler = _Compiler(vocabulary, frozenset(names), _most_forms(node), _exact(node))
    compiled = compiler.compile(node).whole if node else _everything()
    return compiled, tuple(compiler.notices)


@dataclass(frozen=True, slots=True)
class _Part:
    """What finds passages, what adds to the score of those found, and where titles count as well.

    `titled` finds also by the title of the document, which says nothing of a single passage: it
    counts only beside words that are found in the passage itself.
    """

    found: Query
    more: tuple[Query, ...] = ()
    titled: Query = None

    @property
    def whole(self) -> Query:
        return Addition(self.found, _or(self.more)) if self.more else self.found


@dataclass(slots=True)
class _Compiler:
    vocabulary: WhooshVocabulary
    themes: frozenset[str]
    most_forms: int
    exact: float
    notices: dict[Message, None] = field(default_factory=dict)

    def compile(self, node: Node) -> _Part:
        match node:
            case Word(text):
                return self._word(text, 1)
            case Phrase(text, slop):
                return _Part(_or([self._phrase(forms, slop, 1) for forms in phrase_forms(text)]))
            case Related(text):
                return self._related(text)
            case Prefix() | Wildcard() | Fuzzy():
                return _Part(self._pattern(node))
            case Filter(facet, value):
                return _Part(_constant(self._filter(facet, value)))
            case AllPassages():
                return _Part(_everything())
            case And(nodes):
                return self._and(nodes)
            case Or(nodes):
                return _any_of([*map(self._repeated, *_counted(required_nodes(nodes)))])
            case Not(child):
                return _Part(Difference(_everything(), self.compile(child).whole))

    def _repeated(self, node: Node, times: int) -> _Part:
        """A node as often as it was typed: a repeated word counts so many times."""
        return self._word(node.text, times) if isinstance(node, Word) else self.compile(node)

    def _word(self, text: str, times: int) -> _Part:
        """One word, or several that were typed as one: `2(d)`, `re-victimisation`, `A/HRC/61/42`."""
        cut = tokenize(text)
        if len(cut) == 1:
            return self._form(cut[0].form, times)
        whole = [self._form("".join(word.form for word in cut), times).found] if is_compound(text) else []
        return _Part(_or([*whole, self._phrase([word.form for word in cut], 0, times)]))

    def _form(self, form: str, times: float) -> _Part:
        key = stem(form)
        found = self._term("stem", key, times)
        weights = {
            ("text", form): self.exact,
            ("stem", spelling_key(form)): Tuning.SAME_SPELLING,
            ("heading_stem", key): Tuning.HEADING,
        }
        more = [self._term(*term, weight * times) for term, weight in weights.items() if self._stands(*term)]
        title = self._title(form, key, times)
        more += [title] if title else []
        return _Part(found, tuple(more), whoosh.Or([found, title]) if title else None)

    def _stands(self, name: str, text: str) -> bool:
        return bool(text) and self.vocabulary.frequency(name, text) > 0

    def _term(self, name: str, text: str, boost: float) -> Query:
        """A term that weighs as by Lucene's inverse document frequency; Whoosh's own is part of its score."""
        return whoosh.Term(name, text, boost * self.vocabulary.sharpened(name, text))

    def _title(self, form: str, key: str, times: float) -> Query:
        """The word in titles of documents, where these are searched for it."""
        if not self.vocabulary.in_titles(form):
            return None
        rarity = self.vocabulary.rarity(self.vocabulary.frequency("title", key))
        return whoosh.Term("title", key, Tuning.TITLE * times * rarity)

    def _phrase(self, forms: Sequence[str], slop: int, times: float) -> Query:
        fields = {"text": 1.0, "heading": Tuning.PHRASE_HEADING}
        if len(forms) == 1:
            return _or([whoosh.Term(name, forms[0], boost * times) for name, boost in fields.items()])
        return _or([Adjacent(name, forms, slop, boost * times) for name, boost in fields.items()])

    def _related(self, text: str) -> _Part:
        """A term of the thesaurus in the wordings that the collection has: each word in any of its forms."""
        forms = [word.form for word in tokenize(text)]
        if len(forms) == 1:
            return _Part(self._form(forms[0], Tuning.RELATED).found)
        wordings = product(*(self.vocabulary.forms_like(form) for form in forms))
        return _Part(_or([self._phrase(each, 0, Tuning.RELATED) for each in islice(wordings, MAX_WORDINGS)]))

    def _pattern(self, node: Prefix | Wildcard | Fuzzy) -> Query:
        expansion = self.vocabulary.expand(node)
        if expansion.total > self.most_forms:
            self.notices[
                Message(
                    "pattern-too-broad",
                    pattern=write_query(node),
                    count=expansion.total,
                    limit=self.most_forms,
                )
            ] = None
        fields = {"text": 1.0, "heading": Tuning.PHRASE_HEADING}
        return _or(
            [
                whoosh.Term(name, form, boost)
                for form in expansion.forms[: self.most_forms]
                for name, boost in fields.items()
            ]
        )

    def _filter(self, facet: str, value: str) -> Query:
        if facet == "year":
            return self._years(value)
        known = self.themes if facet == "theme" else self.vocabulary.labels(facet)
        alike = [label for label in known if label.casefold() == value.casefold()]
        chosen = [value] if value in alike else alike  # ids may differ by their capitals alone
        if not chosen:
            self.notices[Message("unknown-filter-value", facet=facet, value=value)] = None
        return _or([whoosh.Term(facet, label) for label in chosen])

    def _years(self, value: str) -> Query:
        dated = _or([whoosh.Term("year", year) for year in self._known_years()])
        if value == UNDATED:
            return Difference(_everything(), dated)
        return _or([whoosh.Term("year", year) for year in self._known_years() if year_matches(year, value)])

    def _known_years(self) -> Sequence[str]:
        return self.vocabulary.labels("year")

    def _and(self, nodes: Sequence[Node]) -> _Part:
        wanted = required_nodes([node for node in nodes if not isinstance(node, Not)])
        filters = [self.compile(node).whole for node in wanted if isinstance(node, Filter)]
        found = self._all_words([node for node in wanted if not isinstance(node, Filter)])
        unwanted = [self.compile(node.node).whole for node in nodes if isinstance(node, Not)]
        more = tuple(each for part in found for each in part.more)
        query = _in_all(found) if found else _all_of(filters or [_everything()])
        within = filters if found else []
        return _Part(
            _narrowed(query, within, unwanted), more, _narrowed(_titled(found, _all_of), within, unwanted)
        )

    def _all_words(self, nodes: Sequence[Node]) -> list[_Part]:
        """Each node compiled; a word is also found where it is written as one with its neighbour."""
        as_one = joined_forms(nodes, self.vocabulary.has_word)
        return [
            self._or_as_one(self._repeated(node, times), as_one.get(node, ()))
            for node, times in Counter(nodes).items()
        ]

    def _or_as_one(self, part: _Part, forms: Iterable[str]) -> _Part:
        together = [self._form(form, 1).whole for form in forms]
        if not together:
            return part
        titled = _or([part.titled, *together]) if part.titled else None
        return _Part(_or([part.found, *together]), part.more, titled)


def _counted(nodes: Sequence[Node]) -> tuple[list[Node], list[int]]:
    """Each different node, and how often it stands there."""
    counts = Counter(nodes)
    return list(counts), list(counts.values())


def _in_all(parts: Sequence[_Part]) -> Query:
    """All parts: some of them perhaps in the title of the document, one at least in the passage."""
    every = _titled(parts, _all_of)
    if len(parts) == 1 or every is None:
        return _all_of([part.found for part in parts])
    return whoosh.Require(every, _or([part.found for part in parts]))


def _narrowed(query: Query, filters: Sequence[Query], unwanted: Sequence[Query]) -> Query:
    """What a query finds within filters and without what is unwanted; None of None."""
    if query is None:
        return None
    query = whoosh.Require(query, _all_of(filters)) if filters else query
    return Difference(query, _or(unwanted)) if unwanted else query


def _titled(parts: Sequence[_Part], join: Callable[[Sequence[Query]], Query]) -> Query:
    """The parts joined, each found in the passage or by its document's title; None where no title counts."""
    if not any(part.titled is not None for part in parts):
        return None
    return join([part.found if part.titled is None else part.titled for part in parts])


def _any_of(parts: Sequence[_Part]) -> _Part:
    """Alternatives, which count in titles as each does: a term of the thesaurus takes nothing away."""
    more = tuple(each for part in parts for each in part.more)
    return _Part(_or([part.found for part in parts]), more, _titled(parts, _or))


def _most_forms(node: Node | None) -> int:
    """The forms that each pattern of a query may stand for: the more patterns, the fewer."""
    patterns = sum(map(_is_pattern, walk(node))) if node else 0
    return min(MOST_FORMS, MOST_FORMS_IN_ALL // max(patterns, 1))


def _exact(node: Node | None) -> float:
    """What the exact form of a word adds: in a long query little."""
    typed = {each for each in walk(node) if isinstance(each, Word)} if node else ()
    return Tuning.EXACT_OF_MANY if len(typed) > Tuning.MAX_REQUIRED_WORDS else Tuning.EXACT


def _is_pattern(node: Node) -> bool:
    return isinstance(node, (Prefix, Wildcard, Fuzzy))


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
