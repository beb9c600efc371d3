"""The words of a query with their positions, so that one can be replaced and all else stays as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from index.analysis.analyzer import tokenize
from index.analysis.pairs import has_pairs
from index.query.ast import Word
from index.query.lexer import Lexeme, lexemes
from index.query.patterns import OPERATORS, parse_pattern
from kb.text.scripts import has_unspaced

__all__ = ["TypedRun", "TypedWord", "typed_runs", "typed_words"]

_POSSESSIVE = re.compile("['’ʼ＇][sS]$")
_RUN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word at `query[start:end]` and its form; `quoted` inside a phrase.

    Words with the same `run` are written together: `co-operation` is two words of one run.
    """

    start: int
    end: int
    form: str
    run: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class TypedRun:
    """What was typed without white space from `start` on, with pairs (`index.analysis.pairs`) in it."""

    start: int
    text: str


def typed_runs(query: str) -> Iterator[TypedRun]:
    """The runs of a query in scripts without spaces or in Korean; none of a filter or pattern."""
    if has_pairs(query):
        for start, run, quoted in chain.from_iterable(map(_runs, _without_filters(query))):
            if (quoted or _is_plain(run)) and has_pairs(run):
                yield TypedRun(start, run)


def typed_words(query: str) -> Iterator[TypedWord]:
    """The plain words of a query, in order.

    Operators, filters and patterns are left out, and so are words with a digit or more than one
    capital letter: numbers, references and acronyms are not misspelt.
    """
    runs = chain.from_iterable(map(_runs, _without_filters(query)))
    for number, (start, run, quoted) in enumerate(runs):
        if quoted or _is_plain(run):
            yield from _words(start, run, number, quoted)


def _without_filters(query: str) -> Iterator[Lexeme]:
    """The lexemes that have words, but for filters and their values, `kind:report` or `kind:"a report"`."""
    value_next = False
    for lexeme in lexemes(query):
        is_value = value_next and lexeme.kind == "phrase" and lexeme.glued
        value_next = lexeme.kind == "word" and lexeme.text.endswith(":")
        if lexeme.kind in ("word", "phrase") and not is_value:
            yield lexeme


def _runs(lexeme: Lexeme) -> Iterator[tuple[int, str, bool]]:
    """The runs of characters of a lexeme, where each begins, and whether it is part of a phrase."""
    quoted = lexeme.kind == "phrase" and lexeme.closed
    for run in _RUN.finditer(lexeme.text):
        yield lexeme.start + run.start(), run[0], quoted


def _is_plain(run: str) -> bool:
    return run not in OPERATORS and ":" not in run and isinstance(parse_pattern(run), Word)


def _words(start: int, run: str, number: int, quoted: bool) -> Iterator[TypedWord]:
    if any(map(str.isdigit, run)):
        return
    for word in tokenize(run):
        if has_unspaced(word.form):  # a part of a word at best
            continue
        text = _POSSESSIVE.sub("", run[word.start : word.end])
        if sum(map(str.isupper, text)) < 2:
            begin = start + word.start
            yield TypedWord(begin, begin + len(text), word.form, number, quoted)
