from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from index.request import Request
from kb.cli.main import main
from kb.collection.loader import load
from kb.settings import shipped_content
from tests.engines import Snapshot, snapshot_of

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    found = {name: main.get_command(context, name) for name in main.list_commands(context)}
    return {name: command for name, command in found.items() if command}


def test_every_command_and_option_is_in_the_readme() -> None:
    names = {"build", "check", "cite", "eval", "publish", "quote", "resolve", "search", "serve", "verify"}
    assert set(commands()) == names
    for name, command in commands().items():
        assert f"`kb {name}" in README
        options = [
            option for parameter in command.params for option in parameter.opts if option.startswith("--")
        ]
        for option in options:
            assert f"`{option}" in README, (name, option)


def test_every_command_of_the_readme_exists() -> None:
    for name in re.findall(r"`kb ([a-z]+)", README):
        answer = CliRunner().invoke(main, [name, "--help"])
        assert answer.exit_code == 0
        assert "Usage: kb" in answer.output


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(load([shipped_content()]), tmp_path_factory.mktemp("index"))


def examples() -> list[str]:
    table = README.partition("| typed | finds |")[2].partition("\n\n")[0]
    cells = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    return [query for cell in cells for query in re.findall(r"`([^`]+)`", cell)]


def test_there_are_examples_of_every_form() -> None:
    assert len(examples()) >= 12


@pytest.mark.parametrize("query", examples())
def test_every_query_of_the_readme_finds_something_and_needs_no_notice(shipped: Snapshot, query: str) -> None:
    results = shipped.search(Request(text=query))
    assert results.total > 0
    assert [said for said in results.notices if not said.endswith("does not lead to the other.")] == []


def folders() -> dict[str, str]:
    """Every package of the three rooms, with the first line of its docstring."""
    inits = [path for room in ("kb", "index", "web") for path in (ROOT / room).rglob("__init__.py")]
    return {
        path.parent.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8").partition("\n")[0]
        for path in inits
        if "content" not in path.parts
    }


def test_every_folder_is_in_the_architecture_and_none_that_is_not_there() -> None:
    named = set(re.findall(r"^\| `([a-z_/]+)/` \|", ARCHITECTURE, re.MULTILINE)) - {"content", "tests"}
    assert named == set(folders())


def test_no_folder_holds_more_than_twelve_modules() -> None:
    for folder in folders():
        modules = [path.name for path in (ROOT / folder).glob("*.py") if path.name != "__init__.py"]
        assert len(modules) <= 12, (folder, sorted(modules))
