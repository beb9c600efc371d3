"""What a build keeps of the sources, beside the index that refers to them."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli.main import main
from kb.kept_sources.store import SourceStore
from tests.engines import open_engine

DOCUMENT = """---
slug: report
title: Report
kind: report
source: report.txt
sha256: {sha256}
---
{words}
{{: #p1 }}
"""
THEME = "---\nslug: fees\ntitle: Fees\norder: 1\n---\nWho pays.\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    for name in ("documents", "themes", "sources"):
        (folder / name).mkdir(parents=True)
    (folder / "themes/01-fees.md").write_text(THEME, encoding="utf-8")
    write(folder, "Most workers paid.")
    return folder


def write(content: Path, words: str) -> str:
    """A new source for the report; its checksum."""
    path = content / "sources/report.txt"
    path.unlink(missing_ok=True)
    path.write_text(words, encoding="utf-8")
    checksum = sha256(words.encode()).hexdigest()
    text = DOCUMENT.format(sha256=checksum, words=words)
    (content / "documents/report.md").write_text(text, encoding="utf-8")
    return checksum


def run(*arguments: object) -> str:
    return CliRunner().invoke(main, [str(one) for one in arguments]).output


def build(content: Path, index: Path, *others: str) -> str:
    return run("build", "--content", content, "--index", index, *others)


def kept(index: Path) -> set[str]:
    return {path.name for path in (index / "sources").iterdir()}


def test_a_generation_names_its_sources_and_needs_no_content(content: Path, tmp_path: Path) -> None:
    build(content, tmp_path / "index")
    shutil.rmtree(content)
    source = open_engine(tmp_path / "index").snapshot().sources["report"]
    assert (source.extract, source.pages) == (None, 0)
    with SourceStore(tmp_path / "index").opened(source.file) as file:
        assert file.read() == b"Most workers paid."


def test_sources_go_with_the_last_generation_that_names_them(content: Path, tmp_path: Path) -> None:
    checksums = []
    for words in ("Most workers paid.", "All workers paid.", "No worker paid."):
        checksums.append(write(content, words))
        build(content, tmp_path / "index")
        assert kept(tmp_path / "index") == set(checksums[-2:])


def test_what_did_not_change_is_not_touched(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(content, tmp_path / "index")
    (content / "documents/other.md").write_text(
        "---\nslug: other\ntitle: Other\nkind: report\n---\nWords.\n{: #p1 }\n", encoding="utf-8"
    )

    def fail(*_: object) -> None:
        raise AssertionError("a source that did not change was looked at")

    monkeypatch.setattr(SourceStore, "_is_kept", fail)
    assert "1 document added" in build(content, tmp_path / "index")
    assert open_engine(tmp_path / "index").snapshot().sources.keys() == {"report"}


@pytest.mark.parametrize(("damage", "said"), [(True, "was changed or damaged"), (False, "is missing")])
def test_a_check_of_the_index_reads_its_sources_too(
    content: Path, tmp_path: Path, damage: bool, said: str
) -> None:
    index = tmp_path / "index"
    build(content, index)
    assert "every byte is as it was written" in run("check", "--index", index)
    (path,) = (index / "sources").iterdir()
    path.unlink()
    if damage:
        path.write_bytes(b"MOST workers paid.")
    assert said in run("check", "--index", index)
    build(content, index, "--from-scratch")
    assert "every byte is as it was written" in run("check", "--index", index)
    assert path.samefile(content / "sources/report.txt")
