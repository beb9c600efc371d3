"""What one generation offers to whoever types: gathered when it is first asked for, then kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

import numpy as np

from index.analysis.analyzer import stem
from index.engines.whoosh.matching.vocabulary import WhooshVocabulary
from index.engines.whoosh.passages.columns import Columns
from index.engines.whoosh.segment.catalogue import Catalogue
from index.engines.whoosh.segment.reader import Segment
from index.engines.whoosh.suggest.frequent_phrases import frequent_sequences, is_telling
from index.query.ast import Prefix
from index.results import Completion
from index.suggest.autocomplete import Shelf, folded

__all__ = ["Completer"]

MOST_TITLES = 50_000
"""Documents that are found by their titles: decoding so many takes a quarter of a second, once."""

MOST_SEQUENCES = 3_000

_MOST_FORMS = 48
"""Words with one beginning that are offered."""


class Completer:
    """Titles of themes, sub-points and documents; search terms of the themes; what often stands together."""

    def __init__(
        self,
        segments: Sequence[Segment],
        catalogue: Catalogue,
        columns: Columns,
        vocabulary: WhooshVocabulary,
    ) -> None:
        self._segments, self._catalogue = segments, catalogue
        self._columns, self._vocabulary = columns, vocabulary
        self._counts: dict[str, int] = {}

    @cached_property
    def themes(self) -> Shelf:
        """Themes by title and label, then sub-points, with how many passages are shown on each."""
        columns = self._columns
        live = np.flatnonzero(columns.alive)
        shown = live[~columns.hidden[columns.rank[live]]]
        counts = dict(zip(columns.tags.values, columns.tags.counts(shown).tolist(), strict=True))
        return Shelf(
            (text, replace(each, count=counts[each.value]))
            for text, each in self._named()
            if counts[each.value]
        )

    def _named(self) -> Iterator[tuple[str, Completion]]:
        for theme in self._catalogue.themes:
            for text in dict.fromkeys((theme.title, theme.label)):
                yield text, Completion(theme.title, "theme", theme.slug, 0)
        for theme in self._catalogue.themes:
            for each in theme.subpoints:
                yield each.title, Completion(each.title, "sub-point", f"{theme.slug}/{each.slug}", 0)

    @cached_property
    def documents(self) -> Shelf:
        """Documents by title; not the notes on a theme, nor what is superseded or withdrawn."""
        catalogue = self._catalogue
        themes = {theme.slug for theme in catalogue.themes}
        facts = zip(
            catalogue.documents.ids,
            catalogue.documents.titles(MOST_TITLES),
            catalogue.sizes.tolist(),
            catalogue.hidden.tolist(),
            strict=False,
        )
        return Shelf(
            (title, Completion(title, "document", name, size))
            for name, title, size, hidden in facts
            if not hidden and name not in themes
        )

    @cached_property
    def phrases(self) -> Shelf:
        """The search terms of the themes, then what often stands together; one of singular and plural."""
        terms = [term.replace('"', " ") for theme in self._catalogue.themes for term in theme.related]
        listed: dict[str, str] = {}
        for text in (*terms, *frequent_sequences(self._segments, MOST_SEQUENCES)):
            listed.setdefault(" ".join(map(stem, folded(text).split())), " ".join(text.split()))
        return Shelf((text, Completion(text, "phrase", _query(text), 0)) for text in listed.values())

    def count(self, phrase: str, total: Callable[[str], int]) -> int:
        """How many passages a phrase has; kept, since there are only so many phrases."""
        if phrase not in self._counts:
            self._counts[phrase] = total(phrase)
        return self._counts[phrase]

    def words(self, beginning: str) -> list[str]:
        """Words that begin so and say something, the commonest first; compounds are found by their parts."""
        forms = self._vocabulary.forms_of(Prefix(beginning))
        telling = islice(filter(is_telling, forms), _MOST_FORMS)
        return [form for form in telling if not self._vocabulary.frequency("text_end", form)]


def _query(text: str) -> str:
    return f'"{text}"' if " " in text else text
