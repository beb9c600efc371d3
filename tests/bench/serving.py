"""Times within one process: whole pages, the engine alone, the first search, memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder

from index.request import Request
from kb.errors import KbError
from tests.bench import ours
from tests.bench.memory import anonymous_mb
from tests.bench.pages import PeerEngine
from tests.bench.peers import NotOffered
from tests.bench.questions import Question
from tests.bench.timing import Timed, by_kind, spread, thrice, timed
from web.app import create_app
from web.urls import search_links

__all__ = [
    "engine_times",
    "first_search",
    "page",
    "page_times",
    "page_times_of_any_size",
    "peer_engine_times",
    "peer_page_times",
]

Measured = dict[str, Any]


def page(app: Flask, request: Request) -> Callable[[], int]:
    """A function that makes the whole HTML page of a request, straight through WSGI, and returns its size."""
    environ = EnvironBuilder(search_links.search(request)).get_environ()
    said: list[str] = []

    def start(status: str, headers: object, error: object = None, /) -> Callable[[bytes], object]:
        said.append(status)
        return said.__contains__  # nothing is written through this old interface

    def made() -> int:
        answer = app.wsgi_app(dict(environ), start)
        size = sum(map(len, answer))
        if said[-1] != "200 OK":
            raise RuntimeError(f"{search_links.search(request)}: {said[-1]}")
        return size

    return made


def page_times(folder: Path, questions: Sequence[Question]) -> Measured:
    """The times of every page, made three times, and the memory of the process afterwards."""
    engine = ours.opened(folder)
    app = create_app(engine)
    page(app, Request(text="warm"))()  # compiles the templates
    measured = [_one(question, thrice(page(app, question.request))) for question in questions]
    snapshot = engine.snapshot()
    for question, entry in zip(questions, measured, strict=True):
        entry["matches"] = snapshot.search(question.request).total
    return {"questions": measured, "anonymous_mb": anonymous_mb(), **_summary(measured)}


def page_times_of_any_size(folder: Path, questions: Sequence[Question], cluster: str = "") -> Measured:
    """As `page_times`, without a limit on processor time; a page that fails is listed, and not timed.

    With `cluster` the index is on the nodes at these URLs.
    """
    engine = ours.opened(folder, cluster)
    app = create_app(engine, budget=0)
    measured: list[Measured] = []
    failed: list[str] = []
    for question in [Question("warm", "warm"), *questions]:
        try:
            entry = _one(question, thrice(page(app, question.request)))
            entry["matches"] = engine.snapshot().search(question.request).total
        except (RuntimeError, KbError) as error:
            failed.append(f"{question.text} ({error})")
        else:
            measured.append(entry)
    kept = [entry for entry in measured if entry["kind"] != "warm"]
    return {"questions": kept, "failed": failed, "anonymous_mb": anonymous_mb(), **_summary(kept)}


def peer_page_times(name: str, folder: Path, questions: Sequence[Question]) -> Measured:
    """The same pages over a peer; what it does not offer is left out and listed."""
    engine = PeerEngine(name, folder)
    preferred = _prefer(engine.peer, questions)
    app = create_app(engine)  # type: ignore[arg-type]  # what the results page needs of an engine is there
    app.config["PROPAGATE_EXCEPTIONS"] = True
    measured, missing = [], set()
    for question in questions:
        try:
            engine.peer.top(question.request)
        except NotOffered:
            missing.add(question.kind)
            continue
        measured.append(_one(question, thrice(page(app, question.request))))
    return {"questions": measured, "not_offered": sorted(missing), "facets": preferred, **_summary(measured)}


def _prefer(peer: Any, questions: Sequence[Question]) -> str:
    common = [question for question in questions if question.kind == "common word"]
    return str(peer.prefer(common[0].request)) if common and hasattr(peer, "prefer") else ""


def _one(question: Question, taken: Timed) -> Measured:
    said = {"kind": question.kind, "text": question.text, "filters": list(question.filters)}
    return {**said, "first_ms": taken.first, "ms": taken.median}


def _summary(measured: Sequence[Measured]) -> Measured:
    taken = [(entry["kind"], entry["ms"]) for entry in measured]
    return {**by_kind(taken), "first": spread([entry["first_ms"] for entry in measured])._asdict()}


def engine_times(folder: Path, questions: Sequence[Question]) -> Measured:
    """Times without pages: for the ten best hits with four facets, and for the ten best hits alone."""
    snapshot = ours.opened(folder).snapshot()
    return _engine(
        lambda request: ours.engine_only(snapshot, request),
        lambda request: ours.top_only(snapshot, request),
        questions,
    )


def peer_engine_times(name: str, folder: Path, questions: Sequence[Question], exact: bool) -> Measured:
    """The same for a peer; with `exact` it ranks by stem and exact form, like ours, else by stem alone."""
    peer = PeerEngine(name, folder, exact).peer
    _prefer(peer, questions)
    return _engine(peer.page, peer.top, questions)


def _engine(
    whole: Callable[[Request], object], top: Callable[[Request], object], questions: Sequence[Question]
) -> Measured:
    found: dict[str, list[float]] = {"page": [], "top": []}
    for question in questions:
        try:
            found["page"].append(thrice(lambda: whole(question.request), 5).median)  # noqa: B023
            found["top"].append(thrice(lambda: top(question.request), 5).median)  # noqa: B023
        except NotOffered:
            continue
    return {name: spread(taken)._asdict() for name, taken in found.items()}


def first_search(folder: Path, question: Question) -> Measured:
    """Times of opening, a first search and a first page in a process that has imported everything."""
    engine = ours.opened(folder)
    snapshot, opening = timed(engine.snapshot)
    _, searching = timed(lambda: ours.engine_only(snapshot, question.request))
    began = time.perf_counter()
    page(create_app(engine), question.request)()
    making = time.perf_counter() - began
    return {"open_ms": opening * 1000, "search_ms": searching * 1000, "page_ms": making * 1000}
