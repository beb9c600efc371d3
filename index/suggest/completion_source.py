"""The completions of one generation, gathered on first use and then kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from index.analysis.content_words import is_content_word
from index.backend import MAX_PHRASES, Backend
from index.query.ast import Prefix
from index.query.compiled import Everything
from index.request import Request
from index.results import Completion
from index.suggest.passage_completion import passage_completion
from index.suggest.prefix_index import PrefixIndex, folded
from index.suggest.source_spelling import SourceSpelling
from index.suggest.thesaurus_terms import everyday_terms, thesaurus_terms
from index.suggest.typed_slips import SlipIndex
from index.vocabulary.term_vocabulary import TermVocabulary
from kb.model import Passage
from kb.work.once import kept_for_all

__all__ = ["CompletionSource"]

MAX_TITLES = 50_000
"""Documents whose titles are completed: decoding this many takes a quarter of a second, once."""

_MAX_WORDS = 48
"""Words offered for one beginning."""


class CompletionSource:
    """Titles of themes, sub-points and documents; search terms of the themes; frequent phrases."""

    def __init__(self, backend: Backend, vocabulary: TermVocabulary) -> None:
        self._backend, self._vocabulary = backend, vocabulary
        self._catalogue = backend.catalogue
        self._counts: dict[str, int] = {}
        self._spelling = SourceSpelling(backend)

    @kept_for_all
    def themes(self) -> PrefixIndex:
        """Themes by title and label, then sub-points, with the number of passages in each."""
        counts = dict(self._backend.match(Everything(), Request()).counts.values["theme"].values)
        return PrefixIndex(
            (text, replace(each, count=counts[each.value]))
            for text, each in self._named()
            if counts[each.value]
        )

    def _named(self) -> Iterator[tuple[str, Completion]]:
        for theme in self._catalogue.themes:
            for text in dict.fromkeys((theme.title, theme.label)):
                yield text, Completion(theme.title, "theme", theme.slug, 0)
        for theme in self._catalogue.themes:
            for each in theme.subpoints:
                yield each.title, Completion(each.title, "sub-point", f"{theme.slug}/{each.slug}", 0)

    @kept_for_all
    def documents(self) -> PrefixIndex:
        """Documents by title and by label, without theme notes and superseded or withdrawn documents."""
        themes = {theme.slug for theme in self._catalogue.themes}
        return PrefixIndex(
            (text, Completion(text, "document", each.id, each.passages))
            for each in self._catalogue.listed(MAX_TITLES)
            if not each.hidden and each.id not in themes
            for text in filter(None, dict.fromkeys((each.title, each.label)))
        )

    @kept_for_all
    def phrases(self) -> PrefixIndex:
        """The search terms of the themes and terms of the thesaurus, then frequent phrases.

        Of a singular and its plural, only one is offered.
        """
        related = [term for theme in self._catalogue.themes for term in theme.related]
        terms = [term.replace('"', " ") for term in (*related, *thesaurus_terms(self._catalogue.thesaurus))]
        frequent = self._backend.frequent_phrases(MAX_PHRASES) if self._has_phrases else ()
        listed: dict[tuple[tuple[str, ...], ...], str] = {}
        for text in (*terms, *frequent):
            listed.setdefault(tuple(map(self.stems, folded(text).split())), " ".join(text.split()))
        return PrefixIndex((text, Completion(text, "phrase", _query(text), 0)) for text in listed.values())

    @kept_for_all
    def terms(self) -> PrefixIndex:
        """What short forms and everyday words stand for in the thesaurus: phrases and sub-points."""
        names = {value: self._stemmed(each.text) for value, each in self._subpoints.items()}
        listed: list[tuple[str, Completion]] = []
        for typed, term in everyday_terms(self._catalogue.thesaurus):
            listed.append((typed, Completion(term, "phrase", _query(term), 0, via=typed)))
            own = self._stemmed(term)
            for value, title in names.items():
                if title[: len(own)] == own:
                    listed.append((typed, replace(self._subpoints[value], via=typed)))
        return PrefixIndex(listed)

    def _stemmed(self, text: str) -> list[tuple[str, ...]]:
        return [self.stems(form) for form in folded(text).split()]

    def as_completion(self, passage: Passage, typed: Sequence[str]) -> Completion:
        """A passage as it is offered, from the first word that begins like one typed."""
        return passage_completion(passage, self._catalogue.documents[passage.document], typed)

    def subpoints_of(self, passages: Iterable[Passage]) -> list[Completion]:
        """The sub-points that the notes among some passages are about, in their order."""
        by_value = self._subpoints
        return [by_value[each.address] for each in passages if each.address in by_value]

    @kept_for_all
    def _subpoints(self) -> dict[str, Completion]:
        return {each.value: each for _, each in self.themes.entries() if each.kind == "sub-point"}

    @kept_for_all
    def _slips(self) -> SlipIndex:
        """The words of all completions."""
        every = self.themes.words() + self.phrases.words() + self.terms.words() + self.documents.words()
        return SlipIndex(every)

    def meant(self, typed: str, limit: int, *, is_beginning: bool) -> Sequence[str]:
        """Words that a misspelt word, or the beginning of one, may stand for; itself if it is right."""
        return (self._slips.beginning if is_beginning else self._slips.whole)(typed, limit)

    def frequencies(self, forms: Sequence[str]) -> tuple[list[int], int]:
        """How many passages have each form, and how many passages there are."""
        return self._vocabulary.frequencies("text", forms), self._vocabulary.passages

    @property
    def _has_phrases(self) -> bool:
        return "phrases" in self._backend.capabilities

    def count(self, phrase: str, total: Callable[[str], int]) -> int:
        """How many passages have a phrase; cached, since there are few phrases."""
        if phrase not in self._counts:
            self._counts[phrase] = total(phrase)
        return self._counts[phrase]

    def stems(self, form: str) -> tuple[str, ...]:
        """The stems of a word, one for each language of the collection."""
        return self._vocabulary.stems(form)

    def written(self, form: str) -> str:
        """A folded word as the collection writes it."""
        return self._spelling.word(form)

    def written_phrase(self, words: str) -> str:
        """Folded words as the collection writes them; empty for words that it never has as a phrase."""
        return self._spelling.phrase(words)

    def words(self, beginning: str) -> list[str]:
        """Content words with this beginning, the most frequent first; without compounds."""
        forms = self._vocabulary.forms_of(Prefix(beginning))
        words = (form for form in forms if is_content_word(form, self._vocabulary.languages))
        content = islice(words, _MAX_WORDS)
        return [form for form in content if not self._vocabulary.frequency("text_end", form)]


def _query(text: str) -> str:
    return f'"{text}"' if " " in text else text
