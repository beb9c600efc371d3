"""`kb init`: a collection that is valid from the first minute, and nothing overwritten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli import init as init_module
from kb.cli.main import main
from kb.collection.loader import load
from tests.kb.files.small_disk import no_files_above


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_a_new_collection_has_no_faults_and_no_remarks(tmp_path: Path) -> None:
    made = run("init", tmp_path / "ours")
    assert made.exit_code == 0, made.output
    checked = run("check", "--content", tmp_path / "ours")
    assert (checked.exit_code, checked.stderr.count("remark")) == (0, 0), checked.output
    assert checked.stdout.startswith("No faults: 3 themes")


def test_it_can_be_built_searched_and_published_at_once(tmp_path: Path) -> None:
    folder, index = tmp_path / "ours", tmp_path / "index"
    run("init", folder)
    assert run("build", "--content", folder, "--index", index).exit_code == 0
    assert "protection/introduction" in run("search", "--index", index, "identified").stdout
    assert run("publish", "--content", folder, "--yes").exit_code == 0


def test_the_document_of_its_guide_can_be_added_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    run("init", folder)
    guide = (folder / "README.md").read_text(encoding="utf-8")
    example = guide.partition("```markdown\n")[2].partition("```")[0]
    (folder / "documents/hotline-report-2024.md").write_text(example, encoding="utf-8")
    passages = load([folder]).passages["hotline-report-2024"]
    assert [each.themes for each in passages] == [("protection", "protection/assistance")]


@pytest.mark.parametrize("title", ["Example Aid", "Ümit: “#1” - \\ & <b>", "知识库", "no", "12"])
def test_the_title_is_that_of_the_site(tmp_path: Path, title: str) -> None:
    run("init", tmp_path / "ours", "--title", title)
    assert load([tmp_path / "ours"]).site.title == title


@pytest.mark.parametrize("title", ["x" * 201, "a\x00b"])
def test_a_title_that_cannot_be_shown_is_refused_before_anything_is_made(tmp_path: Path, title: str) -> None:
    refused = run("init", tmp_path / "ours", "--title", title)
    assert refused.exit_code == 2
    assert "a title has at most 200 characters" in refused.stderr
    assert not (tmp_path / "ours").exists()


def test_what_is_there_is_neither_overwritten_nor_taken_in(tmp_path: Path) -> None:
    for name in ("site.yaml", "themes", "sources", "ledger.jsonl"):
        folder = tmp_path / name.replace(".", "-")
        folder.mkdir()
        (folder / name).mkdir()
        refused = run("init", folder)
        assert refused.exit_code == 1
        assert f"{name}: this is already here; choose another folder; nothing was changed" in refused.stderr
        assert [each.name for each in folder.iterdir()] == [name]


def test_on_a_full_disk_nothing_is_left_and_the_command_can_be_repeated(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    with no_files_above(5_000):
        refused = run("init", folder)
    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"kb: cannot write {folder / 'thesaurus.yaml'} (")
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]
    assert run("init", folder).exit_code == 0


@pytest.mark.parametrize("step", ["make_folder", "write_synced", "sync_folder"])
@pytest.mark.parametrize("count", [1, 2, 4])
@pytest.mark.parametrize("is_done", [False, True])
@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_whatever_stops_it_leaves_nothing_and_it_can_be_repeated(
    tmp_path: Path,
    step: str,
    count: int,
    is_done: bool,
    stop: type[BaseException],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    folder = tmp_path / "new" / "ours"
    with monkeypatch.context() as stopped:
        stopped.setattr(init_module, step, stopping(getattr(init_module, step), count, stop, is_done))
        assert run("init", folder).exit_code != 0
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    assert run("init", folder).exit_code == 0


def stopping(
    step: Callable[..., None], count: int, stop: type[BaseException], is_done: bool
) -> Callable[..., None]:
    """The step, stopped at the given call, before or after it is done."""
    calls: list[object] = []

    def taken(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) < count or is_done:
            step(*arguments)
        if len(calls) == count:
            raise stop

    return taken


@pytest.mark.parametrize("theirs", ["themes/mine.md", "sources/report.pdf", "documents/a/b.md", "site.yaml"])
def test_what_others_put_there_meanwhile_stays_where_it_is_stopped(
    tmp_path: Path, theirs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ours"
    real = init_module.write_synced

    def written(path: Path, data: bytes) -> None:
        real(path, data)
        if path.name == "thesaurus.yaml":
            raise KeyboardInterrupt
        (folder / theirs).parent.mkdir(parents=True, exist_ok=True)
        if not (folder / theirs).exists():
            (folder / theirs).write_text("theirs", encoding="utf-8")

    monkeypatch.setattr(init_module, "write_synced", written)
    assert run("init", folder).exit_code != 0
    assert [path for path in folder.rglob("*") if path.is_file()] == [folder / theirs]
    assert (folder / theirs).read_text(encoding="utf-8") == "theirs"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "ours").write_text("mine", encoding="utf-8")
    refused = run("init", tmp_path / "ours")
    assert (refused.exit_code, "this is a file" in refused.stderr) == (1, True)
    assert (tmp_path / "ours").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_and_one_with_other_files_will_do(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert run("init", tmp_path).exit_code == 0
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
