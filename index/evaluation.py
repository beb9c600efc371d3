"""Judged collections: read, searched as the site searches, and measured.

Three files in a folder, as the BEIR benchmark has them: `corpus.jsonl` (`_id`, `title`, `text`),
`queries.jsonl` (`_id`, `text`) and `qrels.tsv` (query, document, grade; tab-separated, with a header).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from index.engines.registry import open_builder, open_engine
from index.english import ENGLISH
from kb.errors import ContentError, Fault, KbError
from kb.formats.json.fields import refuse_duplicate, text_field
from kb.formats.json.lines import JsonLines
from kb.formats.json.objects import JsonObject
from kb.formats.text_file import read_text_file
from kb.messages import Message
from kb.model import Collection, Document, Passage
from kb.settings import Settings

T = TypeVar("T")

__all__ = [
    "MEASURES",
    "JudgedCollection",
    "Run",
    "as_plain_words",
    "measure",
    "read_judged",
    "run_queries",
    "trec_lines",
]

MEASURES = {"nDCG@10": "ndcg_cut_10", "MAP": "map", "Recall@100": "recall_100"}
"""Each measure, and its name in trec_eval."""

_DOCUMENT = "corpus"
_SIGNS = re.compile(r"[\"“”„‟«»＂()\[\]{}*?~:]|(?<!\w)[-+−–—]+")
_OPERATOR = re.compile(r"\b(AND|OR|NOT)\b")


@dataclass(frozen=True, slots=True)
class JudgedCollection:
    """A judged collection: texts by id with their titles, queries by id, grades by query and document."""

    corpus: Mapping[str, tuple[str, str]]
    queries: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Run:
    """The ranking of each query, as documents with scores, and the mean seconds per query."""

    rankings: Mapping[str, Sequence[tuple[str, float]]]
    seconds: float


def read_judged(folder: Path) -> JudgedCollection:
    """Reads a judged collection. Raises ContentError with every fault."""
    faults: list[Fault] = []
    corpus = _objects(folder / "corpus.jsonl", lambda one: (_text(one, "title"), _text(one, "text")), faults)
    queries = _objects(folder / "queries.jsonl", lambda one: _text(one, "text"), faults)
    grades = _grades(folder / "qrels.tsv", faults)
    if faults:
        raise ContentError(faults)
    return JudgedCollection(corpus, {name: text for name, text in queries.items() if name in grades}, grades)


def _objects(path: Path, take: Callable[[JsonObject], T], faults: list[Fault]) -> dict[str, T]:
    lines = JsonLines(path)
    entries: dict[str, T] = {}

    def add(one: JsonObject, line: int) -> None:
        name = text_field(one, "_id", required=True)
        refuse_duplicate(name, entries)
        entries[name] = take(one)

    lines.each(add)
    faults += lines.faults
    return entries


def _text(one: JsonObject, key: str) -> str:
    return text_field(one, key)


def _grades(path: Path, faults: list[Fault]) -> dict[str, dict[str, int]]:
    text, unreadable = read_text_file(path)
    faults += unreadable
    grades: dict[str, dict[str, int]] = {}
    for number, line in enumerate(text.splitlines()[1:], start=2):
        match line.split("\t"):
            case [query, document, grade] if re.fullmatch(r"-?\d{1,4}", grade.strip(), re.ASCII):
                grades.setdefault(query, {})[document] = int(grade)
            case _ if line.strip():
                faults.append(Fault(path, number, Message("bad-judgement"), catalogue=ENGLISH))
    return grades


def run_queries(
    judged: JudgedCollection, depth: int, progress: Callable[[int, int], None] = lambda done, total: None
) -> Run:
    """Builds a temporary index and searches it for the words of each query."""
    names = list(judged.corpus)
    passages = tuple(
        Passage(_DOCUMENT, str(number), text, heading=title)
        for number, (title, text) in enumerate(judged.corpus.values())
    )
    content = Collection((), (Document(_DOCUMENT, ""),), {_DOCUMENT: passages})
    with TemporaryDirectory(prefix="kb-eval-") as folder:
        settings = Settings((), Path(folder), explicit_content=False)
        open_builder(settings).build(content)
        snapshot = open_engine(settings).snapshot()
        rankings: dict[str, list[tuple[str, float]]] = {}
        began = time.perf_counter()
        for done, (query, text) in enumerate(judged.queries.items(), start=1):
            hits = snapshot.best(as_plain_words(text), depth)
            rankings[query] = [(names[int(address.partition("/")[2])], score) for address, score in hits]
            progress(done, len(judged.queries))
        seconds = time.perf_counter() - began
        del snapshot
    return Run(rankings, seconds / max(len(judged.queries), 1))


def as_plain_words(text: str) -> str:
    """A text as a query of plain words, without operators, filters, phrases or patterns."""
    return _OPERATOR.sub(lambda match: match[0].lower(), _SIGNS.sub(" ", text))


def measure(judged: JudgedCollection, run: Run) -> dict[str, float]:
    """Each measure as its mean over all judged queries, computed by trec_eval's own code.

    Raises KbError where pytrec_eval is not installed.
    """
    try:
        import pytrec_eval  # an optional dependency: the site does not need it
    except ImportError as exc:
        raise KbError(Message("pytrec-eval-missing"), ENGLISH) from exc
    grades = {query: dict(grade) for query, grade in judged.grades.items()}
    evaluator = pytrec_eval.RelevanceEvaluator(grades, set(MEASURES.values()))
    results = evaluator.evaluate({query: dict(hits) for query, hits in run.rankings.items() if hits})
    return {
        name: sum(results.get(query, {}).get(key, 0.0) for query in grades) / max(len(grades), 1)
        for name, key in MEASURES.items()
    }


def trec_lines(run: Run) -> Iterator[str]:
    """The lines of a TREC run: query, Q0, document, rank, score, name of the run."""
    for query, hits in run.rankings.items():
        for rank, (document, score) in enumerate(hits, start=1):
            yield f"{query} Q0 {document} {rank} {score:.6f} kb\n"
