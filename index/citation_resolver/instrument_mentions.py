"""Which notes and passages speak of an instrument, article by article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from threading import Lock

from index.citation_resolver.instrument_finder import InstrumentFinder, instrument_finder
from index.engine import Snapshot
from index.request import Request
from kb.errors import WorkCutShort
from kb.ids import IdPair
from kb.model import Passage
from kb.sources.instrument import Instrument, plain_number
from kb.work.budget import Budget, is_spent, limited, uncounted, was_cut

__all__ = ["MAX_PASSAGES_READ", "InstrumentMentions", "instrument_mentions"]

MAX_PASSAGES_READ = 500
"""How many passages that name an instrument are read for its page."""

MAX_SECONDS = 1.0
"""CPU seconds for finding mentions; what is not found by then is left out."""

MAX_SEARCHED_NAMES = 20

_KEPT: dict[tuple[str, str], InstrumentMentions] = {}
_MAX_KEPT = 200
_lock = Lock()


@dataclass(frozen=True, slots=True)
class InstrumentMentions:
    """The passages that speak of an instrument, by article number as listed, else as the passages have it.

    Under the empty number are those that name the instrument but no article of it. Each passage comes with
    the numbers that it cites. `cut` tells whether there are more passages than were read.
    """

    articles: Mapping[str, Mapping[IdPair, tuple[str, ...]]]
    cut: bool = False


def instrument_mentions(snapshot: Snapshot, instrument: Instrument) -> InstrumentMentions:
    """What speaks of an instrument: found once for each generation, charged to no request's budget."""
    key = (snapshot.generation, instrument.id)
    if key not in _KEPT:
        with uncounted(), limited(Budget(MAX_SECONDS)):
            found = _found(snapshot, instrument)
        with _lock:
            _KEPT[key] = found
            for old in list(_KEPT)[:-_MAX_KEPT]:
                del _KEPT[old]
        return found
    return _KEPT[key]


def _found(snapshot: Snapshot, instrument: Instrument) -> InstrumentMentions:
    finder = instrument_finder(snapshot)
    passages = {one.address: one for one in _noted(snapshot, finder, instrument)}
    named = list(islice(_named(snapshot, instrument), MAX_PASSAGES_READ + 1))
    passages |= {one.address: one for one in named[:MAX_PASSAGES_READ]}
    articles: dict[str, dict[IdPair, tuple[str, ...]]] = {}
    for passage in passages.values():
        if is_spent():
            break
        for number, numbers in _cited(finder, instrument, passage).items():
            articles.setdefault(number, {})[passage.document, passage.id] = numbers
    return InstrumentMentions(articles, was_cut() or len(named) > MAX_PASSAGES_READ)


def _noted(snapshot: Snapshot, finder: InstrumentFinder, instrument: Instrument) -> Iterator[Passage]:
    """The notes with a provision of the instrument."""
    for document in snapshot.documents.values():
        for passage in snapshot.passages(document.id) if document.is_note else ():
            if any(finder.registry.find(one.instrument) == instrument for one in passage.provisions):
                yield passage


def _named(snapshot: Snapshot, instrument: Instrument) -> Iterator[Passage]:
    """The passages that name the instrument, in the order of the collection."""
    names = dict.fromkeys((*instrument.names, instrument.title))
    quoted = [f'"{" ".join(name.replace(chr(34), " ").split())}"' for name in names if name.strip()]
    asked = Request(
        " OR ".join(quoted[:MAX_SEARCHED_NAMES])[:9_000], sort="document", hidden=True, expand=False
    )
    with suppress(WorkCutShort):
        hits = snapshot.every_hit(asked, snippets=False)
        yield from (hit.passage for hit in hits if hit.matched == "all")


def _cited(
    finder: InstrumentFinder, instrument: Instrument, passage: Passage
) -> Mapping[str, tuple[str, ...]]:
    """The articles that a passage cites, by the number under which they are listed."""
    numbers = [each.number for each in finder.mentions(passage.text) if each.instrument == instrument] + [
        one.article for one in passage.provisions if finder.registry.find(one.instrument) == instrument
    ]
    cited: dict[str, tuple[str, ...]] = {}
    for number in dict.fromkeys(map(plain_number, numbers)):
        article = finder.article(instrument, number) if number else None
        key = article.number if article else number
        cited[key] = (*cited.get(key, ()), number)
    if len(cited) > 1:
        cited.pop("", None)
    return cited
