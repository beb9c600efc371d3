"""How much the nodes of a cluster on this machine use: memory, processor time, disk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.request import urlopen

from tests.bench.memory import Peak, cpu_seconds, watching
from tests.cluster.nodes import LiveCluster

__all__ = ["NodeUse", "disk_mb", "watched_nodes"]


@dataclass
class NodeUse:
    """Processor seconds of all nodes together, and the most memory that each held, in MB."""

    cpu_s: float = 0.0
    peaks: Sequence[Peak] = field(default=())

    @property
    def peak_mb(self) -> float:
        return sum(peak.mb or 0.0 for peak in self.peaks)


@contextmanager
def watched_nodes(cluster: LiveCluster) -> Iterator[NodeUse]:
    """Samples the nodes for as long as the block runs; the figures are complete when it ends."""
    use = NodeUse()
    before = sum(map(cpu_seconds, cluster.processes))
    watchers = [watching(process, every=1.0) for process in cluster.processes]
    use.peaks = [watcher.__enter__() for watcher in watchers]
    try:
        yield use
    finally:
        for watcher in watchers:
            watcher.__exit__(None, None, None)
        use.cpu_s = sum(map(cpu_seconds, cluster.processes)) - before


def disk_mb(cluster: LiveCluster, indices: str) -> tuple[float, float]:
    """The size of indices in MB: of one copy, and of all copies."""
    with urlopen(f"{cluster.urls[0]}/{indices}/_stats/store", timeout=60) as answer:  # noqa: S310
        every: dict[str, Any] = json.load(answer)["_all"]
    one, all_copies = (every[part]["store"]["size_in_bytes"] / 2**20 for part in ("primaries", "total"))
    return one, all_copies
