from __future__ import annotations

from pathlib import Path

import pytest

from index.engines.whoosh.indexing.builder import build
from index.engines.whoosh.storage.contents import generation_numbers
from kb.model import Collection
from tests.engines import open_engine
from tests.index.samples import collection

LEFT = ["MAIN_0123456789abcdef.kb", "MAIN_0123456789abcdef_3.live", "generation-9.toc.new", "MAIN.tmp/0.kb"]
LEFT += ["content.json.new", "left-out.jsonl.new"]


def state(number: int) -> Collection:
    return collection(a=[f"law {number}"])


def numbers(folder: Path) -> list[int]:
    return generation_numbers([path.name for path in folder.iterdir()])


def segments(folder: Path) -> int:
    return len(list(folder.glob("MAIN_*.kb")))


@pytest.mark.parametrize("last", [0, 1])
def test_every_build_removes_what_killed_ones_left_also_one_with_nothing_new(
    tmp_path: Path, last: int
) -> None:
    build(state(0), tmp_path)
    (tmp_path / "MAIN.tmp").mkdir(exist_ok=True)
    for name in LEFT:
        (tmp_path / name).write_bytes(b"left behind")
    assert build(state(last), tmp_path).published == bool(last)
    assert not any((tmp_path / name).exists() for name in LEFT)
    assert segments(tmp_path) == 1 + last


def test_two_generations_stay_however_many_are_built(tmp_path: Path) -> None:
    for number in range(5):
        build(state(number), tmp_path)
    assert (numbers(tmp_path), segments(tmp_path)) == ([5, 4], 2)


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    for name in ("notes.txt", "MAIN.kb", "generation.toc"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    for number in range(3):
        build(state(number), tmp_path)
    assert {"notes.txt", "MAIN.kb", "generation.toc"} <= {path.name for path in tmp_path.iterdir()}


def test_a_number_is_not_used_again_while_a_damaged_table_has_it(tmp_path: Path) -> None:
    build(state(0), tmp_path)
    for name in ("generation-1.toc", "generation-7.toc"):
        (tmp_path / name).write_bytes(b"damaged")
    build(state(1), tmp_path)
    assert numbers(tmp_path) == [1]
    assert open_engine(tmp_path).snapshot().size == 1


def test_a_build_that_fails_leaves_no_files(tmp_path: Path) -> None:
    build(state(0), tmp_path)
    before = sorted(path.name for path in tmp_path.rglob("*"))

    def fail(done: int, total: int) -> None:
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        build(state(1), tmp_path, fail)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_from_scratch_everything_is_indexed_again_and_the_generation_before_stays(tmp_path: Path) -> None:
    build(state(0), tmp_path)
    assert not build(state(0), tmp_path).published
    built = build(state(0), tmp_path, from_scratch=True)
    assert (built.added, built.published) == (1, True)
    assert numbers(tmp_path) == [2, 1]
