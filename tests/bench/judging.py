"""Ranking beside bm25s in the same run, on judged collections and on our own set: `make judge`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import bm25s
import Stemmer
from rich.console import Console
from rich.table import Table

from index import evaluation
from index.evaluation import MEASURES, JudgedCollection, Run
from kb.collection.loader import load
from kb.settings import shipped_content
from tests.engines import snapshot_of
from tests.judged.measure import by_kind

__all__ = ["peer"]

_DEPTH = 1_000


def peer(collection: JudgedCollection, depth: int) -> Run:
    """What bm25s finds: Lucene's formula, k1 1.2, b 0.75, Snowball English, its English stop words."""
    stemmer = Stemmer.Stemmer("english")

    def cut(texts: Sequence[str]) -> object:
        return bm25s.tokenize(list(texts), stopwords="en", stemmer=stemmer, show_progress=False)

    names = list(collection.corpus)
    engine = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    engine.index(cut([f"{title} {text}" for title, text in collection.corpus.values()]), show_progress=False)
    most = min(depth, len(names))
    places, scores = engine.retrieve(cut(list(collection.queries.values())), k=most, show_progress=False)
    found = {
        query: [(names[place], score) for place, score in zip(*row, strict=True) if score > 0]
        for query, row in zip(
            collection.queries, zip(places.tolist(), scores.tolist(), strict=True), strict=True
        )
    }
    return Run(found, 0.0)


def main(folders: Sequence[Path]) -> None:
    console, ratios = Console(), []
    table = Table("collection", *(f"{name}, ratio to bm25s" for name in MEASURES), "ms a query")
    for folder in folders:
        collection = evaluation.read_judged(folder)
        ours, theirs = evaluation.run_queries(collection, _DEPTH), peer(collection, _DEPTH)
        mine, other = evaluation.measure(collection, ours), evaluation.measure(collection, theirs)
        cells = [f"{mine[name]:.4f} ({mine[name] / other[name]:.4f})" for name in MEASURES]
        ratios.append(mine["nDCG@10"] / other["nDCG@10"])
        table.add_row(folder.name, *cells, f"{ours.seconds * 1000:.2f}")
    if ratios:
        console.print(table)
        console.print(f"Mean ratio of nDCG@10: {sum(ratios) / len(ratios):.4f}")
    with TemporaryDirectory() as scratch:
        own = by_kind(snapshot_of(load([shipped_content()]), Path(scratch)))
    console.print("Our own set, nDCG@10: " + ", ".join(f"{kind} {value:.3f}" for kind, value in own.items()))


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
