"""A build that reads only what changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.engines.whoosh.indexing.last_build import WhooshLastBuild
from index.engines.whoosh.storage.seal import unsealed
from index.request import Request
from kb.cli.main import main
from kb.collection import loader as contents
from kb.permanence.ledger import LEDGER_FILE, read_ledger
from kb.settings import shipped_content
from tests.engines import open_engine
from tests.tables import table


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped_content(), tmp_path / "content"))


def build(content: Path, index: Path) -> str:
    answer = CliRunner().invoke(main, ["build", "--content", str(content), "--index", str(index)])
    assert answer.exit_code == 0, answer.output
    return answer.output


def edit(content: Path, old: str, new: str) -> None:
    (path,) = [path for path in (content / "themes").glob("*.md") if old in path.read_text(encoding="utf-8")][
        :1
    ]
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_unchanged_content_is_not_read(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    assert "8 documents added" in build(content, index)

    def fail(*_: object) -> None:
        raise AssertionError("content was read")

    monkeypatch.setattr(contents, "survey", fail)
    assert "8 unchanged" in build(content, index)


def test_an_edit_is_found_and_indexed(content: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    build(content, index)
    edit(content, "Extradition", "Zextradition")
    assert "changed, 0 removed" in build(content, index)
    assert open_engine(index).snapshot().search(Request(text="zextradition")).total > 0


@pytest.fixture
def index(content: Path, tmp_path: Path) -> Path:
    """The content, built."""
    build(content, tmp_path / "index")
    return tmp_path / "index"


@pytest.mark.slow
@table("damage", ["", "{", "[]", '{"generation": 3}', '{"generation": "x", "manifest": {}}'])
def test_a_manifest_that_cannot_be_used_means_a_full_reading(content: Path, index: Path, damage: str) -> None:
    assert WhooshLastBuild(index).manifest is not None
    (index / "content.json").write_text(damage, encoding="utf-8")
    assert WhooshLastBuild(index).manifest is None
    assert "8 unchanged" in build(content, index)
    assert WhooshLastBuild(index).manifest is not None


def test_the_manifest_belongs_to_one_generation(content: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    build(content, index)
    kept = json.loads(unsealed((index / "content.json").read_bytes()))
    assert kept["generation"] == WhooshLastBuild(index).generation == open_engine(index).snapshot().generation


def test_without_an_index_the_last_build_is_empty(tmp_path: Path) -> None:
    last = WhooshLastBuild(tmp_path)
    assert (last.generation, last.manifest, last.documents, last.themes) == ("", None, {}, ())
    assert (last.withdrawn, last.instruments, last.passages("a")) == ((), {}, ())
    assert (last.moves, last.published) == ((), {})


@pytest.mark.slow
def test_formerly_published_texts_are_known_to_the_next_build(content: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    document = content / "documents/bali-process-symposium-2015.md"
    text = document.read_text(encoding="utf-8")
    extradition, before = "international-crime-cooperation/extradition", contents.load([content]).published
    document.write_text(text.replace("{: #p10 ", '{: #p11 formerly="p10" '), encoding="utf-8")
    edit(content, "Extradition", "Zextradition")
    build(content, index)
    last, now = WhooshLastBuild(index), contents.load([content])
    assert last.moves == now.moves
    assert [one.to for one in last.moves] == ["bali-process-symposium-2015/p11"]
    assert dict(last.published) == now.published
    assert now.published.keys() == {*before, extradition}
    entries, _ = read_ledger(content / LEDGER_FILE)
    assert len(now.published[extradition]) == sum(each.address == extradition for each in entries)
    assert "8 unchanged" in build(content, index)
