"""Checks the provisions of notes against the registry of instruments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property

from kb.messages import Message
from kb.sources.instrument import (
    Article,
    Instrument,
    article_in,
    articles_cited,
    instrument_names,
    plain_number,
)

__all__ = ["InstrumentRegistry"]

_YEAR = re.compile(r"\s*\([0-9]{4}\)$")


class InstrumentRegistry:
    """The instruments of a collection, by the names that provisions use."""

    def __init__(self, instruments: Iterable[Instrument]) -> None:
        self._named = instrument_names(each := tuple(instruments))
        self._short = tuple(name for one in each for name in one.names)
        self._articles: dict[str, Mapping[str, Article]] = {}

    def find(self, name: str) -> Instrument | None:
        return self._named.get(name)

    def addressed(self, address: str) -> tuple[Instrument, str] | None:
        """The instrument and article that an address names, by id or short form: `untoc`, `UNTOC/16`."""
        if whole := self.find(address):
            return whole, ""
        name, _, number = address.rpartition("/")
        found = self.find(name)
        return (found, number) if found and number else None

    def fault(self, name: str, article: str, passage: str) -> Message | None:
        """What is wrong with a provision of a passage; None if nothing is.

        If an instrument lists no articles, any may be cited.
        """
        instrument = self.find(name)
        if instrument is None:
            return self._unknown(name, passage)
        articles = self.articles(instrument)
        missing = [each for each in articles_cited(article) if not article_in(articles, each)]
        if not (missing and articles):
            return None
        similar = get_close_matches(plain_number(missing[0])[:40], articles, n=1, cutoff=0.5)
        wrong, id = missing[0][:80], instrument.id
        if similar:
            meant = similar[0]
            return Message(
                "similar-article", passage=passage, instrument=name, id=id, article=wrong, meant=meant
            )
        return Message("unknown-article", passage=passage, instrument=name, id=id, article=wrong)

    def article(self, name: str, number: str) -> Article | None:
        """The listed article that a provision cites, in whole or in part."""
        instrument = self.find(name)
        return article_in(self.articles(instrument), number) if instrument else None

    def articles(self, instrument: Instrument) -> Mapping[str, Article]:
        """The listed articles of an instrument, by number."""
        if instrument.id not in self._articles:
            self._articles[instrument.id] = {one.number: one for one in instrument.articles}
        return self._articles[instrument.id]

    def _unknown(self, name: str, passage: str) -> Message:
        similar = get_close_matches(name[:80].casefold(), self._folded, n=1, cutoff=0.6)
        if similar:
            meant = self._folded[similar[0]]
            return Message("similar-instrument", instrument=name, passage=passage, meant=meant)
        return Message("unknown-instrument", instrument=name, passage=passage)

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        """Names as they may be written, with and without their year."""
        spelt = ((_YEAR.sub("", name).casefold(), name) for name in self._short)
        return dict(spelt) | {name.casefold(): name for name in self._short}
