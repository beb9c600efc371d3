"""Sends many documents to one index: in parallel, each as often as it takes, none twice."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, NamedTuple

from index.engines.opensearch.connection.client import Cluster
from index.engines.opensearch.connection.failures import RETRIED_STATUSES, ClusterRefusal, unavailable

__all__ = ["Sent", "as_json", "send_all"]

_CHUNK_BYTES = 2 << 20
_CHUNK_DOCUMENTS = 1_000
_SENDERS = 4
"""Requests under way at a time; what waits beside them is one more chunk each."""

_TRIES = 12
_FIRST_PAUSE_SECONDS = 0.25
_MAX_PAUSE_SECONDS = 8.0
_ALREADY_THERE = 409
_ONLY_STATUS = {"filter_path": "items.*.status,items.*.error.type"}


class Sent(NamedTuple):
    """A document for the cluster: its id there, what decides its shard, and its source in JSON."""

    id: str
    routing: str
    json: str


class _Line(NamedTuple):
    """A document as it goes over the wire."""

    action: str
    source: str


def send_all(
    cluster: Cluster,
    index: str,
    documents: Iterable[Sent],
    version: int,
    done: Callable[[int], None] = lambda count: None,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Sends the documents, and tells `done` how many went with each request.

    They are read as they are sent: a few chunks are in memory at a time. As each bears its id and the
    external `version` of its generation, one that arrives twice is there once. Raises SearchUnavailable
    if the cluster does not take them in some minutes, ClusterRefusal if it refuses one.
    """
    with ThreadPoolExecutor(_SENDERS, thread_name_prefix="bulk") as pool:
        waiting: set[Future[int]] = set()
        try:
            for chunk in _chunks(documents, version):
                waiting.add(pool.submit(_send, cluster, index, chunk, sleep))
                if len(waiting) >= 2 * _SENDERS:
                    waiting = _finished(waiting, done)
            while waiting:
                waiting = _finished(waiting, done)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _finished(waiting: set[Future[int]], done: Callable[[int], None]) -> set[Future[int]]:
    """Waits for one at least; raises what it raised."""
    ready, rest = wait(waiting, return_when=FIRST_COMPLETED)
    for one in ready:
        done(one.result())
    return rest


def _chunks(documents: Iterable[Sent], version: int) -> Iterator[list[_Line]]:
    chunk: list[_Line] = []
    size = 0
    for one in documents:
        line = _line(one, version)
        if chunk and (size + len(line.source) > _CHUNK_BYTES or len(chunk) == _CHUNK_DOCUMENTS):
            yield chunk
            chunk, size = [], 0
        chunk.append(line)
        size += len(line.source)
    if chunk:
        yield chunk


def _line(one: Sent, version: int) -> _Line:
    about = {"_id": one.id, "routing": one.routing, "version": version, "version_type": "external_gte"}
    return _Line(as_json({"index": about}), one.json)


as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A value as it is sent."""


def _send(cluster: Cluster, index: str, lines: Sequence[_Line], sleep: Callable[[float], None]) -> int:
    """Sends a chunk until all of it has arrived; returns its size."""
    left = lines
    for attempt in range(_TRIES):
        if attempt:
            sleep(min(_FIRST_PAUSE_SECONDS * 2**attempt, _MAX_PAUSE_SECONDS))
        body = "".join(f"{line.action}\n{line.source}\n" for line in left)
        answer = cluster.write("POST", (index, "_bulk"), body, _ONLY_STATUS)
        left = [line for line, item in zip(left, answer["items"], strict=True) if _is_missing(item)]
        if not left:
            return len(lines)
    raise unavailable(_MAX_PAUSE_SECONDS)


def _is_missing(item: dict[str, Any]) -> bool:
    """Whether one document has to be sent again."""
    result = item["index"]
    status: int = result["status"]
    if status < 300 or status == _ALREADY_THERE:
        return False
    if status in RETRIED_STATUSES:
        return True
    raise ClusterRefusal(status, result.get("error", {}).get("type", ""))
