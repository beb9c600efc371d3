"""The forms that a search will ask the vocabulary about, gathered so that they can be asked together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise

from index.analysis.analyzer import compound_form, tokenize
from index.analysis.pairs import pair_forms
from index.query.ast import PartOfRun, Phrase, Related, Word, walk
from index.query.interpretation import Interpretation

__all__ = ["forms_ahead"]


def forms_ahead(interpretation: Interpretation) -> Iterator[str]:
    """The forms of all words, phrases and related terms, and those that neighbours make together.

    They may repeat. What is missing costs another request, nothing more.
    """
    nodes = [node for node in (interpretation.node, interpretation.some, interpretation.typed) if node]
    texts = [
        each.text
        for each in chain.from_iterable(map(walk, nodes))
        if isinstance(each, Word | Phrase | Related | PartOfRun)
    ]
    for text in dict.fromkeys([*texts, *interpretation.related]):
        yield from _forms(text)
    for left, right in pairwise(texts):
        yield "".join(word.form for text in (left, right) for word in tokenize(text))


def _forms(text: str) -> Iterator[str]:
    yield from (word.form for word in tokenize(text))
    yield from pair_forms(text)
    if joined := compound_form(text):
        yield joined
