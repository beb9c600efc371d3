"""Runs in scripts without spaces, and the overlapping pairs of neighbouring clusters they are searched by.

Nobody can tell from the letters where the words of `人口贩运受害者` begin, but most of them
are one pair (`人口`) or two (`受害者`: `受害`, `害者`). So pairs are terms of the index, as in
Lucene's CJKAnalyzer, next to the clusters themselves, which phrases need. A number makes pairs
with the clusters beside it: `第3条` is `第3` and `3条`.

Korean has spaces, but writes compounds as one word or as several, and attaches verbs to their nouns. So a
word's syllables make pairs too, without its particles: 인신매매피해자 has the pairs of 인신매매 and of
피해자, and 보호하고 has 보호.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from index.analysis.analyzer import STOP_WORDS, WordToken, fold, tokenize
from index.analysis.korean import HANGUL, without_particles
from index.analysis.stemming import PAIR_MARK, stem
from kb.text.clusters import CHARACTERS, CLUSTER, GAP, NUMBER
from kb.text.scripts import UNSPACED, has_unspaced

__all__ = [
    "MAX_PAIRS_EXAMINED",
    "Coverage",
    "Pair",
    "coverage",
    "has_pairs",
    "has_particle",
    "is_pair",
    "joined_pairs",
    "neighbours",
    "pair_forms",
    "pairs",
    "segments",
    "title_terms",
]

_RUN = (
    rf"(?>(?:{NUMBER}{GAP}(?={CLUSTER}))?){CLUSTER}"
    rf"(?>(?:{CLUSTER}|{GAP}(?>(?:{NUMBER}{GAP}(?={CLUSTER}))?){CLUSTER})*)"
    rf"(?>(?:{GAP}{NUMBER})?)"
)
_UNIT = rf"{CLUSTER}|\d++"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiles a pattern on first use: they take a tenth of a second, and most texts need none."""
    return re.compile(pattern)


_CHARACTERS = re.compile(f"[{CHARACTERS}]++")
_KOREAN = re.compile(f"[{HANGUL}]{{2,}}+")

MAX_RUN_PAIRS = 64
"""A run with more pairs is searched as a phrase and, for passages with some of it, by its rarest pairs."""

MAX_PAIRS_EXAMINED = 512
"""The pairs from the beginning of a query that are looked at for these."""

_PARTICLES = frozenset("のをはがにへともや的之与與和及了")
"""Japanese and Chinese words of one character that say nothing: the pairs they make need not be found."""

_has_pairs = re.compile(f"[{UNSPACED}{HANGUL}]").search

_MIN_COMPOUND_SYLLABLES = 5
"""A Korean word of fewer syllables means nothing in parts."""


class Pair(NamedTuple):
    """Two neighbouring clusters or syllables at `text[start:end]`; the second begins at `second`."""

    start: int
    second: int
    end: int
    form: str


def pairs(text: str) -> Iterator[Pair]:
    """The pairs of a text, in order; those of Korean words after the others."""
    if text.isascii():
        return
    for run in _compiled(_RUN).finditer(text) if has_unspaced(text) else ():
        units = _compiled(_UNIT).finditer(text, run.start(), run.end())
        cut = [(one.start(), one.end(), fold(one[0])) for one in units]
        for (start, _, form), (second, end, other) in pairwise(cut):
            yield Pair(start, second, end, f"{PAIR_MARK}{form}{other}")
    for word in _KOREAN.finditer(text):
        for at, form in enumerate(_syllable_pairs(word[0]), word.start()):
            yield Pair(at, at + 1, at + 2, form)


def pair_forms(text: str) -> list[str]:
    """The forms of the pairs of a text, in order; faster than `pairs`."""
    if text.isascii() or not _has_pairs(text):
        return []
    forms: list[str] = []
    for run in _compiled(_RUN).findall(text) if has_unspaced(text) else ():
        units: Sequence[str] = run  # each character is its own form
        if not _CHARACTERS.fullmatch(run):
            units = [fold(unit) for unit in _compiled(_UNIT).findall(run)]
        forms += joined_pairs(units)
    forms += chain.from_iterable(map(_syllable_pairs, _KOREAN.findall(text)))
    return forms


def joined_pairs(units: Sequence[str]) -> list[str]:
    """The forms of the pairs of neighbouring units, given by their own forms."""
    return [f"{PAIR_MARK}{one}{other}" for one, other in pairwise(units)]


@lru_cache(maxsize=20_000)
def _syllable_pairs(word: str) -> tuple[str, ...]:
    """The pairs of a Korean word without its particles."""
    return tuple(joined_pairs(without_particles(word)))


def is_pair(form: str) -> bool:
    return form.startswith(PAIR_MARK)


def has_particle(form: str) -> bool:
    """Whether a pair has a particle in it, as `者の` has."""
    return not _PARTICLES.isdisjoint(form)


def title_terms(title: str, language: str) -> tuple[str, ...]:
    """The terms of a document's title: the stems of its words, and its pairs."""
    stems = (stem(word.form, language) for word in tokenize(title))
    return tuple(dict.fromkeys([*stems, *pair_forms(title)]))


def parts_of_run(text: str) -> list[str]:
    """The distinct pairs of a run by which passages with some of it are found and marked."""
    return list(dict.fromkeys(pair_forms(text)))[:MAX_PAIRS_EXAMINED]


def has_pairs(text: str) -> bool:
    return next(pairs(text), None) is not None


def segments(text: str) -> Iterator[tuple[str, bool]]:
    """A text cut into its runs of several clusters and what lies between them.

    Each piece comes with whether its parts mean something by themselves, as those of a run or a long Korean
    word do.
    """
    at = 0
    for run in _runs(text):
        yield from _between(text[at : run.start()])
        yield run[0], True
        at = run.end()
    yield from _between(text[at:])


def _runs(text: str) -> Iterator[re.Match[str]]:
    """The runs of several clusters."""
    for run in _compiled(_RUN).finditer(text) if has_unspaced(text) else ():
        if len(_compiled(_UNIT).findall(run[0])) > 1:
            yield run


def _between(text: str) -> Iterator[tuple[str, bool]]:
    if tokenize(text):
        yield (
            text,
            len(_syllable_pairs(text)) >= _MIN_COMPOUND_SYLLABLES - 1 if _KOREAN.fullmatch(text) else False,
        )


def neighbours(text: str, tokens: Sequence[WordToken]) -> dict[int, str]:
    """The form of the pair that each word makes with the one after it, by the index of the first."""
    at = {word.start: number for number, word in enumerate(tokens)}
    return {at[pair.start]: pair.form for pair in pairs(text) if pair.start in at and pair.second in at}


def _covering(forms: Sequence[str]) -> dict[tuple[str, ...], None]:
    """For each syllable, the pairs that contain it."""
    within = [forms[:1], *pairwise(forms), forms[-1:]]
    return dict.fromkeys(tuple(dict.fromkeys(each)) for each in within)


Coverage = Sequence[tuple[str, ...]]
"""For each cluster or word of a run, the pairs that it is in, or the word itself."""


@lru_cache(maxsize=64)
def coverage(text: str) -> Coverage:
    """What a passage must have to contain all of a run: at least one form of each tuple.

    Particles are not required, nor is a pair with one where its cluster is in another pair: `被害者の保護`.
    """
    return _coverage(text, skip_particles=True) or _coverage(text, skip_particles=False)


def _coverage(text: str, *, skip_particles: bool) -> Coverage:
    tokens = tokenize(text)
    joined = neighbours(text, tokens)
    either: dict[tuple[str, ...], None] = {}
    for at, token in enumerate(tokens):
        if _KOREAN.fullmatch(token.form):
            either.update(_covering(_syllable_pairs(token.form) or (token.form,)))
        elif beside := [joined[one] for one in (at - 1, at) if one in joined]:
            if skip_particles:
                if token.form in _PARTICLES:
                    continue
                beside = [form for form in beside if not has_particle(form)] or beside
            either[tuple(dict.fromkeys(beside))] = None
        elif token.form not in STOP_WORDS:
            either[token.form,] = None
    alone = {forms[0] for forms in either if len(forms) == 1}
    return [forms for forms in either if len(forms) == 1 or alone.isdisjoint(forms)]
