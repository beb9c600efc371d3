"""A peer behind our own site: the same templates, marks and snippets over another engine."""

from __future__ import annotations

import json
import pickle
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest
from pathlib import Path
from types import MappingProxyType

from index.analysis.stemming import stem
from index.facets import MAX_VALUES, theme_values
from index.highlighting.hits import HitHighlighter
from index.query import Node, parse_query
from index.query.interpretation import Interpretation
from index.request import FACETS, FacetName, Request
from index.results import FacetValue, Hit, Results
from kb.model import Collection, Document, Passage, Theme, Thesaurus
from kb.permanence.moves import Moves
from kb.published import LeftOutPassage, Withdrawal
from kb.site import Site
from kb.sources.instrument import Instrument
from kb.tags import ThemeNames
from tests.bench.peers import Peer, opened
from tests.bench.peers.peer import Facets

__all__ = ["PeerEngine", "PeerSnapshot", "shelve"]

_SHELF = "shelf.pickle"


def shelve(collection: Collection, folder: Path) -> None:
    """Stores beside a peer's index what pages need of themes and documents."""
    documents = {document.id: document for document in collection.documents}
    with (folder / _SHELF).open("wb") as file:
        pickle.dump((collection.themes, documents), file)


@dataclass(frozen=True, slots=True)
class _Known:
    """The part of a vocabulary that marking uses; a peer need not look patterns up again."""

    def has_word(self, form: str) -> bool:
        return False

    def in_titles(self, form: str) -> bool:
        return False

    def forms_of(self, pattern: Node) -> tuple[str, ...]:
        return ()

    def stems(self, form: str) -> tuple[str, ...]:
        return (stem(form),)

    related_stems = stems

    def related_forms(self, form: str) -> tuple[str, ...]:
        return ()

    def rarity_of(self, form: str) -> float:
        return 1.0


class PeerSnapshot:
    """The part of a snapshot that the results page needs, answered by a peer."""

    generation = "peer"
    fallback = None
    built = "2015-03-25T00:00:00+00:00"
    site = Site()
    thesaurus = Thesaurus()
    instruments: Mapping[str, Instrument] = MappingProxyType({})
    withdrawn: Mapping[str, Withdrawal] = MappingProxyType({})
    left_out_passages: Mapping[str, LeftOutPassage] = MappingProxyType({})
    moves = Moves({}, lambda _: True)

    def __init__(self, peer: Peer, themes: tuple[Theme, ...], documents: Mapping[str, Document]) -> None:
        self._peer = peer
        self._lock = threading.Lock()
        self._titles = ThemeNames.of(themes).titles
        self.themes = themes
        self.documents = documents
        self.sizes = dict.fromkeys(documents, 1)

    def search(self, request: Request) -> Results:
        """The results of a request. Raises NotOffered for a query that the peer does not have."""
        finder = HitHighlighter(Interpretation(parse_query(request.text).node), _Known())
        with self._lock:
            answer = self._peer.page(request)
        listed = {name: self._facet(name, request, answer.facets) for name in FACETS}
        return Results(
            request=request,
            generation=self.generation,
            total=answer.total,
            total_documents=len(answer.facets.get("document", ())),
            hits=tuple(self._hit(record, finder) for record in answer.records),
            facets={name: values for name, (values, _) in listed.items()},
            more={name: more for name, (_, more) in listed.items()},
        )

    def _facet(self, name: FacetName, request: Request, facets: Facets) -> tuple[tuple[FacetValue, ...], int]:
        selected, counts = request.filters.get(name, ()), facets.get(name, {})
        if name == "theme":
            return theme_values(self.themes, counts, selected)
        largest = nlargest(MAX_VALUES, counts, key=lambda value: counts[value])
        shown = list(dict.fromkeys([*largest, *selected]))
        if name == "year":
            shown.sort(reverse=True)
        return tuple(self._value(name, value, counts, value in selected) for value in shown), 0

    def _value(self, name: FacetName, value: str, counts: Mapping[str, int], chosen: bool) -> FacetValue:
        label = self.documents[value].title if name == "document" and value in self.documents else value
        return FacetValue(value, label, counts.get(value, 0), chosen)

    def _hit(self, record: str, finder: HitHighlighter) -> Hit:
        document, name, text, locator, heading, themes = json.loads(record)
        passage = Passage(document, name, text, locator, heading, tuple(themes))
        held = self.documents[document]
        shown, reasons = finder.snippet_and_reasons(passage, held, self._titles)
        return Hit(passage, held, shown, reasons=reasons)


class PeerEngine:
    """A peer's index in a folder, opened once."""

    def __init__(self, name: str, folder: Path, exact: bool = False) -> None:
        with (folder / _SHELF).open("rb") as file:
            themes, documents = pickle.load(file)  # noqa: S301
        self.peer = opened(name, exact)(folder)
        self._held = PeerSnapshot(self.peer, themes, documents)

    def snapshot(self) -> PeerSnapshot:
        return self._held

    def condition(self) -> None:
        """None: a peer has no machines to report on."""
