from __future__ import annotations

import errno
import os
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from kb.files import durable
from tests.kb.files.small_disk import no_files_above


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of the system, in order: `fsync name`, `replace name`."""
    made: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(descriptor: int) -> None:
        made.append(f"fsync {Path(f'/proc/self/fd/{descriptor}').readlink().name}")
        fsync(descriptor)

    def noted_replace(source: str, target: str, **given: int) -> None:
        made.append(f"replace {Path(source).name} {Path(target).name}")
        replace(source, target, **given)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    return made


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="names of open files are read from /proc")


@on_linux
def test_a_file_is_synced_before_it_gets_its_name(tmp_path: Path, calls: list[str]) -> None:
    durable.write_synced(tmp_path / "a", b"words")
    durable.sync_folder(tmp_path)
    assert calls == ["fsync a.new", "replace a.new a", f"fsync {tmp_path.name}"]
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"words")]


@on_linux
def test_every_new_folder_is_synced_into_the_one_above(tmp_path: Path, calls: list[str]) -> None:
    durable.make_folder(tmp_path / "a" / "b")
    assert calls == [f"fsync {tmp_path.name}", "fsync a"]
    durable.make_folder(tmp_path / "a" / "b")
    assert len(calls) == 2


def test_where_folders_cannot_be_synced_nothing_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    durable.sync_folder(tmp_path / "none")


@pytest.mark.parametrize(("number", "raised"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_file_system_need_not_sync_folders_but_an_error_of_the_disk_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, raised: bool
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no") if raised else nullcontext():
        durable.sync_folder(tmp_path)


def test_a_file_that_cannot_be_removed_now_is_left(tmp_path: Path) -> None:
    durable.remove(tmp_path / "none")
    durable.remove(tmp_path)
    assert tmp_path.is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes and links")
def test_what_has_the_name_of_a_new_file_is_neither_waited_for_nor_written_through(tmp_path: Path) -> None:
    own, new = tmp_path / "own", tmp_path / "a.new"
    own.write_text("mine", encoding="utf-8")
    for make in (lambda: os.mkfifo(new), lambda: new.symlink_to(own), lambda: new.write_bytes(b"left over")):
        make()
        durable.write_synced(tmp_path / "a", b"whole")
        assert (tmp_path / "a").read_bytes() == b"whole"
    assert own.read_text(encoding="utf-8") == "mine"
    assert not os.path.lexists(new)


def test_a_file_that_cannot_be_written_leaves_nothing_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"before")
    with no_files_above(1_000), pytest.raises(OSError, match=r"'.*/a'"):
        durable.write_synced(tmp_path / "a", bytes(2_000))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"before")]
