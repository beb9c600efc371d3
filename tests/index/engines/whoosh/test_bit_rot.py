"""Every changed byte of an index is noticed or harmless: no wrong answer, no other error."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.engines.whoosh.indexing import publication
from index.request import Request
from kb.errors import IndexUnusable
from tests.engines import Snapshot, build, open_engine
from tests.index.samples import collection, passage

FLIPS = int(os.environ.get("KB_BIT_FLIPS", "120"))
"""Bytes that are changed in each index; KB_BIT_FLIPS=0 changes every one."""

Answers = tuple[object, ...]

QUERIES = ("law", '"law of the sea"', "sea -law", "theme:protection", "la*", "extradtion~", "")


@pytest.fixture(scope="module", params=[3, 300], ids=["small", "large"])
def folder(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    return with_deletions(tmp_path_factory.mktemp("index"), request.param)


def with_deletions(index: Path, passages: int) -> Path:
    """Two generations; the newer has deletions in a segment that it shares with the older."""
    many = {
        f"d{at}": [passage(f"d{at}", f"p{n}", f"law {n}", "protection") for n in range(passages)]
        for at in range(9)
    }
    build(collection(**many), index)
    many.pop("d3")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publication, "_is_worth_merging", lambda segment, gathered: False)
        build(collection(**many, new=["the law of the sea", "extradition"]), index)
    assert list(index.glob("*.live"))
    return index


def answers(snapshot: Snapshot) -> Answers:
    found = []
    for query in QUERIES:
        results = snapshot.search(Request(text=query))
        hits = tuple((hit.passage, round(hit.score, 9)) for hit in results.hits)
        found.append((results.total, hits, tuple(sorted(results.facets.items(), key=lambda each: each[0]))))
    texts = tuple(one.text for name in ("d0", "d3", "new") for one in snapshot.passages(name))
    return (tuple(snapshot.sizes.items()), texts, *found)


@contextmanager
def changed(path: Path, place: int, bits: int) -> Iterator[None]:
    """The file with some bits of one byte flipped, in place."""
    with path.open("r+b") as file:
        file.seek(place)
        (byte,) = file.read(1)
        try:
            file.seek(place)
            file.write(bytes([byte ^ bits]))
            file.flush()
            yield
        finally:
            file.seek(place)
            file.write(bytes([byte]))


def places(folder: Path) -> list[tuple[Path, int]]:
    """Every byte of what is read: the whole of small files first."""
    files = sorted(folder.iterdir(), key=lambda path: path.stat().st_size)
    every = [(path, place) for path in files for place in range(path.stat().st_size)]
    if not FLIPS or len(every) <= FLIPS:
        return every
    chance = random.Random(12)  # noqa: S311
    ends = [(path, at) for path, at in every if path.suffix in {".toc", ".live"} or at < 64]
    return chance.sample(ends, FLIPS // 2) + chance.sample(every, FLIPS // 2)


@pytest.mark.slow
def test_every_changed_byte_is_noticed_or_harmless(folder: Path) -> None:
    sound, before = both_answers(folder)
    chance, outcomes = random.Random(7), {"refused": 0, "older": 0, "harmless": 0}  # noqa: S311
    for path, place in places(folder):
        with changed(path, place, 1 << chance.randrange(8)):
            outcome = outcome_of(folder, sound, before)
            assert outcome, (path.name, place)
            outcomes[outcome] += 1
    print(outcomes)
    assert outcomes["refused"]
    assert outcomes["older"]


def both_answers(folder: Path) -> tuple[Answers, Answers]:
    """What the newer generation says, and what the older one would say in its place."""
    sound = answers(open_engine(folder).snapshot())
    with changed(folder / "generation-2.toc", 3, 1):
        before = answers(open_engine(folder).snapshot())
    assert sound != before
    return sound, before


def outcome_of(folder: Path, sound: Answers, before: Answers) -> str:
    """What became of it; empty if it was answered wrongly. Any other error is not caught."""
    engine = open_engine(folder)
    for _ in range(2):  # damage that is met while answering is an error once
        try:
            snapshot = engine.snapshot()
            given = answers(snapshot)
        except IndexUnusable:
            continue
        if snapshot.fallback:
            return "older" if given == before else ""
        return "harmless" if given == sound else ""
    return "refused"
