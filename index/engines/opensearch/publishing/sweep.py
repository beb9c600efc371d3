"""Removes what no build and no server needs any more."""

from __future__ import annotations

from collections.abc import Iterator

from index.engines.opensearch.connection.client import Cluster
from index.engines.opensearch.connection.failures import ClusterRefusal
from index.engines.opensearch.connection.generation_names import generation_number
from index.engines.opensearch.publishing.leases import generations_in_use

__all__ = ["generation_numbers", "served_index", "sweep_half_filled", "sweep_old"]

_NAMES_AT_ONCE = 30
"""Names in one request, whose URL may have some four thousand characters at most."""


def served_index(cluster: Cluster) -> str | None:
    """The passage index that the alias leads to; None if there is no alias."""
    alias = cluster.settings.alias
    try:
        answer = cluster.look("GET", ("_alias", alias), {"local": "true"})
    except ClusterRefusal as refusal:
        if refusal.status == 404:
            return None
        raise
    numbers = {index: generation_number(alias, index) for index in answer}
    ours = [index for index, number in numbers.items() if number is not None]
    return max(ours, default=None)


def generation_numbers(cluster: Cluster) -> dict[str, int]:
    """The number of each index of this collection, by name."""
    alias = cluster.settings.alias
    listed = cluster.write(
        "GET",
        ("_cat", "indices", f"{alias}-*"),
        None,
        {"format": "json", "h": "index", "expand_wildcards": "all"},
    )
    named = ((one["index"], generation_number(alias, one["index"])) for one in listed)
    return {index: number for index, number in named if number is not None}


def sweep_half_filled(cluster: Cluster, served: str | None) -> None:
    """Removes what killed builds left: generations newer than the one served."""
    newest = generation_number(cluster.settings.alias, served) if served else None
    numbers = generation_numbers(cluster)
    _remove(cluster, (index for index, number in numbers.items() if newest is None or number > newest))


def sweep_old(cluster: Cluster, served: str, kept: str | None) -> None:
    """Removes old generations but the one before, `kept`, and those that a server uses."""
    alias = cluster.settings.alias
    needed = {generation_number(alias, one) for one in (served, kept, *generations_in_use(cluster)) if one}
    numbers = generation_numbers(cluster)
    _remove(cluster, (index for index, number in numbers.items() if number not in needed))


def _remove(cluster: Cluster, indices: Iterator[str]) -> None:
    names = sorted(indices)
    for begin in range(0, len(names), _NAMES_AT_ONCE):
        some = ",".join(names[begin : begin + _NAMES_AT_ONCE])
        cluster.write("DELETE", (some,), None, {"ignore_unavailable": "true"})
