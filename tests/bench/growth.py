"""How time grows with the number of passages and of matches."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kb.collection.loader import load
from kb.interchange.writer import write_interchange
from kb.model import Collection
from tests.bench import ours
from tests.bench.building import Indexes, build_all
from tests.bench.questions import Question
from tests.bench.rows import Row, cut, rows, rows_of
from tests.bench.rows import load as load_rows
from tests.bench.scale.multiplied import multiply
from tests.bench.serving import page_times, peer_page_times
from tests.bench.timing import apart, say

__all__ = ["TIMES", "growth", "sizes"]

TIMES = (3, 10)
"""The larger sizes are the collection so many times over, each copy with changed words."""

_SMALL_ONLY = ("stock Whoosh",)
"""Peers that are measured up to the collection itself: building more takes them many minutes."""

_SMALLEST = 10


def sizes(passages: int) -> list[int]:
    """1 %, 10 % and all of the passages: 1k, 10k and 100k of 100k. The larger ones are `TIMES` as many."""
    parts = [passages // 100, passages // 10, passages]
    return list(dict.fromkeys(part for part in parts if part >= _SMALLEST))


def growth(
    folder: Path,
    collection: Collection,
    found: Sequence[Row],
    questions: Sequence[Question],
    whole: Indexes,
) -> list[dict[str, Any]]:
    """For every size, the page times of the same questions: p50, p95, median of matches, each question."""
    peers = [name for name in whole.folders if name != ours.NAME]
    measured = []
    for size in sizes(len(found)):
        place = folder / str(size)
        part = size < len(found)
        built = build_all(place, cut(collection, size), found[:size], peers) if part else whole
        measured.append(_measured(size, built, questions))
        shutil.rmtree(place, ignore_errors=True)
    write_interchange(collection, folder / "base")
    large = [name for name in peers if name not in _SMALL_ONLY]
    larger = None
    for times in sorted(TIMES, reverse=True):
        built = _built_from(folder, times, large, larger)
        measured.append(_measured(times * len(found), built, questions))
        larger = built.rows
    return sorted(measured, key=lambda step: step["passages"])


def _built_from(folder: Path, times: int, peers: Sequence[str], larger: Path | None) -> Indexes:
    """Every index, over the content repeated `times` times; passages are written and read one by one.

    A larger size has the rows of all smaller ones: if its file is there, no word is analysed again.
    """
    place = folder / f"{times}-times"
    say(f"writing the content {times} times over")
    multiply(folder / "base", place / "content", times)
    collection = load([place / "content"])
    found = rows_of(collection, load_rows(larger)) if larger else rows(collection)
    return build_all(place, collection, found if peers else (), peers, [place / "content"])


def _measured(passages: int, built: Indexes, questions: Sequence[Question]) -> dict[str, Any]:
    say(f"{passages:,} passages: pages")
    return {"passages": passages, **_pages(built, questions)}


def _pages(built: Indexes, questions: Sequence[Question]) -> dict[str, Any]:
    mine = apart(page_times, built.folders[ours.NAME], questions)
    engines = {ours.NAME: mine}
    for name, folder in built.folders.items():
        if name != ours.NAME:
            engines[name] = apart(peer_page_times, name, folder, questions)
    matches = {_key(entry): entry["matches"] for entry in mine["questions"] if entry["matches"]}
    return {
        "engines": {name: found["all"] for name, found in engines.items()},
        "matches": statistics.median(matches.values() or [0]),
        "points": {name: _points(found["questions"], matches) for name, found in engines.items()},
    }


_Key = tuple[str, str]


def _key(entry: dict[str, Any]) -> _Key:
    return entry["text"], str(entry["filters"])


def _points(entries: Sequence[dict[str, Any]], matches: Mapping[_Key, int]) -> list[list[float]]:
    """How many passages each question matches, and the time of its page in ms."""
    return [[matches[_key(entry)], entry["ms"]] for entry in entries if _key(entry) in matches]
