"""One collection on both engines: how fast the build is, how large the index, how long a page takes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import ours
from tests.bench.building import folder_mb, kb_build
from tests.bench.questions import Question
from tests.bench.scale.node_use import disk_mb, watched_nodes
from tests.bench.serving import page_times_of_any_size
from tests.bench.timing import apart, say
from tests.cluster.nodes import LiveCluster

__all__ = ["ON_CLUSTER", "both_engines"]

ON_CLUSTER = "OpenSearch"

Measured = dict[str, Any]


def both_engines(
    cluster: LiveCluster, content: Sequence[Path], passages: int, folder: Path, questions: Sequence[Question]
) -> Measured:
    """A row of a growth table: `passages`, and for each engine build, size, memory and page times in ms."""
    say(f"{passages:,} passages: kb build")
    builds = {ours.NAME: kb_build(content, folder / "kb")}
    say(f"{passages:,} passages: kb build --engine opensearch")
    builds[ON_CLUSTER] = _built_on_cluster(cluster, content, folder / "files")
    pages = {}
    for name, urls in ((ours.NAME, ""), (ON_CLUSTER, " ".join(cluster.urls))):
        say(f"{passages:,} passages: {len(questions)} pages, {name}")
        with watched_nodes(cluster) as use:
            pages[name] = apart(page_times_of_any_size, folder / "kb", questions, urls)
        pages[name]["nodes_cpu_s"] = use.cpu_s
    return _step(passages, builds, pages)


def _built_on_cluster(cluster: LiveCluster, content: Sequence[Path], files: Path) -> Measured:
    settings = {"KB_ENGINE": "opensearch", "KB_OPENSEARCH_URL": " ".join(cluster.urls)}
    with watched_nodes(cluster) as use:
        built = kb_build(content, files, settings)
    one, every = disk_mb(cluster, "kb-main-*")
    nodes = {"nodes_cpu_s": use.cpu_s, "nodes_mb": use.peak_mb}
    return {**built, **nodes, "index_mb": one + folder_mb(files), "copies_mb": every}


def _step(passages: int, builds: dict[str, Measured], pages: dict[str, Measured]) -> Measured:
    engines = {}
    for name, build in builds.items():
        build["passages_per_s"] = passages / build["wall_s"]
        engines[name] = {
            **pages[name]["all"],
            "first": pages[name]["first"],
            "web_mb": pages[name]["anonymous_mb"],
            "nodes_cpu_s": pages[name]["nodes_cpu_s"],
            "failed": pages[name]["failed"],
            "build": build,
        }
    mine, theirs = (pages[name]["questions"] for name in (ours.NAME, ON_CLUSTER))
    return {
        "passages": passages,
        "questions": len(mine),
        "matches": median([entry["matches"] for entry in mine] or [0]),
        "totals_differ": _differing(mine, theirs),
        "engines": engines,
        "points": {name: _points(found["questions"]) for name, found in pages.items()},
    }


def _differing(mine: Sequence[Measured], theirs: Sequence[Measured]) -> list[list[Any]]:
    """Queries that find a different number of passages on the cluster."""
    found = {(one["text"], *one["filters"]): one["matches"] for one in mine}
    asked = [((one["text"], *one["filters"]), one["matches"]) for one in theirs]
    return [[key[0], found[key], total] for key, total in asked if found.get(key, total) != total]


def _points(entries: Sequence[Measured]) -> list[list[float]]:
    """How many passages each question matches, and the time of its page in ms."""
    return [[entry["matches"], entry["ms"]] for entry in entries if entry["matches"]]
