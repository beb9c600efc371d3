"""What a failed request to the cluster means: try another node, refuse, or say that search is unavailable."""

from __future__ import annotations

from typing import Any

from opensearchpy.exceptions import ConnectionError as ConnectionLost
from opensearchpy.exceptions import SSLError, TransportError

from index.english import ENGLISH
from kb.errors import IndexUnusable, SearchUnavailable
from kb.messages import Message

__all__ = ["RETRIED_STATUSES", "ClusterRefusal", "error_type", "is_passing", "refused", "unavailable"]

RETRIED_STATUSES = frozenset({429, 500, 502, 503, 504})
"""What another node, or the same one a little later, may answer better.

A node lost while hits are fetched makes the one that collects them answer 500.
"""


class ClusterRefusal(IndexUnusable):
    """The cluster understood a request and refused it; `status` and `kind` say why."""

    def __init__(self, status: int, kind: str) -> None:
        self.status, self.kind = status, kind
        super().__init__(_refusal(status, kind), ENGLISH)


def _refusal(status: int, kind: str) -> Message:
    if status in (401, 403):
        return Message("cluster-access-denied", status=status)
    return Message("cluster-refused", status=status, reason=kind or "unknown")


def is_passing(error: TransportError) -> bool:
    """Whether it may help to ask again: a lost connection, an overloaded node, a shard on the move."""
    if isinstance(error, SSLError):
        return False
    return isinstance(error, ConnectionLost) or error.status_code in RETRIED_STATUSES


def error_type(error: TransportError) -> str:
    """The name that the cluster gives to an error; never its words, which may hold what was searched."""
    if isinstance(error, ConnectionLost):
        return "certificate" if isinstance(error, SSLError) else "connection"
    body: Any = error.info
    given = body.get("error") if isinstance(body, dict) else None
    kind = given.get("type") if isinstance(given, dict) else ""
    return kind if isinstance(kind, str) else ""


def refused(error: TransportError) -> IndexUnusable:
    """The error for a failure that asking again does not cure."""
    if isinstance(error, SSLError):
        return IndexUnusable(Message("cluster-not-trusted"), ENGLISH)
    status = error.status_code if isinstance(error.status_code, int) else 0
    return ClusterRefusal(status, error_type(error))


def unavailable(seconds: float) -> SearchUnavailable:
    """The error for a cluster that does not answer, or not with all of its shards."""
    return SearchUnavailable(seconds, Message("cluster-not-answering"), ENGLISH)
