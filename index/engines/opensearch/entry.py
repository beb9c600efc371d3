"""The engine's entry points: the newest generation on a cluster, and the builder of the next."""

from __future__ import annotations

from pathlib import Path

from index.engines.opensearch.backend import OpenSearchBackend
from index.engines.opensearch.catalogue import OpenSearchCatalogue
from index.engines.opensearch.connection.client import Cluster
from index.engines.opensearch.connection.generation_names import IndexNames
from index.engines.opensearch.connection.settings import ClusterSettings
from index.engines.opensearch.opening import OpenSearchGenerations
from index.engines.opensearch.publishing.builder import OpenSearchBuilder

__all__ = ["make_backend", "open_builder", "open_generations"]


def open_generations(urls: str) -> OpenSearchGenerations:
    """The generations on the cluster whose nodes are at these URLs, or those of the environment."""
    return OpenSearchGenerations(Cluster(ClusterSettings.read(urls)), make_backend)


def open_builder(urls: str, folder: Path, *, from_scratch: bool) -> OpenSearchBuilder:
    """The builder of the same; files of sources are kept in a folder."""
    return OpenSearchBuilder(Cluster(ClusterSettings.read(urls)), folder, from_scratch=from_scratch)


def make_backend(
    cluster: Cluster, names: IndexNames, generation: str, catalogue: OpenSearchCatalogue
) -> OpenSearchBackend:
    return OpenSearchBackend(cluster, names.passages, names.words, generation, catalogue)
