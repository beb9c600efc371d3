"""Lines of JSON made to exhaust whatever reads them."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from pathlib import Path

import pytest

from kb.errors import Fault
from kb.formats.json import lines as json_lines
from kb.formats.json.lines import JsonLines


def faults(tmp_path: Path, content: bytes, name: str = "a.jsonl") -> list[tuple[int, str]]:
    path = tmp_path / name
    path.write_bytes(content)
    lines = JsonLines(path)
    lines.each(lambda record, line: None)
    return [(fault.line, fault.message.code) for fault in lines.faults]


@pytest.mark.parametrize("depth", [51, 400, 100_000])
@pytest.mark.parametrize("value", [("[", "]"), ('{"a": ', "}")])
def test_what_is_nested_too_deeply_is_refused_at_any_depth(
    tmp_path: Path, depth: int, value: tuple[str, str]
) -> None:
    opening, closing = value
    inner = opening * depth + "1" + closing * depth
    assert faults(tmp_path, f'{{}}\n{{"a": {inner}}}\n'.encode()) == [(2, "json-too-deep")]


def test_many_lists_side_by_side_are_not_deep(tmp_path: Path) -> None:
    record = {"a": [[1]] * 1_000, "b": {"c": [{"d": [[]]}]}}
    assert faults(tmp_path, json.dumps(record).encode()) == []


@pytest.mark.parametrize("number", ["1" * 1_000_000, "-" + "9" * 101, "1." + "3" * 5_000, "1e" + "9" * 200])
def test_a_number_of_many_digits_is_refused_before_it_is_computed(tmp_path: Path, number: str) -> None:
    assert faults(tmp_path, f'{{"a": [{number}]}}'.encode()) == [(1, "number-too-long")]


def test_one_repeated_key_among_many_is_found_in_one_pass(tmp_path: Path) -> None:
    keys = ", ".join(f'"k{number}": 0' for number in range(50_000))
    assert faults(tmp_path, f'{{{keys}, "k49999": 1}}'.encode()) == [(1, "duplicate-key")]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_blank_lines_are_read_up_to_a_limit(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_lines, "MAX_BLANK_LINES", 1_000)
    for count, expected in ((1_000, []), (1_001, [(1_001, "too-many-blank-lines")])):
        content = b"\n" * count
        packed = gzip.compress(content) if name.endswith("gz") else content
        assert faults(tmp_path, packed, name) == expected


def test_a_packed_file_unpacks_to_no_more_than_so_many_times_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_lines, "FREE_BYTES", 10_000)
    line = b'{"a": "' + b" " * 9_000 + b'"}\n'
    assert faults(tmp_path, gzip.compress(line), "a.jsonl.gz") == []
    ((at, code),) = faults(tmp_path, gzip.compress(line * 200), "a.jsonl.gz")
    assert code == "unpacks-too-far"
    assert at < 200
    assert faults(tmp_path, line * 200) == []


def test_lines_with_faults_are_read_up_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "MAX_REFUSED", 10)
    found = faults(tmp_path, b"[]\n" * 1_000)
    assert found == [*((line, "not-json-object") for line in range(1, 11)), (11, "too-many-refused")]


def test_a_packed_file_cut_short_or_followed_by_junk_is_a_fault(tmp_path: Path) -> None:
    packed = gzip.compress(b'{"a": 1}\n' * 1_000)
    for content in (packed[:-9], packed + b"junk", packed[:20], b"\x1f\x8b", b"{}"):
        assert [code for _, code in faults(tmp_path, content, "a.jsonl.gz")] == ["broken-file"]


def test_a_pipe_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    path = Path("/dev/zero")
    lines = JsonLines(path)
    lines.each(lambda record, line: None)
    assert [str(fault) for fault in lines.faults] == [
        "/dev/zero:1: this is a device, not a file; use a regular file instead"
    ]
    assert isinstance(lines.faults[0], Fault)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_of_a_packed_file_that_is_cut_short_all_whole_lines_are_read(tmp_path: Path, share: float) -> None:
    drawn = random.Random(7)  # noqa: S311
    lines = b"".join(b'{"a": "%x"}\n' % drawn.getrandbits(400) for _ in range(8_000))
    packed = gzip.compress(lines)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(packed[: int(len(packed) * share)])
    readable = zlib.decompressobj(wbits=31).decompress(path.read_bytes())
    read: list[str] = []
    JsonLines(path).each(lambda record, line: read.append(str(record["a"])))
    whole = [str(json.loads(line)["a"]) for line in readable.splitlines()[:-1]]
    assert len(whole) > 500
    assert read == whole
