"""Phrases as the cluster matches them, compounds included.

A compound is one term at its first word, but ends at its last. Where it begins and ends is in a field beside
the words (`tokens.begin_mark`, `end_mark`), so that it is matched as the stretch from the one to the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

from index.engines.opensearch.tokens import SKIPPED, begin_mark, end_mark

__all__ = ["MAX_SPACINGS", "phrase"]

MAX_SPACINGS = 512
"""In a sloppy phrase of three words or more, all spacings before the last word are tried, up to this many.
Beyond, the last word may only follow the shortest stretch of those before it."""


def phrase(field: str, forms: Sequence[str], slop: int, is_compound: Callable[[str], bool]) -> dict[str, Any]:
    """The query for the forms in order in a field, with at most `slop` other words between two."""
    if len(forms) == 1:
        return {"term": {field: forms[0]}}
    if not any(map(is_compound, forms)):
        if not slop:
            return {"match_phrase": {field: {"query": " ".join(forms)}}}
        if (slop + 1) ** (len(forms) - 2) <= MAX_SPACINGS:
            return {"intervals": {field: _spaced(forms, slop)}}
    words = [_word(field, form) if is_compound(form) else _match(form) for form in forms]
    return {"intervals": {field: _in_order(words, 0) if not slop else _one_by_one(words, slop)}}


def _match(query: str, **options: Any) -> dict[str, Any]:
    return {"match": {"query": query, "max_gaps": 0, "ordered": True} | options}


def _in_order(words: Sequence[Any], gaps: int) -> dict[str, Any]:
    return {"all_of": {"ordered": True, "max_gaps": gaps, "intervals": list(words)}}


def _one_by_one(words: Sequence[Any], slop: int) -> dict[str, Any]:
    found, *others = words
    for word in others:
        found = _in_order([found, word], slop)
    return dict(found)


def _spaced(forms: Sequence[str], slop: int) -> dict[str, Any]:
    """All spacings of the words but the last, which may follow at any distance."""
    *first, last = forms
    stretches = [_match(_with_gaps(first, gaps)) for gaps in product(range(slop + 1), repeat=len(first) - 1)]
    beginning = stretches[0] if len(stretches) == 1 else {"any_of": {"intervals": stretches}}
    return _in_order([beginning, _match(last)], slop)


def _with_gaps(forms: Sequence[str], gaps: Sequence[int]) -> str:
    words = [forms[0]]
    for form, gap in zip(forms[1:], gaps, strict=True):
        words += [SKIPPED] * gap
        words.append(form)
    return " ".join(words)


def _word(field: str, form: str) -> dict[str, Any]:
    """A form that is a word in some places and a compound in others."""
    marks = f"{field}_marks"
    begin = _match(begin_mark(form), use_field=marks)
    whole = {
        "all_of": {"ordered": True, "intervals": [begin, _match(end_mark(form), use_field=marks)]},
    }
    return {"any_of": {"intervals": [_match(form, filter={"not_overlapping": begin}), whole]}}
