"""The figures measured, one per line, and estimates for collections too large for one machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from index.engines.opensearch.publishing.builder import PASSAGES_A_SHARD
from tests.bench import ours
from tests.bench.scale.two_engines import ON_CLUSTER

__all__ = ["figures", "paper", "sections"]

Step = Mapping[str, Any]

_SIZES = {"10 million": 10_000_000, "1 billion": 1_000_000_000}
_COPIES = 2
_GENERATIONS = 3
"""The one served, the one before, and the one that is built."""

_SHARD_GB = 15
_MAX_SHARDS = 100
"""A page asks each of them; beyond so many, larger ones are better."""

_SEARCHES_A_QUESTION = 4
"""Three pages, and the search that counts the matches."""


def figures(steps: Sequence[Step]) -> str:
    """The table of `index/engines/opensearch/README.md`: a column for each size."""
    head = ["", *(f"{step['passages']:,} passages" for step in steps)]
    rows = [[said, *(found(step) for step in steps)] for said, found in _FIGURES.items()]
    return _table(head, rows)


def paper(steps: Sequence[Step]) -> str:
    """The table of larger collections, estimated from the largest size, and for pages from all sizes."""
    rows = [[said, *(found(steps, size) for size in _SIZES.values())] for said, found in _PAPER.items()]
    return _table(["", *(f"{name} passages" for name in _SIZES)], rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines: list[Sequence[str]] = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |".replace("|  |", "| |") for line in lines)


def _build(step: Step, engine: str = ON_CLUSTER) -> Mapping[str, Any]:
    found: Mapping[str, Any] = step["engines"][engine]["build"]
    return found


def _each(step: Step, figure: str, times: float) -> float:
    """A figure of a build, per passage."""
    return float(_build(step)[figure] or 0) / step["passages"] * times


def _page(step: Step, engine: str = ON_CLUSTER) -> str:
    found = step["engines"][engine]
    return f"{found['p50']:,.0f} / {found['p95']:,.0f} ms"


def _page_cpu_ms(step: Step) -> float:
    asked: int = step["questions"] * _SEARCHES_A_QUESTION
    return float(step["engines"][ON_CLUSTER]["nodes_cpu_s"]) / asked * 1000


_FIGURES: Mapping[str, Callable[[Step], str]] = {
    "built, passages a second": lambda step: f"{_build(step)['passages_per_s']:,.0f}",
    "disk of one copy, a passage": lambda step: f"{_each(step, 'index_mb', 1024):.2f} KB",
    "CPU of the builder, a passage": lambda step: f"{_each(step, 'cpu_s', 1000):.2f} ms",
    "CPU of the nodes, a passage": lambda step: f"{_each(step, 'nodes_cpu_s', 1000):.2f} ms",
    "memory of the builder": lambda step: f"{_build(step)['peak_mb']:,.0f} MB",
    "memory of the three nodes": lambda step: f"{_build(step)['nodes_mb']:,.0f} MB",
    "a page, median / 95th percentile": _page,
    "CPU of the nodes, a page": lambda step: f"{_page_cpu_ms(step):,.0f} ms",
    "the built-in engine: passages a second": lambda step: (
        f"{_build(step, ours.NAME)['passages_per_s']:,.0f}"
    ),
    "its disk, a passage": lambda step: (
        f"{_build(step, ours.NAME)['index_mb'] / step['passages'] * 1024:.2f} KB"
    ),
    "its page, median / 95th percentile": lambda step: _page(step, ours.NAME),
}


def _disk(steps: Sequence[Step], size: int, times: int) -> float:
    """The size on disk in GB."""
    return _each(steps[-1], "index_mb", 1 / 1024) * size * times


def _said_disk(times: int) -> Callable[[Sequence[Step], int], str]:
    return lambda steps, size: _gb(_disk(steps, size, times))


def _gb(value: float) -> str:
    return f"{value / 1024:,.1f} TB" if value >= 1024 else f"{value:,.0f} GB"


def _shards(steps: Sequence[Step], size: int) -> str:
    usual = -(-size // PASSAGES_A_SHARD)
    if usual <= _MAX_SHARDS:
        return f"{usual:,}, the default"
    needed = max(1, round(_disk(steps, size, 1) / _SHARD_GB))
    return f"{needed:,} of {_SHARD_GB} GB; the default of {usual:,} would be too many"


def _said_cpu(figure: str) -> Callable[[Sequence[Step], int], str]:
    return lambda steps, size: _hours(_each(steps[-1], figure, 1) * size / 3600)


def _hours(value: float) -> str:
    return f"{value / 24:,.0f} days" if value >= 72 else f"{value:,.1f} hours"


def _page_cpu(steps: Sequence[Step], size: int) -> str:
    """CPU time of a page: a fixed part, and one that grows as between the smallest and the largest size."""
    small, large = steps[0], steps[-1]
    grown = large["passages"] - small["passages"]
    slope = (_page_cpu_ms(large) - _page_cpu_ms(small)) / grown if grown else 0.0
    value = _page_cpu_ms(large) + max(slope, 0.0) * (size - large["passages"])
    return f"{value / 1000:,.1f} s" if value >= 1000 else f"{value:,.0f} ms"


_PAPER: Mapping[str, Callable[[Sequence[Step], int], str]] = {
    "one copy of all shards": _said_disk(1),
    "with the second copy": _said_disk(_COPIES),
    "while the next generation is built, beside two kept": _said_disk(_COPIES * _GENERATIONS),
    "shards (`KB_OPENSEARCH_SHARDS`)": _shards,
    "CPU of the builder for a build from nothing": _said_cpu("cpu_s"),
    "CPU of the nodes for it": _said_cpu("nodes_cpu_s"),
    "CPU of the nodes for a page, all shards together": _page_cpu,
}


def sections(steps: Sequence[Step]) -> Iterator[str]:
    """Both tables, as they go into `index/engines/opensearch/README.md`."""
    yield "For `index/engines/opensearch/README.md`:"
    yield figures(steps)
    yield paper(steps)
