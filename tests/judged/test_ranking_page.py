"""RANKING.md and README.md give the constants in the code and the queries in the set."""

from __future__ import annotations

import json
import re
from collections import Counter

from index.tuning import Tuning
from tests.pages import ROOT, page, rows

RANKING, README = page("tests/judged/RANKING.md"), page("tests/judged/README.md")


def test_every_constant_of_ranking_is_named_and_none_that_there_is_not() -> None:
    constants = {name for name in vars(Tuning) if name.isupper()}
    assert set(re.findall(r"`([A-Z_]{3,})`", RANKING)) == constants


def test_the_kinds_of_query_are_counted_right() -> None:
    lines = (ROOT / "tests" / "judged" / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    kinds = Counter(json.loads(line)["kind"] for line in lines)
    table = rows(README, "| kind | queries | what is typed |")
    assert {kind.strip("`"): int(count) for kind, count, _ in table} == dict(kinds)
    assert f"{kinds.total()} queries" in README
