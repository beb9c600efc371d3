"""Compiles words, runs, phrases and related terms: the leaves of a query's tree that stand for words.

A passage has all of a run in a script without spaces if each of its clusters is in one of the pairs that
the passage has: all of `人口贩运受害者` is in `人口贩运的受害者`, which lacks only `运受`, and that is not
a word. A passage has some of a run if it has a pair that is not much more common than the others: one
that shares only `的人` says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, product
from weakref import WeakKeyDictionary

from index.analysis.analyzer import compound_form, tokenize
from index.analysis.pairs import MAX_RUN_PAIRS, Coverage, coverage, has_particle, pair_forms, parts_of_run
from index.analysis.stemming import spelling_key
from index.query.compiled import Addition, Adjacent, All, Any, Constant, Nothing, Query, Require, Term
from index.tuning import Tuning
from index.vocabulary.term_vocabulary import TermVocabulary
from index.vocabulary.wordings import MAX_WORDINGS, phrase_wordings, telling

__all__ = ["CompiledNode", "WordCompiler", "all_of", "any_of"]

_MAX_KEPT_FORMS = 4_096
"""Compiled forms kept for a generation; some 1 KB each."""


@dataclass(frozen=True, slots=True)
class CompiledNode:
    """A compiled node: what a passage must match, what adds to its score, and a variant with titles.

    `with_titles` also matches the document's title. A title says nothing about a single passage, so
    it counts only together with words found in the passage itself.
    """

    required: Query
    optional: tuple[Query, ...] = ()
    with_titles: Query | None = None

    @property
    def whole(self) -> Query:
        return Addition(self.required, any_of(self.optional)) if self.optional else self.required


@dataclass(frozen=True, slots=True)
class WordCompiler:
    """Compiles the leaves of one query; `exact` is the weight of a word's exact form."""

    vocabulary: TermVocabulary
    exact: float

    def word(self, text: str, times: int) -> CompiledNode:
        """One word, or several typed as one: `2(d)`, `re-victimisation`, `A/HRC/61/42`."""
        cut = tokenize(text)
        if pair_forms(text):
            return self._run(text, [word.form for word in cut], times)
        if len(cut) == 1:
            return self.form(cut[0].form, times)
        joined = compound_form(text)
        whole = [self.form(joined, times).required] if joined else []
        return CompiledNode(any_of([*whole, self._phrase([word.form for word in cut], 0, times)]))

    def form(self, form: str, times: float) -> CompiledNode:
        """One form; what was compiled last is kept, since queries and their corrections share words."""
        return self._kept((form, times, self.exact), lambda: self._form(form, times))

    def _kept(self, key: _Key, compiled: Callable[[], CompiledNode]) -> CompiledNode:
        kept = _KEPT.setdefault(self.vocabulary, {})
        node = kept.get(key)
        if node is None:
            if len(kept) >= _MAX_KEPT_FORMS:
                kept.clear()
            node = kept[key] = compiled()
        return node

    def _form(self, form: str, times: float) -> CompiledNode:
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
        return CompiledNode(required, tuple(optional), any_of([required, title]) if title else None)

    def _run(self, text: str, forms: Sequence[str], times: float) -> CompiledNode:
        """A run, which may have words or numbers in it: `ILO公约`."""
        phrase = self._phrase(forms, 0, times)
        if len(set(pair_forms(text))) > MAX_RUN_PAIRS:
            return CompiledNode(phrase)
        needed = coverage(text)
        parts = {form: self.form(form, times) for form in dict.fromkeys(chain.from_iterable(needed))}
        optional = [each for part in parts.values() for each in part.optional]
        if len(forms) == 1 and forms[0] not in parts:  # a Korean word, found by its pairs and weighing more
            optional.append(self.form(forms[0], times).whole)
        elif len(parts) > 1:
            bonus = Tuning.WHOLE_RUN * times * sum(map(self.vocabulary.rarity_of, parts))
            optional.append(Constant(phrase, bonus))
        required = _covering(needed, {form: part.required for form, part in parts.items()})
        if all(part.with_titles is None for part in parts.values()):
            return CompiledNode(required, tuple(optional))
        either = {form: part.with_titles or part.required for form, part in parts.items()}
        return CompiledNode(required, tuple(optional), _covering(needed, either))

    def part_of_run(self, text: str) -> CompiledNode:
        examined = parts_of_run(text)
        self.vocabulary.frequencies("stem", examined)  # all at once
        known = [form for form in examined if self.vocabulary.has_word(form)]
        known = [form for form in known if not has_particle(form)] or known
        forms = sorted(known, key=lambda form: -self.vocabulary.rarity_of(form))[:MAX_RUN_PAIRS]
        parts = {form: self.form(form, 1) for form in forms}
        every = [part.required for part in parts.values()]
        required = [parts[form].required for form in telling(forms, self.vocabulary)]
        optional = tuple(each for part in parts.values() for each in part.optional)
        if len(required) == len(every):
            return CompiledNode(any_of(every), optional)
        return CompiledNode(Require(any_of(every), any_of(required)), optional)

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
        return any_of([Term(name, *each) for each in zip(stems, boosts, strict=True)])

    def _title(self, form: str, stems: Sequence[str], times: float) -> Query | None:
        """The word in document titles; None if it is not worth searching there."""
        if not self.vocabulary.in_titles(form):
            return None
        rarity = self.vocabulary.rarity(self.vocabulary.stem_frequency(form, "title"))
        boost = Tuning.TITLE * times * rarity
        return any_of([Term("title", each, boost) for each in self._known("title", stems)])

    def phrase(self, text: str, slop: int) -> CompiledNode:
        """Adjacent words, in each wording of the collection."""
        wordings = phrase_wordings(text, self.vocabulary)
        return CompiledNode(any_of([self._phrase(forms, slop, 1) for forms in wordings]))

    def _phrase(self, forms: Sequence[str], slop: int, times: float) -> Query:
        fields = {"text": 1.0, "heading": Tuning.PHRASE_HEADING}
        if len(forms) == 1:
            return any_of([Term(name, forms[0], boost * times) for name, boost in fields.items()])
        return any_of([Adjacent(name, tuple(forms), slop, boost * times) for name, boost in fields.items()])

    def related(self, text: str) -> CompiledNode:
        """A term of the thesaurus in each wording of the collection: every word in any of its forms."""
        return self._kept((text, 0, 0), lambda: self._related(text))

    def _related(self, text: str) -> CompiledNode:
        forms = [word.form for word in tokenize(text)]
        if len(forms) == 1:
            stems = self.vocabulary.related_stems(forms[0])
            return CompiledNode(self._stems("stem", self._known("stem", stems) or stems[:1], Tuning.RELATED))
        wordings = product(*(self.vocabulary.related_forms(form) for form in forms))
        return CompiledNode(
            any_of([self._phrase(each, 0, Tuning.RELATED) for each in islice(wordings, MAX_WORDINGS)])
        )


_Key = tuple[str, float, float]
"""A form, how often it was typed and the weight of its exact form; a related term with neither."""

_KEPT: WeakKeyDictionary[TermVocabulary, dict[_Key, CompiledNode]] = WeakKeyDictionary()


def _covering(needed: Coverage, queries: Mapping[str, Query]) -> Query:
    """The passages with one form of each tuple, scored by all forms that they have."""
    required = all_of([any_of([queries[form] for form in forms]) for forms in needed])
    if len(needed) == len(queries):
        return required
    return Require(any_of(list(queries.values())), required)


def all_of(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else All(tuple(queries))


def any_of(queries: Sequence[Query]) -> Query:
    if len(queries) < 2:
        return queries[0] if queries else Nothing()
    return Any(tuple(queries))
