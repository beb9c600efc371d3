"""Pipes, devices, and links that lead out of a content folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.collection.file_scan import scan_files
from kb.collection.loader import read_collection
from kb.errors import Fault
from kb.files.reading import read_regular
from tests.kb.collection.test_hostile_files import FILES, FILES_ADDED

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")

NEW = ("documents/new.md", "documents/new", "themes/new.txt", "sources/sub/new")
PLACES = tuple(name for name in (*FILES, *FILES_ADDED, *NEW, "site.yaml") if name != "sources/treaty.txt")


def _faults(folder: Path) -> dict[str, str]:
    """What is wrong, by file."""
    scan_files([folder])
    return {str(one.path.relative_to(folder)): one.message.code for one in _read(folder)}


def _read(folder: Path) -> tuple[Fault, ...]:
    return read_collection([folder])[1]


def _replaced(folder: Path, name: str, make: Callable[[Path], None]) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    make(path)


@pytest.mark.parametrize("name", PLACES)
def test_a_pipe_anywhere_is_named_and_nothing_waits_for_it(folder: Path, name: str) -> None:
    _replaced(folder, name, os.mkfifo)
    assert _faults(folder)[name] == "named-pipe"


@pytest.mark.parametrize("name", PLACES)
def test_a_link_to_a_device_anywhere_is_named(folder: Path, name: str) -> None:
    _replaced(folder, name, lambda path: path.symlink_to("/dev/zero"))
    assert _faults(folder)[name] in ("leads-out", "device")


@pytest.mark.parametrize("name", [one for one in PLACES if one not in NEW[1:]])
def test_a_link_out_of_the_content_folder_is_not_followed(folder: Path, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes((folder / name).read_bytes() if (folder / name).exists() else b"{}")
    _replaced(folder, name, lambda path: path.symlink_to(outside))
    assert _faults(folder)[name] == "leads-out"


@pytest.mark.parametrize("name", ["documents/treaty.md", "thesaurus.yaml", "sources/treaty.txt"])
def test_a_link_within_the_content_folder_is_followed(folder: Path, name: str) -> None:
    path = folder / name
    path.rename(path.with_name(".data"))
    path.symlink_to(".data")
    assert _read(folder) == ()


def test_a_pipe_as_a_source_is_named_in_the_document(folder: Path) -> None:
    _replaced(folder, "sources/treaty.txt", os.mkfifo)
    assert {(one.path.name, one.message.code) for one in _read(folder)} == {
        ("treaty.md", "source-not-regular"),
        ("treaty.txt", "named-pipe"),
    }


@pytest.mark.parametrize("name", ["documents", "themes", "sources"])
def test_a_folder_that_leads_out_is_named_and_never_walked(folder: Path, name: str) -> None:
    (folder / name).rename(folder / "away")
    (folder / name).symlink_to("/")
    (scanned,) = scan_files([folder]).folders.values()
    assert not any(one.startswith(f"{name}/") for one in scanned)
    assert _faults(folder)[name] == "leads-out"


@pytest.mark.parametrize("name", ["documents", "themes", "sources"])
def test_a_folder_that_is_a_file_or_a_circle_of_links_is_named(folder: Path, name: str) -> None:
    (folder / name).rename(folder / "away")
    (folder / name).symlink_to(name)
    assert _faults(folder)[name] == "unreadable-file"
    (folder / name).unlink()
    (folder / name).touch()
    assert _faults(folder)[name] == "unreadable-file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to root")
def test_a_closed_folder_is_named(folder: Path) -> None:
    (folder / "documents").chmod(0)
    try:
        assert _faults(folder)["documents"] == "unreadable-file"
    finally:
        (folder / "documents").chmod(0o755)


def test_names_that_are_no_text_or_as_long_as_names_can_be_are_faults_at_most(folder: Path) -> None:
    for name in ("a\udcff.md", "n" * 252 + ".md", "TREATY.md", "..md", "\n.md"):
        (folder / "documents" / name).touch()
        (folder / "sources" / name).touch()
    assert {str(one).encode("utf-8", "backslashreplace") for one in _read(folder)}
    assert len(_faults(folder)) == 5


def test_a_file_that_vanishes_while_the_folder_is_read_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(path: Path, max_bytes: int) -> bytes:
        if path.name == "treaty.md":
            path.unlink()
        return read_regular(path, max_bytes)

    monkeypatch.setattr("kb.formats.text_file.read_regular", read)
    assert _faults(folder)["documents/treaty.md"] == "unreadable-file"


def test_a_folder_that_cannot_be_listed_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "documents":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert _faults(folder)["documents"] == "unreadable-file"


def test_names_that_differ_in_case_alone_are_files_of_their_own(folder: Path) -> None:
    text = (folder / "documents/treaty.md").read_text(encoding="utf-8")
    for name in ("Treaty.md", "TREATY.MD"):
        (folder / "documents" / name).write_text(
            text.replace("slug: treaty", "slug: other"), encoding="utf-8"
        )
    assert {(one.path.name, one.message.code) for one in _read(folder)} == {("TREATY.MD", "unread-file")}
