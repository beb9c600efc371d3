"""How long a build and a search take, for each collection named: python tests/bench/measure.py DIR...

Every query runs three times and counts with its median; nothing is cached between runs but what
the engine and the operating system keep themselves. A page is the whole HTML answer, made in the
process. Figures are for comparing runs on one machine, never a pass or a fail.
"""

from __future__ import annotations

import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote_plus

from index.engine import Request
from index.store.builder import build
from index.store.engine import WhooshEngine
from kb.collection import load
from kb.settings import shipped_content
from web.app import create_app

QUERIES = (
    "extradition", "trafficking", "victim protection", "mutual legal assistance", "human rights", "peace",
    "international peace security", "women children", "labour", "regional cooperation", "the", "of the",
    '"human rights"', '"mutual legal assistance"', '"of the united"', "extradtion~", "wom?n", "traffick*",
    "develop*", "peace -war", "(war OR peace) justice", "training officials", "re-victimisation", "article 5",
    "2(d)", "year:1990..2015 law", "kind:treaty state", "climate change", "refugees", "colonial rule",
    "nuclear weapons treaty", "sustainable development goals", "forced labour", "child", "court jurisdiction",
    "border", "xyzzy", "", "migration workers rights", "criminal justice response",
)  # fmt: skip


def main(folders: Sequence[Path]) -> None:
    processor = platform.processor() or platform.machine()
    print(f"Python {platform.python_version()}, {processor}, Whoosh-Reloaded {version('Whoosh-Reloaded')}\n")
    print("| collection | passages | read and check s | build s | passages/s | open ms ", end="")
    print("| search p50 / p95 ms | page p50 / p95 ms |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for folder in folders:
        print(row(folder), flush=True)


def row(folder: Path) -> str:
    """One line of the table."""
    with tempfile.TemporaryDirectory() as index:
        collection, reading = timed(lambda: load([folder]))
        built, building = timed(lambda: build(collection, Path(index)))
        engine = WhooshEngine(Path(index))
        snapshot, opening = timed(engine.snapshot)
        client = create_app(engine).test_client()
        searches = [median(partial(snapshot.search, Request(text=query))) for query in QUERIES]
        pages = [median(partial(client.get, f"/search?q={quote_plus(query)}")) for query in QUERIES]
    rate = built.passages / building
    return (
        f"| {folder.name} | {built.passages:,} | {reading:.2f} | {building:.2f} | {rate:,.0f} "
        f"| {opening * 1000:.0f} | {spread(searches)} | {spread(pages)} |"
    )


T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def median(work: Callable[[], object]) -> float:
    return statistics.median(timed(work)[1] for _ in range(3))


def spread(seconds: Sequence[float]) -> str:
    cuts = statistics.quantiles(seconds, n=20)
    return f"{cuts[9] * 1000:.1f} / {cuts[18] * 1000:.1f}"


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [shipped_content()])
