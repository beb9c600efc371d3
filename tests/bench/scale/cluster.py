"""The cluster that is measured: three nodes on this machine."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from types import FrameType

from tests.bench.timing import say
from tests.cluster.nodes import LiveCluster, missing_tools

__all__ = ["lacking_here", "three_nodes"]

_NODES = {"KB_OS_TIER": "4", "KB_OS_HEAP": "1g"}
"""Both compilers and a heap for a million passages, where the environment names no others."""


def lacking_here() -> str:
    """What this machine lacks for a cluster, in words; empty if it has all."""
    return ", ".join(filter(None, [missing_tools(), "" if find_spec("opensearchpy") else "opensearch-py"]))


@contextmanager
def three_nodes() -> Iterator[LiveCluster]:
    """Nodes that are removed with their data when the block ends, even if this process is told to end."""
    for name, value in _NODES.items():
        os.environ.setdefault(name, value)
    say("starting three nodes")
    cluster = LiveCluster()
    before = signal.signal(signal.SIGTERM, _exit)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        signal.signal(signal.SIGTERM, before)


def _exit(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
