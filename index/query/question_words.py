"""Words that say little in a question, beyond the stop words: what frames it, not what it is about.

In *what happens to victims after rescue* a passage need not have *happens*. English has a list; in the other
languages the stop words hold their question words and pronouns.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

from index.analysis.analyzer import tokenize
from index.analysis.stemming import ENGLISH_LANGUAGE
from index.query.ast import Node, Word, is_stop_words

__all__ = ["question_words"]

_MAX_WORDS, _MAX_LETTERS = 64, 20
"""A text with more words is no question; a longer word frames none."""

_AUXILIARIES = "am are can could did do does had has have is may might must shall should was were will would".split()
_SUBJECTS = "he i it she that there they this those we you".split()

_OPENING: Mapping[str, frozenset[str]] = {
    ENGLISH_LANGUAGE: frozenset([*_AUXILIARIES, *"how what when where which who whom whose why".split()])
}
"""What a question begins with."""

_INVERTED: Mapping[str, frozenset[tuple[str, str]]] = {
    ENGLISH_LANGUAGE: frozenset((verb, subject) for verb in _AUXILIARIES for subject in _SUBJECTS)
}
"""What a question has further on: *is it*, *can they*."""

_SPEAKERS: Mapping[str, frozenset[str]] = {
    ENGLISH_LANGUAGE: frozenset("i me mine my myself our ours us we you your yours".split())
}
"""Whoever says so asks or tells something, in whatever order."""

_FRAMING: Mapping[str, frozenset[str]] = {
    ENGLISH_LANGUAGE: frozenset(
        "able actually also another anybody anyone anything aren't away back become becomes came come comes "
        "couldn't could didn't doesn't don't else ever everybody everyone everything exactly find get gets "
        "getting give given gives go goes going gone got hadn't happen happened happening happens hasn't haven't "
        "i'm i've isn't kind know known like likely look make makes making may maybe mean might must need needed "
        "needs nobody nothing off okay out please possible possibly put puts really said say says see seem seems "
        "shall shouldn't somebody someone something sort still take takes taken tell tells they're they've thing "
        "things think took try trying up want wanted wants wasn't way ways we're we've went weren't whether won't "
        "wouldn't would yet you're you've".split()
    )
}
"""What frames it. A word that is a subject of its own is not among them: *help*, *call*, *means*."""


def question_words(parts: Sequence[Node], used: Container[int]) -> frozenset[int]:
    """Which words of a query, by place, frame a question; none if nothing else would be left.

    `used` are the places of words that mean something together, as `took my passport` does.
    """
    words = [_word(part) for part in parts[: _MAX_WORDS + 1]]
    if len(words) > _MAX_WORDS or not _is_question(words):
        return frozenset()
    framing = {at for at, word in enumerate(words) if at not in used and _is_in(word, _FRAMING)}
    rest = (part for at, part in enumerate(parts) if at not in framing)
    return frozenset() if all(map(is_stop_words, rest)) else frozenset(framing)


def _word(part: Node) -> tuple[str, str]:
    """A word in the form of the lists and its language; empty for anything else, a name in capitals too."""
    if not isinstance(part, Word) or len(part.text) > _MAX_LETTERS or _is_name(part.text):
        return "", ""
    return "'".join(word.form for word in tokenize(part.text)), part.language


def _is_name(text: str) -> bool:
    return len(text) > 1 and text.isupper()


def _is_question(words: Sequence[tuple[str, str]]) -> bool:
    if not words:
        return False
    opening, language = words[0]
    if opening.partition("'")[0] in _OPENING.get(language, ()):
        return True
    if any((one, two) in _INVERTED.get(spoken, ()) for (one, spoken), (two, _) in pairwise(words)):
        return True
    return any(_is_in((word.partition("'")[0], spoken), _SPEAKERS) for word, spoken in words)


def _is_in(word: tuple[str, str], lists: Mapping[str, frozenset[str]]) -> bool:
    form, language = word
    return form in lists.get(language, ())
