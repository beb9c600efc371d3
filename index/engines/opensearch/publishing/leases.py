"""Who builds, and which generations are in use: leases that lapse unless they are renewed.

They are documents of an index of their own. A process that is killed leaves its lease behind, which
counts for nothing once its time is over.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from datetime import UTC, datetime
from types import TracebackType
from typing import Any
from uuid import uuid4

from index.engines.opensearch.connection.client import LOOKING, Cluster
from index.engines.opensearch.connection.failures import ClusterRefusal
from index.english import ENGLISH
from kb.errors import IndexBusy, KbError
from kb.messages import Message

__all__ = ["BuildLease", "generations_in_use", "lease_index", "renew_server_lease"]

_BUILD_SECONDS = 120.0
_SERVER_SECONDS = 600.0
"""How long a server keeps a generation without asking; far longer than any request takes."""

_BUILDER = "builder"
_CONFLICT = 409

_BODY: dict[str, Any] = {
    "settings": {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1"}},
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "index": {"type": "keyword"},
            "token": {"type": "keyword"},
            "computer": {"type": "keyword"},
            "process": {"type": "long"},
            "since": {"type": "keyword"},
            "until": {"type": "double"},
        },
    },
}


def lease_index(cluster: Cluster) -> str:
    """The name of the index of leases, which is created if it is missing."""
    name = f"{cluster.settings.alias}-leases"
    try:
        cluster.read("GET", (name, "_settings"))
    except ClusterRefusal as refusal:
        if refusal.status != 404:
            raise
        _create(cluster, name)
    return name


def _create(cluster: Cluster, name: str) -> None:
    try:
        cluster.write("PUT", (name,), _BODY)
    except ClusterRefusal as refusal:
        if refusal.kind != "resource_already_exists_exception":
            raise


class BuildLease:
    """The right of one process at a time to build, renewed by a thread while it is held.

    Entering raises IndexBusy if another process holds it; the lease of a process of this computer that no
    longer runs counts for nothing.
    """

    def __init__(self, cluster: Cluster, seconds: float = _BUILD_SECONDS) -> None:
        self._cluster, self._seconds = cluster, seconds
        self._index = ""
        self._token = uuid4().hex
        self._since = datetime.now(UTC).isoformat(timespec="seconds")
        self._ended = threading.Event()
        self._renewer = threading.Thread(target=self._renew, daemon=True, name="build-lease")

    def __enter__(self) -> BuildLease:
        self._index = lease_index(self._cluster)
        self._take()
        self._renewer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._renewer.join()
        try:
            if self._held()["token"] == self._token:
                self._cluster.write("DELETE", (self._index, "_doc", _BUILDER))
        except KbError:
            if error is None:
                raise

    def require(self) -> None:
        """Raises IndexBusy if the lease lapsed and another process has taken it over."""
        holder = self._held()
        if holder["token"] != self._token:
            raise _busy(self._cluster, holder)

    def _take(self) -> None:
        try:
            self._put({"op_type": "create"})
            return
        except ClusterRefusal as refusal:
            if refusal.status != _CONFLICT:
                raise
        holder = self._held()
        if holder["token"] == self._token:  # the answer to the first try was lost
            return
        if not _is_over(holder):
            raise _busy(self._cluster, holder)
        try:
            self._put({"if_seq_no": str(holder["seq_no"]), "if_primary_term": str(holder["term"])})
        except ClusterRefusal as refusal:
            if refusal.status != _CONFLICT or self._held()["token"] != self._token:
                raise _busy(self._cluster, self._held()) from None

    def _put(self, params: dict[str, str]) -> None:
        holder = {
            "token": self._token,
            "computer": socket.gethostname(),
            "process": os.getpid(),
            "since": self._since,
            "until": time.time() + self._seconds,
        }
        self._cluster.write("PUT", (self._index, "_doc", _BUILDER), holder, params)

    def _held(self) -> dict[str, Any]:
        """Who holds the lease, as it is stored, and the state of that document."""
        try:
            found = self._cluster.write("GET", (self._index, "_doc", _BUILDER))
        except ClusterRefusal as refusal:
            if refusal.status != 404:
                raise
            return {"token": "", "computer": "", "process": 0, "since": "", "until": 0.0}
        return {**found["_source"], "seq_no": found["_seq_no"], "term": found["_primary_term"]}

    def _renew(self) -> None:
        while not self._ended.wait(self._seconds / 4):
            try:
                holder = self._held()
                if holder["token"] != self._token:
                    return
                self._put({"if_seq_no": str(holder["seq_no"]), "if_primary_term": str(holder["term"])})
            except KbError:
                continue  # it is asked again before it publishes


def _is_over(holder: dict[str, Any]) -> bool:
    if holder["until"] < time.time():
        return True
    return holder["computer"] == socket.gethostname() and not _is_running(holder["process"])


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _busy(cluster: Cluster, holder: dict[str, Any]) -> IndexBusy:
    said = Message(
        "index-busy-holder",
        folder=cluster.settings.alias,
        process=holder["process"],
        computer=holder["computer"],
        since=holder["since"],
    )
    return IndexBusy(said, ENGLISH)


def renew_server_lease(cluster: Cluster, name: str, generation: str) -> None:
    """Says that the server called `name` uses the generation in an index.

    A reader waits meanwhile, so this soon gives up.
    """
    lease = {"index": generation, "until": time.time() + _SERVER_SECONDS}
    cluster.write("PUT", (lease_index(cluster), "_doc", f"server-{name}"), lease, patience=LOOKING)


def generations_in_use(cluster: Cluster) -> frozenset[str]:
    """The passage indices that some server uses; leases that are over are removed."""
    index = lease_index(cluster)
    cluster.write("POST", (index, "_refresh"))
    over = {"range": {"until": {"lt": time.time()}}}
    cluster.write(
        "POST",
        (index, "_delete_by_query"),
        {"query": {"bool": {"filter": [over, {"exists": {"field": "index"}}]}}},
        {"conflicts": "proceed"},
    )
    names = {"terms": {"field": "index", "size": 10_000}}
    body = {"size": 0, "query": {"range": {"until": {"gte": time.time()}}}, "aggs": {"names": names}}
    answer = cluster.search(index, body, statistics=False)
    return frozenset(bucket["key"] for bucket in answer["aggregations"]["names"]["buckets"])
