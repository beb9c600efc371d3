"""Faults of a real cluster: nothing is lost, no answer is wrong, and every fault is reported.

Nodes are killed as by a power cut. All tests share three nodes, and leave them intact.
"""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.engines.opensearch.connection.client import Cluster
from index.engines.opensearch.connection.settings import ClusterSettings
from index.engines.opensearch.publishing import bulk, parts
from index.engines.opensearch.publishing.builder import OpenSearchBuilder
from index.engines.opensearch.publishing.sweep import generation_numbers, served_index
from index.engines.processes import pool
from index.request import Request
from index.search.engine import SearchEngine
from kb.errors import IndexBusy, IndexMissing, IndexUnusable, SearchUnavailable
from kb.model import Collection
from tests.cluster.live import live_nodes, new_site, open_site, remove_site
from tests.cluster.nodes import LiveCluster
from tests.index.engines.opensearch.live.proxy import delayed
from tests.index.samples import collection

pytestmark = [pytest.mark.live, pytest.mark.slow]

NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def speeches(documents: int, passages: int, word: str = "law") -> Collection:
    """Passages that each have the word, the name of their document and a number."""
    return collection(
        **{
            f"d{name}": [f"{word} d{name} {NUMBERS[at % 10]} of the sea" for at in range(passages)]
            for name in range(documents)
        }
    )


@pytest.fixture
def nodes() -> Iterator[LiveCluster]:
    nodes = live_nodes()
    yield nodes
    nodes.wait()


@pytest.fixture
def site(nodes: LiveCluster) -> Iterator[Cluster]:
    client = new_site(nodes.urls, shards=3)
    yield client
    remove_site(client)


def publish(client: Cluster, content: Collection, folder: Path) -> SearchEngine:
    OpenSearchBuilder(client, folder).build(content)
    return open_site(client)


def total(engine: SearchEngine, text: str = "law") -> int:
    return engine.snapshot().search(Request(text=text)).total


def manager(client: Cluster) -> int:
    """The number of the node that manages the cluster."""
    told = client.read("GET", ("_cat", "cluster_manager"), None, {"format": "json"})
    return int(told[0]["node"].removeprefix("kb"))


def test_no_search_fails_while_the_manager_is_killed_and_comes_back(
    nodes: LiveCluster, site: Cluster, tmp_path: Path
) -> None:
    engine = publish(site, speeches(20, 20), tmp_path)
    stop, totals, failures = threading.Event(), set[int](), list[Exception]()

    def search() -> None:
        while not stop.is_set():
            try:
                totals.add(total(engine))
            except Exception as error:  # whatever it is, it is one too many
                failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    killed = manager(site)
    nodes.kill(killed)
    time.sleep(6)
    nodes.restart(killed)
    nodes.wait()
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert totals == {400}


def test_with_two_of_three_nodes_lost_search_is_unavailable_and_never_empty(
    nodes: LiveCluster, site: Cluster, tmp_path: Path
) -> None:
    engine = publish(site, speeches(20, 5), tmp_path)
    snapshot = engine.snapshot()
    assert total(engine) == 100
    for at in (0, 1):
        nodes.kill(at)
    seen = set()
    for _ in range(8):
        try:
            seen.add(engine.snapshot().search(Request(text="law sea")).total)
        except SearchUnavailable:
            seen.add("unavailable")
    assert seen <= {100, "unavailable"}
    assert "unavailable" in seen
    assert len(engine.snapshot().documents) == len(snapshot.documents) == 20  # from memory
    for at in (0, 1):
        nodes.restart(at)
    nodes.wait()
    time.sleep(6)  # as long as nobody asks after failures in a row
    assert total(engine) == 100


def test_a_build_goes_on_while_a_node_is_killed_and_comes_back(
    nodes: LiveCluster, site: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_CHUNK_DOCUMENTS", 50)
    engine = publish(site, speeches(10, 20, "treaty"), tmp_path)
    content = speeches(60, 20)
    killed: list[int] = []

    def progress(done: int, whole: int) -> None:
        if not killed:
            killed.append(2)
            nodes.kill(2)
            nodes.restart(2)

    OpenSearchBuilder(site, tmp_path).build(content, progress)
    assert killed
    assert total(engine) == 1_200
    found = engine.snapshot().search(Request(text="d17 seven"))
    assert found.total == 2
    assert engine.snapshot().passages("d59")[-1].text == "law d59 ten of the sea"


def test_while_the_disk_is_full_a_build_waits(
    nodes: LiveCluster, site: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a node does when its disk is nearly full: it forbids writing to its indices."""
    monkeypatch.setattr(bulk, "_CHUNK_DOCUMENTS", 50)
    block = "index.blocks.read_only_allow_delete"
    freed: list[threading.Timer] = []

    def set_block(index: str, value: bool | None) -> None:
        site.write("PUT", (index, "_settings"), {block: value})

    def progress(done: int, whole: int) -> None:
        if not freed:
            index = max(generation_numbers(site))
            set_block(index, True)
            freed.append(threading.Timer(2, set_block, (index, None)))
            freed[0].start()

    OpenSearchBuilder(site, tmp_path).build(speeches(40, 20), progress)
    freed[0].join()
    assert total(open_site(site)) == 800


def test_a_build_in_processes_publishes_the_same_and_nothing_if_one_is_killed(
    nodes: LiveCluster, site: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_CHUNK_DOCUMENTS", 50)
    monkeypatch.setattr(parts, "_PART_PASSAGES", 30)
    monkeypatch.setattr(pool, "MIN_PARALLEL_PASSAGES", 1)
    monkeypatch.setattr(pool.os, "cpu_count", lambda: 2)
    engine = publish(site, speeches(60, 20), tmp_path)
    assert total(engine) == 1_200
    assert engine.snapshot().search(Request(text="d17 seven")).total == 2
    served, killed = served_index(site), 0

    def progress(done: int, whole: int) -> None:
        nonlocal killed
        for process in multiprocessing.active_children():
            process.kill()
            killed += 1

    with pytest.raises(IndexUnusable, match="a build process was killed"):
        OpenSearchBuilder(site, tmp_path).build(speeches(60, 20, "treaty"), progress)
    assert killed
    assert (served_index(site), total(engine), total(engine, "treaty")) == (served, 1_200, 0)


_KILLED_BUILD = """
import os, signal, sys
from pathlib import Path
from index.engines.opensearch.connection.client import Cluster
from index.engines.opensearch.connection.settings import ClusterSettings
from index.engines.opensearch.publishing.builder import OpenSearchBuilder
from tests.index.engines.opensearch.live.test_faults import speeches

def progress(done, whole):
    os.kill(os.getpid(), signal.SIGKILL)

cluster = Cluster(ClusterSettings(tuple(sys.argv[2].split()), sys.argv[1], shards=3))
OpenSearchBuilder(cluster, Path(sys.argv[3])).build(speeches(30, 10, "treaty"), progress)
"""


def test_a_killed_build_leaves_the_last_generation_serving_and_the_next_sweeps_up(
    nodes: LiveCluster, site: Cluster, tmp_path: Path
) -> None:
    engine = publish(site, speeches(10, 10), tmp_path)
    served = served_index(site)
    arguments = [site.settings.site, " ".join(nodes.urls), str(tmp_path)]
    killed = subprocess.run([sys.executable, "-c", _KILLED_BUILD, *arguments], timeout=300)
    assert killed.returncode == -9
    assert len(set(generation_numbers(site).values())) == 2
    assert (total(engine), total(engine, "treaty")) == (100, 0)
    assert served_index(site) == served
    OpenSearchBuilder(site, tmp_path).build(speeches(10, 10, "treaty"))
    assert (total(engine), total(engine, "treaty")) == (0, 100)
    newest = served_index(site)
    assert {name[: len(newest or "")] for name in generation_numbers(site)} == {served, newest}


def test_of_two_builders_the_second_is_told_who_builds(
    nodes: LiveCluster, site: Cluster, tmp_path: Path
) -> None:
    refused: list[str] = []

    def progress(done: int, whole: int) -> None:
        with pytest.raises(IndexBusy) as busy:
            OpenSearchBuilder(site, tmp_path).build(speeches(2, 2))
        refused.append(str(busy.value))

    OpenSearchBuilder(site, tmp_path).build(speeches(3, 3), progress)
    assert "has been building this index since" in refused[0]
    OpenSearchBuilder(site, tmp_path).build(speeches(2, 2))
    assert total(open_site(site)) == 4


def test_where_the_alias_is_missing_or_the_index_is_deleted_nothing_looks_like_no_hits(
    nodes: LiveCluster, site: Cluster, tmp_path: Path
) -> None:
    engine = publish(site, speeches(3, 3), tmp_path)
    held = engine.snapshot()
    index = served_index(site) or ""
    site.write("DELETE", (index, "_alias", site.settings.alias))
    with pytest.raises(IndexMissing, match="kb build"):
        engine.snapshot()
    assert held.search(Request(text="law")).total == 9  # a request that began before goes on
    site.write("DELETE", (index,))
    with pytest.raises(IndexUnusable):
        held.search(Request(text="law sea"))
    OpenSearchBuilder(site, tmp_path).build(speeches(3, 3))
    assert total(engine) == 9


def test_a_generation_in_use_is_kept_and_dropped_when_nobody_needs_it(
    nodes: LiveCluster, site: Cluster, tmp_path: Path
) -> None:
    held = publish(site, speeches(2, 2), tmp_path).snapshot()
    for count in (3, 4, 5):
        OpenSearchBuilder(site, tmp_path).build(speeches(count, 2))
    assert held.search(Request(text="law")).total == 4
    assert len(set(generation_numbers(site).values())) == 3  # the newest, the one before, the one in use
    leases = (f"{site.settings.alias}-leases", "_delete_by_query")
    site.write("POST", leases, {"query": {"exists": {"field": "index"}}}, {"refresh": "true"})
    OpenSearchBuilder(site, tmp_path).build(speeches(6, 2))
    assert len(set(generation_numbers(site).values())) == 2


def test_a_slow_node_delays_no_more_than_the_first_searches(
    nodes: LiveCluster, site: Cluster, tmp_path: Path
) -> None:
    publish(site, speeches(5, 5), tmp_path)
    with delayed(nodes.base, 30) as slow:
        settings = ClusterSettings((slow, *nodes.urls[1:]), site.settings.site)
        engine = open_site(Cluster(settings))
        began = time.monotonic()
        for _ in range(10):
            assert total(engine) == 25
        assert time.monotonic() - began < 60


def test_a_second_build_copies_what_is_unchanged_and_scores_are_those_of_one_from_scratch(
    nodes: LiveCluster, site: Cluster, tmp_path: Path
) -> None:
    first = speeches(6, 6)
    OpenSearchBuilder(site, tmp_path).build(first)
    names = {name: [one.text for one in first.passages[name]] for name in ("d0", "d2", "d3", "d5")}
    changed = collection(**{**names, "d2": ["law of the land"], "new": ["a law between others"]})
    built = OpenSearchBuilder(site, tmp_path).build(changed)
    assert (built.added, built.changed, built.removed, built.unchanged) == (1, 1, 2, 3)
    updated = open_site(site).snapshot().search(Request(text="law sea", per=50))
    OpenSearchBuilder(site, tmp_path, from_scratch=True).build(changed)
    anew = open_site(site).snapshot().search(Request(text="law sea", per=50))
    listed = [[(hit.passage.address, round(hit.score, 5)) for hit in one.hits] for one in (updated, anew)]
    assert listed[0] == listed[1]
    assert (updated.total, updated.facets, updated.years) == (anew.total, anew.facets, anew.years)


def test_a_site_is_restored_from_a_snapshot(nodes: LiveCluster, site: Cluster, tmp_path: Path) -> None:
    engine = publish(site, speeches(4, 4), tmp_path)
    before = engine.snapshot().search(Request(text="law", per=50))
    alias = site.settings.alias
    place = {"type": "fs", "settings": {"location": str(nodes.folder / "snapshots")}}
    site.write("PUT", ("_snapshot", "backup"), place)
    chosen = {"indices": f"{alias}-*", "include_global_state": False}
    site.write("PUT", ("_snapshot", "backup", alias), chosen, {"wait_for_completion": "true"})
    site.write("DELETE", (f"{alias}-*",))
    with pytest.raises(IndexMissing):
        engine.snapshot()
    site.write("POST", ("_snapshot", "backup", alias, "_restore"), chosen, {"wait_for_completion": "true"})
    after = engine.snapshot().search(Request(text="law", per=50))
    assert (after.total, after.generation) == (before.total, before.generation)
    assert [hit.score for hit in after.hits] == [hit.score for hit in before.hits]
