"""Wordings in which a phrase is searched, and the telling pairs of a run in a script without spaces."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from statistics import median

from index.analysis.korean import ends_noun, is_noun_alone
from index.analysis.pairs import has_particle
from index.query import Prefix
from index.query.ast import phrase_forms
from index.tuning import Tuning
from index.vocabulary.term_vocabulary import Vocabulary

__all__ = ["MAX_WORDINGS", "phrase_wordings", "telling"]

MAX_WORDINGS = 8
"""The wordings of a related term that are searched: `trafficked person`, `trafficked persons`."""

_MAX_ENDINGS = 24
"""The forms with an ending in which the last noun of a Korean phrase is searched."""


def telling(pairs: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """The pairs of a run that some passage has, without a particle, and not much commoner than the others."""
    known = [pair for pair in pairs if vocabulary.has_word(pair)]
    known = [pair for pair in known if not has_particle(pair)] or known
    rarities = {pair: vocabulary.rarity_of(pair) for pair in known}
    least = Tuning.TELLING_PAIR * median(rarities.values()) if rarities else 0.0
    return [pair for pair, rarity in rarities.items() if rarity >= least]


def phrase_wordings(phrase: str, vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """The forms of a phrase, then with its compounds as one word, each with every ending of a Korean noun."""
    return [
        (*forms[:-1], *last) for forms in phrase_forms(phrase) for last in _endings(forms[-1:], vocabulary)
    ]


def _endings(last: list[str], vocabulary: Vocabulary) -> list[list[str]]:
    """The last form of a phrase; if it is a Korean noun alone, also with what may be attached to it."""
    if not (last and is_noun_alone(last[0])):
        return [last]
    others = (form for form in vocabulary.forms_of(Prefix(last[0])) if form != last[0])
    ended = (form for form in others if ends_noun(form, last[0]))
    return [last, *([form] for form in islice(ended, _MAX_ENDINGS))]
