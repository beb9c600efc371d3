"""How many passages to expect, by the size of their file."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from kb.interchange.size import expected_passages

SENTENCE = "Victims shall be informed of their rights in a language that they understand, article {}. "


def _lines(count: int) -> bytes:
    texts = ("".join(SENTENCE.format(n * 7 + m) for m in range(8)) for n in range(count))
    records = ({"document": f"d{n}", "id": f"p{n}", "text": text} for n, text in enumerate(texts))
    return "".join(json.dumps(one) + "\n" for one in records).encode()


def test_about_as_many_as_there_are(tmp_path: Path) -> None:
    (tmp_path / "passages.jsonl").write_bytes(_lines(1_000))
    assert 700 < expected_passages(tmp_path) < 1_400


def test_packed_ones_count_more(tmp_path: Path) -> None:
    data = gzip.compress(_lines(1_000))
    (tmp_path / "passages.jsonl.gz").write_bytes(data)
    packed = expected_passages(tmp_path)
    (tmp_path / "passages.jsonl").write_bytes(data)
    (tmp_path / "passages.jsonl.gz").unlink()
    assert packed > 2 * expected_passages(tmp_path) > 0


def test_none_where_there_is_no_such_file(tmp_path: Path) -> None:
    (tmp_path / "passages.jsonl").mkdir()
    assert expected_passages(tmp_path) == 0
    assert expected_passages(tmp_path / "missing") == 0
