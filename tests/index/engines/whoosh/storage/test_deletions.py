from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.whoosh.indexing.last_build import WhooshLastBuild
from index.engines.whoosh.storage.contents import DeletionsEntry, FileIdentity, SegmentEntry, read_contents
from index.engines.whoosh.storage.deletions import read_live, write_live
from index.engines.whoosh.storage.seal import digest, sealed, unsealed
from kb.errors import IndexUnusable

ID = "0123456789abcdef"


def segment(live: list[bool]) -> SegmentEntry:
    return SegmentEntry(ID, len(live), FileIdentity(1, ""))


@given(st.lists(st.booleans(), max_size=40))
def test_deletions_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, live: list[bool]
) -> None:
    folder, one = tmp_path_factory.mktemp("index"), segment(live)
    one = replace(one, deletions=write_live(folder, one, np.array(live, np.bool_), 3))
    assert [path.name for path in folder.iterdir()] == [f"MAIN_{ID}_3.live"]
    read = read_live(folder, one)
    assert read is not None
    assert read.tolist() == live


def test_without_a_file_all_documents_are_live(tmp_path: Path) -> None:
    assert read_live(tmp_path, segment([True])) is None


@pytest.mark.parametrize("place", [0, 8, 24, 28, 32, -1])
def test_a_changed_byte_is_noticed(tmp_path: Path, place: int) -> None:
    one = segment([True, False, True])
    one = replace(one, deletions=write_live(tmp_path, one, np.array([True, False, True]), 3))
    (path,) = tmp_path.iterdir()
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    with pytest.raises(IndexUnusable, match="is damaged or belongs to another index"):
        read_live(tmp_path, one)


@pytest.mark.parametrize("documents", [1 << 20, (1 << 32) - 1])
def test_a_file_that_claims_far_more_documents_than_it_has_bits_is_refused_unread(
    tmp_path: Path, documents: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_live(tmp_path, segment([True]), np.array([True]), 3)
    (path,) = tmp_path.iterdir()
    body = bytearray(unsealed(path.read_bytes()))
    struct.pack_into("<I", body, 24, documents)
    path.write_bytes(data := sealed(bytes(body)))
    deletions = DeletionsEntry(3, FileIdentity(len(data), digest(data)))
    monkeypatch.setattr(np, "unpackbits", pytest.fail)
    with pytest.raises(IndexUnusable, match="is damaged or belongs to another index"):
        read_live(tmp_path, SegmentEntry(ID, documents, FileIdentity(1, ""), deletions))


@pytest.mark.parametrize("name", ["generation-1.toc", f"MAIN_{ID}_1.live", "content.json"])
def test_a_file_of_an_index_that_is_too_large_costs_no_memory(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(1 << 42)
    deletions = DeletionsEntry(1, FileIdentity(1 << 42, ""))
    with pytest.raises((IndexUnusable, OSError)):
        read_live(tmp_path, SegmentEntry(ID, 9, FileIdentity(1, ""), deletions))
    with pytest.raises((IndexUnusable, OSError)):
        read_contents(tmp_path, 1)
    assert WhooshLastBuild(tmp_path, from_scratch=True).manifest is None


@pytest.mark.parametrize("other", ["id", "documents", "count"])
def test_the_deletions_of_another_segment_are_refused_even_where_a_table_names_them(
    tmp_path: Path, other: str
) -> None:
    one = segment([True, False, True])
    write_live(tmp_path, one, np.array([True, False, True]), 3)
    (path,) = tmp_path.iterdir()
    body = bytearray(unsealed(path.read_bytes()))
    body[{"id": 8, "documents": 24, "count": 28}[other]] ^= 1
    path.write_bytes(data := sealed(bytes(body)))
    named = DeletionsEntry(3, FileIdentity(len(data), digest(data)))
    with pytest.raises(IndexUnusable, match="belongs to another index"):
        read_live(tmp_path, replace(one, deletions=named))
