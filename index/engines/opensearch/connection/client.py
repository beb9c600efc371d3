"""Asks the cluster: one pool of connections a process, and another node where one fails."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlsplit

from opensearchpy import Transport, Urllib3HttpConnection
from opensearchpy.exceptions import TransportError

from index.engines.opensearch.connection.breaker import CircuitBreaker
from index.engines.opensearch.connection.failures import (
    is_passing,
    refused,
    unavailable,
)
from index.engines.opensearch.connection.settings import ClusterSettings

__all__ = ["LOOKING", "Cluster", "Json", "Patience", "json_lines"]

Json = Any

# The library logs the address of every document asked for; our own error reports a failure, once.
logging.getLogger("opensearch").setLevel(logging.CRITICAL)

_NONE: Mapping[str, str] = MappingProxyType({})
_WHOLE = {"allow_partial_search_results": "false"}
_DEAD_NODE_SECONDS = 2.0
"""How long a failed node is left alone at first; doubled with each further failure, up to three times."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one try may take, how many are made, and the pause after the first that fails."""

    seconds: float
    tries: int
    pause: float


READING = Patience(seconds=6.0, tries=4, pause=0.05)
WRITING = Patience(seconds=60.0, tries=12, pause=0.25)
LOOKING = Patience(seconds=2.0, tries=2, pause=0.05)
"""For what every page asks first, which generation is served, and for what a page can do without."""

_MAX_PAUSE_SECONDS = 8.0


class Cluster:
    """The nodes of one cluster; safe for any number of threads, and made anew in every process.

    A path is given in parts, each of which is escaped. All requests raise SearchUnavailable where no node
    answers, or not in full, and ClusterRefusal for what the cluster refuses.
    """

    def __init__(
        self,
        settings: ClusterSettings,
        *,
        breaker: CircuitBreaker | None = None,
        reading: Patience = READING,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.settings = settings
        self._breaker = breaker or CircuitBreaker()
        self._reading, self._sleep = reading, sleep
        self._transport = Transport(
            [_host(url) for url in settings.urls],
            connection_class=Urllib3HttpConnection,
            max_retries=0,  # tries are counted here, where reads and writes differ
            retry_on_timeout=True,  # so that a node that failed is set aside
            retry_on_status=(502, 503, 504),
            dead_timeout=_DEAD_NODE_SECONDS,
            timeout_cutoff=3,
            pool_maxsize=16,
            http_compress=False,
            **_secrets(settings),
        )

    def search(self, index: str, body: Json, *, statistics: bool = True) -> Json:
        """One search; with `statistics` scores are those of the whole index, not of a shard."""
        kind = {"search_type": "dfs_query_then_fetch"} if statistics else {}
        return self.read("POST", (index, "_search"), body, _WHOLE | kind)

    def multi_search(self, index: str, bodies: Sequence[Json], *, statistics: bool = True) -> list[Json]:
        """Several searches in one request, in order. If one fails, all are asked again."""
        kind = {"search_type": "dfs_query_then_fetch"} if statistics else {}
        head = {"allow_partial_search_results": False, **kind}
        if not bodies:
            return []
        lines = json_lines(line for body in bodies for line in (head, body))
        answer = self._asked(self._reading, "POST", (index, "_msearch"), lines, {}, _require_all)
        return list(answer["responses"])

    def read(
        self, method: str, path: Sequence[str], body: Json = None, params: Mapping[str, str] = _NONE
    ) -> Json:
        """A request that changes nothing, asked of other nodes where one fails."""
        return self._asked(self._reading, method, path, body, params)

    def look(self, method: str, path: Sequence[str], params: Mapping[str, str] = _NONE) -> Json:
        """As `read`, for what must be answered soon or not at all."""
        return self._asked(LOOKING, method, path, None, params)

    def write(
        self,
        method: str,
        path: Sequence[str],
        body: Json = None,
        params: Mapping[str, str] = _NONE,
        patience: Patience = WRITING,
    ) -> Json:
        """An idempotent request, tried again after longer and longer pauses."""
        return self._tried(patience, method, path, body, params, lambda answer: None)

    def close(self) -> None:
        self._transport.close()

    def _asked(
        self,
        patience: Patience,
        method: str,
        path: Sequence[str],
        body: Json,
        params: Mapping[str, str],
        check: Callable[[Json], None] = lambda answer: None,
    ) -> Json:
        """Tries while the breaker is closed, and reports to it how that went."""
        if left := self._breaker.seconds_left():
            raise unavailable(left)
        try:
            answer = self._tried(patience, method, path, body, params, check)
        except Exception as error:
            is_down = getattr(error, "seconds", None) is not None
            (self._breaker.failed if is_down else self._breaker.succeeded)()
            raise
        self._breaker.succeeded()
        return answer

    def _tried(
        self,
        patience: Patience,
        method: str,
        path: Sequence[str],
        body: Json,
        params: Mapping[str, str],
        check: Callable[[Json], None],
    ) -> Json:
        address = "/" + "/".join(quote(part, safe=",*") for part in path)
        for attempt in range(patience.tries):
            try:
                answer = self._transport.perform_request(
                    method, address, params=dict(params), body=body, timeout=patience.seconds
                )
                check(answer)
                return answer
            except TransportError as error:
                if not is_passing(error):
                    raise refused(error) from None
            if attempt + 1 < patience.tries:
                self._sleep(min(patience.pause * 2**attempt, _MAX_PAUSE_SECONDS))
        raise unavailable(5.0)


def _require_all(answer: Json) -> None:
    """Raises TransportError for the first search that failed."""
    for one in answer["responses"]:
        if "error" in one:
            raise TransportError(one["status"], "search failed", one)


def json_lines(values: Iterable[Json]) -> str:
    """One line of JSON for each value, as requests with several parts have them."""
    return "".join(f"{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n" for value in values)


def _host(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 9200)
    return {"host": parts.hostname, "port": port, "use_ssl": secure, "url_prefix": parts.path.strip("/")}


def _secrets(settings: ClusterSettings) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if settings.api_key:
        given["headers"] = {"authorization": f"ApiKey {settings.api_key}"}
    elif settings.user:
        given["http_auth"] = (settings.user, settings.password)
    if settings.authority:
        given["ca_certs"] = settings.authority
    return given
