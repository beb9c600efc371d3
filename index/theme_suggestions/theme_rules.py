"""The term rules of a collection's themes: from titles, theme terms, related terms and the thesaurus."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from index.theme_suggestions.stemmed_passage import term_stems
from index.theme_suggestions.term_rules import TermRule
from kb.curated.theme_terms_file import ThemeTerm
from kb.model import Theme, Thesaurus

__all__ = ["foreign_rules", "theme_rules"]

Stems = tuple[str, ...]

TITLE, TITLE_WORD, OWN, RELATED = 0.75, 0.6, 0.65, 0.5
"""The weight of a title, of one with a single word, which may be a common one (`Identification`), of a term
from the file of theme terms, and of one that a theme lists as related."""

ONE_WAY, WITHIN = 0.7, 0.9
"""How much a term counts that the thesaurus leads from, or to, one way; and one with a word so replaced."""


def theme_rules(
    themes: Sequence[Theme],
    terms: Iterable[ThemeTerm],
    thesaurus: Thesaurus,
    language: str,
    spoken_of: Mapping[str, Collection[str]],
) -> Iterator[TermRule]:
    """The rules for texts in the language of the themes; `spoken_of` has the stems of each theme's notes.

    A related term that most themes speak of decides nothing, and gives no rule.
    """
    related = _RelatedTerms(thesaurus, language)
    own = ((one.value, one.text, OWN) for one in terms)
    listed = (one for one in _related(themes) if not related.is_widespread(one[1], spoken_of))
    for value, term, weight in (*_titles(themes), *own, *listed):
        yield TermRule(value, term, weight)
        yield from related.rules(value, term, weight)


def foreign_rules(
    themes: Sequence[Theme],
    terms: Iterable[ThemeTerm],
    known: Iterable[ThemeTerm],
    thesaurus: Thesaurus,
    own: str,
) -> Iterator[TermRule]:
    """The rules for texts in another language than the themes' `own`.

    `terms` are in that language, `known` in that of the themes. The thesaurus does not say in which
    language a term is: any that it has as the same may be in this one.
    """
    related = _RelatedTerms(thesaurus, own)
    for one in terms:
        yield TermRule(one.value, one.text, OWN)
    for value, term, weight in (*_titles(themes), *((one.value, one.text, OWN) for one in known)):
        for other in related.same(term):
            yield TermRule(value, other, weight)


def _titles(themes: Sequence[Theme]) -> Iterator[tuple[str, str, float]]:
    for theme in themes:
        titles = [(theme.slug, title) for title in dict.fromkeys((theme.title, theme.label))]
        titles += [(f"{theme.slug}/{point.slug}", point.title) for point in theme.subpoints]
        for value, title in titles:
            yield value, title, TITLE if len(title.split()) > 1 else TITLE_WORD


def _related(themes: Sequence[Theme]) -> Iterator[tuple[str, str, float]]:
    return ((theme.slug, term, RELATED) for theme in themes for term in theme.related)


class _RelatedTerms:
    """What the thesaurus has for a term: the same in other words, its acronyms, and one-way relations."""

    def __init__(self, thesaurus: Thesaurus, language: str) -> None:
        self._language = language
        self._same: dict[Stems, list[str]] = {}
        self._acronyms: dict[Stems, list[str]] = {}
        self._one_way: dict[Stems, list[str]] = {}
        for group in thesaurus.same:
            for term in group:
                self._enter(self._same, term, group)
        for short, long in thesaurus.acronyms.items():
            self._enter(self._acronyms, long, [short])
        for term, others in thesaurus.one_way.items():
            self._enter(self._one_way, term, others)
            for other in others:
                self._enter(self._one_way, other, [term])

    def _enter(self, table: dict[Stems, list[str]], term: str, others: Iterable[str]) -> None:
        table.setdefault(term_stems(term, self._language), []).extend(others)

    def same(self, term: str) -> Sequence[str]:
        """The terms that are the same as this one, itself among them."""
        return self._same.get(term_stems(term, self._language), ())

    def is_widespread(self, term: str, spoken_of: Mapping[str, Collection[str]]) -> bool:
        """Whether most themes speak of a term, or of one that is the same."""
        stems = term_stems(term, self._language)
        return any(
            2 * sum(all(one in known for one in each) for known in spoken_of.values()) > len(spoken_of)
            for each in (stems, *(term_stems(other, self._language) for other in self.same(term)))
        )

    def rules(self, value: str, term: str, weight: float) -> Iterator[TermRule]:
        """Rules for the terms that stand for this one, or for one of its words."""
        stems = term_stems(term, self._language)
        for other in self.same(term):
            yield TermRule(value, other, weight)
            yield from self._short(value, term_stems(other, self._language), weight)
        yield from self._short(value, stems, weight)
        for other in self._one_way.get(stems, ()):
            yield TermRule(value, other, weight * ONE_WAY)
        for replaced in self._with_a_word_replaced(term):
            yield TermRule(value, replaced, weight * WITHIN)

    def _short(self, value: str, stems: Stems, weight: float) -> Iterator[TermRule]:
        for short in self._acronyms.get(stems, ()):
            yield TermRule(value, short, weight, is_acronym=True)

    def _with_a_word_replaced(self, term: str) -> Iterator[str]:
        """`support victims` with survivors: the terms that a word of this term has in the thesaurus."""
        words = term.split()
        for place, word in enumerate(words if len(words) > 1 else ()):
            stems = term_stems(word, self._language)
            for other in (*self.same(word), *self._one_way.get(stems, ())):
                yield " ".join((*words[:place], other, *words[place + 1 :]))
