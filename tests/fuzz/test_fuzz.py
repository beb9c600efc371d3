"""A sample of `make fuzz` for every reader."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz import watching
from tests.fuzz.__main__ import main
from tests.fuzz.readers import READERS, Reader
from tests.fuzz.trial import Trial
from tests.fuzz.watching import TooMuchWork, Trespass, cost, observed


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
@given(seeds=st.lists(st.integers(0, 2**32), min_size=5, max_size=5))
def test_a_reader_withstands_hostile_inputs(name: str, seeds: list[int]) -> None:
    with Trial(READERS[name]) as trial:
        for seed in seeds:
            data = READERS[name].make(Random(seed))  # noqa: S311
            assert not trial.failure(data), (trial.failure(data), trial.reduced(data))


def test_what_fails_is_reduced_to_what_matters(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: Path) -> None:
        assert b"bad" not in path.read_bytes()

    with Trial(Reader("a", lambda random: b"", read, 0)) as trial:
        assert trial.failure(b"good") == ""
        assert trial.failure(b"a bad one").startswith("AssertionError")
        assert trial.reduced(b"some text that is bad somewhere" * 3) == b"bad"


def test_the_command_prints_a_row_for_each_reader_and_what_failed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> None:
        raise KeyError(path.name)

    assert main(["--inputs", "5", "--seed", "1", "dates"]) == 0
    assert "| dates | 5 | 0 |" in capsys.readouterr().out
    monkeypatch.setitem(READERS, "dates", replace(READERS["dates"], read=fail))
    assert main(["--inputs", "5", "--seed", "1", "dates"]) == 1
    printed = capsys.readouterr()
    assert "| dates | 5 | 1 |" in printed.out
    assert "dates, input 0: KeyError: 'a.txt'\nb'' (0 bytes)" in printed.err


def test_the_shares_add_up_to_a_thousand() -> None:
    assert sum(reader.share for reader in READERS.values()) == 1_000


def test_files_elsewhere_and_the_network_are_out_of_bounds(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").touch()
    with observed(tmp_path / "in"):
        (tmp_path / "in/a").write_bytes(b"")
        with pytest.raises(Trespass):
            (tmp_path / "out").read_bytes()
        with pytest.raises(Trespass):
            socket.create_connection(("192.0.2.1", 80), timeout=1)
    assert (tmp_path / "out").read_bytes() == b""


def test_work_beyond_what_an_input_is_worth_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    cost(lambda: sum(range(1_000)), 10)
    monkeypatch.setattr(watching, "MAX_UNITS", (10.0, 1.0))
    with pytest.raises(TooMuchWork):
        cost(lambda: sum(range(1_000_000)), 10)
