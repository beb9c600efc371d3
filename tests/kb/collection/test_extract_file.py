"""The extract of a source: kept whole, and treated as hostile until it is parsed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.collection.extract_file import PassageSpans, SourceExtract, dump_extract, read_extract
from kb.sources.lines import Box, SourceLine, Span

HEADER = {"extractor": "x 1", "source": "a.pdf", "sha256": "0" * 64}
LINES = ({"text": "1. Victims have"}, {"text": "rights."})


def written(path: Path, *objects: object) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in objects), encoding="utf-8")
    return path


def test_an_extract_is_read_back_as_it_was(tmp_path: Path) -> None:
    extract = SourceExtract(
        **HEADER,
        lines=(SourceLine("1. ตำรวจ", 1, Box(72.0, 90.5, 300.0, 102.0)), SourceLine("rights.")),
        passages={"p1": PassageSpans((Span(0, 3, 8), Span(1, 0, 7, " ")), ("label", "joined"))},
        pages=3,
    )
    path = tmp_path / "a.text.jsonl"
    path.write_text("".join(dump_extract(extract)), encoding="utf-8")
    assert read_extract(path) == (extract, ())
    assert extract.replayed("p1") == "ตำรวจ rights."
    assert extract.replayed("p2") == ""


@pytest.mark.parametrize(
    "passage",
    [
        {"passage": "p1", "spans": [[2, 0, 1]]},
        {"passage": "p1", "spans": [[-1, 0, 1]]},
        {"passage": "p1", "spans": [[0, 5, 4]]},
        {"passage": "p1", "spans": [[1, 0, 8]]},
        {"passage": "p1", "spans": [[0, 0, True]]},
        {"passage": "p1", "spans": [[0, 0, 1], [1, 0, 7, " not "]]},
        {"passage": "p1", "spans": [[0, 0]]},
        {"passage": "p1", "spans": 3},
        {"passage": "p 1", "spans": []},
        {"passage": "p1"},
        {"text": 1},
        {"text": "x", "page": -1},
        {"text": "x", "page": 0},
        {"text": "x", "box": [1, 2, 3]},
        {"text": "x", "box": [1, 2, 3, "4"]},
        {"text": "x", "box": [1, 2, 3, 1e9]},
        {"other": "x"},
    ],
    ids=json.dumps,
)
def test_what_is_no_line_and_no_span_of_one_is_a_fault_with_its_line(tmp_path: Path, passage: object) -> None:
    _, (fault,) = read_extract(written(tmp_path / "a.text.jsonl", HEADER, *LINES, passage))
    assert (fault.line, fault.message.code) == (4, "extract-object")


@pytest.mark.parametrize("broken", ["{", '{"text": "cut o', "[1]", '{"text": NaN}'])
def test_a_line_that_was_cut_off_is_not_mended_by_hand(tmp_path: Path, broken: str) -> None:
    path = written(tmp_path / "a.text.jsonl", HEADER, *LINES)
    path.write_text(path.read_text(encoding="utf-8") + broken, encoding="utf-8")
    _, (fault,) = read_extract(path)
    assert (fault.line, fault.remedy) == (4, "restore it, or run kb add again")


def test_no_line_comes_after_the_passages_that_count_them(tmp_path: Path) -> None:
    passage = {"passage": "p1", "spans": [[0, 0, 1]]}
    _, (fault,) = read_extract(written(tmp_path / "a.text.jsonl", HEADER, *LINES, passage, LINES[0]))
    assert (fault.line, fault.message.code) == (5, "extract-line-after-passages")


def test_an_older_extract_has_as_many_pages_as_it_has_words_on(tmp_path: Path) -> None:
    extract, faults = read_extract(written(tmp_path / "a.text.jsonl", HEADER, {"text": "x", "page": 4}))
    assert (extract.pages, faults) == (4, ())


def test_a_line_beyond_the_last_page_is_a_fault(tmp_path: Path) -> None:
    path = written(tmp_path / "a.text.jsonl", {**HEADER, "pages": 3}, {"text": "x", "page": 4})
    assert [fault.message.code for fault in read_extract(path)[1]] == ["extract-beyond-pages"]


@pytest.mark.parametrize(
    "objects",
    [(), ({"extractor": "x"},), ({**HEADER, "sha256": 1},)],
)
def test_an_extract_without_a_header_is_a_fault(tmp_path: Path, objects: tuple[object, ...]) -> None:
    _, faults = read_extract(written(tmp_path / "a.text.jsonl", *objects))
    assert [fault.message.code for fault in faults] == ["extract-without-header"]


@pytest.mark.parametrize("edge", [1e9, -1e9, float("inf"), float("nan")])
def test_a_box_that_no_page_can_have_is_not_kept(tmp_path: Path, edge: float) -> None:
    lines = (SourceLine("odd", 1, Box(0.0, 0.0, edge, 9.0)), SourceLine("even", 1, Box(0.0, 0.0, 8.0, 9.0)))
    path = tmp_path / "a.text.jsonl"
    path.write_text("".join(dump_extract(SourceExtract(**HEADER, lines=lines, pages=1))), encoding="utf-8")
    read, faults = read_extract(path)
    assert (faults, [line.box for line in read.lines]) == ((), [None, lines[1].box])
