"""What a build was made from, kept for the next one."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import __version__
from kb.collection import file_scan
from kb.collection.file_scan import escape_name, scan_files, unescape_name
from kb.collection.manifest import FileState, Manifest
from kb.draft import LineRun
from tests.tables import table

SECOND = 1_000_000_000
SHA256 = "0" * 64
IDS = st.text("abc.-_09", min_size=1).filter(lambda one: one not in (".", ".."))
WHOLE = st.integers(-(2**63) + 1, 2**63 - 1)
FILES = st.builds(
    FileState,
    WHOLE,
    WHOLE,
    st.sampled_from(["", SHA256, "9af" * 21 + "b"]),
    st.one_of(st.just(""), IDS),
    st.text("0123456789 "),
)
COUNTS = st.integers(1, 1_000)
RUNS = st.builds(
    lambda document, lines, more, *rest: LineRun(document, lines + more, lines, *rest),
    IDS,
    COUNTS,
    COUNTS,
    st.text(),
    st.text(),
    st.booleans(),
)
MANIFESTS = st.builds(
    Manifest,
    WHOLE,
    st.dictionaries(st.text(), st.dictionaries(st.text(), FILES)),
    st.frozensets(IDS),
    st.dictionaries(st.text(), st.lists(RUNS).map(tuple)),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)),
    max_leaves=8,
)


def aged(path: Path, seconds: int) -> None:
    at = path.stat().st_mtime_ns - seconds * SECOND
    os.utime(path, ns=(at, at))


@pytest.mark.slow
@given(MANIFESTS)
def test_a_manifest_goes_through_json(manifest: Manifest) -> None:
    assert Manifest.from_json(json.loads(json.dumps(manifest.to_json()))) == manifest


@given(VALUES)
def test_another_value_is_no_manifest(value: object) -> None:
    assert Manifest.from_json(value) is None


def written() -> dict[str, Any]:
    return Manifest(
        1,
        {"/c": {"documents/a.md": FileState(1, 2, SHA256, "a", "3 4")}},
        frozenset({"a"}),
        {"/c": (LineRun("a", 9, 1, "5", "6", True),)},
    ).to_json()


@given(st.sampled_from(sorted(written())), VALUES)
def test_a_part_of_another_form_is_refused_or_used_as_it_is(part: str, value: object) -> None:
    given = written() | {part: value}
    found = Manifest.from_json(given)
    assert found is None or found.to_json() == given


@table(
    "part",
    [
        {"format": 1},
        {"format": True},
        {"made_by": __version__ + "x"},
        {"made": "1"},
        {"made": 1.0},
        {"made": 2**63},
        {"repeating": ["a/b"]},
        {"repeating": [[]]},
        {"folders": [["/c", {}], ["/c", {}]]},
        {"folders": [["/c"]]},
        {"folders": {"/c": {}}},
        {"folders": [["/c", {"documents/a.md": [1, 2, SHA256, "a"]}]]},
        {"folders": [["/c", {"documents/a.md": [1, True, SHA256, "", ""]}]]},
        {"folders": [["/c", {"documents/a.md": [1, 2, "0" * 63, "", ""]}]]},
        {"folders": [["/c", {"documents/a.md": [1, 2, SHA256 + "\n", "", ""]}]]},
        {"folders": [["/c", {"documents/a.md": [1, 2, SHA256, "..", ""]}]]},
        {"runs": []},
        {"runs": {"/c": [["a", 9, 1, "5", "6"]]}},
        {"runs": {"/c": [["a", 9, 1, "5", "6", 1]]}},
        {"runs": {"/c": [["a", 9, 10, "5", "6", True]]}},
        {"runs": {"/c": [["a", 9, 0, "5", "6", True]]}},
        {"runs": {"/c": [["a/b", 9, 1, "5", "6", True]]}},
        {"runs": {"/c": [["a", 9, 1, 5, "6", True]]}},
        {"further": 1},
    ],
)
def test_anything_odd_is_no_manifest(part: dict[str, Any]) -> None:
    assert Manifest.from_json(written()) is not None
    assert Manifest.from_json(written() | part) is None
    assert Manifest.from_json({key: one for key, one in written().items() if key not in part}) is None or (
        "further" in part
    )


@given(st.text(st.characters(exclude_categories=())))
def test_any_file_name_is_kept_in_ascii(name: str) -> None:
    assert escape_name(name).isascii()
    assert unescape_name(escape_name(name)) == name


def test_all_files_that_matter_are_in_it_and_no_others(folder: Path) -> None:
    for name in (
        "ledger.jsonl",
        "passages.jsonl.gz",
        "notes.txt",
        "documents/.a.md.swp",
        "sources/b.pdf",
        "site.yaml",
    ):
        (folder / name).touch()
    (found,) = scan_files([folder]).folders.values()
    assert sorted(found) == [
        "documents/treaty.md",
        "ledger.jsonl",
        "passages.jsonl.gz",
        "site.yaml",
        "sources/b.pdf",
        "sources/treaty.txt",
        "themes/01-cooperation.md",
        "thesaurus.yaml",
    ]


@pytest.mark.parametrize(("seconds", "read"), [(0, True), (1, True), (60, False)])
def test_a_file_that_changed_shortly_before_is_looked_into(
    folder: Path, seconds: int, read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "thesaurus.yaml"
    aged(path, seconds)
    before = scan_files([folder])
    monkeypatch.setattr(file_scan, "_sha256", lambda entry: "f" * 64)
    (old,), (new,) = before.folders.values(), scan_files([folder], before).folders.values()
    assert (not new[path.name].same(old[path.name])) == read


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows does not tell when a file last changed in any way"
)
@pytest.mark.parametrize("way", ["written", "replaced"])
@pytest.mark.parametrize("seconds", [0, 60])
def test_a_change_of_the_same_size_and_time_is_noticed(folder: Path, seconds: int, way: str) -> None:
    path = folder / "thesaurus.yaml"
    aged(path, seconds)
    before, state = scan_files([folder]), path.stat()
    target = path if way == "written" else path.with_name("other")
    target.write_bytes(path.read_bytes().swapcase())
    os.utime(target, ns=(state.st_mtime_ns, state.st_mtime_ns))
    target.replace(path)
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (state.st_size, state.st_mtime_ns)
    (old,), (new,) = before.folders.values(), scan_files([folder], before).folders.values()
    assert not new[path.name].same(old[path.name])


def test_a_file_with_another_time_is_the_same_by_its_checksum(folder: Path) -> None:
    path = folder / "thesaurus.yaml"
    before = scan_files([folder])
    aged(path, 60)
    (old,), (new,) = before.folders.values(), scan_files([folder], before).folders.values()
    assert new[path.name].same(old[path.name])
    assert new[path.name].modified == path.stat().st_mtime_ns


def test_what_cannot_be_read_is_not_known_to_be_the_same(folder: Path) -> None:
    for name in ("documents/gone.md", "sources/gone.txt"):
        (folder / name).symlink_to("nowhere")
    (folder / "documents/folder.md").mkdir()
    before = scan_files([folder])
    (old,) = before.folders.values()
    assert old["documents/gone.md"].sha256 == old["documents/folder.md"].sha256 == ""
    assert not old["documents/gone.md"].same(FileState(0, 0, ""))
    (new,) = scan_files([folder], before).folders.values()
    assert new["sources/gone.txt"].same(old["sources/gone.txt"])
