"""Attempts to break the program: hostile queries and collections, each with its time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from index.request import MAX_QUERY_CHARS, Request
from kb.model import Collection, Document, Passage
from tests.bench import ours
from tests.bench.questions import Vocabulary
from tests.bench.serving import page
from tests.bench.timing import thrice, timed
from tests.engines import build
from web.app import create_app

__all__ = ["BOUND_MS", "COLLECTIONS", "broken_collection", "broken_queries", "queries"]

BOUND_MS = 500.0
"""No page may take longer, whatever is asked in the 10,000 characters that a query may have."""

_WORDS = 1_000


def queries(words: Vocabulary) -> dict[str, Request]:
    """The hostile queries, by what they try."""
    commonest = [*words.stops, *sorted(words.common, key=len), *words.middle][:_WORDS]
    common = words.common[0]
    return {
        "only stop words": Request(text=" ".join(words.stops)),
        "phrase of stop words": Request(text=f'"{" ".join(words.stops[:2])}"'),
        "phrase of stop words, 50 apart": Request(text=f'"{" ".join(words.stops[:3])}"~50'),
        "a star alone": Request(text="*"),
        "stars, ten times": Request(
            text=" ".join(f"*{left}*{right}*" for left, right in pairwise("aeionstrlca"))
        ),
        "stars, any of ten": Request(text=" OR ".join(f"*{letter}*" for letter in "aeiounrstl")),
        "1,000 words": Request(text=" ".join(commonest)[:MAX_QUERY_CHARS]),
        "1,000 words, any of them": Request(
            text=" OR ".join(commonest)[:MAX_QUERY_CHARS].rpartition(" OR ")[0]
        ),
        "one word of 10,000 letters": Request(text="a" * MAX_QUERY_CHARS),
        "one word 1,000 times": Request(text=" ".join([common] * _WORDS)[:MAX_QUERY_CHARS]),
        "parentheses, 1,000 deep": Request(text="(" * _WORDS + common + ")" * _WORDS),
        "page 500 of a common word": Request(text=common, page=500),
        "page 500 of everything, newest first": Request(page=500, sort="newest"),
        "everything, best of each document": Request(grouped=True),
        "all but a common word": Request(text=f"-{common}"),
        "not Latin": Request(text="การค้ามนุษย์ 人口贩运 торговля людьми الاتجار बाल"),
    }


def broken_queries(folder: Path, asked: Sequence[tuple[str, Request]]) -> list[dict[str, Any]]:
    """For each query, the milliseconds of its page, the median of three, and how many passages it found."""
    engine = ours.opened(folder)
    app = create_app(engine)
    found = []
    for name, request in asked:
        taken = thrice(page(app, request))
        total = engine.snapshot().search(request).total
        found.append({"case": name, "ms": taken.median, "first_ms": taken.first, "total": total})
    return found


def broken_collection(folder: Path, name: str, passages: int) -> dict[str, Any]:
    """Builds a hostile collection and searches it for the word that all its passages have.

    Raises RuntimeError if it does not find what it must.
    """
    collection, must = COLLECTIONS[name](passages)
    _, building = timed(lambda: build(collection, folder))
    engine = ours.opened(folder)
    app = create_app(engine)
    requests = [Request(text="peace"), Request(text='"peace peace"'), Request(text="peace", page=500)]
    results = engine.snapshot().search(requests[0])
    if results.total != must:
        raise RuntimeError(f"{name}: {results.total} passages found, not {must}")
    taken = max(thrice(page(app, request)).median for request in requests)
    return {"case": name, "ms": taken, "total": results.total, "build_s": building, "passages": passages}


def _collection(texts: Sequence[str], per_document: int) -> Collection:
    documents, passages = [], {}
    for number, at in enumerate(range(0, len(texts), per_document), start=1):
        name = f"d{number}"
        documents.append(Document(name, f"Document {number}", kind="report", date="2015"))
        passages[name] = tuple(
            Passage(name, f"p{place}", text, f"para {place}")
            for place, text in enumerate(texts[at : at + per_document], start=1)
        )
    return replace(Collection(), documents=tuple(documents), passages=passages)


def _one_word(passages: int) -> tuple[Collection, int]:
    return _collection([" ".join(["peace"] * 100)] * passages, 30), passages


def _one_document(passages: int) -> tuple[Collection, int]:
    texts = [f"Peace and the {number}th of many words of one document." for number in range(passages)]
    return _collection(texts, passages), passages


def _empty(passages: int) -> tuple[Collection, int]:
    return _collection([("", "Peace.")[number % 2] for number in range(passages)], 30), passages // 2


def _not_latin(passages: int) -> tuple[Collection, int]:
    text = "peace การค้ามนุษย์ 人口贩运 торговля людьми الاتجار بالبشر मानव तस्करी"
    return _collection([f"{text} {number}" for number in range(passages)], 30), passages


COLLECTIONS: dict[str, Callable[[int], tuple[Collection, int]]] = {
    "one word, 100 times in every passage": _one_word,
    "all passages in one document": _one_document,
    "every second passage empty": _empty,
    "many scripts": _not_latin,
}
"""The unkind collections: each gives its content, and how many passages “peace” has to find."""
