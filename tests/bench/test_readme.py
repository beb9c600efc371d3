"""What tests/bench/README.md says about the benchmark and the saved run is true."""

from __future__ import annotations

import json

from tests.bench.__main__ import main
from tests.bench.bars import BARS, verdicts
from tests.bench.peers import PEERS
from tests.bench.run import PARTS
from tests.bench.scale.__main__ import main as scale
from tests.pages import ROOT, code, column, page, rows

README = page("tests/bench/README.md")
KEPT = page("tests/bench/results/README.md")
HEAD = "| option | meaning |"
SCALE_HEAD = "| option of `make bench-scale` | meaning |"


def test_every_option_is_explained() -> None:
    for command, head in ((main, HEAD), (scale, SCALE_HEAD)):
        there = {option for one in command.params for option in one.opts if option.startswith("--")}
        assert {option.split()[0] for option in column(README, head)} | {"--output"} == there


def test_every_part_and_every_peer_is_named() -> None:
    meanings = {code(cells[0])[0].split()[0]: code(cells[1]) for cells in rows(README, HEAD)}
    assert meanings["--part"] == list(PARTS)
    assert meanings["--peer"] == list(PEERS)


def test_the_bars_and_those_missed_are_counted_right() -> None:
    results = json.loads((ROOT / "tests" / "bench" / "results" / "results.json").read_text(encoding="utf-8"))
    missed = [one for one in verdicts(results) if one.verdict == "misses"]
    assert f"holds {len(BARS)} bars" in README
    assert len(missed) == 5
    assert "Five were missed" in README


def test_the_pages_of_the_table_are_those_of_the_run() -> None:
    kept = {
        cells[0]: cells[1:4]
        for cells in rows(KEPT, "| engine | p50 ms | p95 | slowest | asked first: p50 | p95 | not offered |")
    }
    for name, *figures in rows(README, "| a search page, ms | median | 95th percentile | slowest |"):
        engine = next(each for each in kept if name.endswith(each))
        for said, measured in zip(figures, kept[engine], strict=True):
            digits = len(said.partition(".")[2])
            assert float(said.replace(",", "")) == round(float(measured.replace(",", "")) + 1e-9, digits)


def test_the_figures_in_words_are_those_of_the_run() -> None:
    for figure in ("49 ms", "19,304", "564", "0.80 s", "0.90 s", "93 MB", "159 MB", "348", "998 of 1,000"):
        assert figure in README
        assert figure in KEPT
