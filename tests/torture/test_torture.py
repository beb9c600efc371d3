"""How tortures are counted, chosen and told."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.pages import column, page
from tests.torture import __main__ as program
from tests.torture.registry import TORTURES, Torture
from tests.torture.trial import Skipped, Trial

SAMPLE_SECONDS, WHOLE_SECONDS = 600, 3_300


def test_the_page_names_every_test() -> None:
    assert column(page("tests/torture/README.md"), "| test | what is done, and what must hold |") == [
        *TORTURES
    ]


def test_a_whole_run_takes_less_than_an_hour_and_a_sample_ten_minutes() -> None:
    assert sum(each.sample_seconds for each in TORTURES.values()) <= SAMPLE_SECONDS
    assert sum(each.seconds for each in TORTURES.values()) <= WHOLE_SECONDS


def test_failures_are_counted_and_the_first_are_told(tmp_path: Path) -> None:
    trial = Trial("one", tmp_path, 60, 1)
    for number in trial.rounds(20):
        trial.check(number % 2 == 0, f"number {number}")
    row = trial.row()
    assert (row.n, row.failures) == (20, 10)
    assert row.shown == ("number 1", "number 3", "number 5", "number 7", "number 9")


def test_after_its_time_no_round_begins_but_there_is_one(tmp_path: Path) -> None:
    assert list(Trial("one", tmp_path, 0, 1).rounds()) == [0]


def test_the_seed_gives_the_same_draws(tmp_path: Path) -> None:
    drawn = [Trial("one", tmp_path, 1, seed).chance.random() for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str]:
    def fails(trial: Trial) -> None:
        trial.check(True)
        trial.check(False, f"in {trial.seconds:.0f} s")

    def needs(trial: Trial) -> None:
        raise Skipped("no disk")

    def breaks_off(trial: Trial) -> None:
        raise RuntimeError("no answer")

    tortures = {
        "fails": Torture(fails, 9, 3),
        "needs a disk": Torture(needs, 9, 3),
        "breaks off": Torture(breaks_off, 9, 3),
    }
    monkeypatch.setattr(program, "TORTURES", tortures)
    done = CliRunner().invoke(program.main, ["--seed", "1", *arguments])
    return done.exit_code, done.output


def test_a_failure_is_told_and_ends_the_run_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    code, output = run(monkeypatch, "--sample")
    assert code == 1
    assert "| fails | 2 | 1 | 0 |  |" in output
    assert "| needs a disk | 0 | 0 | 0 | skipped: no disk |" in output
    assert "- fails: in 3 s" in output
    assert "| breaks off | 1 | 1 | 0 |  |" in output
    assert "RuntimeError: no answer" in output


def test_a_part_of_a_name_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    code, output = run(monkeypatch, "--only", "disk")
    assert (code, "| fails |" in output) == (0, False)
    assert run(monkeypatch, "--only", "nothing")[0] == 2
