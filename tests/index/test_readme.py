"""What index/README.md says about queries, answers and limits is true."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli.main import main
from tests.pages import code, column, page, rows
from tests.tables import table

README = page("index/README.md")


def examples() -> list[str]:
    return column(README, "| query | finds |")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("index"))
    assert CliRunner().invoke(main, ["build", "--index", folder]).exit_code == 0
    return folder


def searched(index: str, *arguments: str) -> dict[str, object]:
    answer = CliRunner().invoke(main, ["search", "--json", "--index", index, *arguments])
    assert answer.exit_code == 0, answer.output
    found: dict[str, object] = json.loads(answer.stdout)
    return found


def test_there_are_examples_of_every_form() -> None:
    assert len(examples()) >= 12
    every = " ".join(examples())
    assert all(sign in every for sign in ('"', "~", "*", "?", " OR ", " -", "theme:", "("))


@table("query", examples())
def test_every_query_finds_something(index: str, query: str) -> None:
    found = searched(index, "--", query)
    assert found["total"]
    assert {notice["code"] for notice in found["notices"]} <= {"terms-differ"}


def test_other_ways_to_write_a_query_give_the_same(index: str) -> None:
    assert (
        searched(index, "--", "trafficking -smuggling")["total"]
        == searched(index, "trafficking NOT smuggling")["total"]
    )
    spellings = ("re-victimisation", "revictimization", "re victimisation")
    assert len({searched(index, spelling)["total"] for spelling in spellings}) == 1


def test_every_key_of_an_answer_is_explained(index: str) -> None:
    found = searched(index, "labour trafficking")
    assert set(column(README, "| key | value |")) == set(found)
    hits = found["hits"]
    assert isinstance(hits, list)
    assert set(column(README, "| key of a hit | value |")) == set(hits[0])


def test_every_key_of_a_facet_is_explained(index: str) -> None:
    facets = searched(index, "labour trafficking")["facets"]
    assert isinstance(facets, dict)
    (meaning,) = (cells[1] for cells in rows(README, "| key | value |") if cells[0] == "`facets`")
    assert set(code(meaning)) == {*facets, *facets["theme"][0]}


def test_a_query_of_more_characters_than_the_limit_is_refused(index: str) -> None:
    limits = dict(cells[:2] for cells in rows(README, "| what | limit |"))
    most = int(re.findall(r"[\d,]+", limits["a query"])[0].replace(",", ""))
    assert searched(index, "a" * most)["total"] == 0
    refused = CliRunner().invoke(main, ["search", "--index", index, "a" * (most + 1)])
    assert refused.exit_code == 2


def test_the_files_that_decisions_name_are_there() -> None:
    names = {name for name in code(README) if re.fullmatch(r"[a-z_]+\.py", name)}
    there = {path.name for path in Path(__file__).parents[2].joinpath("index").rglob("*.py")}
    assert names <= there
