"""Commands that messages name can be copied: they lead to the content that was meant."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from kb.cli.options import content_flag, quoted
from kb.settings import shipped_content


def test_content_that_commands_take_by_themselves_is_not_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KB_CONTENT", raising=False)
    assert content_flag([shipped_content()]) == ""
    assert content_flag([tmp_path]) == f" --content {tmp_path}"
    monkeypatch.setenv("KB_CONTENT", str(tmp_path))
    assert content_flag([tmp_path]) == ""
    assert content_flag([shipped_content()]) == f" --content {quoted(shipped_content())}"


def test_a_setting_that_is_wrong_does_not_keep_others_from_being_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_CONTENT", str(tmp_path / "none"))
    assert content_flag([tmp_path]) == f" --content {tmp_path}"


@pytest.mark.parametrize("name", ["ours", "our files", "it's $HOME", "รายงาน", "🚨 (1)"])
def test_several_folders_are_named_each_as_a_command_line_takes_it(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KB_CONTENT", raising=False)
    folders = [tmp_path / name, tmp_path / "more"]
    assert shlex.split(content_flag(folders)) == ["--content", str(folders[0]), "--content", str(folders[1])]
