"""FORMAT.md describes every file of an index, every column with its type and the header's layout."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from index.engines.whoosh.generation import MADE_BY
from index.engines.whoosh.indexing.builder import build
from index.engines.whoosh.segment.fields import FIELDS, GAP
from tests.index.samples import collection
from tests.pages import code, column, page, rows

FORMAT = page("index/engines/whoosh/segment/FORMAT.md")
TYPES = {"u8": {"|u1"}, "u32": {"<u4"}, "u64": {"<u8"}, "i64": {"<i8"}, "narrow": {"|u1", "<u2", "<u4"}}
LABELS = {"title", "address", "document", "kind", "theme", "year", "language"}
PLACED = {"text", "text_end", "heading", "heading_end"}


@pytest.fixture(scope="module")
def folder(shipped_index: Path) -> Path:
    return shipped_index


@pytest.fixture(scope="module")
def segment(folder: Path) -> bytes:
    (path,) = folder.glob("MAIN_*.kb")
    return path.read_bytes()


@pytest.fixture(scope="module")
def directory(segment: bytes) -> dict[str, dict[str, list[object]]]:
    size, offset = struct.unpack_from("<IQ", segment, 12)
    found: dict[str, dict[str, list[object]]] = json.loads(segment[offset : offset + size])
    return found


def described() -> Iterator[tuple[str, str]]:
    """Each column that the tables name, with its type; `F` stands for every field that has it."""
    for first, types, _ in rows(FORMAT, "| column | type | what |"):
        names, kinds = code(first), types.split(", ")
        for name, kind in zip(names, kinds if len(kinds) == len(names) else kinds * len(names), strict=True):
            yield from ((each, kind) for each in expanded(name))


def expanded(name: str) -> list[str]:
    part = name.removeprefix("F.")
    if part == name:
        return [name]
    fields = PLACED if part.startswith("position") else set(FIELDS) - (LABELS if part == "freqs" else set())
    return [f"{field}.{part}" for field in fields]


def test_every_column_is_described_with_its_type(directory: dict[str, dict[str, list[object]]]) -> None:
    columns = directory["columns"]
    named = dict(described())
    assert set(named) == set(columns)
    for name, (kind, _, _) in columns.items():
        assert kind in TYPES[named[name]], name


def test_every_field_is_named() -> None:
    listed = FORMAT.partition("A field is one of ")[2].partition("\n\n")[0]
    assert [name for name in code(listed) if name != "F"] == list(FIELDS)
    assert f"{GAP} empty positions" in FORMAT


def layout(number: int) -> list[tuple[int, int]]:
    """Offset and size of what stands at a fixed place in the table of that number."""
    tables = FORMAT.split("| offset | bytes | what |\n")
    fixed = [
        cells[:2]
        for cells in rows("| offset | bytes | what |\n" + tables[number], "| offset | bytes | what |")
    ]
    return [(int(first), int(size)) for first, size in fixed if first.isdigit() and size.isdigit()]


def magic_numbers() -> list[bytes]:
    return [bytes.fromhex(each) for each in re.findall(r"`((?:[0-9A-F]{2} ){7}[0-9A-F]{2})`", FORMAT)]


def test_the_header_is_laid_out_as_described(segment: bytes) -> None:
    magic, version, size, offset, length, checksum = struct.unpack_from("<8sIIQQ32s", segment)
    assert magic == magic_numbers()[1]
    assert version == int(re.findall(r"version of the segment file, (\d+)", FORMAT)[0])
    assert length == len(segment)
    assert checksum == sha256(segment[:32] + segment[offset:]).digest()
    spans = layout(2)
    assert all(first + size == after for (first, size), (after, _) in pairwise(spans))
    assert spans[-1] == (32, 32)
    assert len(segment) - offset - size == 4 * -(-(offset - 64) // 65_536)


def unsealed(path: Path) -> bytes:
    data = path.read_bytes()
    assert data[-65:] == sha256(data[:-65]).hexdigest().encode() + b"\n"
    return data[:-65]


def test_the_table_of_contents_has_the_keys_described(folder: Path, segment: bytes) -> None:
    (path,) = folder.glob("generation-*.toc")
    contents = json.loads(unsealed(path))
    (entry,) = contents["segments"]
    keys = [*contents, *(f"segments[].{key}" for key in entry)]
    assert sorted(column(FORMAT, "| key | what |")) == sorted(keys)
    assert (folder / f"MAIN_{entry['id']}.kb").read_bytes() == segment
    assert entry["file"] == {"bytes": len(segment), "sha256": segment[32:64].hex()}
    assert entry["deletions"] is None
    assert contents["made_by"] == MADE_BY


def test_deletions_are_laid_out_as_described(tmp_path: Path) -> None:
    texts = {f"d{at}": [f"law {at}"] * 250 for at in range(10)}
    build(collection(**texts), tmp_path)
    texts.pop("d1")
    build(collection(**texts), tmp_path)
    (path,) = tmp_path.glob("MAIN_*_2.live")
    magic, id, documents, live = struct.unpack_from("<8s16sII", body := unsealed(path))
    assert magic == magic_numbers()[0]
    assert path.name == f"MAIN_{id.decode()}_2.live"
    assert (documents, live, layout(1)[:4]) == (2_500, 2_250, [(0, 8), (8, 16), (24, 4), (28, 4)])
    bits = [byte >> shift & 1 for byte in body[32:] for shift in range(7, -1, -1)]
    assert [at for at in range(documents) if not bits[at]] == [*range(250, 500)]
    entry = json.loads(unsealed(tmp_path / "generation-2.toc"))["segments"][0]["deletions"]
    assert entry == {
        "since": 2,
        "file": {"bytes": path.stat().st_size, "sha256": sha256(path.read_bytes()).hexdigest()},
    }


def test_the_directory_and_the_head_have_the_keys_described(
    segment: bytes, directory: dict[str, dict[str, list[object]]]
) -> None:
    assert list(directory) == ["columns", "facts"]
    assert set(directory["facts"]) == {"documents"}
    _, begin, count = directory["columns"]["catalogue.head"]
    assert isinstance(begin, int)
    assert isinstance(count, int)
    (what,) = (cells[2] for cells in rows(FORMAT, "| column | type | what |") if "catalogue.head" in cells[0])
    assert set(code(what)) == set(json.loads(segment[begin : begin + count]))


def test_every_file_of_an_index_is_described(folder: Path) -> None:
    patterns = [
        re.sub(r"<\w+>", "*", name).rstrip("/") for name in column(FORMAT, "| file | what it holds |")
    ]
    for path in folder.iterdir():
        assert any(path.match(pattern) for pattern in patterns), path.name
