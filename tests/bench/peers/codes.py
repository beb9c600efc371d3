"""Facet values as numbers: the fastest way to count them in engines without facets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.facets import MAX_VALUES
from index.request import FACETS, FacetName
from tests.bench.peers.peer import Facets

__all__ = ["Codes", "Labels"]

Labels = dict[str, tuple[str, ...]]
"""The values of one thing, by facet."""


@dataclass(frozen=True, slots=True)
class Codes:
    """For every facet, its `names`, and pairs of an item's number and the number of a name that it has."""

    names: dict[FacetName, list[str]]
    things: dict[FacetName, NDArray[np.int64]]
    values: dict[FacetName, NDArray[np.int64]]

    @classmethod
    def of(cls, labels: Sequence[Labels]) -> Codes:
        names: dict[FacetName, list[str]] = {}
        things, values = {}, {}
        for facet in FACETS:
            pairs = [(thing, value) for thing, each in enumerate(labels) for value in each[facet]]
            names[facet] = list(dict.fromkeys(value for _, value in pairs))
            numbers = {name: number for number, name in enumerate(names[facet])}
            things[facet] = np.array([thing for thing, _ in pairs], dtype=np.int64)
            values[facet] = np.array([numbers[value] for _, value in pairs], dtype=np.int64)
        return cls(names, things, values)

    def counts(self, weights: NDArray[Any], facets: Sequence[FacetName]) -> Facets:
        """How often the listed values occur if item number i counts `weights[i]` times."""
        found = {}
        for facet in facets:
            values, things = self.values[facet], self.things[facet]
            counts = np.bincount(values, weights[things], len(self.names[facet]))
            named = self.names[facet]
            found[facet] = {named[at]: int(counts[at]) for at in _listed(facet, counts)}
        return found

    def save(self, folder: Path) -> None:
        arrays = {f"{facet}_{part}": array for part, arrays in self._parts() for facet, array in arrays}
        np.savez(folder / "codes.npz", **arrays)  # type: ignore[arg-type]
        (folder / "names.json").write_text(json.dumps(self.names), encoding="utf-8")

    def _parts(self) -> list[tuple[str, list[tuple[FacetName, NDArray[np.int64]]]]]:
        return [("things", list(self.things.items())), ("values", list(self.values.items()))]

    @classmethod
    def load(cls, folder: Path) -> Codes:
        names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
        with np.load(folder / "codes.npz") as kept:
            things = {facet: kept[f"{facet}_things"] for facet in FACETS}
            values = {facet: kept[f"{facet}_values"] for facet in FACETS}
        return cls(names, things, values)


def _listed(facet: FacetName, counts: NDArray[Any]) -> Iterator[int]:
    """The values that a page lists: those with the highest counts, and all themes."""
    if facet == "theme" or len(counts) <= MAX_VALUES:
        yield from np.flatnonzero(counts).tolist()
        return
    largest = np.argpartition(counts, -MAX_VALUES)[-MAX_VALUES:]
    yield from largest[counts[largest] > 0].tolist()
