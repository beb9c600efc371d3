"""How much a search found, in words: passages of sources and our own notes are told apart."""

from __future__ import annotations

from collections.abc import Callable

from index.english import say as say_in_english
from index.results import Results
from kb.messages import Message

__all__ = ["passages_and_notes", "summary", "with_some"]

Say = Callable[[Message], str]


def summary(results: Results, say: Say = say_in_english) -> str:
    """`3 passages in 2 documents, 4 notes`, in the words of `say`."""
    if results.total or results.total_some:
        found = _found(results, say)
        return say(Message("found-at-least", found=found)) if results.cut else found
    return say(Message("found-cut-short") if results.cut else Message("found-nothing"))


def with_some(results: Results, say: Say = say_in_english) -> str:
    """What was added with some of the words: `5 passages and 2 notes`."""
    return passages_and_notes(results.total_some_sources, results.total_some_notes, say)


def _found(results: Results, say: Say) -> str:
    if not results.total_some:
        return _with_all(results, say)
    some = with_some(results, say)
    if results.total:
        every = passages_and_notes(results.total_sources, results.total_notes, say)
        found = say(Message("found-all-and-some", every=every, some=some))
    else:
        found = say(Message("found-only-some", some=some, count=results.total_some))
    if not results.source_documents:
        return found
    return say(Message("found-in", found=found, documents=_documents(results, say)))


def _with_all(results: Results, say: Say) -> str:
    notes = say(Message("count-notes", count=results.total_notes))
    if not results.total_sources:
        return notes
    passages = say(Message("count-passages", count=results.total_sources))
    found = say(Message("found", passages=passages, documents=_documents(results, say)))
    return say(Message("found-and-notes", found=found, notes=notes)) if results.total_notes else found


def _documents(results: Results, say: Say) -> str:
    return say(Message("count-documents", count=results.source_documents))


def passages_and_notes(sources: int, notes: int, say: Say = say_in_english) -> str:
    """`5 passages and 2 notes`; only one of them where there are none of the other."""
    passages, ours = say(Message("count-passages", count=sources)), say(Message("count-notes", count=notes))
    if sources and notes:
        return say(Message("passages-and-notes", passages=passages, notes=ours))
    return ours if notes else passages
