"""`kb build`."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.cli.build import build
from index.engines.processes import pool


def test_of_several_site_files_the_build_says_which_counts(tmp_path: Path) -> None:
    options = []
    for name in ("first", "second", "third"):
        folder = tmp_path / name
        folder.mkdir()
        document = f'{{"id": "{name}", "title": "A document"}}\n'
        (folder / "documents.jsonl").write_text(document, encoding="utf-8")
        (folder / "site.yaml").write_text(f"title: {name}\n", encoding="utf-8")
        options += ["--content", str(folder)]
    said = CliRunner().invoke(build, [*options, "--index", str(tmp_path / "index")])
    assert said.exit_code == 0, said.output
    ignored = f"{tmp_path}/second/site.yaml, {tmp_path}/third/site.yaml"
    expected = f"{tmp_path}/first/site.yaml is used; those in later folders are ignored: {ignored}.\n"
    assert said.stderr.startswith(expected)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Processes are worth it for 20 passages; the list has how many were expected, each time."""
    expected: list[int] = []
    expect = pool.BuildProcesses.expect

    def noted(processes: pool.BuildProcesses, passages: int) -> None:
        expected.append(passages)
        expect(processes, passages)

    monkeypatch.setattr(pool, "usable_cores", lambda: 2)
    monkeypatch.setattr(pool, "MIN_PARALLEL_PASSAGES", 20)
    monkeypatch.setattr(pool.BuildProcesses, "expect", noted)
    yield expected
    assert multiprocessing.active_children() == []


def _content(folder: Path, passages: int, document: str = "a") -> Path:
    (folder / "documents.jsonl").write_text('{"id": "a", "title": "A document"}\n', encoding="utf-8")
    records = ({"document": document, "id": f"p{n}", "text": "Law. " * 300} for n in range(passages))
    lines = "".join(json.dumps(one) + "\n" for one in records)
    (folder / "passages.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_processes_start_while_a_large_collection_is_read_first(tmp_path: Path, started: list[int]) -> None:
    options = ["--content", str(_content(tmp_path, 30)), "--index", str(tmp_path / "index")]
    first = CliRunner().invoke(build, options)
    assert first.exit_code == 0, first.output
    assert "30 passages" in first.output
    assert [before >= 20 for before in started] == [True, True]  # by the size of the file, then as counted
    assert started[1] == 30
    assert "0 documents added" in CliRunner().invoke(build, options).output
    assert started[2:] == [0]


@pytest.mark.slow
def test_processes_that_were_started_end_where_content_is_refused(tmp_path: Path, started: list[int]) -> None:
    content = _content(tmp_path, 30, document="unknown")
    said = CliRunner().invoke(build, ["--content", str(content), "--index", str(tmp_path / "index")])
    assert said.exit_code != 0
    assert not list(tmp_path.glob("index/*.toc"))
    assert len(started) == 1
