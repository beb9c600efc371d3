"""Legal instruments: their facts, the names they go by, and their articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

__all__ = [
    "Article",
    "Instrument",
    "article_in",
    "article_name",
    "articles_cited",
    "instrument_names",
    "merge_instruments",
    "plain_number",
]


@dataclass(frozen=True, slots=True)
class Article:
    """An article by its number, `16`, `2(d)` or `Guideline 4`; a heading in brackets is an editor's."""

    number: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty, directive, set of guidelines ...; `names` are short forms, the usual one first.

    `facts` are fields that citations use (`kb.sources.kinds`), including `date` and `place`; `seen_in`
    names where the facts were seen. `articles` are those that notes cite, not all that there are.
    """

    id: str
    title: str
    names: tuple[str, ...] = ()
    kind: str = ""
    issuers: tuple[str, ...] = ()
    url: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    articles: tuple[Article, ...] = ()
    seen_in: tuple[str, ...] = ()
    path: Path = field(default=Path(), compare=False)
    line: int = field(default=1, compare=False)

    @property
    def name(self) -> str:
        """The usual short form, or the title."""
        return self.names[0] if self.names else self.title


def instrument_names(instruments: Iterable[Instrument]) -> dict[str, Instrument]:
    """Instruments by each of their short forms and their id; the first with a name counts."""
    named: dict[str, Instrument] = {}
    for one in instruments:
        for name in (*one.names, one.id):
            named.setdefault(name, one)
    return named


def merge_instruments(several: Iterable[Iterable[Instrument]]) -> dict[str, Instrument]:
    """Instruments of several registries by id; the first with an id or a name counts."""
    merged: dict[str, Instrument] = {}
    taken: set[str] = set()
    for one in (instrument for instruments in several for instrument in instruments):
        if one.id not in merged and not taken.intersection(one.names):
            merged[one.id] = one
            taken.update(one.names)
    return merged


def article_in(articles: Mapping[str, Article], number: str) -> Article | None:
    """The article listed under a number, or the one that contains it: `6(3)` or `6` for `6(3)(a)`."""
    words = plain_number(number)
    while words:
        if words in articles:
            return articles[words]
        words = words.rpartition("(")[0].rstrip()
    return None


def article_name(number: str) -> str:
    """An article as it is named: `article 16`, `Guideline 4`, `Preamble`."""
    return number if re.match("[A-Za-z]{2,} |[A-Z][a-z]{2,}$", number) else f"article {number}"


def articles_cited(number: str) -> Iterator[str]:
    """Each article that a provision names: `5`, `6` of `5, 6`, and the ends of `5–8`."""
    yield from filter(None, re.split(r"\s*(?:[,;–]|(?<=[0-9)])-(?=[0-9])|\band\b|\bto\b)\s*", number.strip()))


def plain_number(number: str) -> str:
    """A number in the form used for comparing: `6 (3)` as `6(3)`, `guideline  4` as `Guideline 4`."""
    words = re.sub(r"\s+\(", "(", " ".join(number.split()))
    return words[:1].upper() + words[1:]
