"""Forged segments, whose checksums are right but whose directory or records are not."""

from __future__ import annotations

import json
import random
import shutil
import struct
import zlib
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zstandard
from hypothesis import example, given
from hypothesis import strategies as st

from index.engines.registry import check_generations
from index.engines.whoosh.segment import published_texts
from index.engines.whoosh.segment.fields import COLUMNS
from index.engines.whoosh.segment.file import SegmentFile
from index.engines.whoosh.segment.writer import SegmentWriter
from index.engines.whoosh.storage.contents import (
    FileIdentity,
    contents_path,
    read_contents,
    segment_path,
    write_contents,
)
from index.request import Request
from kb.errors import IndexUnusable
from kb.published import Published
from tests.engines import build, open_engine
from tests.index.samples import collection

HEADER = struct.Struct("<8sIIQQ")
REBUILD = "rebuild (the index|it) with: kb build"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    content = collection(a=["law of the sea", "sea of law"], b=["extradition"])
    former = {"a/p1": (Published("a", "p1", "f", "2015-01-01", "law of the land"),)}
    build(replace(content, published=former), folder)
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "index"))


def answers(folder: Path) -> object:
    """What an index says of everything in it."""
    snapshot = open_engine(folder).snapshot()
    said = [snapshot.search(Request(text=text)) for text in ("law", '"law of"', "se*", "sae", "")]
    texts = [snapshot.passages(name) for name in snapshot.documents]
    verdicts = [snapshot.check(text) for text in ("law of the sea", "the law sea of")]
    return [
        [one.hits for one in said],
        texts,
        verdicts,
        list(snapshot.published.items()),
        dict(snapshot.withdrawn),
    ]


def the_segment(folder: Path) -> Path:
    return segment_path(folder, read_contents(folder, 1).segments[-1].id)


def write_directory(folder: Path, directory: bytes) -> None:
    """Another directory in the segment, with all checksums that this takes."""
    path = the_segment(folder)
    data = path.read_bytes()
    magic, version, size, begin, _ = HEADER.unpack_from(data)
    end = directory + data[begin + size :]
    head = HEADER.pack(magic, version, len(directory), begin, begin + len(end))
    path.write_bytes(head + sha256(head + end).digest() + data[64:begin] + end)
    publish(folder)


def publish(folder: Path) -> None:
    """A table of contents with the segment in its current state."""
    data = the_segment(folder).read_bytes()
    contents = read_contents(folder, 1)
    made = replace(contents.segments[-1], file=FileIdentity(len(data), data[32:64].hex()))
    contents_path(folder, 1).unlink()
    write_contents(folder, replace(contents, segments=(made,)))


def directory_of(folder: Path) -> dict[str, Any]:
    data = the_segment(folder).read_bytes()
    _, _, size, begin, _ = HEADER.unpack_from(data)
    directory: dict[str, Any] = json.loads(data[begin : begin + size])
    return directory


def write_columns(folder: Path, changed: dict[str, np.ndarray[Any, Any]]) -> None:
    """Other columns in the segment, with all checksums that this takes."""
    path = the_segment(folder)
    file = SegmentFile(path)
    columns = {name: file.array(name).copy() for name in COLUMNS} | changed
    with SegmentWriter(path) as writer:
        writer.facts["documents"] = file.documents
        for name, values in columns.items():
            writer.add(name, values)
    publish(folder)


def outcome(folder: Path) -> str:
    """ "refused" with the usual error, or what was answered. Any other error is not caught."""
    try:
        return repr(answers(folder))
    except IndexUnusable:
        return "refused"


JUNK = (None, True, -1, 0, 7, 1 << 40, 10**400, 1.5, "", "<u4", "O", "V9", [], {}, [[]], "\udc80", "p" * 300)


def mutated(value: Any, chance: random.Random) -> Any:
    """JSON with one thing in it changed: removed, moved, renamed, or another value."""
    match value:
        case dict() if value and chance.random() < 0.9:
            names = list(value)
            name, other = chance.choice(names), chance.choice(names)
            match chance.randrange(5):
                case 0:
                    return {each: value[each] for each in names if each != name}
                case 1:
                    return {f"{each}x" if each == name else each: value[each] for each in names}
                case 2:
                    return value | {name: value[other], other: value[name]}
                case _:
                    return value | {name: mutated(value[name], chance)}
        case list() if value and chance.random() < 0.9:
            at = chance.randrange(len(value))
            return [*value[:at], mutated(value[at], chance), *value[at + 1 :]]
        case int() if chance.random() < 0.7:
            return value + chance.choice((-8, -1, 1, 8, 1 << 20))
        case _:
            return chance.choice(JUNK)


@pytest.fixture(scope="module")
def expected(sound: Path) -> str:
    return repr(answers(sound))


@example(14106)  # names of documents cut short
@given(st.integers(0, 1 << 32))
def test_whatever_a_directory_says_it_is_refused_or_makes_no_difference(
    sound: Path, expected: str, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    folder = Path(shutil.copytree(sound, tmp_path_factory.mktemp("forged") / "index"))
    directory = mutated(directory_of(folder), random.Random(seed))  # noqa: S311
    write_directory(folder, json.dumps(directory).encode())
    assert outcome(folder) in ("refused", expected)


@pytest.mark.parametrize(
    "text",
    [b"", b"[]", b"{}", b"null", b"\xff", b"[" * 100_000, b'{"columns": {}, "facts": {}}', b"1" * 5_000],
)
def test_a_directory_that_is_none_is_refused_with_the_way_out(folder: Path, text: bytes) -> None:
    write_directory(folder, text)
    with pytest.raises(IndexUnusable, match=REBUILD):
        open_engine(folder).snapshot()


@pytest.mark.parametrize("name", ["catalogue.head", "catalogue.kinds", "record.blocks"])
def test_a_generation_with_other_records_is_a_problem_that_verifying_finds(folder: Path, name: str) -> None:
    write_columns(folder, {name: np.full_like(SegmentFile(the_segment(folder)).array(name), 0x5B)})
    (checked,) = check_generations(folder, lambda done, total: None)
    assert [problem.code for problem in checked.problems] == ["segment-not-as-written"]


def bomb(size: int) -> bytes:
    return zstandard.ZstdCompressor(3).compress(bytes(size))


def declaring(size: int) -> bytes:
    """The beginning of a frame that says that it unpacks to so many bytes."""
    return b"\x28\xb5\x2f\xfd\xe0" + struct.pack("<Q", size) + b"\x01\x00\x00"


@pytest.mark.parametrize(
    "block",
    [
        declaring(1 << 50),
        bomb(1 << 29),
        b"not packed",
        b"",
        zstandard.ZstdCompressor(3).compress(b"{}\n[]\n0"),
    ],
    ids=["declares too much", "unpacks to too much", "is not packed", "is empty", "has other records"],
)
def test_a_block_of_records_that_is_none_or_too_large_is_refused(folder: Path, block: bytes) -> None:
    values = np.frombuffer(block, np.uint8)
    write_columns(folder, {"record.blocks": values, "record.block_ends": np.array([len(block)], np.uint64)})
    with pytest.raises(IndexUnusable, match=REBUILD):
        open_engine(folder).snapshot()


@pytest.mark.parametrize("text", [bytes(100_001), b"[]x", b'[["one field"]]'], ids=["long", "none", "other"])
def test_former_texts_that_are_none_or_too_long_are_refused(
    folder: Path, text: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published_texts, "_MAX_TEXT_BYTES", 100_000)
    packed = np.frombuffer(zlib.compress(text, 1), np.uint8)
    write_columns(folder, {"published.texts": packed, "published.ends": np.array([len(packed)], np.uint64)})
    published = open_engine(folder).snapshot().published
    with pytest.raises(IndexUnusable, match=REBUILD):
        published["a/p1"]


@pytest.mark.parametrize("name", [name for name in COLUMNS if name.startswith("catalogue.")])
def test_a_catalogue_of_other_values_is_refused_or_answers(folder: Path, name: str) -> None:
    column = SegmentFile(the_segment(folder)).array(name)
    for values in (np.full_like(column, 0x5B), np.zeros_like(column)):
        write_columns(folder, {name: values})
        outcome(folder)


@pytest.mark.parametrize("names", ["a\nc", "b\na", "a", "a\n", "\n", "a\nb\nc"])
def test_documents_that_are_not_those_of_the_passages_are_refused(folder: Path, names: str) -> None:
    write_columns(folder, {"catalogue.ids": np.frombuffer(names.encode(), np.uint8)})
    assert outcome(folder) == "refused"
