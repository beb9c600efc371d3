"""Files that are no regular files, are too large, or change while they are read."""

from __future__ import annotations

import ast
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from kb.files.reading import FileTooLarge, NotRegularFile, open_regular, read_regular, why_unreadable

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")

ROOT = Path(__file__).parents[3]
OPENING = frozenset(("open", "read_bytes", "read_text", "write_bytes"))
OF_PATHS = frozenset(("write_text",))
"""A function of `kb.citing.exports` has this name, too."""


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "pipe.md"
    os.mkfifo(path)
    return path


@pytest.fixture
def special(pipe: Path) -> Iterator[dict[str, Path]]:
    linked = pipe.with_name("linked.md")
    linked.symlink_to("/dev/zero")
    name = pipe.with_name("s")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(name))  # the name of a socket may have 100 characters
        yield {"named-pipe": pipe, "device": Path("/dev/zero"), "socket": name, "linked": linked}


def test_a_pipe_a_device_and_a_socket_are_refused_by_name_and_at_once(special: dict[str, Path]) -> None:
    for code, path in special.items():
        with pytest.raises(NotRegularFile) as refused:
            open_regular(path)
        assert why_unreadable(refused.value).code == code.replace("linked", "device")


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(
    pipe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "stat", lambda self: SimpleNamespace(st_mode=0o100644))
    with pytest.raises(NotRegularFile):
        open_regular(pipe)


def test_a_folder_and_a_missing_file_are_said_to_be_that(tmp_path: Path) -> None:
    for path, reason in ((tmp_path, "Is a directory"), (tmp_path / "x", "No such file or directory")):
        with pytest.raises(OSError, match=reason) as refused:
            read_regular(path)
        assert dict(why_unreadable(refused.value).values) == {"reason": reason}


def test_no_more_is_read_than_a_file_may_have(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert read_regular(path, 5) == read_regular(path) == b"12345"
    with pytest.raises(FileTooLarge) as refused:
        read_regular(path, 4)
    assert why_unreadable(refused.value).code == "file-too-large"


def test_a_file_of_any_size_on_paper_costs_no_more_than_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(FileTooLarge):
        read_regular(path, 1_000)


def _opens(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if not any(f"{name}(" in text for name in (*OPENING, *OF_PATHS)):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Attribute, ast.Name)):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if name in OPENING or (name in OF_PATHS and isinstance(node.func, ast.Attribute)):
                yield f"{path.relative_to(ROOT).as_posix()}: {name}"


SHIPPED = (
    "index/suggest/in_need.py",
    *("index/analysis/spelling_tables.py", "index/analysis/stop_words.py", "index/analysis/stemming.py"),
    *("kb/cli/init.py", "kb/languages/subtags.py", "kb/languages/by_words.py", "kb/numbering/articles.py"),
    *("kb/importers/metadata/bodies.py", "kb/importers/metadata/written_dates.py"),
    *(
        "web/http/static_files.py",
        "web/http/scripts.py",
        "web/http/style_sheet.py",
        "web/desk/static_files.py",
        "web/languages/catalogue.py",
    ),
)
"""Modules that read files of the program itself."""


def test_no_other_module_opens_a_file_that_may_be_a_pipe_or_a_device() -> None:
    own = {
        ROOT / name for name in (*SHIPPED, "kb/files/reading.py", "kb/files/lock.py", "kb/files/durable.py")
    }
    modules = [path for room in ("kb", "index", "web") for path in (ROOT / room).rglob("*.py")]
    found = {line for path in modules if path not in own for line in _opens(path)}
    assert found <= ALLOWED, found - ALLOWED


ALLOWED = {
    "kb/formats/ooxml_package.py: open",  # a part of a package that was read already
    "index/cli/evaluate.py: open",  # a file to write that is named on the command line, and may be a pipe
    "kb/fetching/connections.py: open",  # an address
    *("kb/fetching/fetch.py: open", "kb/fetching/fetch.py: read_bytes"),  # in a new folder of its own
    *("kb/exporting/markdown.py: write_bytes", "kb/exporting/markdown.py: write_text"),  # likewise
    "kb/exporting/ledger_copy.py: write_text",
    *("kb/exporting/source_copies.py: open", "kb/exporting/source_copies.py: read_bytes"),
    "kb/exporting/placing.py: open",
    "kb/document_edits/undo_history.py: write_text",
}
"""What opens no file that a person or a program hands over."""
