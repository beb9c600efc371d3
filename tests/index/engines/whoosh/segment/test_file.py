from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.whoosh.indexing.builder import build
from index.engines.whoosh.segment.file import SegmentDamaged, SegmentFile
from index.engines.whoosh.segment.writer import SegmentWriter, narrow
from index.request import Request
from kb.errors import IndexUnusable
from tests.engines import open_engine
from tests.index.samples import collection

TYPES = st.sampled_from(["u1", "u2", "u4", "u8", "i8"])
COLUMNS = st.dictionaries(
    st.text(min_size=1, max_size=8), st.tuples(TYPES, st.lists(st.integers(0, 255), max_size=40)), max_size=6
)


def written(path: Path, columns: dict[str, tuple[str, list[int]]]) -> Path:
    with SegmentWriter(path) as writer:
        for name, (kind, values) in columns.items():
            writer.add(name, np.array(values, kind))
        writer.facts["documents"] = 3
    return path


@given(COLUMNS)
def test_columns_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, columns: dict[str, tuple[str, list[int]]]
) -> None:
    file = SegmentFile(written(tmp_path_factory.mktemp("files") / "a.kb", columns))
    file.verify_all()
    assert file.documents == 3
    for name, (kind, values) in columns.items():
        assert name in file
        assert file.array(name).dtype == np.dtype(kind)
        assert file.array(name).tolist() == values
        assert file.column(name).read(1, 3).tolist() == values[1:3]


@given(st.data())
def test_every_changed_byte_and_every_truncation_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = written(tmp_path_factory.mktemp("files") / "a.kb", {"a": ("u4", [1, 2, 3]), "b": ("u1", [7])})
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[at] ^= data.draw(st.integers(1, 255))
    for damaged in (bytes(changed), whole[:at]):
        path.write_bytes(damaged)
        with pytest.raises(SegmentDamaged, match="rebuild the index with: kb build"):
            SegmentFile(path).verify_all()


def test_a_file_of_another_version_is_refused_by_name(tmp_path: Path) -> None:
    path = written(tmp_path / "a.kb", {})
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, 8, 3)
    path.write_bytes(data)
    with pytest.raises(SegmentDamaged, match=r"another version \(3, not 2\)"):
        SegmentFile(path)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 something else, and long enough to have a header " * 3]
)
def test_a_foreign_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.kb"
    path.write_bytes(content)
    with pytest.raises(SegmentDamaged, match="is not a segment of an index"):
        SegmentFile(path)


def test_damage_is_found_before_anything_near_it_is_used(tmp_path: Path) -> None:
    path = written(tmp_path / "a.kb", {"a": ("u4", list(range(50_000)))})
    data = bytearray(path.read_bytes())
    data[150_000] ^= 1
    path.write_bytes(data)
    column = SegmentFile(path).column("a")  # which opens: this block was not read
    assert column.read(0, 3).tolist() == [0, 1, 2]
    with pytest.raises(SegmentDamaged, match="is damaged near byte 131,136"):
        column.read(37_000, 38_000)


@pytest.mark.parametrize("at", [100, 65_700, 131_100, 150_000, 180_000])
def test_blocks_may_hold_parts_of_several_columns(tmp_path: Path, at: int) -> None:
    columns = {
        name: ("u1", [7] * size) for name, size in (("a", 65_530), ("b", 3), ("c", 70_000), ("d", 50_000))
    }
    path = written(tmp_path / "a.kb", columns)
    assert list(SegmentFile(path).damages()) == [None] * 3
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    found = list(SegmentFile(path).damages())
    assert [number for number, damage in enumerate(found) if damage] == [(at - 64) >> 16]


def test_a_file_that_is_not_to_last_has_no_checksums_and_passes_for_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.kb"
    with SegmentWriter(path, lasting=False) as writer:
        writer.add("a", np.arange(50_000, dtype=np.uint32))
        writer.facts["documents"] = 3
    assert SegmentFile(path, lasting=False).array("a").tolist() == list(range(50_000))
    with pytest.raises(SegmentDamaged, match="is not as this version of the program writes it"):
        SegmentFile(path)
    with pytest.raises(SegmentDamaged, match="is not as this version of the program writes it"):
        SegmentFile(written(tmp_path / "b.kb", {"a": ("u1", [1])}), lasting=False)


def test_a_writer_that_fails_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), SegmentWriter(tmp_path / "a.kb"):
        raise RuntimeError
    assert not list(tmp_path.iterdir())


def test_numbers_are_stored_as_narrow_as_they_fit() -> None:
    assert [narrow(np.array([most])).dtype.str for most in (0, 255, 256, 70_000)] == [
        "|u1",
        "|u1",
        "<u2",
        "<u4",
    ]


def test_a_damaged_segment_is_an_error_for_readers_and_the_next_build_replaces_it(tmp_path: Path) -> None:
    content = collection(a=["law of the sea"] * 3)
    build(content, tmp_path)
    (path,) = tmp_path.glob("MAIN_*.kb")
    data = bytearray(path.read_bytes())
    data[70] ^= 1
    path.write_bytes(data)
    with pytest.raises(IndexUnusable, match="rebuild the index with: kb build"):
        open_engine(tmp_path).snapshot().search(Request(text="law"))
    assert build(content, tmp_path).added == 1
    assert open_engine(tmp_path).snapshot().search(Request(text="law")).total == 3


def test_a_missing_segment_is_reported(tmp_path: Path) -> None:
    build(collection(a=["law"]), tmp_path)
    (path,) = tmp_path.glob("MAIN_*.kb")
    path.unlink()
    with pytest.raises(IndexUnusable, match="cannot read the index; rebuild it with: kb build"):
        open_engine(tmp_path).snapshot()
