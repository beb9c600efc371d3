"""Copies the passages of unchanged documents from one generation to the next, within the cluster."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from index.engines.opensearch.connection.client import Cluster
from index.engines.opensearch.connection.failures import ClusterRefusal, unavailable

__all__ = ["copy_documents"]

_DOCUMENTS_A_TASK = 5_000
_TRIES = 6
_POLL_SECONDS = 0.1
_MAX_POLL_SECONDS = 2.0


def copy_documents(
    cluster: Cluster, old: str, new: str, names: Sequence[str], sleep: Callable[[float], None] = time.sleep
) -> None:
    """Copies all passages of the documents; those that have arrived are not written again.

    A copy that fails, or whose node is lost, is made again. Raises SearchUnavailable if that does not help.
    """
    for begin in range(0, len(names), _DOCUMENTS_A_TASK):
        body = {
            "conflicts": "proceed",
            "source": {
                "index": old,
                "query": {"terms": {"document": names[begin : begin + _DOCUMENTS_A_TASK]}},
            },
            "dest": {"index": new, "version_type": "external"},
        }
        _copy(cluster, body, sleep)


def _copy(cluster: Cluster, body: dict[str, Any], sleep: Callable[[float], None]) -> None:
    pause = _POLL_SECONDS
    for _ in range(_TRIES):
        started = cluster.write(
            "POST", ("_reindex",), body, {"wait_for_completion": "false", "slices": "auto"}
        )
        if _arrived(cluster, started["task"], sleep):
            return
        sleep(pause)
        pause = min(pause * 4, 8.0)
    raise unavailable(_MAX_POLL_SECONDS)


def _arrived(cluster: Cluster, task: str, sleep: Callable[[float], None]) -> bool:
    """Waits for a copy; False if it failed in part, or nobody knows of it any more."""
    pause = _POLL_SECONDS
    while True:
        try:
            state = cluster.write("GET", ("_tasks", task))
        except ClusterRefusal as refusal:
            if refusal.status == 404:
                return False
            raise
        if state["completed"]:
            return "error" not in state and not state["response"]["failures"]
        sleep(pause)
        pause = min(pause * 1.5, _MAX_POLL_SECONDS)
