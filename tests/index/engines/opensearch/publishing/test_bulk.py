"""All documents arrive exactly once, whatever fails on the way; only few are in memory at a time."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from index.engines.opensearch.connection.client import Cluster
from index.engines.opensearch.connection.failures import ClusterRefusal
from index.engines.opensearch.connection.settings import ClusterSettings
from index.engines.opensearch.publishing import bulk
from index.engines.opensearch.publishing.bulk import Sent, send_all
from kb.errors import SearchUnavailable
from tests.index.engines.opensearch.nodes import Asked, node

DOCUMENTS = [Sent(f"a/p{at}", "a", f'{{"number":{at}}}') for at in range(50)]


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_CHUNK_DOCUMENTS", 7)


def client(url: str) -> Cluster:
    return Cluster(ClusterSettings((url,)), sleep=lambda seconds: None)


def send(url: str, documents: Any = DOCUMENTS) -> int:
    arrived: list[int] = []
    send_all(client(url), "kb-1", documents, 9, arrived.append, sleep=lambda seconds: None)
    return sum(arrived)


def actions(asked: Asked) -> list[dict[str, Any]]:
    return [json.loads(line)["index"] for line in asked.body.splitlines()[::2]]


def all_well(asked: Asked) -> Any:
    return 200, {"items": [{"index": {"status": 201}} for _ in actions(asked)]}


def test_each_document_has_its_id_its_shard_and_the_version_of_the_generation() -> None:
    with node(all_well) as (url, asked):
        assert send(url) == 50
        sent = [action for request in asked for action in actions(request)]
        assert sorted(one["_id"] for one in sent) == sorted(one.id for one in DOCUMENTS)
        assert {(one["routing"], one["version"], one["version_type"]) for one in sent} == {
            ("a", 9, "external_gte")
        }


@pytest.mark.parametrize("status", [429, 503])
def test_those_that_a_busy_node_refuses_are_sent_again_and_no_others(status: int) -> None:
    tried: Counter[str] = Counter()

    def busy(asked: Asked) -> Any:
        tried.update(action["_id"] for action in actions(asked))
        odd = [int(action["_id"][3:]) % 2 and tried[action["_id"]] < 3 for action in actions(asked)]
        return 200, {"items": [{"index": {"status": status if again else 201}} for again in odd]}

    with node(busy) as (url, _):
        assert send(url) == 50
    assert dict(tried) == {one.id: 3 if at % 2 else 1 for at, one in enumerate(DOCUMENTS)}


def test_after_a_lost_answer_what_is_already_there_is_no_error() -> None:
    seen: set[str] = set()

    def losing(asked: Asked) -> Any:
        names = [action["_id"] for action in actions(asked)]
        is_first = not seen.issuperset(names)
        seen.update(names)
        return None if is_first else (200, {"items": [{"index": {"status": 409}} for _ in names]})

    with node(losing) as (url, _):
        assert send(url) == 50


def test_a_document_that_the_cluster_refuses_ends_the_build() -> None:
    def refusing(asked: Asked) -> Any:
        item = {"index": {"status": 400, "error": {"type": "mapper_parsing_exception"}}}
        return 200, {"items": [item for _ in actions(asked)]}

    with node(refusing) as (url, _), pytest.raises(ClusterRefusal, match="mapper_parsing_exception"):
        send(url)


def test_a_cluster_that_stays_full_ends_the_build_in_the_end() -> None:
    def full(asked: Asked) -> Any:
        return 200, {"items": [{"index": {"status": 429}} for _ in actions(asked)]}

    with node(full) as (url, _), pytest.raises(SearchUnavailable):
        send(url)


def test_documents_are_read_as_they_are_sent() -> None:
    going_on = threading.Event()
    read: list[int] = []

    def slow(asked: Asked) -> Any:
        going_on.wait(20)
        return all_well(asked)

    def reader() -> Iterator[Sent]:
        for one in [Sent(f"a/p{at}", "a", "{}") for at in range(1_000)]:
            read.append(1)
            yield one

    with node(slow) as (url, asked):
        thread = threading.Thread(target=send, args=(url, reader()))
        thread.start()
        while len(asked) < 4:
            thread.join(0.01)
        thread.join(0.2)
        assert len(read) <= 9 * 7
        going_on.set()
        thread.join()
    assert len(read) == 1_000
