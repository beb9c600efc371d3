"""Measuring search on a judged collection: files, runs and figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from index import evaluation
from index.cli.evaluate import evaluate
from index.query import AllPassages, Filter, Fuzzy, Not, Or, Phrase, Prefix, Wildcard, parse_query
from index.query.ast import walk
from kb.cli.main import main
from kb.errors import ContentError

CORPUS = [
    {"_id": "d1", "title": "Sea", "text": "The law of the sea."},
    {"_id": "d2", "title": "", "text": "Extradition law (of offenders)."},
    {"_id": "d 3", "text": "Fish."},
    {"_id": "d4", "title": "Extradition", "text": ""},
]
QUERIES = [
    {"_id": "q1", "text": "extradition?"},
    {"_id": "q2", "text": "sea AND law"},
    {"_id": "q3", "text": "x"},
]
GRADES = "query-id\tcorpus-id\tscore\nq1\td2\t2\nq1\td4\t1\nq2\td1\t1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, rows in (("corpus", CORPUS), ("queries", QUERIES)):
        (tmp_path / f"{name}.jsonl").write_text(
            "".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8"
        )
    (tmp_path / "qrels.tsv").write_text(GRADES, encoding="utf-8")
    return tmp_path


def test_judged_queries_are_searched_in_titles_and_texts(folder: Path) -> None:
    collection = evaluation.read_judged(folder)
    assert list(collection.queries) == ["q1", "q2"]  # what was not judged cannot be measured
    found = evaluation.run_queries(collection, 10)
    assert {name: [hit for hit, _ in hits] for name, hits in found.rankings.items()} == {
        "q1": ["d4", "d2"],
        "q2": ["d1", "d2"],
    }
    assert evaluation.measure(collection, found)["Recall@100"] == 1.0


def test_the_command_prints_the_measures_and_writes_a_run(folder: Path) -> None:
    result = CliRunner().invoke(evaluate, [str(folder), "--run", str(folder / "run"), "--depth", "1"])
    assert result.exit_code == 0
    names = [line.split("\t")[0] for line in result.stdout.splitlines()]
    assert names == ["nDCG@10", "MAP", "Recall@100", "ms per query"]
    lines = [line.split() for line in (folder / "run").read_text(encoding="utf-8").splitlines()]
    assert [(query, rank, name) for query, _, _, rank, _, name in lines] == [
        ("q1", "1", "kb"),
        ("q2", "1", "kb"),
    ]


def test_ndcg_is_that_of_trec_eval(folder: Path) -> None:
    collection = evaluation.read_judged(folder)
    run = evaluation.Run({"q1": [("d4", 2.0), ("d2", 1.0)], "q2": [("d2", 1.0)]}, 0.0)
    ideal = 2 + 1 / 1.584962500721156
    assert evaluation.measure(collection, run)["nDCG@10"] == pytest.approx(
        (1 + 2 / 1.584962500721156) / ideal / 2
    )


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "corpus.jsonl",
            '{"_id": "d1", "text": "a"}\n{"_id": "d1", "text": "b"}\n',
            "corpus.jsonl:2: duplicate id “d1”",
        ),
        ("corpus.jsonl", '{"text": "a"}\n', "corpus.jsonl:1: “_id” is missing"),
        ("corpus.jsonl", '{"_id": 7, "text": "a"}\n', "corpus.jsonl:1: “_id” is not a string"),
        ("queries.jsonl", "{\n", "queries.jsonl:1: invalid JSON: "),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\nq1 d1 1\n", "qrels.tsv:2: this line is not a judgement"),
    ],
)
def test_a_broken_file_is_refused_by_line(folder: Path, name: str, text: str, said: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=name) as refused:
        evaluation.read_judged(folder)
    assert said in str(refused.value)


def test_a_missing_file_is_one_line_of_error(folder: Path) -> None:
    (folder / "qrels.tsv").unlink()
    result = CliRunner().invoke(main, ["eval", str(folder)])
    assert result.exit_code == 1
    assert "qrels.tsv" in result.stderr


TYPED = st.text(alphabet=st.sampled_from("abc AORNDT\"“()*?~:-–1.,'"), max_size=60)


@given(TYPED | st.text(max_size=40))
def test_plain_words_hold_nothing_of_the_query_language(text: str) -> None:
    parsed = parse_query(evaluation.as_plain_words(text))
    assert not parsed.strict
    kinds = (AllPassages, Filter, Fuzzy, Not, Or, Phrase, Prefix, Wildcard)
    assert not [each for each in walk(parsed.node) if isinstance(each, kinds)] if parsed.node else True
