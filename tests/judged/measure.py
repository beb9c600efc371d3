"""Our own judged set, searched over the shipped content: nDCG@10 by kind of query."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from math import log2
from pathlib import Path
from statistics import fmean

from index.engine import Snapshot
from index.request import Request

__all__ = [
    "ASKED",
    "EVERYDAY",
    "LONG",
    "UNSEEN",
    "answered",
    "by_kind",
    "grades",
    "ndcg",
    "of_documents",
    "queries",
]

_FOLDER = Path(__file__).parent
EVERYDAY = _FOLDER / "everyday"
"""The set of everyday questions."""

ASKED = _FOLDER / "asked"
"""Whole questions in everyday words, each with the passages that it should lead to."""

UNSEEN = _FOLDER / "unseen"
"""Further ones, for which nothing was changed."""

LONG = _FOLDER / "long"
"""Questions of more than six words, judged before their order was changed."""

_DEPTH = 10


def queries(folder: Path = _FOLDER) -> list[dict[str, str]]:
    """The queries: `_id`, `kind`, `text`."""
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def grades(folder: Path = _FOLDER) -> dict[str, dict[str, int]]:
    """The grades of passages by query and address."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, address, grade = line.split("\t")
        found[query][address] = int(grade)
    return found


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """nDCG@10 with the grade as gain, as in trec_eval (Järvelin and Kekäläinen 2002)."""
    ideal = _gained(sorted(grades.values(), reverse=True))
    return _gained([grades.get(address, 0) for address in found]) / ideal


def _gained(values: Sequence[int]) -> float:
    return sum(value / log2(place + 2) for place, value in enumerate(values[:_DEPTH]))


def answered(snapshot: Snapshot, folder: Path, depth: int = 3) -> int:
    """How many queries have a passage with a grade of 2 or 3 among their first hits (success@3)."""
    judged = grades(folder)
    first = {
        query["_id"]: snapshot.search(Request(text=query["text"])).hits[:depth] for query in queries(folder)
    }
    return sum(
        any(judged[one].get(hit.passage.address, 0) > 1 for hit in hits) for one, hits in first.items()
    )


def by_kind(snapshot: Snapshot, folder: Path = _FOLDER) -> dict[str, float]:
    """The mean for each kind of query, and under `all` that for all queries; each is asked as typed."""
    judged, found = grades(folder), defaultdict(list)
    for query in queries(folder):
        hits = _found(snapshot, query)
        for kind in (query["kind"], "all"):
            found[kind].append(ndcg(hits, judged[query["_id"]]))
    return {kind: fmean(values) for kind, values in found.items()}


def of_documents(snapshot: Snapshot, documents: Collection[str]) -> float:
    """The mean over the queries that these documents answer, with only their passages judged relevant."""
    values = []
    judged = grades()
    for query in queries():
        relevant = {
            name: grade for name, grade in judged[query["_id"]].items() if name.partition("/")[0] in documents
        }
        if any(relevant.values()):
            values.append(ndcg(_found(snapshot, query), relevant))
    return fmean(values)


def _found(snapshot: Snapshot, query: Mapping[str, str]) -> list[str]:
    return [hit.passage.address for hit in snapshot.search(Request(text=query["text"])).hits]
