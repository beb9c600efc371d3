"""The part of a passage that best shows why it matches, as plain text and ranges."""

from __future__ import annotations

from collections.abc import Sequence

from index.highlighting.highlighter import Highlight
from index.results import Range, Snippet
from kb.model import Provision, prose_before
from kb.text.clusters import before_unit
from kb.text.scripts import has_unspaced

__all__ = ["GAP", "SNIPPET_CHARS", "make_note_snippet", "make_snippet"]

SNIPPET_CHARS = 280
"""The length a snippet aims at."""

_MAX_WHOLE_CHARS = 360
"""A passage no longer than this is shown whole."""

_CONTEXT_CHARS = 60
"""Context before the first match."""

_WINDOW_CHARS = SNIPPET_CHARS - _CONTEXT_CHARS
"""The room that the matches of a window must fit into."""

_MAX_WORD_CHARS = 30
"""The longest word shown before a number that belongs to it."""

_SENTENCE_ENDS = (". ", "\n", "。", "！", "？", "။", "។")
_ASCII_ENDS = 2
"""The first of them; a text in ASCII has no others."""

GAP = "… "
"""Marks a snippet that does not begin where its text does."""

_END = " …"


def make_note_snippet(
    text: str, provisions: Sequence[Provision], matches: Sequence[Highlight], weights: Sequence[int]
) -> Snippet:
    """The snippet of a note that ends with a list of `provisions`: from its prose, if that has any match.

    Where only a provision matches, it is the snippet.
    """
    prose = prose_before(provisions, text)
    if not matches or matches[0].start < len(prose):
        inside = [match for match in matches if match.end <= len(prose)]
        return make_snippet(prose.rstrip(), inside, weights)
    start = text.rfind("\n", 0, _best_window(matches, weights)[0]) + 1
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else None]
    inside = [match for match in matches if start <= match.start < start + len(line)]
    return Snippet(line, tuple((match.start - start, match.end - start) for match in inside), True)


def make_snippet(text: str, matches: Sequence[Highlight], weights: Sequence[int]) -> Snippet:
    """The window of `text` that best covers the query; the beginning of the text if nothing matches.

    `weights` are those of the terms that the matches have by number.
    """
    if len(text) <= _MAX_WHOLE_CHARS:
        return Snippet(text, tuple((match.start, match.end) for match in matches))
    first, last = _best_window(matches, weights) if matches else (0, 0)
    start = _start(text, first)
    end = max(_word_end(text, start + SNIPPET_CHARS), last)
    head = GAP if start else ""
    tail = _END if end < len(text) else ""
    shift = len(head) - start
    inside = [(a + shift, min(b, end) + shift) for a, b, _ in matches if start <= a < end]
    return Snippet(head + text[start:end] + tail, tuple(inside))


def _best_window(matches: Sequence[Highlight], weights: Sequence[int]) -> Range:
    """The best window: with the highest sum of weights, then the shortest, then with most matches after it.

    A sliding window ends with each match in turn. Matches leave it at its beginning while it is too wide,
    or while their terms recur further on, so each match enters and leaves once. Only a match that is too
    wide itself reaches beyond the window.
    """
    held, total = [0] * len(weights), len(matches)
    best, window = (0, 0, 0), (matches[0].start, 0)
    weight = first = ahead = 0
    for match in matches:
        for term in match.terms:
            weight += 0 if held[term] else weights[term]
            held[term] += 1
        oldest = matches[first]
        while oldest is not match and (match.end - oldest.start > _WINDOW_CHARS or _again(held, oldest)):
            for term in oldest.terms:
                held[term] -= 1
                weight -= 0 if held[term] else weights[term]
            first += 1
            oldest = matches[first]
        while ahead < total and matches[ahead].end <= oldest.start + _WINDOW_CHARS:
            ahead += 1
        score = (weight, oldest.start - match.start, ahead - first)
        if score > best:
            best, window = score, (oldest.start, match.end)
    first, last = window
    return (first, last) if last - first <= _WINDOW_CHARS else (first, first)


def _again(held: Sequence[int], match: Highlight) -> bool:
    """Whether every term of a match occurs again in the window."""
    if len(match.terms) == 1:
        return held[match.terms[0]] > 1
    return all(held[term] > 1 for term in match.terms)


def _start(text: str, match: int) -> int:
    """Where to begin: at a nearby sentence, else at a word; never so late that room is wasted."""
    at = max(0, min(match - _CONTEXT_CHARS, len(text) - SNIPPET_CHARS))
    if at == 0:
        return 0
    is_ascii = text.isascii()
    ends = _SENTENCE_ENDS[:_ASCII_ENDS] if is_ascii else _SENTENCE_ENDS
    sentence = max([(text.rfind(mark, at, match) + len(mark), mark) for mark in ends])
    if sentence[0] >= at + len(sentence[1]):
        return sentence[0]
    space = text.find(" ", at, match)
    if space >= 0 and (is_ascii or not has_unspaced(text[at:match])):
        return _with_its_word(text, space + 1)
    return before_unit(text, at)


def _with_its_word(text: str, at: int) -> int:
    """Moves one word back from a number: in “Article 2” neither word means much alone."""
    before = text.rfind(" ", 0, at - 1) + 1 if text[at : at + 1].isdigit() else at
    return before if at - before <= _MAX_WORD_CHARS else at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    context = text[at - _CONTEXT_CHARS : at + 1]
    space = text.rfind(" ", at - _CONTEXT_CHARS, at + 1)
    return space if space > 0 and not has_unspaced(context) else before_unit(text, at)
