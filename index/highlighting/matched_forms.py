"""Which forms in a passage match a query, in which field, and why each does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from index.analysis.analyzer import compounds, tokenize
from index.analysis.pairs import neighbours
from index.analysis.spelling_variants import variants
from index.analysis.stemming import ENGLISH_LANGUAGE, analysis_language, stem
from index.explanation import ExplainedTerm, FieldName, MatchedForm, MatchKind
from index.highlighting.highlighter import Places, phrase_occurrences
from index.highlighting.hits import field_languages, searched_fields
from index.highlighting.query_terms import QueryTerm
from index.query import AllPassages, Filter, Node, PartOfRun, Phrase, Related, Word, write_query
from index.query.thesaurus_expansion import TermSpan
from index.vocabulary.term_vocabulary import Vocabulary
from kb.edges.partners import end_with_closing
from kb.model import Document, Passage
from kb.work.budget import within_budget
from kb.work.once import kept

__all__ = ["explain_terms"]

_Words = tuple[int, int]
"""The positions of the first and the last word of a match."""


def explain_terms(
    terms: Iterable[QueryTerm],
    spans: Iterable[TermSpan],
    passage: Passage,
    document: Document,
    subpoints: Mapping[str, str],
    vocabulary: Vocabulary,
) -> tuple[ExplainedTerm, ...]:
    """Each word, phrase, pattern and related term of a query, and the forms that match it in a passage.

    `spans` are the thesaurus terms in the query, `subpoints` the titles of sub-points.
    """
    language = analysis_language(document.language)
    looked: list[tuple[FieldName, _FieldText]] = [("text", _FieldText(passage.text, {language}))]
    looked += [
        (place, _FieldText(text, field_languages(place, language)))
        for place, text in searched_fields(passage, subpoints)
    ]
    title = _FieldText(document.title, {language})
    led: defaultdict[str, list[str]] = defaultdict(list)
    for span in spans:
        for term in span.related:
            led[term].append(span.term)
    return tuple(
        ExplainedTerm(
            _typed(term.node),
            tuple(_matched_forms(term, looked, title if _is_titled(term, vocabulary) else None)),
            ", ".join(dict.fromkeys(led[term.node.text])) if isinstance(term.node, Related) else "",
        )
        for term in within_budget(terms)
        if not isinstance(term.node, (Filter, AllPassages))
    )


def _typed(node: Node) -> str:
    return node.text if isinstance(node, Related) else write_query(node)


def _is_titled(term: QueryTerm, vocabulary: Vocabulary) -> bool:
    """Whether document titles are searched for a term: for single words only."""
    cut = tokenize(term.node.text) if isinstance(term.node, Word) else []
    return len(cut) == 1 and vocabulary.in_titles(cut[0].form)


def _matched_forms(
    term: QueryTerm, looked: Iterable[tuple[FieldName, _FieldText]], title: _FieldText | None
) -> Iterator[MatchedForm]:
    for place, text in looked:
        yield from text.matched_forms(term, place, text.matches(term))
    if title:
        yield from title.matched_forms(
            term, "title", [one for one in title.matches(term) if one[0] == one[1]]
        )


class _FieldText:
    """The text of a field, its words and compounds by form, and for each word of a compound the compound."""

    def __init__(self, text: str, languages: Collection[str]) -> None:
        self.text, self.languages, self.words = text, languages, tokenize(text)
        self.places: Places = defaultdict(list)
        self.run_of: dict[int, _Words] = {}
        for at, word in enumerate(self.words):
            self.places[word.form].append((at, at))
        for run in compounds(text, self.words):
            whole = run.first, run.last
            self.places[run.form].append(whole)
            self.run_of |= dict.fromkeys(range(run.first, run.last + 1), whole)

    @kept
    def stems(self) -> Mapping[str, Sequence[str]]:
        """The forms of each stem."""
        forms: defaultdict[str, list[str]] = defaultdict(list)
        for form in self.places:
            for key in self.stems_of(form):
                forms[key].append(form)
        return forms

    def stems_of(self, form: str) -> set[str]:
        return {stem(form, language) for language in self.languages}

    def matches(self, term: QueryTerm) -> list[_Words]:
        """The matches of a term, in order; overlapping ones are merged, as highlights are."""
        forms = [form for key in (*term.stems, *term.together) for form in self.stems.get(key, ())]
        every = [one for form in (*forms, *term.forms) for one in self.places.get(form, ())]
        every += [
            one for forms_, slop in term.phrases for one in phrase_occurrences(self.places, forms_, slop)
        ]
        if term.pairs:
            every += self._of_pairs(term)
        beside = bool(term.pairs)  # pairs side by side are one part of the run
        merged: list[_Words] = []
        for first, last in sorted(every):
            if merged and first <= merged[-1][1] + beside:
                first, last = merged[-1][0], max(merged.pop()[1], last)
            merged.append((first, last))
        return merged

    def _of_pairs(self, term: QueryTerm) -> Iterator[_Words]:
        wanted = set(term.pairs)
        for at, form in neighbours(self.text, self.words).items():
            if form in wanted:
                yield at, at + 1

    def matched_forms(
        self, term: QueryTerm, place: FieldName, matches: Iterable[_Words]
    ) -> Iterator[MatchedForm]:
        """The matching forms, each with its count; case makes no difference."""
        counts: Counter[tuple[str, MatchKind]] = Counter()
        written: dict[tuple[str, MatchKind], str] = {}
        for first, last in matches:
            how = _match_kind(term, self, first, last)
            if how == "part":
                first, last = self.run_of[first]
            start, end = self.words[first].start, self.words[last].end
            form = _shown(self.text[start : end_with_closing(self.text, start, end)])
            key = form.casefold(), how
            counts[key] += 1
            written.setdefault(key, form)
        for key, count in counts.items():
            yield MatchedForm(written[key], count, key[1], place)

    def forms(self, first: int, last: int) -> list[str]:
        return [word.form for word in self.words[first : last + 1]]


def _shown(form: str) -> str:
    """A form without soft hyphens, and on one line."""
    return " ".join(form.replace("\u00ad", "").split())


def _match_kind(term: QueryTerm, text: _FieldText, first: int, last: int) -> MatchKind:
    """Why the words from one position to another match."""
    match term.node:
        case Related():
            return "related"
        case Word(typed) | PartOfRun(typed) if term.pairs:
            return _run_match([word.form for word in tokenize(typed)], text.forms(first, last))
        case Word(typed):
            if first == last and first in text.run_of:
                return "part"
            return _word_match(term, [word.form for word in tokenize(typed)], text, text.forms(first, last))
        case Phrase(typed):
            return _phrase_match([word.form for word in tokenize(typed)], text.forms(first, last))
        case _:
            return "pattern"


def _run_match(typed: Sequence[str], here: Sequence[str]) -> MatchKind:
    return "typed" if typed == here else "run"


def _word_match(term: QueryTerm, typed: Sequence[str], text: _FieldText, here: Sequence[str]) -> MatchKind:
    whole, there = "".join(typed), "".join(here)
    if whole == there:
        return "typed" if len(typed) == len(here) else "joined"
    if not text.stems_of(there).isdisjoint(term.together):
        return "joined"
    english = ENGLISH_LANGUAGE in text.languages
    return "spelling" if english and there in variants(whole) else "form"


def _phrase_match(typed: Sequence[str], here: Sequence[str]) -> MatchKind:
    if typed == here:
        return "typed"
    return "joined" if "".join(typed) == "".join(here) else "apart"
