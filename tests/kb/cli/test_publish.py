"""`kb publish`: what it shows, what it refuses, and that the ledger stays whole."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner, Result

from kb.cli.main import main
from kb.collection.loader import read_collection
from kb.permanence.ledger import LEDGER_FILE, read_ledger
from kb.text.phrasing import describe_changes

Edit = Callable[[str, str, str], None]
THEME = "themes/01-cooperation.md"
TREATY = "documents/treaty.md"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_a_folder_given_twice_is_published_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    done = run("publish", "--content", folder, "--content", folder.name, "--content", folder, "--yes")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "5 entries added to the ledger.")
    entries, faults = read_ledger(folder / LEDGER_FILE)
    assert (len(entries), faults) == (5, ())


def test_a_publication_meanwhile_is_not_overwritten(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(*_: object, **__: object) -> bool:
        monkeypatch.undo()
        return run("publish", "--content", folder, "--yes").exit_code == 0

    monkeypatch.setattr(click, "confirm", meanwhile)
    late = run("publish", "--content", folder)
    assert late.exit_code == 1
    assert late.stderr.startswith("kb: the ledger ")
    assert "has changed in the meantime; run kb publish again" in late.stderr
    assert len(read_ledger(folder / LEDGER_FILE)[0]) == 5
    assert read_collection([folder])[1] == ()


def test_a_day_to_come_is_refused(folder: Path) -> None:
    day = datetime.date.today() + datetime.timedelta(days=1)
    result = run("publish", "--content", folder, "--yes", "--date", str(day))
    assert result.exit_code == 2
    assert f"--date: {day} is in the future" in result.stderr
    assert not (folder / LEDGER_FILE).exists()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime.date], None]:
    """Sets the day that the computer believes in."""

    def set_to(day: datetime.date) -> None:
        believed = type("Day", (datetime.date,), {"today": staticmethod(lambda: day)})
        stand_in = SimpleNamespace(date=believed, timedelta=datetime.timedelta, datetime=datetime.datetime)
        monkeypatch.setattr("kb.cli.main.datetime", stand_in)

    return set_to


@pytest.mark.parametrize("years", [-45, -2, 2, 60])
def test_a_clock_that_was_years_off_refuses_no_content(
    folder: Path, edit: Edit, clock: Callable[[datetime.date], None], tmp_path: Path, years: int
) -> None:
    true = datetime.date.today()
    wrong = true.replace(year=true.year + years, day=1)
    for day, old, new in ((wrong, "What States do", "What all States do"), (true, "all States", "States")):
        clock(day)
        assert run("publish", "--content", folder, "--yes").exit_code == 0
        edit(THEME, old, new)
    published = run("publish", "--content", folder, "--yes")
    assert published.exit_code == 0
    assert ("clock says" in published.stderr) == (wrong > true)
    for day in (wrong, true):
        clock(day)
        checked = run("check", "--content", folder)
        assert (checked.exit_code, checked.stdout.splitlines()[0][:9]) == (0, "No faults")
        assert run("publish", "--content", folder, "--yes").exit_code == 0
        assert run("build", "--content", folder, "--index", tmp_path / "index").exit_code == 0
    last = str(max(wrong, true))
    assert [entry.date for entry in read_ledger(folder / LEDGER_FILE)[0][-2:]] == [last, last]


def test_of_a_ledger_with_days_to_come_the_first_is_remarked_on(
    folder: Path, clock: Callable[[datetime.date], None]
) -> None:
    run("publish", "--content", folder, "--yes")
    clock(datetime.date(2014, 5, 6))
    errors = run("check", "--content", folder).stderr
    assert errors.count(f"{LEDGER_FILE}:1: {datetime.date.today()} is in the future; check the clock") == 1
    assert errors.count("is in the future") == 1


def test_an_emptied_folder_does_not_withdraw_what_was_published(folder: Path) -> None:
    run("publish", "--content", folder, "--yes")
    before = (folder / LEDGER_FILE).read_bytes()
    for path in (*(folder / "documents").glob("*"), *(folder / "themes").glob("*")):
        path.unlink()
    result = run("publish", "--content", folder, "--yes")
    assert result.exit_code == 1
    assert "content: this folder has no content; add documents/ and themes/" in result.stderr
    assert (folder / LEDGER_FILE).read_bytes() == before


def test_an_amendment_is_shown_as_what_changed(folder: Path, edit: Edit) -> None:
    run("publish", "--content", folder, "--yes")
    edit(THEME, "What States do together.", "What all States do jointly.")
    shown = run("publish", "--content", folder, "--yes").stdout
    assert "amended" in shown
    assert "added “all”" in shown
    assert "“together.” -> “jointly.”" in shown


@pytest.mark.usefixtures("registered")
def test_all_changes_since_the_last_publication_are_shown_with_their_words(folder: Path, edit: Edit) -> None:
    first = run("publish", "--content", folder, "--yes", "--date", "2015-11-23").stdout
    assert "To be published" in first
    assert "5 new." in first.splitlines()
    edit(TREATY, "source: treaty.txt\n", "treaty_series: 2237 UNTS 319\n")
    edit(THEME, "What States do together.", "What all States do together.")
    edit(TREATY, "They shall protect victims.\n{: #a2 ", 'They shall protect.\n{: #a3 formerly="a2" ')
    edit(TREATY, "Recalling the Protocol,\n{: #preamble }\n", "New words.\n{: #p1 }\n")
    checked = run("check", "--content", folder)
    assert checked.exit_code == 0
    assert checked.stdout.startswith("No faults: ")
    assert checked.stderr.splitlines() == [
        "Changed since the last publication on 2015-11-23: 2 new, 1 amended, 1 withdrawn, 1 moved; "
        f"run kb publish --content {folder}",
        "  cooperation/introduction amended: added “all”",
        "  treaty/preamble withdrawn: Recalling the Protocol,",
        "  treaty/a2 moved: to treaty/a3; “protect victims.” -> “protect.”",
    ]
    shown = run("publish", "--content", folder, "--yes").stdout
    assert "Changes since the last publication on 2015-11-23" in shown
    for words in (
        "added “all”",
        "Recalling the Protocol,",
        "to treaty/a3",
        "“protect victims.” -> “protect.”",
    ):
        assert words in shown
    assert "2 new, 1 amended, 1 withdrawn, 1 moved." in shown.splitlines()
    assert run("check", "--content", folder).stderr == ""


@pytest.mark.usefixtures("registered")
def test_of_many_changes_the_check_lists_the_first(folder: Path, edit: Edit) -> None:
    more = "".join(f"Words of number {n}.\n{{: #n{n} }}\n\n" for n in range(15))
    edit(TREATY, "source: treaty.txt\n", "treaty_series: 2237 UNTS 319\n")
    edit(TREATY, "Recalling the Protocol,", f"{more}Recalling the Protocol,")
    run("publish", "--content", folder, "--yes")
    edit(TREATY, more, more.replace("number", "numbers"))
    lines = run("check", "--content", folder).stderr.splitlines()
    assert lines[0].endswith(f": 15 amended; run kb publish --content {folder}")
    assert lines[1] == "  treaty/n0 amended: “number” -> “numbers”"
    assert lines[10:] == ["  treaty/n9 amended: “number” -> “numbers”", "  and 5 more"]


def test_many_changes_are_shown_in_part() -> None:
    old, new = "a 1 b 2 c 3 d 4 e 5", "a x b y c z d e q"
    assert describe_changes(old, new).split("\n") == [
        "“1” -> “x”",
        "“2” -> “y”",
        "“3” -> “z”",
        "and 2 more changes",
    ]
    assert describe_changes("a b", "a") == "removed “b”"


def test_faults_are_listed_bare_as_seen_from_the_working_folder(
    folder: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(THEME, "order: 1", "order: x")
    monkeypatch.chdir(folder.parent)
    errors = run("publish", "--content", folder, "--yes").stderr
    assert errors.startswith(f"{Path('content') / THEME}:5: “x” is not a whole number; ")


def test_a_ledger_that_cannot_be_written_is_no_traceback(folder: Path) -> None:
    (folder / f".{LEDGER_FILE}.new").mkdir()
    result = run("publish", "--content", folder, "--yes")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"kb: cannot write {folder / LEDGER_FILE}: ")
    assert "check the folder's permissions" in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
@pytest.mark.parametrize("command", ["check", "publish"])
def test_an_older_code_page_is_no_traceback(folder: Path, edit: Edit, encoding: str, command: str) -> None:
    edit(THEME, "What States do together.", "Что делают государства →")
    if command == "check":
        edit(THEME, "order: 1", "order: “Ж”")
    arguments = [command, "--content", str(folder), *(["--yes"] if command == "publish" else [])]
    environ = os.environ | {"PYTHONIOENCODING": encoding}
    done = subprocess.run(
        [sys.executable, "-m", "kb", *arguments], capture_output=True, check=False, env=environ
    )
    assert (done.returncode, done.stderr) == (1 if command == "check" else 0, b"")
    assert rb"\u04" in done.stdout
