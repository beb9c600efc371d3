"""Compiles a query tree into the tree that engines evaluate.

A word matches by its stem anywhere in a passage; its exact form, the heading and the document's title
add to the score. Patterns become the forms they match; a filter next to words selects without
scoring.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, product

from index.analysis.analyzer import compound_form, tokenize
from index.analysis.pairs import MAX_RUN_PAIRS, coverage, has_particle, pair_forms, parts_of_run
from index.analysis.stemming import spelling_key
from index.query import compiled
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
from index.query.compiled import (
    Addition,
    Adjacent,
    Constant,
    Difference,
    Everything,
    Nothing,
    Query,
    Require,
    Term,
)
from index.query.writer import write_query
from index.query.year_filter import year_matches
from index.request import UNDATED
from index.search.run_query import covering
from index.tuning import Tuning
from index.vocabulary import MAX_FORMS, MAX_WORDINGS, TermVocabulary, phrase_wordings, telling
from kb.languages.language_tag import is_language_tag, language_range
from kb.languages.subtags import subtag_by_name
from kb.messages import Message
from kb.text.letters import search_form

__all__ = ["compile_query"]

MAX_FORMS_IN_ALL = 1024
"""The forms that all patterns of a query may expand to together."""


def compile_query(
    node: Node | None, vocabulary: TermVocabulary, names: Sequence[str]
) -> tuple[Query, tuple[Message, ...]]:
    """The compiled form of a tree, and notices about it; `names` are the known theme values."""
    compiler = _Compiler(vocabulary, frozenset(names), _max_forms(node), _exact(node))
    query = compiler.compile(node).whole if node else Everything()
    return query, tuple(compiler.notices)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A compiled node: what a passage must match, what adds to its score, and a variant with titles.

    `with_titles` also matches the document's title. A title says nothing about a single passage, so
    it counts only together with words found in the passage itself.
    """

    required: Query
    optional: tuple[Query, ...] = ()
    with_titles: Query | None = None

    @property
    def whole(self) -> Query:
        return Addition(self.required, _any(self.optional)) if self.optional else self.required


@dataclass(slots=True)
class _Compiler:
    vocabulary: TermVocabulary
    themes: frozenset[str]
    max_forms: int
    exact: float
    notices: dict[Message, None] = field(default_factory=dict)

    def compile(self, node: Node) -> _Compiled:
        match node:
            case Word(text):
                return self._word(text, 1)
            case Phrase(text, slop):
                wordings = phrase_wordings(text, self.vocabulary)
                return _Compiled(_any([self._phrase(forms, slop, 1) for forms in wordings]))
            case Related(text):
                return self._related(text)
            case Prefix() | Wildcard() | Fuzzy():
                return _Compiled(self._pattern(node))
            case Filter(facet, value):
                return _Compiled(Constant(self._filter(facet, value)))
            case AllPassages():
                return _Compiled(Everything())
            case And(nodes):
                return self._and(nodes)
            case Or(nodes):
                return _alternatives([*map(self._repeated, *_counted(required_nodes(nodes)))])
            case PartOfRun(text):
                return self._part_of_run(text)
            case Not(child):
                return _Compiled(Difference(Everything(), self.compile(_as_typed(child)).whole))

    def _repeated(self, node: Node, times: int) -> _Compiled:
        """A node with the number of times it was typed, by which a word is boosted."""
        return self._word(node.text, times) if isinstance(node, Word) else self.compile(node)

    def _word(self, text: str, times: int) -> _Compiled:
        """One word, or several typed as one: `2(d)`, `re-victimisation`, `A/HRC/61/42`."""
        cut = tokenize(text)
        if pair_forms(text):
            return self._run(text, [word.form for word in cut], times)
        if len(cut) == 1:
            return self._form(cut[0].form, times)
        joined = compound_form(text)
        whole = [self._form(joined, times).required] if joined else []
        return _Compiled(_any([*whole, self._phrase([word.form for word in cut], 0, times)]))

    def _form(self, form: str, times: float) -> _Compiled:
        stems = self.vocabulary.stems(form)
        known = self._known("stem", stems)
        required = self._stems("stem", known or stems[:1], times)
        weights = {("text", form): self.exact, ("stem", spelling_key(form)): Tuning.SAME_SPELLING}
        optional = [
            self._term(*term, weight * times) for term, weight in weights.items() if self._occurs(*term)
        ]
        if headed := self._known("heading_stem", known):
            optional.append(self._stems("heading_stem", headed, Tuning.HEADING * times))
        title = self._title(form, stems, times)
        optional += [title] if title else []
        return _Compiled(required, tuple(optional), _any([required, title]) if title else None)

    def _run(self, text: str, forms: Sequence[str], times: float) -> _Compiled:
        """A run, which may have words or numbers in it: `ILO公约`."""
        phrase = self._phrase(forms, 0, times)
        if len(set(pair_forms(text))) > MAX_RUN_PAIRS:
            return _Compiled(phrase)
        needed = coverage(text)
        parts = {form: self._form(form, times) for form in dict.fromkeys(chain.from_iterable(needed))}
        optional = [each for part in parts.values() for each in part.optional]
        if len(forms) == 1 and forms[0] not in parts:  # a Korean word, found by its pairs and weighing more
            optional.append(self._form(forms[0], times).whole)
        elif len(parts) > 1:
            bonus = Tuning.WHOLE_RUN * times * sum(map(self.vocabulary.rarity_of, parts))
            optional.append(Constant(phrase, bonus))
        required = covering(needed, {form: part.required for form, part in parts.items()})
        if all(part.with_titles is None for part in parts.values()):
            return _Compiled(required, tuple(optional))
        either = {form: part.with_titles or part.required for form, part in parts.items()}
        return _Compiled(required, tuple(optional), covering(needed, either))

    def _part_of_run(self, text: str) -> _Compiled:
        examined = parts_of_run(text)
        self.vocabulary.frequencies("stem", examined)  # all at once
        known = [form for form in examined if self.vocabulary.has_word(form)]
        known = [form for form in known if not has_particle(form)] or known
        forms = sorted(known, key=lambda form: -self.vocabulary.rarity_of(form))[:MAX_RUN_PAIRS]
        parts = {form: self._form(form, 1) for form in forms}
        every = [part.required for part in parts.values()]
        required = [parts[form].required for form in telling(forms, self.vocabulary)]
        optional = tuple(each for part in parts.values() for each in part.optional)
        if len(required) == len(every):
            return _Compiled(_any(every), optional)
        return _Compiled(Require(_any(every), _any(required)), optional)

    def _known(self, name: str, stems: Sequence[str]) -> list[str]:
        """The stems that some passage has in a field."""
        counts = zip(stems, self.vocabulary.frequencies(name, stems), strict=True)
        return [each for each, count in counts if count]

    def _occurs(self, name: str, text: str) -> bool:
        return bool(text) and self.vocabulary.frequency(name, text) > 0

    def _term(self, name: str, text: str, boost: float) -> Query:
        """A term weighted by plain idf instead of the smoothed one."""
        return Term(name, text, boost * self.vocabulary.sharpened(name, text))

    def _stems(self, name: str, stems: Sequence[str], boost: float) -> Query:
        """A word by its stem in each language, weighted as the one word it is."""
        if len(stems) == 1:
            return self._term(name, stems[0], boost)
        together = sum(self.vocabulary.frequencies(name, stems))
        boosts = (boost * self.vocabulary.sharpened(name, each, together) for each in stems)
        return _any([Term(name, *each) for each in zip(stems, boosts, strict=True)])

    def _title(self, form: str, stems: Sequence[str], times: float) -> Query | None:
        """The word in document titles; None if it is not worth searching there."""
        if not self.vocabulary.in_titles(form):
            return None
        rarity = self.vocabulary.rarity(self.vocabulary.stem_frequency(form, "title"))
        boost = Tuning.TITLE * times * rarity
        return _any([Term("title", each, boost) for each in self._known("title", stems)])

    def _phrase(self, forms: Sequence[str], slop: int, times: float) -> Query:
        fields = {"text": 1.0, "heading": Tuning.PHRASE_HEADING}
        if len(forms) == 1:
            return _any([Term(name, forms[0], boost * times) for name, boost in fields.items()])
        return _any([Adjacent(name, tuple(forms), slop, boost * times) for name, boost in fields.items()])

    def _related(self, text: str) -> _Compiled:
        """A term of the thesaurus in each wording of the collection: every word in any of its forms."""
        forms = [word.form for word in tokenize(text)]
        if len(forms) == 1:
            stems = self.vocabulary.related_stems(forms[0])
            return _Compiled(self._stems("stem", self._known("stem", stems) or stems[:1], Tuning.RELATED))
        wordings = product(*(self.vocabulary.related_forms(form) for form in forms))
        return _Compiled(
            _any([self._phrase(each, 0, Tuning.RELATED) for each in islice(wordings, MAX_WORDINGS)])
        )

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
        return _any(
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
            self.notices[Message("unknown-filter-value", facet=facet, value=typed)] = None
        return _any([Term(facet, label) for label in chosen])

    def _years(self, value: str) -> Query:
        dated = _any([Term("year", year) for year in self._known_years()])
        if value == UNDATED:
            return Difference(Everything(), dated)
        return _any([Term("year", year) for year in self._known_years() if year_matches(year, value)])

    def _known_years(self) -> Sequence[str]:
        return self.vocabulary.labels("year")

    def _and(self, nodes: Sequence[Node]) -> _Compiled:
        wanted = required_nodes([node for node in nodes if not isinstance(node, Not)])
        filters = [self.compile(node).whole for node in wanted if isinstance(node, Filter)]
        required = self._all_words([node for node in wanted if not isinstance(node, Filter)])
        unwanted = [self.compile(_as_typed(node.node)).whole for node in nodes if isinstance(node, Not)]
        optional = tuple(each for part in required for each in part.optional)
        query = _in_all(required) if required else _all(filters or [Everything()])
        within = filters if required else []
        with_titles = _with_titles(required, _all)
        return _Compiled(
            _narrowed(query, within, unwanted),
            optional,
            with_titles and _narrowed(with_titles, within, unwanted),
        )

    def _all_words(self, nodes: Sequence[Node]) -> list[_Compiled]:
        """Each node compiled; a word also matches where it is written as one with its neighbour."""
        as_one = joined_forms(nodes, self.vocabulary.has_word)
        return [
            self._or_as_one(self._repeated(node, times), as_one.get(node, ()))
            for node, times in Counter(nodes).items()
        ]

    def _or_as_one(self, part: _Compiled, forms: Iterable[str]) -> _Compiled:
        together = [self._form(form, 1).whole for form in forms]
        if not together:
            return part
        with_titles = _any([part.with_titles, *together]) if part.with_titles else None
        return _Compiled(_any([part.required, *together]), part.optional, with_titles)


def _as_typed(node: Node) -> Node:
    """What is excluded, no wider than it was typed: a run in a script without spaces is a phrase."""
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


def _in_all(parts: Sequence[_Compiled]) -> Query:
    """All parts: some may be in the document's title, but at least one is in the passage."""
    every = _with_titles(parts, _all)
    if len(parts) == 1 or every is None:
        return _all([part.required for part in parts])
    return Require(every, _any([part.required for part in parts]))


def _narrowed(query: Query, filters: Sequence[Query], unwanted: Sequence[Query]) -> Query:
    """A query restricted by filters and exclusions."""
    query = Require(query, _all(filters)) if filters else query
    return Difference(query, _any(unwanted)) if unwanted else query


def _with_titles(parts: Sequence[_Compiled], join: Callable[[Sequence[Query]], Query]) -> Query | None:
    """The parts joined, each in the passage or in its document's title; None if no title counts."""
    if not any(part.with_titles is not None for part in parts):
        return None
    return join([part.required if part.with_titles is None else part.with_titles for part in parts])


def _alternatives(parts: Sequence[_Compiled]) -> _Compiled:
    """Any of the parts; each still counts in titles if it did by itself."""
    optional = tuple(each for part in parts for each in part.optional)
    return _Compiled(_any([part.required for part in parts]), optional, _with_titles(parts, _any))


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


def _all(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else compiled.All(tuple(queries))


def _any(queries: Sequence[Query]) -> Query:
    if len(queries) < 2:
        return queries[0] if queries else Nothing()
    return compiled.Any(tuple(queries))
