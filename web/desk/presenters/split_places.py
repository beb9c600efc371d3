"""Where a passage can be split: its words, each with the place at which it begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kb.text.clusters import word_breaks
from kb.text.scripts import UNSPACED, cuts_word, has_unspaced

__all__ = ["split_places"]

MAX_SPLIT_PLACES = 3_000
_WORD = re.compile(r"\S+\s*")
_SENTENCE = re.compile(r"(?<=[.!?…。！？])\s+(?=\S)")
_UNSPACED_WORD = re.compile(f"[{UNSPACED}]{{1,12}}")


def split_places(text: str) -> Sequence[tuple[int | None, str]]:
    """The text in pieces, each with its place; None for the first, where there is nothing to split off.

    The pieces are words, or sentences in a text with very many words.
    """
    places = sorted(_places(text))
    if len(places) > MAX_SPLIT_PLACES:
        places = [found.end() for found in _SENTENCE.finditer(text)][:MAX_SPLIT_PLACES]
    edges = [0, *places, len(text)]
    return [(begin or None, text[begin:end]) for begin, end in pairwise(edges) if end > begin]


def _places(text: str) -> set[int]:
    found = {word.end() for word in _WORD.finditer(text)}
    if has_unspaced(text):
        found |= word_breaks(text) | {run.end() for run in _UNSPACED_WORD.finditer(text)}
    return {at for at in found if text[:at].strip() and text[at:].strip() and not cuts_word(text, at)}
