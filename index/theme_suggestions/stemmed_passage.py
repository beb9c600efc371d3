"""A text as theme suggestions see it: the stems of its words, and where each is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from index.analysis.analyzer import WordToken, tokenize
from index.analysis.stemming import ENGLISH_LANGUAGE, stem
from index.analysis.stop_words import stop_words
from kb.quoting.negation_words import find_negations
from kb.text.scripts import has_unspaced

__all__ = [
    "MAX_PASSAGE_CHARS",
    "StemmedPassage",
    "content_stems",
    "stemmed_passage",
    "term_stems",
    "theme_stem",
]

MAX_PASSAGE_CHARS = 20_000
"""Characters of a passage that are read; the rest is ignored."""


_IRREGULAR_FORMS = (
    "children:child women:woman men:man people:person persons:person lives:life wives:wife "
    "brought:bring held:hold withheld:withhold sought:seek taught:teach fought:fight found:find kept:keep "
    "met:meet paid:pay sold:sell sent:send told:tell gave:give given:give took:take taken:take "
    "undertook:undertake undertaken:undertake forbidden:forbid forbade:forbid broken:break driven:drive "
    "accession:accede accessions:accede counsel:lawyer transition:change"
)
_IRREGULAR = dict(pair.split(":") for pair in _IRREGULAR_FORMS.split())
"""English forms that the stemmer does not conflate with their word; in the last line, those that it
conflates with another (access, counselling, transit)."""


@lru_cache(maxsize=100_000)
def theme_stem(form: str, language: str) -> str:
    """The stem of a form; in English also of irregular forms; one for `identify` and `identification`."""
    if language != ENGLISH_LANGUAGE:
        return stem(form, language)
    found = stem(_IRREGULAR.get(form, form), language)
    return found[:-1] if found.endswith("ifi") else found


def content_stems(text: str, language: str) -> tuple[str, ...]:
    """The stems of the words of a text in order, without function words."""
    ignored = stop_words(language)
    return tuple(theme_stem(word.form, language) for word in tokenize(text) if word.form not in ignored)


@lru_cache(maxsize=20_000)
def term_stems(term: str, language: str) -> tuple[str, ...]:
    """The stems that a term is found by.

    Negations are among them (`not punished`), and all its words where fewer than two would be left of
    several (`trafficked again`).
    """
    ignored, words = stop_words(language), tokenize(term)
    negations = find_negations(term, language)
    kept = [
        word
        for word in words
        if word.form not in ignored or any(one.start <= word.start < one.end for one in negations)
    ]
    return tuple(theme_stem(word.form, language) for word in (kept if len(kept) > 1 else words))


@dataclass(frozen=True)
class StemmedPassage:
    """The words of a text, read by the rules of a language."""

    text: str
    language: str

    @cached_property
    def tokens(self) -> Sequence[WordToken]:
        return tokenize(self.text[:MAX_PASSAGE_CHARS])

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """The places of each stem among the words."""
        found: dict[str, list[int]] = {}
        for place, word in enumerate(self.tokens):
            found.setdefault(theme_stem(word.form, self.language), []).append(place)
        return found

    @cached_property
    def content(self) -> dict[str, int]:
        """The first place of each stem, without function words."""
        ignored = stop_words(self.language)
        found: dict[str, int] = {}
        for place, word in enumerate(self.tokens):
            if word.form not in ignored:
                found.setdefault(theme_stem(word.form, self.language), place)
        return found

    def surface(self, places: Iterable[int]) -> str:
        """The words at some places as they are written."""
        written = [self.text[one.start : one.end] for one in (self.tokens[at] for at in sorted(places))]
        return "".join(written) if any(map(has_unspaced, written)) else " ".join(written)


@lru_cache(maxsize=16)
def stemmed_passage(text: str, language: str) -> StemmedPassage:
    """The passage, cut into words once for all that is asked of it; headings recur."""
    return StemmedPassage(text, language)
