"""Stems: what the forms of a word have in common, by the rules of a document's language.

English stems are those of a word's British spelling: `organization` is `organisation`, and no longer
the same as `organ`. A stem of another language bears its mark, `fr:victim`, so that no language is
searched by the rules of another. Languages without a stemmer are indexed by whole forms.

Forms have lost their accents, which some stemmers go by (Spanish `-ción`). `accented_endings.tsv`
gives them back at the end of a word, so that a query typed without accents has the same stems.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import Stemmer

from index.analysis.analyzer import fold
from index.analysis.korean import without_particles
from index.analysis.spelling_variants import british, variants
from kb.languages.language_tag import UNKNOWN_LANGUAGE, primary_language

__all__ = [
    "ENGLISH_LANGUAGE",
    "PAIR_MARK",
    "analysis_language",
    "is_marked",
    "spelling_key",
    "stem",
    "stem_prefixes",
]

PAIR_MARK = "|"
"""What the term of a pair of clusters begins with: no word has it."""

ENGLISH_LANGUAGE = "en"
"""The language of documents that do not name theirs."""

_STEMMERS: Mapping[str, str] = {
    "ar": "arabic", "bs": "serbian", "ca": "catalan", "cnr": "serbian", "cs": "czech", "da": "danish",
    "de": "german", "el": "greek", "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian",
    "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hr": "serbian", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "ms": "indonesian", "nb": "norwegian", "ne": "nepali", "nl": "dutch",
    "nn": "norwegian", "no": "norwegian", "pl": "polish", "prs": "persian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sh": "serbian", "sr": "serbian", "st": "sesotho", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish", "zlm": "indonesian", "zsm": "indonesian",
}  # fmt: skip
"""Snowball's stemmer for each language. Malay has the one for Indonesian, whose affixes it shares."""

_PREFIXES: Mapping[str, tuple[str, ...]] = {
    "arabic": ("", "ال", "و", "وال", "بال", "كال", "فال", "لل", "ب", "ل", "ف", "ك", "س"),
    "indonesian": (
        *("", "ber", "di", "ke", "me", "mem", "men", "meng", "meny", "pe", "pem", "pen", "peng", "peny"),
        *("per", "se", "ter", "diper", "memper", "mengk", "memb"),
    ),
}  # fmt: skip
"""What a stemmer takes from the beginnings of words."""

_NO_LANGUAGE = frozenset((UNKNOWN_LANGUAGE, "mul", "mis", "zxx"))
"""Codes for several languages, an uncoded one, or none: such documents are read like those without a tag."""


def analysis_language(tag: str) -> str:
    """The language whose rules apply to a document with this tag: `zh` for `zh-Hant`, English for no tag."""
    language = primary_language(tag)
    return ENGLISH_LANGUAGE if language in _NO_LANGUAGE else language


@lru_cache(maxsize=200_000)
def stem(form: str, language: str = ENGLISH_LANGUAGE) -> str:
    """The term under which all forms of a word are indexed; marked with its language unless English.

    A pair of clusters (`index.analysis.pairs`) is its own term in every language.
    """
    if form.startswith(PAIR_MARK):
        return form
    form = without_particles(form)
    if language == ENGLISH_LANGUAGE:
        return _snowball(british(form), "english")
    return f"{language}:{_bare_stem(form, language)}"


def is_marked(stem: str) -> bool:
    """Whether a stem is one of another language than English."""
    return ":" in stem


def _bare_stem(form: str, language: str) -> str:
    if language not in _STEMMERS:
        return form
    prepared = _ARTICLE.sub("", form) if language == "ar" else _accented(form, language)
    return fold(_snowball(prepared, _STEMMERS[language])) or form


_ARTICLE = re.compile("^(?:[وفبك]?ال|لل)(?=.{3})")
"""The Arabic article, which Snowball's stemmer leaves on many short words."""


def _accented(form: str, language: str) -> str:
    """The form with the accents of its ending."""
    endings = _accented_endings().get(language)
    if endings:
        for size in range(min(_longest_ending(), len(form) - 2), 0, -1):
            if (accented := endings.get(form[-size:])) is not None:
                return form[:-size] + accented
    return form


@cache
def _accented_endings() -> Mapping[str, Mapping[str, str]]:
    """The accented form of endings, by language."""
    table: dict[str, dict[str, str]] = {}
    for line in files("index.analysis").joinpath("accented_endings.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            language, endings = line.split("\t")
            table.setdefault(language, {}).update({fold(one): one for one in endings.split()})
    return table


@cache
def _longest_ending() -> int:
    return max(len(ending) for endings in _accented_endings().values() for ending in endings)


@lru_cache(maxsize=200_000)
def spelling_key(form: str) -> str:
    """The English stem of a form in its own spelling, marked; empty if it has only one spelling.

    It tells `labour` from `labor`, whose stems are one: no word is spelt with the mark.
    """
    return f"={_snowball(form, 'english')}" if variants(form) else ""


def stem_prefixes(form: str, language: str = ENGLISH_LANGUAGE) -> set[str]:
    """Prefixes such that every form with this form's stem begins with one of them."""
    form = without_particles(form)
    if language != ENGLISH_LANGUAGE:
        begin = _shortened(_bare_stem(form, language))
        return {prefix + begin for prefix in _PREFIXES.get(_STEMMERS.get(language, ""), ("",))}
    stems = (_snowball(spelling, "english") for spelling in (form, *variants(form)))
    return {stem[:-1] if len(stem) > 3 else stem for stem in stems}  # `happi` is the stem of `happy`


def _shortened(stem: str) -> str:
    """The stem without its last letters, which a stemmer may have put in place of others."""
    return stem[: max(3, len(stem) - 2)]


class _Stemmers(threading.local):
    """The stemmers of one thread, by name: threads must not share them."""

    def __init__(self) -> None:
        self.made: dict[str, Any] = {}

    def named(self, name: str) -> Any:
        if name not in self.made:
            self.made[name] = Stemmer.Stemmer(name, 0)
        return self.made[name]


_stemmers = _Stemmers()


def _snowball(form: str, stemmer: str) -> str:
    return str(_stemmers.named(stemmer).stemWord(form))
