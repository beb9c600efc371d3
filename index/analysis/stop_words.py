"""Stop words: the words of each language that say nothing about a subject.

They are indexed, because phrases need them; but a query never requires them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from index.analysis.analyzer import STOP_WORDS, fold
from index.analysis.stemming import ENGLISH_LANGUAGE

__all__ = ["elided_words", "listed_languages", "stop_words"]

_ELIDED: Mapping[str, str] = {
    "ca": "d l m n s t",
    "fr": "c d j jusqu l lorsqu m n puisqu qu quoiqu s t",
    "it": "all c coll d dall dell l m nell quell quest s sull t un v",
}


@cache
def elided_words(language: str) -> frozenset[str]:
    """Stop words that lost their last vowel before an apostrophe: the `l` of `l'exploitation`."""
    return frozenset(_ELIDED.get(language, "").split())


@cache
def stop_words(language: str) -> frozenset[str]:
    """The stop words of a language as forms; none for a language without a list."""
    if language == ENGLISH_LANGUAGE:
        return STOP_WORDS
    return frozenset(map(fold, _table().get(language, "").split()))


def listed_languages() -> frozenset[str]:
    """The languages, besides English, that have a list."""
    return frozenset(_table())


@cache
def _table() -> Mapping[str, str]:
    table: dict[str, str] = {}
    for line in files("index.analysis").joinpath("stop_words.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            languages, words = line.split("\t")
            for language in languages.split():
                table[language] = f"{table.get(language, '')} {words}"
    return table
