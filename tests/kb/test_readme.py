"""What kb/README.md says of commands, options, settings and styles is what the program has."""

from __future__ import annotations

import re

import click
import pytest
from click.testing import CliRunner

from kb.citing.exports.registry import FORMATS
from kb.citing.styles.registry import STYLES
from kb.cli.main import main
from kb.curated import theme_file
from kb.quoting import manuscript
from kb.quoting.pattern import MOST_JOINTS
from kb.settings import Settings
from tests.pages import ROOT, code, column, page, rows

README = page("kb/README.md")
HEAD = "| option | of | meaning |"


def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    every = {name: main.get_command(context, name) for name in main.list_commands(context)}
    return {name: command for name, command in every.items() if command}


def options(command: click.Command) -> set[str]:
    return {option for one in command.params for option in one.opts if option.startswith("--")}


def test_every_command_is_explained_and_none_that_there_is_not() -> None:
    named = {example.split()[1] for example in column(README, "| command | what it does |") if " " in example}
    assert named == set(commands())


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_answers_with_its_usage(name: str) -> None:
    answer = CliRunner().invoke(main, [name, "--help"])
    assert answer.exit_code == 0
    assert f"Usage: kb {name}" in answer.output


def test_every_option_is_explained() -> None:
    named = {option.split()[0] for option in column(README, HEAD)}
    assert named == set().union(*map(options, commands().values()))


def test_an_option_is_said_of_the_commands_that_have_it() -> None:
    for first, of, _ in rows(README, HEAD):
        for option in code(first):
            having = {name for name, command in commands().items() if option.split()[0] in options(command)}
            every_but = of.startswith("all but ")
            said = set(re.findall(r"[a-z]+", of.removeprefix("all but "))) - {"and"}
            assert having == (set(commands()) - said if every_but else said), option


def test_every_setting_is_explained() -> None:
    used = {
        name
        for room in ("kb", "index", "web")
        for path in (ROOT / room).rglob("*.py")
        for name in re.findall(r'"(KB_[A-Z]+)"', path.read_text(encoding="utf-8"))
    }
    assert set(column(README, "| setting | meaning |")) == used
    assert Settings.read(environ={"KB_REPORT": "mailto:a@b.example"}).report == "mailto:a@b.example"


def test_each_style_says_for_what_it_was_checked_against_its_guide() -> None:
    words = {
        "report": "reports",
        "treaty": "treaties",
        "document": "documents with a symbol",
        "note": "notes",
    }
    table = {
        cells[0].strip("`"): cells[2] for cells in rows(README, "| style | guide | checked against it for |")
    }
    assert set(table) == set(STYLES)
    for name, style in STYLES.items():
        assert {form for form, word in words.items() if word in table[name]} == style.verified, name


def test_every_export_format_is_named() -> None:
    (meaning,) = (cells[2] for cells in rows(README, HEAD) if "`--format NAME`" in cells[0])
    assert code(meaning) == list(FORMATS)


def test_the_limits_are_those_of_the_code() -> None:
    limits = dict(cells[:2] for cells in rows(README, "| what | limit |"))
    assert limits["a manuscript"] == f"{manuscript._LARGEST // 1_000_000} MB"
    assert limits["a quotation"].startswith(f"{MOST_JOINTS} ")
    assert limits["a note"] == f"{theme_file.LONGEST:,} characters"
