"""Advice on a search: words that no passage has, confusable terms, corrections, the query for any word."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import groupby, takewhile

from index.analysis.analyzer import compounds, tokenize
from index.analysis.pairs import coverage, neighbours, pair_forms
from index.query import And, Filter, Fuzzy, Node, Not, Or, Phrase, Prefix, Wildcard, Word, write_query
from index.query.ast import required_leaves, required_nodes
from index.query.interpretation import Interpretation
from index.query.thesaurus_expansion import TermSpan
from index.suggest.passage_completion import cut_to_size
from index.tuning import Tuning
from index.vocabulary.term_vocabulary import Vocabulary
from kb.messages import Message

__all__ = [
    "any_words_query",
    "correction_notice",
    "distinctions",
    "is_misspelling",
    "is_other_ending",
    "missing_words",
    "not_found",
    "search_notices",
]


_MAX_RUN_CHARS = 64
"""For longer runs in scripts without spaces, missing parts are not listed."""

_MAX_QUOTED_CHARS = 200
"""Characters of a pasted paragraph that the notice of a correction quotes, as the page of results does."""

_LONG_WORD_LETTERS = 8
"""In a word this long, two wrong letters leave no doubt which word was meant."""

_ENDING = re.compile("(?:[sy]|e[dr]|or|ing|al|ic|ion|ist|ive|i[sz]e|[ae]nt|ful)$")
_MAX_ENDING_LETTERS = 2
"""Words with such an ending that differ only in their last letters, at most this many, are two words."""


def missing_words(node: Node, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words and patterns of a query that no passage has."""
    return tuple(dict.fromkeys(text for leaf in required_leaves(node) for text in _missing(leaf, vocabulary)))


def not_found(interpretation: Interpretation, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words that no passage has, without those that a related term stands in for."""
    node = interpretation.typed
    if not isinstance(node, And) or not interpretation.searched:
        return missing_words(node, vocabulary) if node else ()
    covered = {
        at
        for span in interpretation.searched
        if any(_is_known(term, vocabulary) for term in span.related)
        for at in range(span.first, span.last + 1)
    }
    rest = tuple(each for at, each in enumerate(node.nodes) if at not in covered)
    return missing_words(And(rest), vocabulary) if rest else ()


def _is_known(term: str, vocabulary: Vocabulary) -> bool:
    return all(vocabulary.has_word(word.form) for word in tokenize(term))


def _missing(leaf: Node, vocabulary: Vocabulary) -> Iterator[str]:
    match leaf:
        case Word(text):
            if pair_forms(text):
                if len(text) <= _MAX_RUN_CHARS:
                    yield from _missing_parts(text, vocabulary)
                return
            cut = tokenize(text)
            parts = [word.form for word in cut]
            as_one = [run.form for run in compounds(text, cut)][-1:]
            if not (all(map(vocabulary.has_word, parts)) or any(map(vocabulary.has_word, as_one))):
                yield text
        case Phrase(text):
            yield from (text[w.start : w.end] for w in tokenize(text) if not vocabulary.has_word(w.form))
        case Prefix() | Wildcard() | Fuzzy():
            if not vocabulary.forms_of(leaf):
                yield write_query(leaf)


def _missing_parts(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The stretches of a run that are in no pair that any passage has."""
    tokens = tokenize(text)
    joined = {at: vocabulary.has_word(form) for at, form in neighbours(text, tokens).items()}
    known = {one for at, has in joined.items() if has for one in (at, at + 1)}
    known |= {
        at for at, token in enumerate(tokens) if _is_alone(at, joined) and _has_all(token.form, vocabulary)
    }
    for lacking, stretch in groupby(range(len(tokens)), lambda at: at not in known):
        if lacking:
            places = list(stretch)
            if len(places) > 1 or _is_alone(places[0], joined):  # a single cluster need not be a word
                yield text[tokens[places[0]].start : tokens[places[-1]].end]


def _has_all(form: str, vocabulary: Vocabulary) -> bool:
    return all(any(map(vocabulary.has_word, forms)) for forms in coverage(form))


def _is_alone(at: int, joined: Container[int]) -> bool:
    return at not in joined and at - 1 not in joined


def search_notices(interpretation: Interpretation) -> tuple[Message, ...]:
    """Notices on how the query was understood: that any word is enough, and terms likely to be confused.

    A term is likely to be confused with the one it follows in the thesaurus's pair, or with another
    that was typed with it.
    """
    typed = {span.term for span in interpretation.spans}
    said = dict.fromkeys(
        _difference(span, others)
        for span in interpretation.spans
        if (
            others := tuple(
                term for term in span.distinct_from if term in span.confused_with or term in typed
            )
        )
    )
    if words := interpretation.set_aside:
        said[Message("words-set-aside", words=", ".join(f"“{word}”" for word in dict.fromkeys(words)))] = None
    if interpretation.any_word:
        said[Message("query-of-any-words", limit=Tuning.MAX_REQUIRED_WORDS)] = None
    return tuple(said)


def distinctions(interpretation: Interpretation) -> tuple[Message, ...]:
    """Further terms that differ from those of the query, beyond those that a notice names."""
    said = search_notices(interpretation)
    every = dict.fromkeys(
        _difference(span, span.distinct_from) for span in interpretation.spans if span.distinct_from
    )
    return tuple(line for line in every if line not in said)


def _difference(span: TermSpan, terms: Sequence[str]) -> Message:
    return Message("terms-differ", term=span.term, others=", ".join(terms), count=len(terms))


def is_misspelling(query: str, suggestion: str) -> bool:
    """Whether each word of a query that finds nothing is a single slip away from the suggestion's.

    In a shorter word two slips may make another word: `brokers` are not `borders`. An English word with
    another ending is another word, whatever its length: a *counter* is not *counted*.
    """
    return all(one == other or _is_slip(one, other) for one, other in _pairs(query, suggestion))


def _is_slip(typed: str, meant: str) -> bool:
    if _ENDING.search(typed) and _differ_at_end(typed, meant):
        return False
    return len(typed) >= _LONG_WORD_LETTERS or _is_one_slip(typed, meant)


def _differ_at_end(typed: str, meant: str) -> bool:
    """Whether only the last one or two letters differ; a letter typed twice, or two swapped, are slips."""
    head = _common_letters(typed, meant)
    left, right = typed[head:], meant[head:]
    if typed == meant + meant[-1:] or left == right[::-1]:
        return False
    return max(len(left), len(right)) <= _MAX_ENDING_LETTERS and left[-1:] != right[-1:]


def is_other_ending(query: str, suggestion: str) -> bool:
    """Whether some word differs in its last letter alone: *factory* is not a slip for *factors*."""
    return any(
        one != other and _common_letters(one, other) >= max(len(one), len(other)) - 1
        for one, other in _pairs(query, suggestion)
    )


def _pairs(query: str, suggestion: str) -> Iterator[tuple[str, str]]:
    """The words of a query beside those of a suggestion."""
    return zip(query.casefold().split(), suggestion.casefold().split(), strict=False)


def _is_one_slip(typed: str, meant: str) -> bool:
    """Whether the words differ in one letter replaced, missing or added, or in two swapped."""
    head = _common_letters(typed, meant)
    left, right = typed[head:], meant[head:]
    tail = _common_letters(left[::-1], right[::-1])
    left, right = left[: len(left) - tail], right[: len(right) - tail]
    return max(len(left), len(right)) == 1 or (len(left) == 2 and left == right[::-1])


def _common_letters(one: str, other: str) -> int:
    """The length of the longest common prefix of both words."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def correction_notice(query: str, meant: str) -> Message:
    """The notice that a suggestion was searched instead of a query that finds nothing."""
    typed, meant = (cut_to_size(one.strip(), _MAX_QUOTED_CHARS) for one in (query, meant))
    return Message("query-corrected", typed=typed, meant=meant)


def any_words_query(node: Node) -> str:
    """The query for any of the words, if this one asks for all of several; else empty."""
    if isinstance(node, Phrase):
        return _any([Word(part) for part in node.text.split() if tokenize(part)], [])
    if not isinstance(node, And):
        return ""
    wanted = required_nodes([child for child in node.nodes if not isinstance(child, (Not, Filter))])
    return _any(wanted, [child for child in node.nodes if isinstance(child, (Not, Filter))])


def _any(alternatives: list[Node], rest: list[Node]) -> str:
    if len(alternatives) < 2:
        return ""
    either = Or(tuple(alternatives))
    return write_query(And((either, *rest)) if rest else either)
