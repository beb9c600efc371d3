"""What the provisions that notes list say of a passage: it cites such an article, or is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import sqrt

from index.citation_resolver.instrument_finder import InstrumentFinder
from index.theme_suggestions.stemmed_passage import MAX_PASSAGE_CHARS
from kb.citing.pinpoint import find_pinpoints
from kb.model import Document, Passage
from kb.sources.instrument import Instrument, articles_cited, plain_number

__all__ = ["InstrumentRules"]

ARTICLE = 0.6
"""The weight of an article that a note lists among its provisions."""


class InstrumentRules:
    """The theme values whose notes list an article, by instrument and number."""

    def __init__(self, instruments: Mapping[str, Instrument], notes: Iterable[Passage]) -> None:
        self._finder = InstrumentFinder(instruments)
        self._titles = {one.title.casefold(): one for one in instruments.values()}
        self._values: dict[str, dict[str, list[str]]] = {}
        for note in notes:
            for provision in note.provisions:
                if note.themes and (instrument := self._finder.registry.find(provision.instrument)):
                    for number in articles_cited(provision.article):
                        listed = self._values.setdefault(instrument.id, {})
                        listed.setdefault(plain_number(number), []).append(note.themes[-1])

    def find(self, document: Document, passage: Passage) -> Iterator[tuple[str, Mapping[str, float]]]:
        """Each article, as a reason gives it, with the weights of the theme values that list it."""
        mentions = self._finder.mentions(passage.text[:MAX_PASSAGE_CHARS])
        named = [(one.instrument, plain_number(one.number)) for one in mentions]
        if itself := self._titles.get(document.title.casefold()):
            named += [(itself, plain_number(one.value)) for one, _, _ in find_pinpoints(passage.locator)]
        for instrument, number in dict.fromkeys((one, number) for one, number in named if number):
            values = dict.fromkeys(self._listing(instrument.id, number))
            share = sqrt(len({value.partition("/")[0] for value in values}) or 1)
            yield f"{instrument.name} {number}", dict.fromkeys(values, ARTICLE / share)

    def _listing(self, instrument: str, number: str) -> Iterator[str]:
        for listed, values in self._values.get(instrument, {}).items():
            if f"{listed}(".startswith(f"{number}(") or f"{number}(".startswith(f"{listed}("):
                yield from values
