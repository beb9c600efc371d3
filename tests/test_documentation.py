"""The pages at the root, and what every page must keep: links that resolve, files and commands that exist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli.main import main
from tests.pages import ROOT, all_pages, blocks, code, links, page, slugs
from tests.tables import table

README, ARCHITECTURE = page("README.md"), page("ARCHITECTURE.md")
SHELL = blocks(README, "sh")
(TERMINAL,) = (block for block in SHELL if "kb search" in block)

PATH = re.compile(r"(?<![\w/.<])(?:kb|index|web|tests|content)(?:/[\w.-]+)+/?")


def test_the_readme_is_read_in_five_minutes() -> None:
    assert len(README.split()) < 900


def test_the_architecture_fits_on_a_few_screens() -> None:
    assert len(ARCHITECTURE.encode()) <= 10_240
    assert len(blocks(ARCHITECTURE, "mermaid")) == 3


def folders() -> set[str]:
    """Every package of the three rooms."""
    inits = [path for room in ("kb", "index", "web") for path in (ROOT / room).rglob("__init__.py")]
    return {path.parent.relative_to(ROOT).as_posix() for path in inits if "content" not in path.parts}


def folders_named(name: str) -> list[str]:
    """Those that have a row of their own in a table of a page."""
    return re.findall(r"^\| `([a-z_/]+)/` \|", page(name), re.MULTILINE)


def test_every_folder_is_in_the_architecture_and_none_that_is_not_there() -> None:
    named = set(folders_named("ARCHITECTURE.md")) - {"content", "tests"}
    assert named == {folder for folder in folders() if folder.count("/") < 2}


@pytest.mark.parametrize("room", ["kb", "index", "web"])
def test_every_deeper_folder_is_in_the_readme_of_its_room(room: str) -> None:
    deeper = {folder for folder in folders() if folder.startswith(f"{room}/") and folder.count("/") > 1}
    assert sorted(folders_named(f"{room}/README.md")) == sorted(deeper)


def test_no_folder_holds_more_than_twelve_modules() -> None:
    for folder in folders():
        modules = [path.name for path in (ROOT / folder).glob("*.py") if not path.name.startswith("__")]
        assert len(modules) <= 12, (folder, sorted(modules))


@table("name", all_pages())
def test_every_relative_link_resolves(name: str) -> None:
    for link in links(page(name)):
        if "://" in link or link.startswith("mailto:"):
            continue
        target, _, anchor = link.partition("#")
        path = (ROOT / name).parent / target if target else ROOT / name
        assert path.exists(), link
        assert not anchor or anchor in slugs(path.read_text(encoding="utf-8")), link


@pytest.mark.parametrize(
    "name", ["ARCHITECTURE.md", *(f"{room}/README.md" for room in ("kb", "index", "web"))]
)
def test_every_file_and_folder_that_a_page_names_is_there(name: str) -> None:
    text = page(name)
    drawn = [path for block in blocks(text, "mermaid") for path in PATH.findall(block)]
    for path in (*drawn, *(each for each in code(text) if PATH.fullmatch(each))):
        assert (ROOT / path).exists(), path


@table("name", all_pages())
def test_every_make_target_that_a_page_names_is_there(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE))
    text = page(name)
    lines = [*code(text), *(line for block in blocks(text, "sh") for line in block.splitlines())]
    named = {found[1] for line in lines if (found := re.match(r"make ([a-z]+)", line))}
    assert named <= targets


@table("name", all_pages())
def test_every_command_that_a_page_names_is_there(name: str) -> None:
    program = r"(?:\.venv/bin/)?kb ([a-z]+)"
    named = {found[1] for each in code(page(name)) if (found := re.match(program, each))}
    assert named <= set(main.list_commands(None))  # type: ignore[arg-type]


@pytest.fixture
def bench(tmp_path: Path) -> Path:
    """A folder in which `.venv/bin/kb` is this program, as it is after `make serve`."""
    program = tmp_path / ".venv" / "bin" / "kb"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kb "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    paths = {"PYTHONPATH": str(ROOT), "KB_INDEX": str(folder / "index"), "KB_CONTENT": ""}
    command = ["bash", "-uo", "pipefail", "-c", script]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **paths}, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_the_commands_for_the_terminal_do_what_is_said(bench: Path) -> None:
    ran = run(TERMINAL, bench)
    assert "bali-process-symposium-2015/p1" in ran.stdout
    assert "para. 7" in ran.stdout
    assert "nearly: “robust mechanism for international crime cooperation”" in ran.stdout


@pytest.mark.slow
def test_the_searches_of_the_first_ten_minutes_find_something(bench: Path) -> None:
    line = README.partition("1. **Search.**")[2].partition("2. **Filter.**")[0]
    assert CliRunner().invoke(main, ["build", "--index", str(bench)]).exit_code == 0
    for query in code(line):
        found = CliRunner().invoke(main, ["search", "--index", str(bench), "--", query])
        assert re.match(r"\d+ passages? in ", found.output), query
