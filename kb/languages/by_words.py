"""The language of a text by its script and by the short words that every sentence has."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

__all__ = ["LanguageShare", "language_by_words", "languages_told", "near_relatives", "told_apart"]

MIN_WORDS = 30
"""Fewer words say little about a language."""

MIN_SHARE = 0.1
"""The share of function words that a text must have; in sound texts it is 0.15 to 0.45."""

MIN_LEAD = 1.3
"""How many times as many words the language must have as the runner-up."""

MIN_LEAD_OVER_RELATIVE = 1.05
"""The same, if the runner-up shares most of its words: the few others must decide."""

MIN_SCRIPT_SHARE = 0.6

_TABLE = Path(__file__).with_name("function_words.tsv")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SCRIPTS: Mapping[str, str] = {
    "th": "\u0e00-\u0e7f",
    "lo": "\u0e80-\u0eff",
    "km": "\u1780-\u17ff",
    "my": "\u1000-\u109f",
    "ko": "\uac00-\ud7af\u1100-\u11ff",
    "he": "\u0590-\u05ff",
    "hy": "\u0530-\u058f",
    "ka": "\u10a0-\u10ff",
    "am": "\u1200-\u137f",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "kn": "\u0c80-\u0cff",
    "ml": "\u0d00-\u0d7f",
    "si": "\u0d80-\u0dff",
    "gu": "\u0a80-\u0aff",
    "pa": "\u0a00-\u0a7f",
    "bn": "\u0980-\u09ff",
}
"""Scripts that hardly any other language is written in."""

_RELATIVES = (
    frozenset({"id", "ms"}),
    frozenset({"da", "nb", "nn", "no"}),
    frozenset({"bs", "hr", "sr"}),
    frozenset({"cs", "sk"}),
    frozenset({"es", "ext"}),
)
"""Languages that share most of their words, so that parts of one text pass for either."""

_OF_SEVERAL = frozenset({"no"})
"""Tags that cover several languages with rows of their own."""

_OF_ONE_LANGUAGE = {language: re.compile(f"[{letters}]") for language, letters in _SCRIPTS.items()}
_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")


class LanguageShare(NamedTuple):
    """A language by its tag, and how sure it is, from 0 to 1."""

    language: str
    confidence: float


@cache
def _languages() -> Mapping[str, frozenset[str]]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {language: frozenset(words.split()) for language, words in rows}


@cache
def _by_word() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, words in _languages().items():
        for word in words:
            found[word] = (*found.get(word, ()), language)
    return found


def near_relatives(language: str) -> frozenset[str]:
    """The language and those that a part of a text in it may pass for."""
    return next((group for group in _RELATIVES if language in group), frozenset({language}))


def languages_told() -> frozenset[str]:
    """The languages that can be told by their function words."""
    return frozenset(_languages())


def told_apart(text: str, language: str) -> str:
    """The language, or the near relative of which the text has more words that the others lack.

    A language without a row of function words, such as Bosnian, stays: its distinctive words are unknown.
    """
    if language not in languages_told() | _OF_SEVERAL:
        return language
    rows = {one: _languages()[one] for one in sorted(near_relatives(language)) if one in _languages()}
    words = _words(text)
    counts = Counter({language: 0})
    for one, row in rows.items():
        own = row.difference(*(other for name, other in rows.items() if name != one))
        counts[one] += sum(map(own.__contains__, words))
    return counts.most_common(1)[0][0]


def language_by_words(text: str) -> LanguageShare | None:
    """The language of a text; None where its script and words do not tell."""
    return _by_script(text) or _by_function_words(text)


def _by_script(text: str) -> LanguageShare | None:
    if text.isascii():
        return None
    letters = len(_LETTER.findall(text)) or 1
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    if kana + han > MIN_SCRIPT_SHARE * letters:
        return LanguageShare("ja" if kana > 0.1 * (kana + han) else "zh", 0.95)
    for language, pattern in _OF_ONE_LANGUAGE.items():
        if (share := len(pattern.findall(text)) / letters) > MIN_SCRIPT_SHARE:
            return LanguageShare(language, round(min(0.99, share), 2))
    return None


def _by_function_words(text: str) -> LanguageShare | None:
    words = _words(text)
    if len(words) < MIN_WORDS:
        return None
    scores: Counter[str] = Counter()
    for word in words:
        for language in (languages := _by_word().get(word, ())):
            scores[language] += 1000 // len(languages)  # a word of many languages tells little
    (language, first), (_, second) = (*scores.most_common(2), ("", 0), ("", 0))[:2]
    known = sum(map(_languages().get(language, frozenset()).__contains__, words))
    if known < MIN_SHARE * len(words) or not _leads(language, scores):
        return None
    return LanguageShare(language, round(first / (first + second / 2), 2))


def _leads(language: str, scores: Mapping[str, int]) -> bool:
    relatives = near_relatives(language)
    return all(
        scores[language] >= score * (MIN_LEAD_OVER_RELATIVE if other in relatives else MIN_LEAD)
        for other, score in scores.items()
        if other != language
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold().replace("’", "'"))
