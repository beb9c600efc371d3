"""One run: its parts one after another, never two at once."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.collection.loader import load
from kb.model import Collection
from tests.bench import agreement, breaking, editing, growth, in_browser, ours, over_http, quotations, serving
from tests.bench.building import Indexes, build_all
from tests.bench.load import load as http_load
from tests.bench.load import ours as our_server
from tests.bench.load import served
from tests.bench.machine import machine, versions
from tests.bench.questions import Question, Vocabulary, draw, draw_typed, vocabulary
from tests.bench.rows import Row, cut, rows, text_bytes
from tests.bench.scale.cluster import lacking_here, three_nodes
from tests.bench.scale.two_engines import both_engines
from tests.bench.timing import apart, say
from web.urls import search_links

__all__ = ["PARTS", "Plan", "run"]

_MOST_GROWN = 8
_TIMES_SERVED, _TIMES_TYPED = 16, 5
"""Queries of each kind: for every size of the collection at most so many, for the load so many times more.

Those typed over HTTP are of several kinds; so many times more are asked in all.
"""

_TIMES_QUOTED, _MOST_QUOTED = 34, 1_000
"""Quotations of each kind from each folder: so many times more than queries, at most a thousand."""

_PROCESSES = 5
_MOST_BROKEN = 100_000
_FILTERS = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure: folders of content, how many of their passages (0: all), which peers, which parts.

    `each` is how many queries of every kind are asked, `seconds` how long each server is under load.
    """

    content: tuple[Path, ...]
    passages: int
    peers: tuple[str, ...]
    parts: tuple[str, ...]
    each: int
    seconds: float


@dataclass(frozen=True, slots=True)
class _Run:
    """What the parts share; `scratch` is the run's own folder."""

    plan: Plan
    scratch: Path
    collection: Collection
    rows: Sequence[Row]
    words: Vocabulary
    questions: Sequence[Question]
    indexes: Indexes

    @property
    def index(self) -> Path:
        return self.indexes.folders[ours.NAME]

    @property
    def common(self) -> list[Question]:
        return [question for question in self.questions if question.kind == "common word"]


def run(plan: Plan, scratch: Path) -> dict[str, Any]:
    """Builds all indexes, measures the parts of the plan, and returns the results as plain data."""
    made = _prepared(plan, scratch)
    results = {
        "machine": machine(),
        "versions": versions(),
        "collection": _described(made),
        "build": made.indexes.builds,
    }
    for name in plan.parts:
        say(f"part: {name}")
        results[name] = PARTS[name](made)
    return results


def _prepared(plan: Plan, scratch: Path) -> _Run:
    say("reading the content")
    collection = load(plan.content)
    whole = not plan.passages
    collection = collection if whole else cut(collection, plan.passages)
    say("analysing the words for the peers")
    found = list(rows(collection))
    words = vocabulary(found)
    content = plan.content if whole else ()
    indexes = build_all(scratch / "whole", collection, found, plan.peers, content)
    return _Run(plan, scratch, collection, found, words, draw(words, plan.each), indexes)


def _described(made: _Run) -> dict[str, Any]:
    return {
        "names": [path.resolve().name for path in made.plan.content],
        "passages": len(made.rows),
        "documents": len(made.collection.documents),
        "text_mb": text_bytes(made.collection) / 2**20,
        "questions": len(made.questions),
    }


def _agreement(made: _Run) -> dict[str, Any]:
    mine = apart(agreement.our_answers, made.index, made.questions)
    found = {}
    for peer in made.plan.peers:
        say(f"agreement: {peer}")
        theirs = apart(agreement.peer_answers, peer, made.indexes.folders[peer], made.questions)
        found[peer] = agreement.compare(peer, made.questions, mine, theirs)
    return found


def _pages(made: _Run) -> dict[str, Any]:
    found = {ours.NAME: apart(serving.page_times, made.index, made.questions)}
    for peer in made.plan.peers:
        say(f"pages: {peer}")
        found[peer] = apart(serving.peer_page_times, peer, made.indexes.folders[peer], made.questions)
    return {name: _slowest(measured) for name, measured in found.items()}


def _slowest(measured: dict[str, Any]) -> dict[str, Any]:
    """The figures with only the ten slowest queries in place of all."""
    asked = sorted(measured["questions"], key=lambda each: -float(each["ms"]))
    kept = {name: value for name, value in measured.items() if name != "questions"}
    return {**kept, "slowest": asked[:10]}


def _engine(made: _Run) -> dict[str, Any]:
    found = {ours.NAME: apart(serving.engine_times, made.index, made.common)}
    for peer in made.plan.peers:
        for said, exact in (("", False), (", stem and exact form", True)):
            folder = made.indexes.folders[peer]
            found[peer + said] = apart(serving.peer_engine_times, peer, folder, made.common, exact)
    return found


def _first(made: _Run) -> dict[str, Any]:
    taken = [apart(serving.first_search, made.index, question) for question in made.common[:_PROCESSES]]
    medians = {part: statistics.median(each[part] for each in taken) for part in taken[0]}
    return {**medians, "processes": len(taken)}


def _edit(made: _Run) -> dict[str, Any]:
    return editing.after_one_edit(made.scratch / "edit", made.collection)


def _growth(made: _Run) -> list[dict[str, Any]]:
    asked = draw(made.words, min(_MOST_GROWN, made.plan.each))
    return growth.growth(made.scratch / "growth", made.collection, made.rows, asked, made.indexes)


def _http(made: _Run) -> dict[str, Any]:
    asked = draw_typed(made.words, min(over_http.QUERIES, _TIMES_TYPED * made.plan.each))
    return over_http.over_http(made.index, made.indexes.rows, made.scratch / "http", asked)


def _load(made: _Run) -> dict[str, Any]:
    stock = made.indexes.folders.get("stock Whoosh")
    asked = draw(made.words, _TIMES_SERVED * made.plan.each)
    return http_load(made.index, stock, asked, made.plan.seconds)


def _browser(made: _Run) -> dict[str, Any]:
    if not in_browser.can_be_measured():
        say("no browser, or no Playwright to drive it: nothing is measured in one")
        return {}
    address = search_links.search(made.common[0].request)
    with served(our_server(), made.index) as (port, _):
        return apart(in_browser.reader_waits, f"http://127.0.0.1:{port}", address, _FILTERS)


def _opensearch(made: _Run) -> list[dict[str, Any]]:
    if lacking := lacking_here():
        say(f"no cluster here without {lacking}: OpenSearch is left out")
        return []
    content = made.plan.content if not made.plan.passages else (made.scratch / "whole" / "content",)
    with three_nodes() as cluster:
        folder = made.scratch / "opensearch"
        return [both_engines(cluster, content, len(made.rows), folder, made.questions)]


def _break(made: _Run) -> list[dict[str, Any]]:
    asked = list(breaking.queries(made.words).items())
    found = apart(breaking.broken_queries, made.index, asked)
    passages = min(_MOST_BROKEN, len(made.rows) if made.plan.passages else max(len(made.rows), 100))
    for place, name in enumerate(breaking.COLLECTIONS):
        say(f"break: {name}")
        folder = made.scratch / f"break{place}"
        found.append(apart(breaking.broken_collection, folder, name, passages))
    return found


def _quotations(made: _Run) -> dict[str, Any]:
    count = min(_MOST_QUOTED, _TIMES_QUOTED * made.plan.each)
    drawn = {}
    for folder in made.plan.content:
        inside = [each for each in made.collection.documents if each.path.is_relative_to(folder)]
        passages = [one for each in inside for one in made.collection.passages[each.id]]
        drawn[folder.name] = {kind: quotations.draw(kind, passages, count) for kind in quotations.KINDS}
    return apart(quotations.measured, made.index, drawn)


PARTS: Mapping[str, Callable[[_Run], Any]] = {
    "agreement": _agreement,
    "pages": _pages,
    "engine": _engine,
    "first": _first,
    "quotations": _quotations,
    "edit": _edit,
    "http": _http,
    "load": _load,
    "browser": _browser,
    "break": _break,
    "opensearch": _opensearch,
    "growth": _growth,
}
"""What can be measured, in the order in which it is."""
