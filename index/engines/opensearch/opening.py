"""Opens the generation that the alias leads to, and says how the cluster is."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from typing import Protocol
from uuid import uuid4

from index.backend import Backend
from index.engines.opensearch.catalogue import OpenSearchCatalogue, read_records
from index.engines.opensearch.connection.client import Cluster
from index.engines.opensearch.connection.failures import ClusterRefusal
from index.engines.opensearch.connection.generation_names import IndexNames
from index.engines.opensearch.publishing.leases import renew_server_lease
from index.engines.opensearch.publishing.sweep import served_index
from index.english import ENGLISH
from kb.errors import IndexMissing, IndexUnusable, KbError, SearchUnavailable
from kb.messages import Message

__all__ = ["MakeBackend", "OpenSearchGenerations"]

_log = logging.getLogger("kb.index")

_LEASE_SECONDS = 60.0
"""How old a server's lease may be before it is renewed: a tenth of what it lasts."""

_ATTEMPTS = 3


class MakeBackend(Protocol):
    """Makes the backend of one generation."""

    def __call__(
        self, cluster: Cluster, names: IndexNames, generation: str, catalogue: OpenSearchCatalogue
    ) -> Backend: ...


class OpenSearchGenerations:
    """Implements `index.backend.Generations`.

    The alias is looked up at most once in `max_age` seconds. While no node answers, the generation opened
    last stays: what is in memory can be shown, and searches say that they are unavailable.
    """

    def __init__(
        self,
        cluster: Cluster,
        make: MakeBackend,
        max_age: float = 0.5,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._cluster, self._make = cluster, make
        self._max_age, self._clock = max_age, clock
        self._lock = threading.Lock()
        self._server = f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"
        self._current: tuple[str, Backend] | None = None
        self._looked = self._leased = -1e9

    def newest(self) -> Backend:
        """The newest generation.

        Raises IndexMissing, IndexUnusable, or SearchUnavailable before anything was opened.
        """
        with self._lock:
            if self._current and self._clock() - self._looked < self._max_age:
                return self._current[1]
            try:
                return self._looked_up()
            except SearchUnavailable:
                if not self._current:
                    raise
                self._looked = self._clock()
                return self._current[1]

    def condition(self) -> Message:
        """The colour of the cluster and its nodes. Raises SearchUnavailable where none answers."""
        health = self._cluster.look("GET", ("_cluster", "health"), {"local": "true"})
        nodes = health["number_of_nodes"]
        return Message("cluster-condition", engine="opensearch", colour=health["status"], count=nodes)

    def _looked_up(self) -> Backend:
        for attempt in range(_ATTEMPTS):
            served = served_index(self._cluster)
            if not served:
                self._current = None
                raise IndexMissing(Message("no-index", folder=self._cluster.settings.alias), ENGLISH)
            try:
                if not self._current or self._current[0] != served:
                    self._current = served, self._opened(served)
                    self._leased = -1e9
                break
            except ClusterRefusal as refusal:
                if refusal.status != 404 or attempt + 1 == _ATTEMPTS:  # else superseded meanwhile, and swept
                    raise
        self._looked = self._clock()
        self._renew_lease()
        if not self._current:
            raise IndexUnusable(Message("index-unreadable", folder=self._cluster.settings.alias), ENGLISH)
        return self._current[1]

    def _opened(self, served: str) -> Backend:
        names = IndexNames.of(served)
        catalogue = OpenSearchCatalogue(read_records(self._cluster, names))
        generation = f"{served.rpartition('-')[2]}-{catalogue.content[:12]}"
        return self._make(self._cluster, names, generation, catalogue)

    def _renew_lease(self) -> None:
        """Says which generation is used here; a reader's answer never depends on whether that succeeds."""
        now = self._clock()
        if self._current and now - self._leased >= _LEASE_SECONDS:
            self._leased = now
            try:
                renew_server_lease(self._cluster, self._server, self._current[0])
            except KbError as error:
                _log.warning("the lease of %s was not renewed: %s", self._current[0], type(error).__name__)
