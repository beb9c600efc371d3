"""Which language of the collection a query is in: it says which words are stop words, and nothing else.

A word is searched by the stems of all languages. But `men` is a subject in English and a stop word in
Swedish; and before `exploitation` the `l'` of French is one. The language is the one in whose passages
the words are likeliest: naive Bayes over their document frequencies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from math import log

from index.analysis.analyzer import tokenize
from index.analysis.stemming import ENGLISH_LANGUAGE, stem
from index.analysis.stop_words import elided_words
from index.query.ast import And, Node, Not, Or, Phrase, Word, walk
from index.vocabulary.term_vocabulary import TermVocabulary

__all__ = ["query_language", "with_language"]

_UNSEEN = 1e-4
"""The probability of an unseen word; the same for every language, however many passages it has."""

_MAX_WORDS = 32
"""The number of words by which the language is recognised."""


def with_language(node: Node, vocabulary: TermVocabulary) -> Node:
    """The tree with its words in the query's language, without the articles written as one with them."""
    if vocabulary.languages == (ENGLISH_LANGUAGE,):
        return node
    return _in_language(node, query_language(_forms(node), vocabulary))


def query_language(forms: Iterable[str], vocabulary: TermVocabulary) -> str:
    """The likeliest language of a query with these forms; English at a tie."""
    known = sorted(vocabulary.languages, key=lambda language: language != ENGLISH_LANGUAGE)
    if len(known) == 1:
        return known[0]
    typed = list(dict.fromkeys(forms))[:_MAX_WORDS]
    return max(known, key=lambda language: _likelihood(typed, language, vocabulary))


def _likelihood(forms: Iterable[str], language: str, vocabulary: TermVocabulary) -> float:
    """The log-probability that a passage in the language has all of the words."""
    passages = vocabulary.passages_in(language) + 1
    counts = vocabulary.frequencies("stem", [stem(form, language) for form in forms])
    return sum(log(max(count / passages, _UNSEEN)) for count in counts)


def _forms(node: Node) -> list[str]:
    texts = [each.text for each in walk(node) if isinstance(each, (Word, Phrase))]
    return [word.form for text in texts for word in tokenize(text)]


def _in_language(node: Node, language: str) -> Node:
    match node:
        case Word(text):
            return Word(_without_elision(text, language), language)
        case And(nodes) | Or(nodes):
            return replace(node, nodes=tuple(_in_language(each, language) for each in nodes))
        case Not(child):
            return Not(_in_language(child, language))
        case _:
            return node


def _without_elision(text: str, language: str) -> str:
    """`l'exploitation` as `exploitation`."""
    elided = _elision(language)
    bare = elided.sub("", text) if elided else text
    return bare if tokenize(bare) else text


@cache
def _elision(language: str) -> re.Pattern[str] | None:
    words = "|".join(sorted(elided_words(language)))
    return re.compile(rf"^(?:(?:{words})['’ʼ‘＇])+", re.IGNORECASE) if words else None
