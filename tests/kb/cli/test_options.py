"""Commands that messages name can be copied: they lead to the content that was meant."""

from __future__ import annotations

import os
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


@pytest.mark.parametrize(
    ("word", "written"),
    [
        (r"C:\kb\content", r"C:\kb\content"),
        (r"D:\รายงาน\2024-01_a.pdf", r"D:\รายงาน\2024-01_a.pdf"),
        ("https://example.org/a", "https://example.org/a"),
        ("C:\\kb\\", "C:\\kb\\"),
        ("https://x.org/a?b=1&c=2", '"https://x.org/a?b=1&c=2"'),
        (r"C:\R&D\file.pdf", r'"C:\R&D\file.pdf"'),
        (r"C:\our files\a.pdf", r'"C:\our files\a.pdf"'),
        ("a|b>c<d^e", '"a|b>c<d^e"'),
        (r"C:\a(1),b;c", r'"C:\a(1),b;c"'),
        ("C:\\R&D\\", '"C:\\R&D\\\\"'),
        ("R&D\\\\", '"R&D\\\\\\\\"'),
        ('a"b', r'"a\"b"'),
        (r"a\"b", r'"a\\\"b"'),
        ("a\n", '"a\n"'),
        ("", '""'),
    ],
)
def test_on_windows_what_its_command_line_would_cut_is_in_quotation_marks(
    word: str, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        found = quoted(word)
    assert found == written
