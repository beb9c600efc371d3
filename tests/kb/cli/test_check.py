"""The `kb` command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import kb.cli.group
from kb import __version__
from kb.cli.main import content_option, index_option, main
from kb.errors import BadRequest, ContentError, Fault, IndexBusy, IndexMissing, KbError
from kb.messages import Message
from kb.permanence.ledger import LEDGER_FILE, read_ledger

Edit = Callable[[str, str, str], None]


def run(*arguments: str | Path, answer: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], input=answer)


@pytest.mark.usefixtures("registered")
def test_clean_content_is_counted_in_one_line(folder: Path, edit: Edit) -> None:
    edit("documents/treaty.md", "kind: treaty", "kind: report")
    result = run("check", "--content", folder)
    assert result.exit_code == 0
    assert result.stdout == "No faults: 1 theme, 1 sub-point, 2 documents, 5 passages.\n"
    assert result.stderr == f"Not published yet: 5 new; run kb publish --content {folder}\n"


def test_every_fault_is_one_line_and_the_exit_code_is_one(
    folder: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit("documents/treaty.md", "shall protect", "must protect")
    edit("themes/01-cooperation.md", "order: 1", "order: x")
    monkeypatch.chdir(folder.parent)
    result = run("check", "--content", folder)
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert [line.partition(": ")[0] for line in lines] == [
        f"{Path('content/documents/treaty.md')}:19",
        f"{Path('content/themes/01-cooperation.md')}:5",
    ]
    assert all("; " in line for line in lines)


def test_a_content_folder_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    result = run("check", "--content", tmp_path / "absent")
    assert result.exit_code == 1
    assert "content folder not found; check the name given to --content" in result.stderr


def test_publishing_shows_what_is_new_and_asks(folder: Path) -> None:
    declined = run("publish", "--content", folder, answer="n\n")
    assert declined.exit_code == 1
    assert not (folder / LEDGER_FILE).exists()
    accepted = run("publish", "--content", folder, "--date", "2015-11-23", answer="y\n")
    assert accepted.exit_code == 0
    assert "treaty/a1" in accepted.stdout
    assert "5 entries added to the ledger." in accepted.stdout
    assert {entry.date for entry in read_ledger(folder / LEDGER_FILE)[0]} == {"2015-11-23"}


@pytest.mark.usefixtures("registered")
def test_publishing_twice_writes_nothing_new(folder: Path, edit: Edit) -> None:
    edit("documents/treaty.md", "kind: treaty", "kind: report")
    run("publish", "--content", folder, "--yes")
    before = (folder / LEDGER_FILE).read_bytes()
    result = run("publish", "--content", folder, "--yes")
    assert (result.exit_code, result.stdout) == (
        0,
        "Nothing to publish: the ledger is up to date.\n",
    )
    assert (folder / LEDGER_FILE).read_bytes() == before
    assert run("check", "--content", folder).stderr == ""


def test_square_brackets_in_the_words_are_shown_as_they_are(folder: Path, edit: Edit) -> None:
    edit("themes/01-cooperation.md", "What States do together.", "What \\[bold\\] States do.")
    assert "[bold]" in run("publish", "--content", folder, "--yes").stdout


def test_content_with_faults_is_not_published(folder: Path, edit: Edit) -> None:
    edit("documents/treaty.md", "shall protect", "must protect")
    result = run("publish", "--content", folder, "--yes")
    assert result.exit_code == 1
    assert "treaty.md:19: “a2” is not verbatim: " in result.stderr
    assert not (folder / LEDGER_FILE).exists()


def test_a_day_before_the_last_publication_is_refused(folder: Path, edit: Edit) -> None:
    run("publish", "--content", folder, "--yes", "--date", "2015-11-23")
    edit("themes/01-cooperation.md", "What States do together.", "What States do together, in short.")
    result = run("publish", "--content", folder, "--yes", "--date", "2015-11-22")
    assert result.exit_code == 2
    assert "--date: 2015-11-22 is before the last publication, 2015-11-23" in result.stderr
    assert read_ledger(folder / LEDGER_FILE)[1] == ()


@pytest.mark.parametrize("arguments", [["check", "--nothing"], ["nothing"], ["publish", "--date", "1 May"]])
def test_wrong_usage_exits_with_two(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_the_version_is_told() -> None:
    assert run("--version").stdout == f"kb, version {__version__}\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KbError("wrong"), 1),
        (BadRequest("page", "wrong"), 2),
        (ContentError([Fault(Path("a.md"), 3, Message("not-utf8"))]), 1),
        (IndexMissing("wrong"), 1),
        (IndexBusy("wrong"), 1),
    ],
)
def test_an_error_for_people_is_a_message_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, error: KbError, code: int
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setitem(main.commands, "fail", click.Command("fail", callback=fail))
    result = run("fail")
    prefix = "" if isinstance(error, ContentError) else "kb: "
    assert (result.exit_code, result.stderr) == (code, f"{prefix}{error}\n")


@click.command()
@content_option
@index_option
def sample(content: tuple[Path, ...], index: Path | None) -> None:
    """A command of another room."""
    click.echo(f"{len(content)} {index}")


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        EntryPoint("good", f"{__name__}:sample", kb.cli.group.COMMANDS),
        EntryPoint("bad", "no_such_module_at_all:command", kb.cli.group.COMMANDS),
        EntryPoint("odd", "os:sep", kb.cli.group.COMMANDS),
    ]
    monkeypatch.setitem(sys.modules, __name__, sys.modules[test_a_room_that_cannot_be_imported.__module__])
    monkeypatch.setattr(kb.cli.group, "entry_points", lambda group: points)


@pytest.mark.usefixtures("offered")
def test_commands_of_other_rooms_are_listed_and_run() -> None:
    assert run("good", "--content", "a", "--content", "b", "--index", "c").stdout == "2 c\n"
    listed = run("--help")
    assert listed.exit_code == 0
    assert all(name in listed.stdout for name in ("bad", "check", "good", "odd", "publish"))


@pytest.mark.usefixtures("offered")
def test_a_room_that_cannot_be_imported() -> None:
    for name in ("bad", "odd"):
        result = run(name, "word", "--option")
        assert result.exit_code == 1
        assert f"kb: cannot run kb {name}: " in result.stderr


def python(*arguments: str | Path, encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *map(str, arguments)]
    environ = os.environ | {"PYTHONIOENCODING": encoding}
    return subprocess.run(
        command, capture_output=True, text=True, encoding=encoding, check=False, env=environ
    )


@pytest.mark.slow
def test_the_module_is_the_command(folder: Path) -> None:
    done = python("-m", "kb", "check", "--content", folder)
    assert (done.returncode, done.stdout[:9]) == (0, "No faults")


@pytest.mark.slow
def test_checking_imports_neither_search_nor_web(folder: Path) -> None:
    code = (
        "import sys; from kb.cli.main import main; "
        f"main(['check', '--content', {str(folder)!r}], standalone_mode=False); "
        "print(sorted({'whoosh', 'flask', 'numpy', 'index', 'web'} & {*sys.modules}))"
    )
    assert python("-c", code).stdout.splitlines()[-1] == "[]"


def test_of_several_site_files_the_check_says_which_counts(tmp_path: Path, folder: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "documents.jsonl").write_text('{"id": "d", "title": "D"}\n', encoding="utf-8")
    (folder / "site.yaml").touch()
    both = ("check", "--content", str(folder), "--content", str(other))
    assert "counts" not in CliRunner().invoke(main, both).stderr
    (other / "site.yaml").touch()
    said = CliRunner().invoke(main, both).stderr
    assert f"{folder}/site.yaml is used; {other}/site.yaml, in a later folder, is ignored." in said
