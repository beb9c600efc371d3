"""`kb check --index`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.cli.check import MAX_PROBLEMS_LISTED
from index.engines.whoosh.generation import open_index
from kb.cli.main import main
from tests.engines import build
from tests.index.samples import collection


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in (1, 2):
        build(collection(a=[f"law {number}", "sea"]), tmp_path)
    return tmp_path


def check(folder: Path) -> Result:
    return CliRunner().invoke(main, ["check", "--index", str(folder)])


def flip(path: Path, *places: int) -> None:
    data = bytearray(path.read_bytes())
    for place in places:
        data[place] ^= 1
    path.write_bytes(data)


def segment(folder: Path) -> Path:
    return folder / f"MAIN_{open_index(folder).contents.segments[-1].id}.kb"


def test_a_sound_index_is_said_to_be_so_generation_by_generation(folder: Path) -> None:
    said = check(folder)
    assert (said.exit_code, said.stderr) == (0, "")
    first, second, verdict = said.output.splitlines()
    assert first.startswith("Generation 2-")
    assert first.endswith(", 2 passages: sound")
    assert second.startswith("Generation 1-")
    assert verdict == f"{folder}: every byte is as it was written"


def test_damage_is_named_with_its_place_and_what_can_still_be_served(folder: Path) -> None:
    path, older = segment(folder), (folder / "generation-1.toc")
    flip(path, 100)
    said = check(folder)
    assert said.exit_code == 1
    first, where, second, verdict = said.output.splitlines()
    assert first.startswith("Generation 2-")
    assert first.endswith(": damaged")
    assert where == f"  {path} is damaged near byte 64"
    assert second.endswith(": sound")
    assert "is sound and can be served; repair it with: kb build" in verdict
    flip(older, 3)
    said = check(folder)
    assert said.exit_code == 1
    assert said.output.splitlines()[2:] == [
        "Generation 1: damaged",
        f"  {older} is damaged",
        f"{folder}: damaged; rebuild it with: kb build",
    ]


def test_a_lost_segment_and_one_cut_short_are_named(folder: Path) -> None:
    path = segment(folder)
    path.write_bytes(path.read_bytes()[:-5])
    assert f"{path} has " in check(folder).output
    path.unlink()
    assert f"  {path}: cannot read it (No such file or directory)\n" in check(folder).output


@pytest.mark.slow
def test_of_very_many_damaged_places_the_rest_are_counted(tmp_path: Path) -> None:
    build(collection(a=[f"{number} {'law and so on ' * 40}" for number in range(9_000)]), tmp_path)
    path = segment(tmp_path)
    flip(path, *range(100, path.stat().st_size * 9 // 10, 65_536))
    lines = check(tmp_path).output.splitlines()
    assert len(lines) == MAX_PROBLEMS_LISTED + 3
    assert lines[-2].startswith("  and ")
    assert lines[-2].endswith(" more damaged places")


def test_without_an_index_it_is_said_how_to_build_one(tmp_path: Path) -> None:
    said = check(tmp_path / "none")
    assert said.exit_code == 1
    assert said.stderr == f"kb: {tmp_path}/none: there is no index here; build it with: kb build\n"


def test_an_index_of_another_version_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.engines.whoosh.verification.MADE_BY", "99.1")
    said = check(folder)
    assert said.exit_code == 1
    assert "this index was built by another version" in said.output
