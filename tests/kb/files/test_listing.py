"""Folders that may contain anything."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kb.files.listing import entries_of, is_folder, is_there, leads_out, walk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")


def test_links_to_folders_are_named_and_not_entered(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/c.txt").touch()
    (tmp_path / "a/b/up").symlink_to(tmp_path)
    (tmp_path / "a/root").symlink_to("/")
    assert sorted(entry.name for entry in walk(tmp_path)) == ["c.txt", "root", "up"]


def test_folders_nested_without_end_are_walked_without_recursion(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(300):
        folder = folder / "deeper"
        folder.mkdir()
    (folder / "x").touch()
    assert [entry.name for entry in walk(tmp_path)] == ["x"]


def test_a_link_leads_out_of_a_folder_or_stays_in_it(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    for name, target in {"out": "..", "in": ".", "round": "round", "gone": "gone-too", "far": "/dev"}.items():
        (inside / name).symlink_to(target)
    assert [path.name for path in sorted(inside.iterdir()) if leads_out(path, inside)] == ["far", "out"]
    assert not leads_out(inside, tmp_path)


def test_names_too_long_or_out_of_reach_are_no_folders_and_not_there() -> None:
    for name in ("x" * 5_000, "a/" * 5_000, "\0"):
        assert not is_folder(Path(name))
        assert not is_there(Path(name))


def test_entries_come_by_name_whatever_bytes_it_has(tmp_path: Path) -> None:
    for name in ("b.md", "B.md", "a\udcff.md", "n" * 255):
        (tmp_path / name).touch()
    assert [one.name for one in entries_of(tmp_path)] == ["B.md", "a\udcff.md", "b.md", "n" * 255]
