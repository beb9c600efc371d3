"""A cluster ranks as the built-in engine does: on judged collections, and on many passages.

Cranfield and the speeches are in `../shared` beside the project; without them their tests are skipped.
"""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from statistics import fmean

import pytest

from index.evaluation import as_plain_words, read_judged
from index.search.service import SearchService
from kb.collection.loader import load
from kb.model import Collection, Document, Passage
from tests.bench.questions import draw, vocabulary
from tests.bench.rows import rows
from tests.cluster.live import on_cluster
from tests.engines import snapshot_of
from tests.judged import measure

pytestmark = [pytest.mark.live, pytest.mark.slow]

SHARED = Path(__file__).parents[6] / "shared"
MAX_DIFFERENCE = 0.002
"""Of nDCG@10."""

PASSAGES = 10_000
QUERIES_OF_A_KIND = 17  # of twelve kinds


def shared(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"needs {folder}")
    return folder


def both(content: Collection, folder: Path) -> tuple[SearchService, SearchService]:
    """The built-in engine, and the cluster."""
    return snapshot_of(content, folder / "built-in"), on_cluster(folder / "sources")(content).snapshot()


@pytest.fixture(scope="module")
def shipped(
    shipped_collection: Collection, tmp_path_factory: pytest.TempPathFactory
) -> tuple[SearchService, SearchService]:
    return both(shipped_collection, tmp_path_factory.mktemp("shipped"))


@pytest.mark.parametrize("folder", [measure.EVERYDAY.parent, measure.EVERYDAY, measure.ASKED, measure.LONG])
def test_judged_queries_of_what_ships_are_answered_as_well(
    shipped: tuple[SearchService, SearchService], folder: Path
) -> None:
    ours, theirs = (measure.by_kind(snapshot, folder)["all"] for snapshot in shipped)
    assert theirs == pytest.approx(ours, abs=MAX_DIFFERENCE)


def test_cranfield_is_answered_as_well(tmp_path: Path) -> None:
    """A fifth of its queries, which are long."""
    judged = read_judged(shared("judged/cranfield"))
    passages = tuple(
        Passage("d", str(at), text, heading=title) for at, (title, text) in enumerate(judged.corpus.values())
    )
    engines = both(Collection((), (Document("d", ""),), {"d": passages}), tmp_path)
    names = list(judged.corpus)
    asked = dict(islice(judged.queries.items(), 0, None, 5))
    ours, theirs = (
        fmean(measure.ndcg(best(engine, names, text), judged.grades[query]) for query, text in asked.items())
        for engine in engines
    )
    assert theirs == pytest.approx(ours, abs=MAX_DIFFERENCE)


def best(engine: SearchService, names: Sequence[str], text: str) -> list[str]:
    found = engine.best(as_plain_words(text), 10)
    return [names[int(address.partition("/")[2])] for address, _ in found]


def test_of_many_passages_the_same_are_found_and_nearly_the_same_come_first(tmp_path: Path) -> None:
    content = load([first_speeches(tmp_path / "content")])
    requests = [one.request for one in draw(vocabulary(list(rows(content))), QUERIES_OF_A_KIND)]
    assert len(requests) > 190
    engines = both(content, tmp_path)
    overlaps = []
    for request in requests:
        ours, theirs = (engine.search(request) for engine in engines)
        assert (theirs.total, theirs.total_some) == (ours.total, ours.total_some), request
        addresses = [{hit.passage.address for hit in results.hits} for results in (ours, theirs)]
        overlaps.append(len(addresses[0] & addresses[1]) / (len(addresses[0]) or 1) if addresses[0] else 1.0)
    assert fmean(overlaps) >= 0.97


def first_speeches(folder: Path) -> Path:
    """The first of the speeches, in a folder of their own."""
    speeches = shared("speed")
    folder.mkdir()
    shutil.copy(speeches / "themes.jsonl", folder)
    with gzip.open(speeches / "passages.jsonl.gz", "rb") as given:
        lines = list(islice(given, PASSAGES))
    (folder / "passages.jsonl").write_bytes(b"".join(lines))
    named = {json.loads(line)["document"] for line in lines}
    documents = (speeches / "documents.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "documents.jsonl").write_bytes(
        b"".join(line for line in documents if json.loads(line)["id"] in named)
    )
    return folder
