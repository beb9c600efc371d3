"""Commands suggested in messages can be copied: they act on the content that was meant."""

from __future__ import annotations

import datetime
import os
import shlex
from pathlib import Path

import pytest

from kb.collection.folder import read_folder
from kb.editing.acceptance import accept_drafts
from kb.editing.named_document import named_document
from kb.editing.removal import planned_removal
from kb.editing.restoring import restore
from kb.editing.suggested_commands import content_flag, quoted
from kb.errors import BadRequest
from kb.settings import shipped_content
from tests.kb.editing.versions.editor import Editor


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


@pytest.mark.parametrize("name", ["ours", "our files", "it's"])
def test_every_fault_of_a_version_leads_back_to_its_collection(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KB_CONTENT", raising=False)
    (tmp_path / name).mkdir()
    editor = Editor(tmp_path / name)
    flag = ["--content", str(editor.content)]
    editor.add("Fees are paid.", "Farms are visited.")
    editor.replace("Costs are paid.", "Farms are visited.")
    editor.edit("documents/report.md", "title: report", "title: The blue report")
    (edited,) = accept_drafts(editor.content, ["report"])["report"]
    assert command_in(edited.remedy, " again,") == ["kb", "add", "FILE", "--replace", "report", *flag]
    (editor.content / "documents/report.md").unlink()
    (gone,) = (
        one
        for one in accept_drafts(editor.content, ["report"])["report"]
        if one.message.code == "replaced-not-there"
    )
    assert command_in(gone.remedy, ", or delete") == ["kb", "remove", "report", "--undo", *flag]


@pytest.mark.parametrize("name", ["ours", "our files", "it's"])
def test_an_unknown_removal_leads_to_the_list_of_its_collection(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KB_CONTENT", raising=False)
    (tmp_path / name).mkdir()
    editor = Editor(tmp_path / name)
    editor.add("Fees are paid.")
    content = read_folder(editor.content)
    planned_removal(content, named_document(content, "report")).carry_out(datetime.date(2026, 11, 26))
    with pytest.raises(BadRequest) as refused:
        restore(editor.content, "report", datetime.date(2026, 11, 27), "report@2020")
    listed = command_in(str(refused.value), " shows")
    assert listed == ["kb", "remove", "report", "--list", "--content", str(editor.content)]


def command_in(text: str, end: str) -> list[str]:
    """The words of the command in a message, as a command line takes them."""
    return shlex.split(text[text.index("kb ") : text.rindex(end)])
