"""From a filled index to one that may serve: counted, weighed, flushed, copied to other nodes."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from index.engines.opensearch.catalogue import DocumentEntry
from index.engines.opensearch.connection.client import Cluster
from index.engines.opensearch.connection.failures import unavailable
from index.engines.opensearch.mapping import Lengths
from index.engines.opensearch.publishing.parts import CHECKSUM
from index.english import ENGLISH
from kb.errors import IndexUnusable, SearchUnavailable
from kb.messages import Message, words

__all__ = ["add_replicas", "require_all_arrived", "set_average_lengths", "wait_for"]

_log = logging.getLogger("kb.index")

_REPLICAS = {"index": {"auto_expand_replicas": "0-1", "refresh_interval": "-1"}}
"""One more copy of each shard, where there is a second node for it."""

_WHOLE = {"allow_partial_search_results": "false"}
_WAIT_SECONDS = 300.0
_POLL_SECONDS = 0.2


def require_all_arrived(cluster: Cluster, index: str, entries: Iterable[DocumentEntry]) -> None:
    """Raises IndexUnusable unless the index has as many passages, with the same sum over them."""
    cluster.write("POST", (index, "_refresh"))
    body: dict[str, Any] = {
        "size": 0,
        "track_total_hits": True,
        "aggs": {"sum": {"sum": {"field": CHECKSUM}}},
    }
    answer = cluster.write("POST", (index, "_search"), body, _WHOLE)
    found = answer["hits"]["total"]["value"], round(answer["aggregations"]["sum"]["value"])
    every = list(entries)
    if found != (sum(one.length for one in every), sum(one.checksum for one in every)):
        raise IndexUnusable(Message("generation-not-whole", index=index), ENGLISH)


def set_average_lengths(cluster: Cluster, index: str) -> None:
    """Gives BM25 the constants that belong to the lengths of these passages; it is closed meanwhile."""
    answer = cluster.write("POST", (index, "_search"), Lengths.request(), _WHOLE)
    cluster.write("POST", (index, "_close"))
    cluster.write("PUT", (index, "_settings"), Lengths.of(answer).settings())
    cluster.write("POST", (index, "_open"))
    wait_for(cluster, (index,), "yellow")


def add_replicas(cluster: Cluster, indices: Sequence[str]) -> None:
    """Flushes the indices and copies them to other nodes; without a flush that takes many times as long.

    A cluster without room for the copies is reported, and serves all the same.
    """
    joined = ",".join(indices)
    cluster.write("POST", (joined, "_flush"))
    cluster.write("PUT", (joined, "_settings"), _REPLICAS)
    try:
        wait_for(cluster, indices, "green")
    except SearchUnavailable:
        wait_for(cluster, indices, "yellow")
        _log.warning(words(Message("generation-without-copies", index=indices[0]), ENGLISH))


def wait_for(
    cluster: Cluster,
    indices: Sequence[str],
    colour: str,
    seconds: float = _WAIT_SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Waits until indices are at least of this colour; raises SearchUnavailable if they are not in time."""
    end = clock() + seconds
    while _RANK[_colour(cluster, indices)] < _RANK[colour]:
        if clock() > end:
            raise unavailable(_POLL_SECONDS)
        time.sleep(_POLL_SECONDS)


_RANK: Mapping[str, int] = {"red": 0, "yellow": 1, "green": 2}


def _colour(cluster: Cluster, indices: Sequence[str]) -> str:
    answer = cluster.write("GET", ("_cluster", "health", ",".join(indices)))
    colour: str = answer["status"]
    moving = answer["relocating_shards"] + answer["initializing_shards"] if colour == "green" else 0
    return "yellow" if moving else colour
