"""Words that say little in a question, beyond the stop words: what frames it, not what it is about.

In *what happens to victims after rescue* a passage need not have *happens*. English has a list; in the other
languages the stop words hold their question words and pronouns.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from index.analysis.analyzer import tokenize
from index.analysis.stemming import ENGLISH_LANGUAGE
from index.query.ast import And, Node, Word, is_stop_words

__all__ = ["is_question", "question_words"]

_MAX_WORDS, _MAX_LETTERS = 64, 20
"""A text with more words is not a question; a longer word does not frame one."""

_AUXILIARIES: Mapping[str, str] = {
    ENGLISH_LANGUAGE: (
        "am are can could did do does had has have is may might must shall should was were will would"
    )
}
_INTERROGATIVES: Mapping[str, str] = {ENGLISH_LANGUAGE: "how what when where which who whom whose why"}
"""A question begins with one of these or of those."""

_SUBJECTS: Mapping[str, str] = {ENGLISH_LANGUAGE: "he i it she that there they this those we you"}
"""After an auxiliary they make a question, further on too: *is it*, *can they*."""

_SPEAKERS: Mapping[str, str] = {ENGLISH_LANGUAGE: "i me mine my myself our ours us we you your yours"}
"""Whoever uses one of these is asking or telling something, whatever the word order."""

_FRAMING: Mapping[str, str] = {
    ENGLISH_LANGUAGE: (
        "able actually also another anybody anyone anything aren't away back become becomes came come "
        "comes couldn't could didn't doesn't don't else even ever everybody everyone everything exactly find "
        "get gets getting give given gives go goes going gone got hadn't happen happened happening "
        "happens hasn't haven't i'm i've isn't kind know known like likely look make makes making may "
        "maybe mean might must need needed needs nobody nothing off okay out please possible possibly put "
        "puts really said say says see seem seems shall shouldn't somebody someone something sort still "
        "take takes taken tell tells they're they've thing things think took try trying up us want wanted "
        "wants wasn't way ways we're we've went weren't whether won't wouldn't would yet you're you've"
    )
}
"""Words that frame a question; none that can be its subject: *help*, *call*, *means*."""


@cache
def _listed(language: str) -> _Lists:
    tables = (_AUXILIARIES, _INTERROGATIVES, _SUBJECTS, _SPEAKERS, _FRAMING)
    return _Lists(*(frozenset(table.get(language, "").split()) for table in tables))


class _Lists(NamedTuple):
    auxiliaries: frozenset[str]
    interrogatives: frozenset[str]
    subjects: frozenset[str]
    speakers: frozenset[str]
    framing: frozenset[str]


def question_words(parts: Sequence[Node], used: Container[int]) -> frozenset[int]:
    """Which words of a query, by place, frame a question; none if nothing else would be left.

    `used` are the places of words that mean something together, as `took my passport` does.
    """
    words = [_bare(part) for part in parts[: _MAX_WORDS + 1]]
    if len(words) > _MAX_WORDS or not _is_question(words):
        return frozenset()
    framing = {
        at
        for at, (word, language) in enumerate(words)
        if at not in used and word in _listed(language).framing
    }
    rest = (part for at, part in enumerate(parts) if at not in framing)
    return frozenset() if all(map(is_stop_words, rest)) else frozenset(framing)


def is_question(node: Node | None) -> bool:
    """Whether a query reads as a question."""
    parts = node.nodes if isinstance(node, And) else (node,) if node else ()
    return len(parts) <= _MAX_WORDS and _is_question([_bare(part) for part in parts])


def _bare(part: Node) -> tuple[str, str]:
    """A word as the lists spell it, and its language; empty for other nodes and for names in capitals."""
    if not isinstance(part, Word) or len(part.text) > _MAX_LETTERS or _is_name(part.text):
        return "", ""
    return "'".join(word.form for word in tokenize(part.text)), part.language


def _is_name(text: str) -> bool:
    return len(text) > 1 and text.isupper()


def _is_question(words: Sequence[tuple[str, str]]) -> bool:
    """Whether the words begin with a question word or an auxiliary, have an inversion, or have a speaker."""
    if not words:
        return False
    firsts = [(word.partition("'")[0], _listed(language)) for word, language in words]  # `I` of *I'm*
    opening, lists = firsts[0]
    return (
        opening in lists.interrogatives
        or opening in lists.auxiliaries
        or any(word in lists.speakers for word, lists in firsts)
        or any(
            verb in lists.auxiliaries and subject in lists.subjects
            for (verb, lists), (subject, _) in pairwise(firsts)
        )
    )
