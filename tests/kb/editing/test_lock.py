"""One command at a time changes a content folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli.main import main
from kb.editing.lock import editing
from kb.errors import CollectionBusy, KbError


def test_a_second_command_says_who_is_changing_the_collection(tmp_path: Path) -> None:
    busy = pytest.raises(CollectionBusy, match=f"process {os.getpid()} on .* since 20")
    with editing(tmp_path), busy, editing(tmp_path):
        pass
    with editing(tmp_path):
        pass
    assert not list(tmp_path.iterdir())


def test_without_a_readable_note_of_its_holder_the_lock_still_holds(tmp_path: Path) -> None:
    with editing(tmp_path):
        (tmp_path / ".editing.json").write_text("{", encoding="utf-8")
        with pytest.raises(CollectionBusy, match="another command"), editing(tmp_path):
            pass


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KbError, match="none: cannot write to this folder"), editing(tmp_path / "none"):
        pass


@pytest.mark.parametrize("command", [("add", "file.txt"), ("accept", "--all")])
def test_every_command_that_changes_documents_takes_the_lock(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "documents").mkdir()
    with editing(tmp_path):
        outcome = CliRunner().invoke(main, [*command, "--content", str(tmp_path)])
    assert (outcome.exit_code, "changing this collection" in outcome.stderr) == (1, True)
