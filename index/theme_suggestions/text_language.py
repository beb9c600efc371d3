"""Which language a text is in, by the function words it uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache

from index.analysis.analyzer import plain_words
from index.analysis.stemming import ENGLISH_LANGUAGE
from index.analysis.stop_words import listed_languages, stop_words

__all__ = ["language_of"]

MAX_CHARS_READ = 20_000
MIN_SHARE = 0.15
"""The share of function words: a text with fewer is in a language without a list, or too short."""

MIN_LEAD = 1.25
"""How many times as many function words a language must have as the next: related ones share many."""


def language_of(text: str) -> str:
    """The primary language of a text; empty if its function words do not tell."""
    words = plain_words(text[:MAX_CHARS_READ])
    counts: Counter[str] = Counter(language for word in words for language in _languages().get(word, ()))
    if not counts:
        return ""
    (first, most), *others = counts.most_common(2)
    second = others[0][1] if others else 0
    return first if most >= MIN_SHARE * len(words) and most >= MIN_LEAD * second else ""


@cache
def _languages() -> Mapping[str, tuple[str, ...]]:
    """The languages in which a form is a function word."""
    found: dict[str, list[str]] = {}
    for language in (ENGLISH_LANGUAGE, *listed_languages()):
        for word in stop_words(language):
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}
