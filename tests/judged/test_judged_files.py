"""The judged set is complete, refers to shipped passages, and follows its own rules. Nothing is searched."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from kb.model import Collection
from tests.judged import measure
from tests.tables import table

FOLDER = Path(__file__).parent
KINDS = {"term", "question", "acronym", "misspelling", "american", "statute", "multi", "synonym"}
SAME = {
    "acronym-01": "term-02",
    "misspelling-01": "term-01",
    "misspelling-02": "term-14",
    "misspelling-03": "term-03",
    "misspelling-04": "term-02",
    "misspelling-05": "term-19",
    "misspelling-06": "term-10",
    "misspelling-07": "term-06",
    "misspelling-08": "term-08",
    "misspelling-09": "term-04",
    "misspelling-10": "acronym-16",
    "misspelling-12": "american-04",
    "misspelling-14": "acronym-02",
    "misspelling-16": "synonym-04",
    "american-09": "acronym-04",
    "statute-08": "acronym-08",
    "synonym-03": "term-03",
    "synonym-06": "term-07",
    "synonym-08": "acronym-03",
    "synonym-11": "misspelling-13",
    "synonym-13": "term-23",
    "synonym-15": "term-02",
    "synonym-19": "term-01",
}
"""Queries that mean what another one of the set means, by their ids."""

Grades = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Query:
    id: str
    kind: str
    text: str


@pytest.fixture(scope="module")
def queries() -> list[Query]:
    lines = (FOLDER / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    return [Query(one["_id"], one["kind"], one["text"]) for one in map(json.loads, lines)]


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    with (FOLDER / "qrels.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def grades(rows: list[list[str]]) -> Grades:
    found: Grades = {}
    for query, passage, score in rows[1:]:
        found.setdefault(query, {})[passage] = int(score)
    return found


@pytest.fixture(scope="module")
def shipped(shipped_collection: Collection) -> set[str]:
    return {passage.address for passage in shipped_collection.all_passages()}


def test_there_are_enough_queries_of_every_kind(queries: list[Query]) -> None:
    counts = Counter(query.kind for query in queries)
    assert counts.keys() == KINDS
    assert min(counts.values()) >= 8
    assert counts.total() >= 80


def test_no_query_and_no_id_stands_twice(queries: list[Query]) -> None:
    assert max(Counter(query.id for query in queries).values()) == 1
    assert max(Counter(" ".join(query.text.split()) for query in queries).values()) == 1


def test_an_id_is_the_kind_and_a_number(queries: list[Query]) -> None:
    counted: Counter[str] = Counter()
    for query in queries:
        counted[query.kind] += 1
        assert query.id == f"{query.kind}-{counted[query.kind]:02}"


def test_a_query_is_something_a_person_would_type(queries: list[Query]) -> None:
    for query in queries:
        assert query.text == query.text.strip()
        assert 0 < len(query.text) <= 100, query.id


def test_the_grades_have_a_header_and_three_columns(rows: list[list[str]]) -> None:
    assert rows[0] == ["query-id", "corpus-id", "score"]
    assert all(len(row) == 3 for row in rows)


def test_a_grade_is_1_2_or_3_and_given_once(rows: list[list[str]]) -> None:
    assert {score for _, _, score in rows[1:]} == {"1", "2", "3"}
    assert max(Counter((query, passage) for query, passage, _ in rows[1:]).values()) == 1


def test_every_query_has_a_best_answer(queries: list[Query], grades: Grades) -> None:
    assert [query.id for query in queries if 3 not in grades.get(query.id, {}).values()] == []


def test_grades_are_given_to_queries_that_stand_here(queries: list[Query], grades: Grades) -> None:
    assert grades.keys() == {query.id for query in queries}


def test_every_graded_passage_ships_and_every_shipped_one_is_graded(
    grades: Grades, shipped: set[str]
) -> None:
    """A new passage fails this until it is judged."""
    assert {passage for given in grades.values() for passage in given} == shipped


@pytest.mark.parametrize(
    "folder",
    [measure.EVERYDAY, measure.ASKED, measure.UNSEEN, measure.LONG],
    ids=lambda folder: folder.name,
)
def test_every_everyday_question_has_a_best_answer_that_ships(folder: Path, shipped: set[str]) -> None:
    given = measure.grades(folder)
    assert given.keys() == {query["_id"] for query in measure.queries(folder)}
    for query, passages in given.items():
        assert max(passages.values()) == 3, query
        assert passages.keys() <= shipped, query


@table(("query", "meant"), SAME.items())
def test_a_query_that_means_another_has_its_grades(query: str, meant: str, grades: Grades) -> None:
    assert grades[query] == grades[meant]
