"""Hits: ranked passages with what is shown of each, within the budget of work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from index.backend import Backend
from index.highlighting.hits import HitHighlighter
from index.highlighting.snippets import make_note_snippet
from index.query.interpretation import Interpretation
from index.results import Hit, Snippet
from index.search.ranking.tiers import RankedPassage, Tiers
from index.vocabulary.term_vocabulary import TermVocabulary
from kb.errors import WorkCutShort
from kb.messages import Message
from kb.model import Document, Passage
from kb.work.budget import check_budget

__all__ = ["HitLoader"]

_SnippetAndReasons = tuple[Snippet, tuple[Message, ...]]
_Shown = Callable[[Passage, Document, bool], _SnippetAndReasons]
"""Makes what is shown of a hit, its snippet and reasons, given whether it has all of the words."""


def _nothing(passage: Passage, document: Document, every: bool) -> _SnippetAndReasons:
    return Snippet(""), ()


def _opening(passage: Passage, document: Document, every: bool) -> _SnippetAndReasons:
    return make_note_snippet(passage.text, passage.provisions, (), ()), ()


class HitLoader:
    """Loads the hits of one generation; `titles` are those of themes and sub-points by value."""

    def __init__(self, backend: Backend, vocabulary: TermVocabulary, titles: Mapping[str, str]) -> None:
        self._backend, self._vocabulary, self._titles = backend, vocabulary, titles

    def in_time(self, tiers: Tiers, page: Sequence[RankedPassage]) -> tuple[Hit, ...]:
        """The hits of a page; with the beginnings of passages only, once the budget of work is spent."""
        if not page:  # common for notes, and preparing the highlights takes as long as loading a hit
            return ()
        return tuple(self._each(tiers, page, self._snippets_in_time(tiers.interpretation)))

    def each(self, tiers: Tiers, page: Sequence[RankedPassage], *, snippets: bool) -> Iterator[Hit]:
        """The hits of a page one by one."""
        return self._each(tiers, page, self._snippets(tiers.interpretation) if snippets else _nothing)

    def _each(self, tiers: Tiers, page: Sequence[RankedPassage], shown: _Shown) -> Iterator[Hit]:
        numbers = np.array([one.number for one in page], np.int64)
        others = tiers.others(numbers) if tiers.request.grouped else [0] * len(page)
        scored = tiers.interpretation.node is not None
        self._backend.read_ahead(numbers.tolist())
        for one, other in zip(page, others, strict=True):
            passage = self._backend.passage(one.number)
            document = self._backend.catalogue.documents[passage.document]
            snippet, reasons = shown(passage, document, one.matched == "all")
            score = one.score if scored else 0.0
            yield Hit(passage, document, snippet, score, one.matched, reasons, other)

    def _snippets(self, interpretation: Interpretation) -> _Shown:
        finder = HitHighlighter(interpretation, self._vocabulary)
        return lambda passage, document, every: finder.snippet_and_reasons(
            passage, document, self._titles, every
        )

    def _snippets_in_time(self, interpretation: Interpretation) -> _Shown:
        """As `_snippets`; only the beginnings of passages once the budget of work is spent."""
        try:
            check_budget()
            whole = self._snippets(interpretation)
        except WorkCutShort:
            return _opening

        def shown(passage: Passage, document: Document, every: bool) -> _SnippetAndReasons:
            try:
                check_budget()
                return whole(passage, document, every)
            except WorkCutShort:
                return _opening(passage, document, every)

        return shown
