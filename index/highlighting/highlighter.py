"""The highlights of a text: the words, forms and phrases that a query matches in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from index.analysis.analyzer import compounds, run_at, runs_between, split_runs, tokenize
from index.analysis.pairs import pairs
from index.analysis.stemming import ENGLISH_LANGUAGE, is_marked, stem
from index.results import Range

__all__ = ["Highlight", "Highlighter", "Places", "phrase_occurrences"]

_MAX_CACHED_RUNS = 20_000
"""Analysed runs that are cached: some 13 MB when full."""


_MAX_CACHED_CHARS = 100
"""Longer runs are not cached: a run has no limit of its own."""


class _Term(NamedTuple):
    """A word or compound of a run: its range in the run, the positions of its words, its form and stem."""

    start: int
    end: int
    first: int
    last: int
    form: str
    stem: str


class Highlight(NamedTuple):
    """A range of a text, and the numbers of the query terms that match there."""

    start: int
    end: int
    terms: tuple[int, ...]


@dataclass(slots=True)
class Highlighter:
    """Finds what a query matches in a text, by the rules of its language; an empty one matches nothing.

    Stems, forms, phrases (forms, slop, number) and pairs each lead to the number of their query term;
    `weights` has the weight of each query term; `alone` are the pairs that match without another
    beside them, as others do only in a text that has them nowhere else. None of these may change after
    the first use.
    """

    stems: Mapping[str, int] = field(default_factory=dict)
    forms: Mapping[str, int] = field(default_factory=dict)
    phrases: Sequence[tuple[tuple[str, ...], int, int]] = ()
    weights: Sequence[int] = ()
    pairs: Mapping[str, int] = field(default_factory=dict)
    alone: Container[str] = frozenset()
    _wanted: dict[str, _TermsByRun] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __bool__(self) -> bool:
        return bool(self.stems or self.forms or self.phrases or self.pairs)

    def ranges(self, text: str, language: str = ENGLISH_LANGUAGE) -> tuple[Range, ...]:
        """The ranges to highlight in `text`, in order, disjoint; a phrase is one range."""
        return tuple((match.start, match.end) for match in self.matches(text, language))

    def matches(self, text: str, language: str = ENGLISH_LANGUAGE) -> tuple[Highlight, ...]:
        """The highlights in `text`, in order, disjoint; overlapping ones are merged, with all their terms."""
        if not self:
            return ()
        places = list(self._of_pairs(text)) if self.pairs else []
        placed = self._placed(text, language) if self.stems or self.forms or self.phrases else []
        if not placed and not places:
            return ()
        places += self._of_words(placed)
        if self.phrases:
            places += self._of_phrases(text, placed, language)
        return tuple(_disjoint(places))

    def _placed(self, text: str, language: str) -> list[_Placed]:
        wanted = self._wanted.get(language)
        if wanted is None:
            wanted = self._wanted[language] = _TermsByRun(self, language)
        return wanted.placed(text)

    def _of_pairs(self, text: str) -> Iterator[_Place]:
        """Matches of the pairs of runs: a common pair only with others beside it, if it has some anywhere."""
        wanted = [pair for pair in pairs(text) if pair.form in self.pairs]
        chained = {at for at, (one, next_) in enumerate(pairwise(wanted)) if next_.start == one.second}
        chained |= {at + 1 for at in chained}
        beside_others = {wanted[at].form for at in chained}
        for at, (start, _, end, form) in enumerate(wanted):
            if at in chained or form in self.alone or form not in beside_others:
                yield start, end, self.pairs[form]

    def _of_words(self, placed: Iterable[_Placed]) -> Iterator[_Place]:
        """Matches of single words and compounds."""
        stems, forms = self.stems, self.forms
        for begin, _, terms in placed:
            for term in terms:
                query_term = stems.get(term.stem)
                if query_term is None:  # a word that a pattern matches too counts for the word
                    query_term = forms.get(term.form)
                if query_term is not None:
                    yield begin + term.start, begin + term.end, query_term

    def _of_phrases(self, text: str, placed: Iterable[_Placed], language: str) -> Iterator[_Place]:
        far = max(slop for _, slop, _ in self.phrases) + 2
        places: Places = {}
        begins, ends = {}, {}
        before = behind = 0
        for begin, run, terms in placed:
            before += _words_between(text, behind, begin, far, language)
            for term in terms:
                first, last = before + term.first, before + term.last
                places.setdefault(term.form, []).append((first, last))
                begins[first], ends[last] = begin + term.start, begin + term.end
            before += _analysed(run, language).words
            behind = begin + len(run)
        for forms, slop, query_term in self.phrases:
            for first, last in phrase_occurrences(places, forms, slop):
                yield begins[first], ends[last], query_term


_Placed = tuple[int, str, tuple[_Term, ...]]
"""A run: where it begins in the text, its own text, and its terms to look at."""

_Place = tuple[int, int, int]
"""Where a match begins and ends, and the number of its query term."""


_IRREGULAR = frozenset(("die", "lie", "tie"))
"""Stems whose words may differ from them in the second letter: `dying`."""

_JOINTS = "-'.,"

_ALIKE = {
    "’": "'",
    "‘": "'",
    "‑": "-",
    "“": '"',
    "”": '"',
    "—": ";",
    "–": ";",
    "…": ";",
    "\xa0": ",",
    "€": "$",
    "£": "$",
}

_MAX_HEADS = 8
"""With more beginnings than this, most words would have one of them."""


class _TermsByRun(dict[str, tuple[_Term, ...]]):
    """For each run, the terms that a highlighter has to look at in a language; most runs have none."""

    def __init__(self, highlighter: Highlighter, language: str) -> None:
        super().__init__()
        self._language = language
        in_phrases = (form for forms, _, _ in highlighter.phrases for form in forms)
        self._needed = {*highlighter.stems, *highlighter.forms, *in_phrases}
        # an English word begins like its stem; a compound may begin with a letter and a joint: U.N.
        plain = (key for key in self._needed if key.isascii() and not is_marked(key))
        heads = {key[: 1 if key in _IRREGULAR else 2] for key in plain}
        joined = {head[:1] + joint for head in heads for joint in _JOINTS}
        few = language == ENGLISH_LANGUAGE and len(heads) <= _MAX_HEADS
        self._heads = sorted(heads | joined) if few else None

    def placed(self, text: str) -> list[_Placed]:
        """The runs of a text with terms to look at, in order."""
        if self._heads is not None and (plain := _plain(text)).isascii():
            return self._in_plain(plain, self._heads)
        parts = split_runs(text)
        starts = list(accumulate(map(len, parts)))[::2]  # a run begins after all pieces before it
        placed = zip(starts, parts[1::2], strict=False)
        return [(begin, run, terms) for begin, run in placed if (terms := self[run])]

    def _in_plain(self, text: str, heads: Sequence[str]) -> list[_Placed]:
        """The same for plain English: only runs with a word that begins like a wanted one are analysed."""
        placed: list[_Placed] = []
        end = 0
        for at in _beginning(text, heads):
            if at < end:
                continue
            begin = _begin_of_run(text, at)
            run = run_at(text, begin)
            end = begin + len(run)
            if terms := self[run]:
                placed.append((begin, run, terms))
        return placed

    def __missing__(self, run: str) -> tuple[_Term, ...]:
        analysed = _analysed(run, self._language)
        self[run] = terms = () if self._needed.isdisjoint(analysed.keys) else analysed.terms
        return terms


def _plain(text: str) -> str:
    """The text with ASCII characters in place of others that separate and join words alike, one for one."""
    if not text.isascii():
        for sign, alike in _ALIKE.items():
            text = text.replace(sign, alike)
    return text


def _beginning(text: str, heads: Iterable[str]) -> list[int]:
    """Where words with one of these beginnings start in an ASCII text, in order."""
    folded, starts = text.lower(), []
    for head in heads:
        at = folded.find(head)
        while at >= 0:
            if not at or not folded[at - 1].isalnum():
                starts.append(at)
            elif head[0].isdigit() and folded[at - 1].isalpha():  # a currency is written on to a number
                starts.append(_begin_of_word(folded, at))
            at = folded.find(head, at + 1)
    starts.sort()
    return starts


def _begin_of_run(text: str, word: int) -> int:
    """Where the run with the word at `word` begins, in an ASCII text."""
    while end := _end_before(text, word):
        word = _begin_of_word(text, end)
    return word


def _begin_of_word(text: str, at: int) -> int:
    while at and text[at - 1].isalnum():
        at -= 1
    return at


def _end_before(text: str, word: int) -> int:
    """Where the word ends that one joint parts from the word at `word`; 0 if none does."""
    joint = word - 1
    while joint > 0 and text[joint].isspace():
        joint -= 1
    joints = _JOINTS if joint == word - 1 else "-"  # a hyphen at the end of a line
    return joint if joint > 0 and text[joint] in joints and text[joint - 1].isalnum() else 0


class _AnalysedRun(NamedTuple):
    """A run: its number of words, its words and compounds, and their forms and stems."""

    words: int
    terms: tuple[_Term, ...]
    keys: tuple[str, ...]


def _analysed(run: str, language: str) -> _AnalysedRun:
    return _analyse(run, language) if len(run) <= _MAX_CACHED_CHARS else _analyse.__wrapped__(run, language)


@lru_cache(maxsize=_MAX_CACHED_RUNS)
def _analyse(run: str, language: str) -> _AnalysedRun:
    cut = tokenize(run)
    terms = [
        _Term(word.start, word.end, at, at, word.form, stem(word.form, language))
        for at, word in enumerate(cut)
    ]
    for first, last, form in compounds(run, cut):
        terms.append(_Term(cut[first].start, cut[last].end, first, last, form, stem(form, language)))
    keys = dict.fromkeys(key for term in terms for key in (term.form, term.stem))
    return _AnalysedRun(len(cut), tuple(terms), tuple(keys))


def _words_between(text: str, start: int, end: int, most: int, language: str) -> int:
    """How many words are between two runs of a text, counted up to `most`."""
    count = 0
    if end - start > 1 or not text[start].isspace():  # most often one space is all
        for run in runs_between(text, start, end):
            count += _analysed(run, language).words
            if count >= most:
                return most
    return count


Places = dict[str, list[tuple[int, int]]]
"""The positions of each form: of its first and last word."""


def phrase_occurrences(places: Places, forms: Sequence[str], slop: int) -> Iterator[Range]:
    """First and last word of each occurrence of the forms in order, with up to `slop` other words between."""
    reached = {end: first for first, end in places.get(forms[0], ())}
    for form in forms[1:]:
        ends = sorted(reached)
        following = {}
        for begin, end in places.get(form, ()):
            at = bisect_left(ends, begin) - 1
            if at >= 0 and begin - ends[at] <= slop + 1:
                following[end] = reached[ends[at]]
        reached = following
    yield from ((first, end) for end, first in reached.items())


def _disjoint(places: Iterable[_Place]) -> Iterator[Highlight]:
    """The places in order; those that overlap, or that nothing parts, are merged."""
    begin, reached, query_terms = 0, 0, list[int]()
    for start, end, query_term in sorted(places):
        if start > reached or not query_terms:
            if query_terms:
                yield Highlight(begin, reached, tuple(query_terms))
            begin, reached, query_terms = start, end, [query_term]
            continue
        reached = max(reached, end)
        if query_term not in query_terms:  # few overlap, and each query term counts once
            query_terms.append(query_term)
    if query_terms:
        yield Highlight(begin, reached, tuple(query_terms))
