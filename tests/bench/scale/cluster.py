"""The cluster that is measured: three nodes of this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

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
    """Nodes that end with the block, and their data with them."""
    for name, value in _NODES.items():
        os.environ.setdefault(name, value)
    say("starting three nodes")
    cluster = LiveCluster()
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
