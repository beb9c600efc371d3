"""How time grows with the number of passages and of matches."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kb.model import Collection
from tests.bench import ours
from tests.bench.building import Indexes, build_all
from tests.bench.questions import Question
from tests.bench.rows import Row, copies, cut, repeated
from tests.bench.serving import page_times, peer_page_times
from tests.bench.timing import apart, say

__all__ = ["COPIES", "growth", "sizes"]

COPIES = 3
"""The largest size is the collection so many times over."""

_SMALLEST = 10


def sizes(passages: int) -> list[int]:
    """1 %, 10 % and all of the passages, and these three times over: 1k, 10k, 100k and 300k of 100k."""
    parts = [passages // 100, passages // 10, passages, COPIES * passages]
    return list(dict.fromkeys(part for part in parts if part >= _SMALLEST))


def growth(
    folder: Path,
    collection: Collection,
    found: Sequence[Row],
    questions: Sequence[Question],
    whole: Indexes,
) -> list[dict[str, Any]]:
    """For every size the pages of the same questions: p50, p95, the median of matches, and each question."""
    measured = []
    for size in sizes(len(found)):
        peers = [name for name in whole.folders if name != ours.NAME]
        built = whole if size == len(found) else _built(folder / str(size), collection, found, size, peers)
        say(f"{size:,} passages: pages")
        measured.append({"passages": size, **_pages(built, questions)})
    return measured


def _built(
    folder: Path, collection: Collection, found: Sequence[Row], size: int, peers: Sequence[str]
) -> Indexes:
    if size < len(found):
        return build_all(folder, cut(collection, size), found[:size], peers)
    return build_all(folder, copies(collection, COPIES), repeated(found, COPIES), peers)


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
