"""Pages over HTTP compared with bare answers of SQLite FTS5: the same queries in turn, each asked once."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from index.request import Request
from tests.bench import ours
from tests.bench.agreement import differences, our_answers
from tests.bench.load import get, made_here, served
from tests.bench.load import ours as our_server
from tests.bench.memory import cpu_seconds, descendants
from tests.bench.peers.bare import Bare, seconds_from_text
from tests.bench.questions import Question
from tests.bench.rows import load
from tests.bench.timing import apart, by_kind, say, spread, timed
from web.urls import search_links

__all__ = ["BARE", "QUERIES", "over_http"]

QUERIES = 143
BARE = "SQLite FTS5"

_FIRST = Request(text="ready")
_SLOWEST = 5


def over_http(index: Path, rows: Path, folder: Path, questions: Sequence[Question]) -> dict[str, Any]:
    """Times of our pages and of the bare answers, overall and by kind, and the hit counts that differ.

    `rows` is the file of the analysed passages; the peer's index is made in `folder`, which must be new.
    """
    folder.mkdir()
    say(f"HTTP: building bare {BARE}")
    rate = apart(_built, rows, folder)
    mine = apart(our_answers, index, questions)
    say(f"HTTP: {len(questions)} distinct pages over one connection, in turn with bare {BARE}")
    with served(our_server(workers=1), index) as (port, process):
        before = _server_ms(process)
        taken = apart(_in_turn, port, folder, questions)
        cpu = {ours.NAME: _server_ms(process) - before, BARE: sum(one.bare_cpu for one in taken)}
    say("HTTP: the same pages without their searches")
    with served(made_here("searchless", workers=1), index) as (port, _):
        apart(_in_turn, port, folder, questions)  # searches, and keeps the results
        searchless = apart(_in_turn, port, folder, questions)
    theirs = [{"total": one.total} for one in taken]
    times = _by_engine(taken)
    kinds = [question.kind for question in questions]
    return {
        "asked": len(questions),
        "from_text_per_s": rate,
        "engines": {name: by_kind(list(zip(kinds, found, strict=True))) for name, found in times.items()},
        "cpu_ms": {name: ms / max(1, len(questions)) for name, ms in cpu.items()},
        "searchless": {name: spread(times)._asdict() for name, times in _by_engine(searchless).items()},
        "differences": differences(BARE, zip(questions, mine, theirs, strict=True)),
        "slowest": _slowest(questions, taken),
    }


def _by_engine(taken: Sequence[_Taken]) -> dict[str, list[float]]:
    return {ours.NAME: [one.page for one in taken], BARE: [one.bare for one in taken]}


def _built(rows: Path, folder: Path) -> float:
    """Builds the peer's index; returns how many passages a second FTS5 indexes from their text."""
    found = list(load(rows))
    Bare.build(found, folder)
    return len(found) / seconds_from_text(found, folder)


class _Taken(NamedTuple):
    """Milliseconds of a page and of the bare answer, the latter's processor time, and its hit count."""

    page: float
    bare: float
    bare_cpu: float
    total: int


def _server_ms(process: int) -> float:
    """The processor time of a server and its workers so far, in ms."""
    return 1000 * sum(map(cpu_seconds, descendants(process)))


def _in_turn(port: int, folder: Path, questions: Sequence[Question]) -> list[_Taken]:
    """Asks for bare answers in this process and pages from another, with each first every other time."""
    bare = Bare(folder)
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _page(connection, _FIRST)
        bare.answer(_FIRST)
        return [
            _one(question.request, place % 2 == 0, lambda request: _page(connection, request), bare)
            for place, question in enumerate(questions)
        ]


def _one(request: Request, page_first: bool, page: Callable[[Request], None], bare: Bare) -> _Taken:
    if page_first:
        _, of_page = timed(lambda: page(request))
    worked = time.process_time()
    (total, _), of_bare = timed(lambda: bare.answer(request))
    worked = time.process_time() - worked
    if not page_first:
        _, of_page = timed(lambda: page(request))
    return _Taken(of_page * 1000, of_bare * 1000, worked * 1000, total)


def _page(connection: socket.socket, request: Request) -> None:
    address = search_links.search(request)
    status, _ = get(connection, address)
    if status != 200:
        raise RuntimeError(f"{address}: {status}")


def _slowest(questions: Sequence[Question], taken: Sequence[_Taken]) -> list[dict[str, Any]]:
    ranked = sorted(zip(questions, taken, strict=True), key=lambda each: -each[1].page)[:_SLOWEST]
    return [
        {"kind": question.kind, "text": question.text, "ms": one.page, "bare_ms": one.bare, "hits": one.total}
        for question, one in ranked
    ]
