"""What is opened is complete, of this version, and the newest; if no node answers, memory serves it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from index.engines.opensearch.catalogue import OpenSearchCatalogue
from index.engines.opensearch.connection.client import Cluster
from index.engines.opensearch.connection.settings import ClusterSettings
from index.engines.opensearch.opening import OpenSearchGenerations
from index.engines.opensearch.publishing.catalogue_writer import catalogue_sources
from index.engines.opensearch.publishing.plan import plan_generation
from kb.errors import IndexMissing, IndexUnusable, SearchUnavailable
from kb.model import Collection
from tests.index.engines.opensearch.nodes import Asked, node

INDEX = "kb-main-1795700000"


class FakeCluster:
    """Answers as a cluster with one generation does, until it is told to be down."""

    def __init__(self, content: Collection) -> None:
        entries = plan_generation(content, None, ()).entries
        self.records = list(catalogue_sources(content, entries, (), "2026-01-01T00:00:00+00:00"))
        self.index: str | None = INDEX
        self.is_down = False

    def __call__(self, asked: Asked) -> Any:
        path = asked.path.split("?")[0]
        if self.is_down:
            return 503, {}
        if path == "/_alias/kb-main":
            return (200, {self.index: {"aliases": {}}}) if self.index else (404, {"error": "missing"})
        if path == f"/{self.index}-catalogue/_search":
            body = json.loads(asked.body)
            first = body.get("search_after", [-1])[0] + 1
            some = self.records[first : first + body["size"]]
            return 200, {"hits": {"hits": [{"_source": one, "sort": [one["at"]]} for one in some]}}
        return 200, {}


@contextmanager
def opened(fake: FakeCluster, max_age: float = 0) -> Iterator[OpenSearchGenerations]:
    def make(cluster: Cluster, names: Any, generation: str, catalogue: OpenSearchCatalogue) -> Any:
        return generation, catalogue

    with node(fake) as (url, _):
        cluster = Cluster(ClusterSettings((url,)), sleep=lambda seconds: None)
        yield OpenSearchGenerations(cluster, make, max_age=max_age)


def test_a_catalogue_is_read_back_as_it_was_written(shipped_collection: Collection) -> None:
    with opened(FakeCluster(shipped_collection)) as generations:
        generation, catalogue = generations.newest()  # type: ignore[misc]
    assert generation.startswith("1795700000-")
    assert tuple(catalogue.documents.values()) == shipped_collection.documents
    assert catalogue.themes == shipped_collection.themes
    assert catalogue.thesaurus == shipped_collection.thesaurus
    assert catalogue.site == shipped_collection.site
    assert dict(catalogue.instruments) == dict(shipped_collection.instruments)
    assert dict(catalogue.published) == dict(shipped_collection.published)
    assert catalogue.moves == shipped_collection.moves
    assert tuple(catalogue.withdrawn.values()) == shipped_collection.withdrawn
    assert dict(catalogue.sources) == dict(shipped_collection.sources)
    assert [one.id for one in catalogue.listed(2)] == [one.id for one in shipped_collection.documents[:2]]
    passages = [one for one in shipped_collection.all_passages() if one.retrievable]
    assert sum(catalogue.sizes.values()) == len(passages)


def test_a_generation_that_is_not_whole_or_of_another_version_is_refused(
    shipped_collection: Collection,
) -> None:
    fake = FakeCluster(shipped_collection)
    lost = fake.records.pop(3)
    with opened(fake) as generations, pytest.raises(IndexUnusable, match="damaged"):
        generations.newest()
    fake.records.insert(3, lost)
    fake.records[-1]["value"] = fake.records[-1]["value"].replace('"opensearch ', '"opensearch 0.')
    with opened(fake) as generations, pytest.raises(IndexUnusable, match="built by another version"):
        generations.newest()


def test_while_no_node_answers_the_generation_opened_last_is_given(shipped_collection: Collection) -> None:
    fake = FakeCluster(shipped_collection)
    with opened(fake) as generations:
        served = generations.newest()
        assert generations.newest() is served
        fake.is_down = True
        assert generations.newest() is served
        with pytest.raises(SearchUnavailable):
            generations.condition()


def test_before_anything_was_opened_a_cluster_that_does_not_answer_is_said(
    shipped_collection: Collection,
) -> None:
    fake = FakeCluster(shipped_collection)
    fake.is_down = True
    with opened(fake) as generations, pytest.raises(SearchUnavailable):
        generations.newest()


def test_a_missing_alias_is_a_missing_index_and_another_generation_is_opened_when_it_is_there(
    shipped_collection: Collection,
) -> None:
    fake = FakeCluster(shipped_collection)
    with opened(fake) as generations:
        first = generations.newest()
        fake.index = None
        with pytest.raises(IndexMissing, match="kb-main: there is no index here"):
            generations.newest()
        fake.index = "kb-main-1795700009"
        assert generations.newest() is not first


def test_the_alias_is_looked_up_once_in_a_while(shipped_collection: Collection) -> None:
    fake = FakeCluster(shipped_collection)
    with opened(fake, max_age=60) as generations:
        first = generations.newest()
        fake.index = "kb-main-1795700009"
        assert generations.newest() is first
