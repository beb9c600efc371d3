"""The cluster that one test run shares, and sites on it that are removed when it ends."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest

from index.engines.opensearch.connection.client import Cluster
from index.engines.opensearch.connection.settings import ClusterSettings, node_urls
from index.engines.opensearch.entry import make_backend
from index.engines.opensearch.opening import OpenSearchGenerations
from index.engines.opensearch.publishing.builder import OpenSearchBuilder
from index.search.engine import SearchEngine
from kb.errors import KbError
from kb.model import Collection
from tests.cluster.nodes import LiveCluster, missing_tools

__all__ = ["live_nodes", "live_urls", "new_site", "on_cluster", "open_site", "remove_site"]


def live_urls() -> tuple[str, ...]:
    """The URLs of the nodes to test on: those in KB_LIVE_URL, else of three that end with this process."""
    if given := os.environ.get("KB_LIVE_URL"):
        return node_urls(given)
    return live_nodes().urls


def live_nodes() -> LiveCluster:
    """Three nodes that a test may kill; skips the test if nobody asked for them.

    With KB_REQUIRE_LIVE=1 a machine that cannot have them fails the test.
    """
    required = os.environ.get("KB_REQUIRE_LIVE") == "1"
    if not required and os.environ.get("KB_LIVE") != "1":
        pytest.skip("needs a cluster: make test-live")
    lacking = missing_tools()
    if lacking and not required:
        pytest.skip(f"no cluster here without {lacking}")
    return _started()


@cache
def _started() -> LiveCluster:
    nodes = LiveCluster()
    atexit.register(nodes.stop)
    nodes.start()
    return nodes


def new_site(urls: tuple[str, ...], shards: int = 2) -> Cluster:
    """A client for a new site."""
    return Cluster(ClusterSettings(urls, f"t{uuid4().hex[:12]}", shards=shards))


def remove_site(client: Cluster) -> None:
    with suppress(KbError):
        client.write("DELETE", (f"{client.settings.alias}-*",))


def open_site(client: Cluster) -> SearchEngine:
    """The engine over a site, which looks for a newer generation every time."""
    return SearchEngine(OpenSearchGenerations(client, make_backend, max_age=0))


_served: dict[int, tuple[Collection, SearchEngine]] = {}
"""Collections that several tests search, each published once."""


def on_cluster(folder: Path) -> Callable[[Collection], SearchEngine]:
    """A function that publishes collections on one site; one that another test published is not rebuilt."""
    urls = live_urls()
    sites: list[tuple[Cluster, SearchEngine]] = []

    def publish(content: Collection) -> SearchEngine:
        if sites:
            client, engine = sites[0]
            for name in [name for name, (_, served) in _served.items() if served is engine]:
                del _served[name]
        elif id(content) in _served:
            return _served[id(content)][1]
        else:
            client = new_site(urls)
            atexit.register(remove_site, client)
            engine = open_site(client)
            sites.append((client, engine))
            _served[id(content)] = content, engine
        OpenSearchBuilder(client, folder).build(content)
        return engine

    return publish
