"""What kb/README.md says of commands, options, settings and styles is what the program has."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kb.citing.exports.record_types import RECORD_TYPES
from kb.citing.exports.registry import FORMATS
from kb.citing.styles.registry import STYLES
from kb.cli.main import main
from kb.curated.theme_file import read_theme_file
from kb.errors import BadRequest
from kb.ids import is_id
from kb.quoting.manuscript import read_manuscript
from kb.settings import Settings
from kb.sources.kinds import KINDS
from tests.pages import ROOT, code, column, page, rows
from tests.tables import table

README = page("kb/README.md")
HEAD = "| option | of | meaning |"


@cache
def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    every = {name: main.get_command(context, name) for name in main.list_commands(context)}
    return {name: command for name, command in every.items() if command}


def options(command: click.Command) -> set[str]:
    return {option for one in command.params for option in one.opts if option.startswith("--")}


def test_every_command_is_explained_and_none_that_there_is_not() -> None:
    named = {example.split()[1] for example in column(README, "| command | what it does |") if " " in example}
    assert named == set(commands())


@table("name", sorted(commands()))
def test_every_command_answers_with_its_usage(name: str) -> None:
    answer = CliRunner().invoke(main, [name, "--help"])
    assert answer.exit_code == 0
    assert f"Usage: kb {name}" in answer.output


def test_every_option_is_explained() -> None:
    named = {option.split()[0] for option in column(README, HEAD)}
    assert named == set().union(*map(options, commands().values()))


@pytest.mark.slow
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
        for name in re.findall(r'"(KB_[A-Z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert set(column(README, "| setting | meaning |")) == used
    assert Settings.read(environ={"KB_REPORT": "mailto:a@b.example"}).report == "mailto:a@b.example"


def test_each_style_says_for_what_it_was_checked_against_its_guide() -> None:
    table = rows(README, f"| kind | {' | '.join(f'`{name}`' for name in STYLES)} |")
    assert [cells[0] for cells in table] == list(KINDS)
    for at, style in enumerate(STYLES.values(), 1):
        assert {cells[0] for cells in table if cells[at] == "yes"} == style.verified, style.name
    assert column(README, "| style | guide |") == list(STYLES)


def test_what_each_kind_becomes_in_each_format_is_in_the_table() -> None:
    head = "| kind | RIS | BibTeX | CSL-JSON | Highwire, `citation_` | JSON-LD | Zotero |"
    told = {first: [cell.strip("`@–") for cell in rest] for first, *rest in rows(README, head)}
    assert told == {
        name: [
            *(each.ris, each.bibtex, KINDS[name].csl_type),
            *(each.highwire.removeprefix("citation_"), each.schema_org, each.zotero),
        ]
        for name, each in RECORD_TYPES.items()
    }


def test_every_export_format_is_named() -> None:
    (meaning,) = (cells[2] for cells in rows(README, HEAD) if "`--format NAME`" in cells[0])
    assert code(meaning) == list(FORMATS)


LIMITS = dict(cells[:2] for cells in rows(README, "| what | limit |"))


def test_a_manuscript_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    most = int(LIMITS["a manuscript"].removesuffix(" MB")) * 1_000_000
    path = tmp_path / "paper.txt"
    with path.open("wb") as file:
        file.truncate(most + 1)
    with pytest.raises(BadRequest, match=f"{most:,} bytes"):
        read_manuscript(path)


def test_a_note_beyond_the_limit_is_a_fault(tmp_path: Path) -> None:
    most = int(LIMITS["a note"].split()[0].replace(",", ""))
    path = tmp_path / "theme.md"
    path.write_text(f"---\nslug: t\ntitle: T\norder: 1\n---\n{'a' * (most + 1)}\n", encoding="utf-8")
    _, _, _, faults = read_theme_file(path)
    assert len(faults) == 1


def test_an_id_beyond_the_limit_is_none() -> None:
    most = int(LIMITS["an id or slug"].split()[0])
    assert is_id("a" * most)
    assert not is_id("a" * (most + 1))
