from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.engines.whoosh.storage.contents import (
    DeletionsEntry,
    FileIdentity,
    SegmentEntry,
    TableOfContents,
    generation_numbers,
    read_contents,
    write_contents,
)
from index.engines.whoosh.storage.seal import sealed
from kb.errors import IndexUnusable

FILE = FileIdentity(100, "f" * 64)
CONTENTS = TableOfContents(
    7,
    "8.2",
    (
        SegmentEntry("0123456789abcdef", 3, FILE, DeletionsEntry(6, FILE)),
        SegmentEntry("fedcba9876543210", 1, FILE),
    ),
)


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_contents(tmp_path, CONTENTS)
    assert [path.name for path in tmp_path.iterdir()] == ["generation-7.toc"]
    assert read_contents(tmp_path, 7) == CONTENTS
    assert CONTENTS.name.startswith("7-")


def test_a_segment_names_its_files() -> None:
    assert [list(one.files()) for one in CONTENTS.segments] == [
        ["MAIN_0123456789abcdef.kb", "MAIN_0123456789abcdef_6.live"],
        ["MAIN_fedcba9876543210.kb"],
    ]


def test_generations_are_counted_from_1_and_listed_newest_first() -> None:
    names = ["generation-2.toc", "generation-10.toc", "generation-9.toc", "generation-3.toc.new"]
    assert generation_numbers([*names, "generation-0.toc", "generation-02.toc", "a"]) == [10, 9, 2]


def test_the_table_of_another_generation_is_refused(tmp_path: Path) -> None:
    write_contents(tmp_path, CONTENTS)
    (tmp_path / "generation-7.toc").rename(tmp_path / "generation-8.toc")
    with pytest.raises(IndexUnusable, match=r"generation-8.toc is damaged; rebuild"):
        read_contents(tmp_path, 8)


@pytest.mark.parametrize(
    "changed",
    [
        {"generation": True},
        {"generation": "7"},
        {"segments": None},
        {"segments": [{}]},
        {"segments": [{"id": "../../etc/passwd", "documents": 1, "file": {}, "deletions": None}]},
        {
            "segments": [
                {"id": "f" * 16, "documents": -1, "file": {"bytes": 1, "sha256": ""}, "deletions": None}
            ]
        },
    ],
)
def test_a_table_that_we_did_not_write_is_refused(tmp_path: Path, changed: dict[str, Any]) -> None:
    data = json.loads(CONTENTS.to_json()) | changed
    (tmp_path / "generation-7.toc").write_bytes(sealed(json.dumps(data).encode()))
    with pytest.raises(IndexUnusable, match="is damaged"):
        read_contents(tmp_path, 7)


@pytest.mark.parametrize("data", [b"", b"[]", b"7", b"[" * 100_000, b"\xff", b'{"generation": 7}'])
def test_a_sealed_file_that_is_no_table_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "generation-7.toc").write_bytes(sealed(data))
    with pytest.raises(IndexUnusable, match="is damaged"):
        read_contents(tmp_path, 7)
