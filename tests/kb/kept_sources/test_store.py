"""Sources beside an index: kept by checksum, and held to it."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from kb.kept_sources.store import SourceStore
from kb.sources.kept_source import KeptFile, KeptSource

REPORT = b"Most workers had paid fees.\n"


@pytest.fixture
def report(tmp_path: Path) -> KeptFile:
    path = tmp_path / "report.txt"
    path.write_bytes(REPORT)
    path.chmod(0o644)
    return KeptFile(sha256(REPORT).hexdigest(), len(REPORT), path)


@pytest.fixture
def store(tmp_path: Path) -> SourceStore:
    return SourceStore(tmp_path / "index")


def test_a_source_takes_no_room_twice_where_files_can_be_linked(report: KeptFile, store: SourceStore) -> None:
    store.put([report, report])
    assert store.has(report)
    assert store.path(report).samefile(report.path)
    with store.opened(report) as file:
        assert file.read() == REPORT


@pytest.mark.parametrize("reason", ["private", "no links"])
def test_what_cannot_be_linked_is_copied(
    report: KeptFile, store: SourceStore, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    if reason == "private":
        report.path.chmod(0o600)
    else:
        monkeypatch.setattr(os, "link", refuse)
    store.put([report])
    assert store.path(report).read_bytes() == REPORT
    assert not store.path(report).samefile(report.path)


def test_a_link_in_the_content_is_kept_as_the_file_it_leads_to(report: KeptFile, store: SourceStore) -> None:
    link = report.path.with_name("link.txt")
    link.symlink_to(report.path)
    store.put([KeptFile(report.sha256, report.bytes, link)])
    assert not store.path(report).is_symlink()
    assert store.damage(report) is None


def test_what_was_changed_in_place_is_refused_and_mended_by_the_next_build(
    report: KeptFile, store: SourceStore, tmp_path: Path
) -> None:
    store.put([report])
    report.path.write_bytes(REPORT.swapcase())
    damage = store.damage(report)
    assert damage
    assert damage.code == "kept-source-damaged"
    with pytest.raises(ValueError, match=report.sha256):
        store.opened(report)
    again = tmp_path / "again.txt"
    again.write_bytes(REPORT)
    store.put([KeptFile(report.sha256, report.bytes, again)])
    assert store.damage(report) is None
    assert [path.name for path in store.path(report).parent.iterdir()] == [report.sha256]


def test_what_is_missing_is_said_to_be(report: KeptFile, store: SourceStore) -> None:
    assert not store.has(report)
    damage = store.damage(report)
    assert damage
    assert damage.code == "kept-source-missing"


def test_only_what_a_generation_names_and_what_is_not_ours_stays(
    report: KeptFile, store: SourceStore, tmp_path: Path
) -> None:
    store.put([report])
    folder = tmp_path / "index/sources"
    for name in ("0" * 64, f"{'1' * 64}.new", "notes.txt"):
        (folder / name).write_bytes(b"x")
    store.sweep({report.sha256})
    assert sorted(path.name for path in folder.iterdir()) == sorted([report.sha256, "notes.txt"])
    store.sweep(())
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]
    assert report.path.read_bytes() == REPORT


def test_a_kept_source_is_read_back_as_it_was_written(report: KeptFile) -> None:
    for source in (KeptSource(report), KeptSource(report, KeptFile("a" * 64, 7), 12)):
        assert KeptSource.from_json(source.to_json()) == source


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "a" * 63, ""])
def test_a_name_that_is_no_checksum_is_never_read(name: str) -> None:
    with pytest.raises(ValueError, match=name[:2] or "^$"):
        KeptSource.from_json([1, [name, 3]])
