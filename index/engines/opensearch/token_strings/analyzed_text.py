"""A text as the terms of its positions; each distinct run of words is analysed once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from index.analysis.analyzer import Compound, compounds, runs, tokenize
from index.analysis.stemming import ENGLISH_LANGUAGE, spelling_key, stem
from index.engines.opensearch.token_strings.positions import PART, SKIPPED, begin_mark, end_mark

__all__ = ["AnalyzedText"]


class _Run(NamedTuple):
    """A run of words with its compounds, read by the rules of a language.

    `tokens` and `marks` have a part for each position, `spellings` the stems of English forms in their own
    spelling, where there are two. A compound counts in `length` and `stems` in addition to its parts.
    """

    tokens: str
    marks: str
    has_compounds: bool
    length: int
    stems: Sequence[str]
    spellings: Sequence[str]

    @classmethod
    def of(cls, run: str, language: str) -> _Run:
        cut = tokenize(run)
        joined = list(compounds(run, cut))
        forms = [word.form for word in cut]
        every = [*forms, *(one.form for one in joined)]
        spelt = filter(None, map(spelling_key, every)) if language == ENGLISH_LANGUAGE else ()
        stems = [stem(form, language) for form in every]
        marks = _mark_positions(len(forms), joined)
        return cls(_positions(forms, joined), marks, bool(joined), len(every), stems, list(spelt))


class _KeptRuns(dict[str, _Run]):
    """The runs of a language that were met lately: most words of a text were seen before."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, run: str) -> _Run:
        if len(self) >= _MAX_KEPT_RUNS:
            self.clear()
        made = self[run] = _Run.of(run, self._language)
        return made


_MAX_KEPT_RUNS = 100_000
_kept_runs = lru_cache(maxsize=16)(_KeptRuns)


@dataclass(frozen=True, slots=True)
class AnalyzedText:
    """The runs of each piece of a text in order, without pieces that have no words."""

    pieces: Sequence[Sequence[_Run]]

    @classmethod
    def of(cls, texts: Iterable[str], language: str) -> AnalyzedText:
        known = _kept_runs(language)
        cut = ([known[run] for run in runs(text)] for text in texts)
        return cls(list(filter(None, cut)))

    @property
    def length(self) -> int:
        return sum(run.length for piece in self.pieces for run in piece)

    @property
    def tokens(self) -> list[str]:
        """The words of each piece, each compound at its first word."""
        return [" ".join([run.tokens for run in piece]) for piece in self.pieces]

    @property
    def marks(self) -> list[str]:
        """Where the compounds of each piece begin and end; none if there are no compounds at all."""
        if not any(run.has_compounds for piece in self.pieces for run in piece):
            return []
        return [" ".join([run.marks for run in piece]) for piece in self.pieces]

    @property
    def stems(self) -> list[str]:
        return [each for piece in self.pieces for run in piece for each in run.stems]

    @property
    def spellings(self) -> list[str]:
        return [each for piece in self.pieces for run in piece for each in run.spellings]


def _positions(forms: Sequence[str], joined: Sequence[Compound]) -> str:
    at = [[form] for form in forms]
    for compound in joined:
        at[compound.first].append(compound.form)
    return " ".join(map(PART.join, at))


def _mark_positions(size: int, joined: Sequence[Compound]) -> str:
    at: list[list[str]] = [[] for _ in range(size)]
    for compound in joined:
        at[compound.first].append(begin_mark(compound.form))
        at[compound.last].append(end_mark(compound.form))
    return " ".join(PART.join(marks) if marks else SKIPPED for marks in at)
