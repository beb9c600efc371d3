"""The runs of a text that have terms to look at; most have none and are passed over, cached or unread."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from index.analysis.analyzer import compounds, fold, run_at, runs_between, split_runs, tokenize
from index.analysis.stemming import ENGLISH_LANGUAGE, is_marked, stem

__all__ = ["PlacedRun", "RunTerm", "TermsByRun", "count_words", "count_words_between"]

_MAX_CACHED_RUNS = 20_000
"""Analysed runs that are cached: some 13 MB when full."""

_MAX_CACHED_CHARS = 100
"""Longer runs are not cached: a run has no limit of its own."""


class RunTerm(NamedTuple):
    """A word or compound of a run: its range in the run, the positions of its words, its form and stem."""

    start: int
    end: int
    first: int
    last: int
    form: str
    stem: str


PlacedRun = tuple[int, str, tuple[RunTerm, ...]]
"""A run: where it begins in the text, its own text, and its terms to look at."""

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


class TermsByRun(dict[str, tuple[RunTerm, ...]]):
    """For each run, its terms if one of them has a needed form or stem; most runs have none."""

    def __init__(self, needed: Collection[str], language: str) -> None:
        super().__init__()
        self._language = language
        self._needed = frozenset(needed)
        # an English word begins like its stem; a compound may begin with a letter and a joint: U.N.
        plain = (key for key in self._needed if key.isascii() and not is_marked(key))
        heads = {key[: 1 if key in _IRREGULAR else 2] for key in plain}
        joined = {head[:1] + joint for head in heads for joint in _JOINTS}
        few = language == ENGLISH_LANGUAGE and len(heads) <= _MAX_HEADS
        self._heads = sorted(heads | joined) if few else None

    def placed(self, text: str) -> list[PlacedRun]:
        """The runs of a text with terms to look at, in order."""
        if self._heads is not None and (plain := _plain(text)).isascii():
            return self._in_plain(plain, self._heads)
        parts = split_runs(text)
        starts = list(accumulate(map(len, parts)))[::2]  # a run begins after all pieces before it
        placed = zip(starts, parts[1::2], strict=False)
        return [(begin, run, terms) for begin, run in placed if (terms := self[run])]

    def _in_plain(self, text: str, heads: Sequence[str]) -> list[PlacedRun]:
        """As `placed`, for plain English: only runs with a word beginning like a wanted one are analysed."""
        placed: list[PlacedRun] = []
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

    def __missing__(self, run: str) -> tuple[RunTerm, ...]:
        analysed = _analysed(run, self._language)
        self[run] = terms = () if self._needed.isdisjoint(analysed.keys) else analysed.terms
        return terms


def _plain(text: str) -> str:
    """The text with ASCII characters in place of others that separate or join words alike; offsets stay."""
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
            elif head[0].isdigit() and folded[at - 1].isalpha():  # a currency may be attached to a number
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
    """The end of the word that a single joint separates from the one at `word`; 0 if there is none."""
    joint = word - 1
    while joint > 0 and text[joint].isspace():
        joint -= 1
    joints = _JOINTS if joint == word - 1 else "-"  # a hyphen at the end of a line
    return joint if joint > 0 and text[joint] in joints and text[joint - 1].isalnum() else 0


class _AnalysedRun(NamedTuple):
    """A run: its number of words, its words and compounds, and their forms and stems."""

    words: int
    terms: tuple[RunTerm, ...]
    keys: tuple[str, ...]


def _analysed(run: str, language: str) -> _AnalysedRun:
    return _analyse(run, language) if len(run) <= _MAX_CACHED_CHARS else _analyse.__wrapped__(run, language)


def _is_one_word(run: str) -> bool:
    """Whether a run is plainly one word, as most are: this tells in a fraction of the time of cutting it."""
    return run.isascii() and run.isalpha()


@lru_cache(maxsize=_MAX_CACHED_RUNS)
def _analyse(run: str, language: str) -> _AnalysedRun:
    if _is_one_word(run):
        form = fold(run)
        only = RunTerm(0, len(run), 0, 0, form, stem(form, language))
        return _AnalysedRun(1, (only,), (form, only.stem))
    cut = tokenize(run)
    terms = [
        RunTerm(word.start, word.end, at, at, word.form, stem(word.form, language))
        for at, word in enumerate(cut)
    ]
    for first, last, form in compounds(run, cut):
        terms.append(RunTerm(cut[first].start, cut[last].end, first, last, form, stem(form, language)))
    keys = dict.fromkeys(key for term in terms for key in (term.form, term.stem))
    return _AnalysedRun(len(cut), tuple(terms), tuple(keys))


def count_words_between(text: str, start: int, end: int, most: int, language: str) -> int:
    """How many words are between two runs of a text, counted up to `most`."""
    count = 0
    if end - start > 1 or not text[start].isspace():  # most often one space is all
        for run in runs_between(text, start, end):
            count += count_words(run, language)
            if count >= most:
                return most
    return count


def count_words(run: str, language: str) -> int:
    """How many words a run has."""
    return 1 if _is_one_word(run) else _analysed(run, language).words
