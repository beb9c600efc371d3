"""Hits are fetched at once if they fit into one window, and otherwise in pages."""

from __future__ import annotations

from index.engines.opensearch.passage_index import PassageIndex
from tests.index.engines.opensearch.canned import CannedCluster, hits_of


def test_a_window_is_one_search() -> None:
    cluster = CannedCluster(hits_of(range(50)))
    hits = PassageIndex(cluster, "kb").hits({"sort": ["number"]}, 5, begin=10)
    assert [hit["sort"][0] for hit in hits] == [10, 11, 12, 13, 14]
    assert len(cluster.asked) == 1


def test_beyond_the_window_hits_are_fetched_page_by_page() -> None:
    for total, begin, limit in [
        (15_000, 9_990, 20),
        (15_000, 0, 1 << 40),
        (12_000, 11_990, 100),
        (0, 0, 1 << 40),
    ]:
        cluster = CannedCluster(hits_of(range(total)))
        hits = PassageIndex(cluster, "kb").hits({"sort": ["number"]}, limit, begin=begin)
        assert [hit["sort"][0] for hit in hits] == list(range(begin, min(begin + limit, total)))
        assert all(body["size"] <= 2_000 and "from" not in body for body in cluster.asked)
