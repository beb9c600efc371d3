"""Which generation is opened, and which are refused."""

from __future__ import annotations

import logging
import os
import shutil
import time
from pathlib import Path

import pytest

from index.engines.whoosh import generation
from index.engines.whoosh.engine import WhooshGenerations
from index.engines.whoosh.generation import (
    NewestContents,
    OpenGeneration,
    open_generation,
    open_index,
    open_verified,
)
from index.engines.whoosh.indexing.builder import build
from index.request import Request
from kb.errors import IndexMissing, IndexUnusable
from tests.engines import Snapshot, open_engine
from tests.index.samples import collection

MANY = {f"d{at}": [f"law {at} {number}" for number in range(250)] for at in range(12)}
FIRST = collection(**MANY)
NEW = [f"law anew {number} {'and so on ' * (number % 9)}" for number in range(1_000)]
SECOND = collection(**{name: texts for name, texts in MANY.items() if name != "d1"}, new=NEW)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two generations that share a segment of 3,000 passages; the newer has deletions."""
    folder = tmp_path_factory.mktemp("built")
    build(FIRST, folder)
    build(SECOND, folder)
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "index"))


def total(snapshot: Snapshot, query: str = "law") -> int:
    return snapshot.search(Request(text=query)).total


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def newest_segment(folder: Path) -> Path:
    return folder / f"MAIN_{open_index(folder).contents.segments[-1].id}.kb"


def shared_segment(folder: Path) -> Path:
    return folder / f"MAIN_{open_index(folder).contents.segments[0].id}.kb"


def test_a_folder_is_listed_again_once_it_changes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed: list[Path] = []
    listdir = os.listdir

    def spied(path: Path) -> list[str]:
        listed.append(path)
        return listdir(path)

    monkeypatch.setattr(generation, "_SETTLED_NS", -(10**10))
    monkeypatch.setattr(os, "listdir", spied)
    contents = NewestContents(folder)
    assert {contents.stamp() for _ in range(3)} == {NewestContents(folder).stamp()}
    assert len(listed) == 2
    assert (contents.stamp() or "")[0] == "generation-2.toc"
    (folder / "generation-2.toc").unlink()
    assert (contents.stamp() or "")[0] == "generation-1.toc"
    shutil.rmtree(folder)
    assert contents.stamp() is None


def test_a_folder_that_changed_a_moment_ago_is_listed_each_time(folder: Path) -> None:
    contents = NewestContents(folder)
    (folder / "generation-9.toc").touch()
    assert contents.stamp() == NewestContents(folder).stamp()
    assert contents._listed is None


def test_a_table_written_over_in_place_is_another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generation, "_SETTLED_NS", -(10**10))
    contents = NewestContents(folder)
    before = contents.stamp()
    os.utime(folder / "generation-2.toc", ns=(1, 1))
    assert contents.stamp() != before


def test_the_last_two_generations_are_kept_and_the_newest_is_served(folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir() if path.suffix in {".toc", ".live", ".kb"})
    assert [name for name in names if name.endswith(".toc")] == ["generation-1.toc", "generation-2.toc"]
    assert len([name for name in names if name.endswith(".kb")]) == 2
    assert len([name for name in names if name.endswith("_2.live")]) == 1
    opened = open_index(folder)
    assert (opened.contents.generation, opened.fallback) == (2, None)
    assert total(open_engine(folder).snapshot()) == 3_750


@pytest.mark.parametrize(
    "damage", ["contents", "contents emptied", "deletions", "deletions lost", "segment lost", "segment cut"]
)
def test_a_damaged_generation_is_passed_over_for_the_sound_one_before_it(
    folder: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    contents, (deletions,), segment = (
        folder / "generation-2.toc",
        folder.glob("*.live"),
        newest_segment(folder),
    )
    match damage:
        case "contents":
            flip(contents, 20)
        case "contents emptied":
            contents.write_bytes(b"")
        case "deletions":
            flip(deletions, 40)
        case "deletions lost":
            deletions.unlink()
        case "segment lost":
            segment.unlink()
        case "segment cut":
            segment.write_bytes(segment.read_bytes()[:-1])
    with caplog.at_level(logging.WARNING):
        snapshot = open_engine(folder).snapshot()
    assert total(snapshot) == 3_000
    assert snapshot.fallback
    assert snapshot.fallback.code == "older-generation-served"
    values = dict(snapshot.fallback.values)
    assert (values["newest"], values["served"]) == (2, snapshot.generation)
    assert "generation 2 cannot be used" in caplog.text
    assert build(SECOND, folder).published
    assert (total(open_engine(folder).snapshot()), open_engine(folder).snapshot().fallback) == (3_750, None)


def test_the_build_after_damage_repairs_it_even_if_nothing_is_new(folder: Path) -> None:
    flip(folder / "generation-2.toc", 20)
    assert not build(FIRST, folder).published
    assert not (folder / "generation-2.toc").exists()
    snapshot = open_engine(folder).snapshot()
    assert (total(snapshot), snapshot.fallback) == (3_000, None)


def test_where_no_generation_is_sound_the_reason_of_the_newest_is_given(folder: Path) -> None:
    flip(shared_segment(folder), 3)
    with pytest.raises(IndexUnusable, match="is not a segment of an index"):
        open_index(folder)
    assert build(SECOND, folder).added == 12
    assert total(open_engine(folder).snapshot()) == 3_750


def test_another_sound_segment_in_place_of_the_one_that_is_named_is_refused(
    folder: Path, tmp_path: Path
) -> None:
    build(collection(other=["law"]), tmp_path / "other")
    shutil.copy(newest_segment(tmp_path / "other"), newest_segment(folder))
    with pytest.raises(IndexUnusable, match="is not the file that the index names"):
        open_generation(folder, 2)


def test_an_older_state_of_the_deletions_is_refused(folder: Path) -> None:
    (older,) = folder.glob("*_2.live")
    build(collection(**{f"d{at}": MANY[f"d{at}"] for at in range(2, 12)}, new=["law"]), folder)
    (newer,) = folder.glob("*_3.live")
    shutil.copy(older, newer)
    with pytest.raises(IndexUnusable, match="is damaged or belongs to another index"):
        open_generation(folder, 3)
    assert total(open_engine(folder).snapshot()) == 3_750


def test_damage_met_while_serving_gives_one_error_and_then_the_generation_before(folder: Path) -> None:
    file = newest_segment(folder)
    flip(file, 70)  # in the first block of columns, which opening does not read
    engine = open_engine(folder)
    with pytest.raises(IndexUnusable, match="is damaged near byte 64"):
        total(engine.snapshot())
    assert (total(engine.snapshot()), bool(engine.snapshot().fallback)) == (3_000, True)
    held = engine.snapshot()
    assert engine.snapshot() is held
    build(SECOND, folder)
    assert (total(engine.snapshot()), engine.snapshot().fallback) == (3_750, None)


def test_one_verified_ahead_is_given_up_before_anybody_reads_the_damage(folder: Path) -> None:
    file = newest_segment(folder)
    flip(file, 70)
    generations = WhooshGenerations(folder, verified=True)
    until = time.monotonic() + 60
    while not generations.newest().fallback and time.monotonic() < until:
        time.sleep(0.01)
    assert generations.newest().fallback
    assert generations.newest().generation == open_generation(folder, 1).name


def test_what_is_verified_ahead_is_not_verified_by_searches(folder: Path) -> None:
    (shared, newest) = (segment.file for segment in open_index(folder).segments)
    for file in (shared, newest):
        file.verify_rest()
        assert file.damage() is None
        assert 0 not in file._sound
    flip(newest.path, 70)
    newest.verify_rest()
    assert newest.damage() is not None
    newest.verify_rest()  # ends at once
    os.truncate(shared.path, 5_000)
    shared.verify_rest()  # reads nothing beyond the end
    assert shared.damage() is not None


def test_a_segment_that_is_cut_short_while_it_is_served_is_given_up_before_it_is_read(folder: Path) -> None:
    engine = open_engine(folder)
    assert total(engine.snapshot()) == 3_750
    os.truncate(newest_segment(folder), 5_000)
    assert (total(engine.snapshot()), bool(engine.snapshot().fallback)) == (3_000, True)


@pytest.mark.parametrize("zeros", [100_000, 200])
def test_a_segment_that_is_written_over_while_it_is_served_is_given_up_whatever_its_length(
    folder: Path, zeros: int
) -> None:
    engine = open_engine(folder)
    assert total(engine.snapshot()) == 3_750
    file = newest_segment(folder)
    size = file.stat().st_size
    os.truncate(file, max(size - zeros, 0))
    os.truncate(file, size)
    assert (total(engine.snapshot()), bool(engine.snapshot().fallback)) == (3_000, True)


def test_a_segment_that_is_only_touched_is_verified_and_served(folder: Path) -> None:
    engine = open_engine(folder)
    held = engine.snapshot()
    os.utime(newest_segment(folder), (1, 1))
    assert engine.snapshot() is held
    assert total(engine.snapshot()) == 3_750


def test_damage_in_a_segment_that_all_generations_share_is_an_error_every_time(folder: Path) -> None:
    flip(shared_segment(folder), 70)
    engine = open_engine(folder)
    for _ in range(3):
        with pytest.raises(IndexUnusable, match="rebuild the index with: kb build"):
            total(engine.snapshot())
    build(SECOND, folder)
    assert total(engine.snapshot()) == 3_750


def test_only_what_is_sound_to_the_last_byte_is_built_upon(folder: Path) -> None:
    opened = open_verified(folder)
    assert opened
    assert opened.contents.generation == 2
    flip(newest_segment(folder), 70)
    opened = open_verified(folder)
    assert opened
    assert opened.contents.generation == 1
    flip(shared_segment(folder), 70)
    assert open_verified(folder) is None


def test_what_was_verified_is_read_again_only_if_it_was_written_to_since(folder: Path) -> None:
    before = open_verified(folder)
    segment = newest_segment(folder)
    written = segment.stat().st_mtime_ns
    flip(segment, 70)
    assert generation_of(open_verified(folder, before)) == 1
    os.utime(segment, ns=(written, written))
    assert generation_of(open_verified(folder, before)) == 2
    assert generation_of(open_verified(folder)) == 1
    whole = segment.read_bytes()
    segment.unlink()
    segment.write_bytes(whole)
    os.utime(segment, ns=(written, written))
    assert generation_of(open_verified(folder, before)) == 1


def generation_of(opened: OpenGeneration | None) -> int:
    return opened.contents.generation if opened else 0


def test_an_index_of_whooshs_own_format_is_refused_and_replaced(tmp_path: Path) -> None:
    (tmp_path / "_MAIN_3.toc").write_bytes(b"\x04\x08\x08")
    (tmp_path / "MAIN_k3j2h1.kb").write_bytes(b"old")
    with pytest.raises(IndexUnusable, match="another version; rebuild it with: kb build"):
        open_index(tmp_path)
    build(FIRST, tmp_path)
    assert not list(tmp_path.glob("_MAIN*"))
    assert len(list(tmp_path.glob("MAIN_*.kb"))) == 1


def test_a_newer_version_of_the_program_is_never_overtaken_by_an_older_generation(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other:
        other.setattr("index.engines.whoosh.indexing.builder.MADE_BY", "99.1")
        build(collection(a=["law"]), folder)
    assert (folder / "generation-2.toc").exists()
    with pytest.raises(IndexUnusable, match="another version"):
        open_index(folder)
    assert open_verified(folder) is None


def test_an_empty_folder_is_missing_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="there is no index here"):
        open_index(tmp_path)
