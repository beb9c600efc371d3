"""The steps as Markdown: what a build and a page take at each size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

__all__ = ["tables"]

Step = dict[str, Any]


def tables(steps: Sequence[Step]) -> Iterator[str]:
    """A table of builds and one of pages, a line for each size and engine."""
    yield (
        "Both engines on the same machine, OpenSearch as three nodes on it. Builds are all of `kb build`, "
        "from nothing; disk is of one copy, and of all copies with room for merges."
    )
    yield _table(
        (*_HEAD, "passages/s", "s", "CPU s", "CPU s of nodes", "disk MB", "all copies MB", "builder MB",
         "nodes MB"),
        [(*name, *_build(found["build"])) for name, found in _lines(steps)],
    )  # fmt: skip
    yield f"Pages of {max(step['questions'] for step in steps)} distinct queries, each made three times:"
    yield _table(
        (*_HEAD, "p50 ms", "p95", "slowest", "asked first: p50", "p95", "CPU s of nodes", "web process MB"),
        [(*name, *_pages(found)) for name, found in _lines(steps)],
    )
    failed = [(f"{step['passages']:,}", name, ", ".join(found["failed"]))
              for step in steps for name, found in step["engines"].items() if found["failed"]]  # fmt: skip
    if failed:
        yield "Pages that failed:"
        yield _table((*_HEAD, "queries"), failed)
    differing = [(f"{step['passages']:,}", *one) for step in steps for one in step["totals_differ"]]
    if differing:
        yield "Queries that find another number of passages on the cluster:"
        yield _table(("passages", "query", "built-in", "OpenSearch"), differing)


_HEAD = ("passages", "engine")


def _lines(steps: Sequence[Step]) -> Iterator[tuple[tuple[str, str], Step]]:
    for step in steps:
        for name, found in step["engines"].items():
            yield (f"{step['passages']:,}", name), found


def _build(found: Step) -> tuple[str, ...]:
    kept = (
        "passages_per_s",
        "wall_s",
        "cpu_s",
        "nodes_cpu_s",
        "index_mb",
        "copies_mb",
        "peak_mb",
        "nodes_mb",
    )
    return tuple(_whole(found.get(name)) for name in kept)


def _pages(found: Step) -> tuple[str, ...]:
    times = (found["p50"], found["p95"], found["max"], found["first"]["p50"], found["first"]["p95"])
    return (*map(_ms, times), _whole(found["nodes_cpu_s"]), _whole(found["web_mb"]))


def _whole(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"


def _ms(value: float) -> str:
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines: list[Sequence[object]] = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
