"""The names of instruments in a text, which tell what an instrument is about and not what is said of it.

`Ratify the Convention on the Protection of the Rights of All Migrant Workers` is about ratification. Names
are recognised by their capitals, so only in languages that capitalise them.
"""

from __future__ import annotations

from itertools import pairwise

from index.analysis.analyzer import WordToken
from index.theme_suggestions.stemmed_passage import StemmedPassage

__all__ = ["instrument_names"]

_KIND_WORDS = "charter convention conventions covenant declaration protocol treaty"
_KINDS = frozenset(_KIND_WORDS.split())

_SMALL_WORDS = (
    "a all an and against at by concerning for from in its of on or relating relative the their to with"
)
_SMALL = frozenset(_SMALL_WORDS.split())
"""Words that a name may have in lower case, after its kind."""


def instrument_names(words: StemmedPassage) -> list[frozenset[int]]:
    """The places of the words of each name."""
    tokens, text = words.tokens, words.text
    kinds = [place for place, one in enumerate(tokens) if one.form in _KINDS and _has_capital(text, one)]
    return [frozenset(range(_first(words, place), _last(words, place) + 1)) for place in kinds]


def _first(words: StemmedPassage, place: int) -> int:
    """The first of the capitalised words before a kind; not one that begins a sentence, such as `Ratify`."""
    while place > 1 and _has_capital(words.text, words.tokens[place - 1]) and _go_on(words, place - 2, 2):
        place -= 1
    return place


def _last(words: StemmedPassage, place: int) -> int:
    """The last capitalised word from a kind on, with only small words and other capitalised ones between."""
    last = place
    for at in range(place + 1, len(words.tokens)):
        if not _go_on(words, at - 1, 1):
            break
        if _has_capital(words.text, words.tokens[at]):
            last = at
        elif words.tokens[at].form not in _SMALL:
            break
    return last


def _go_on(words: StemmedPassage, place: int, steps: int) -> bool:
    """Whether only spaces, commas, apostrophes or hyphens separate a word and the next `steps` words."""
    tokens = words.tokens[place : place + steps + 1]
    gaps = (words.text[one.end : after.start] for one, after in pairwise(tokens))
    return not any(gap.strip(" \n,'’-") for gap in gaps)


def _has_capital(text: str, token: WordToken) -> bool:
    return text[token.start].isupper()
