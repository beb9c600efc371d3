"""The `kb` command: what belongs to the content itself; other rooms add theirs by entry points."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from kb import __version__, collection, ledger
from kb.errors import ContentError
from kb.lazy import KbGroup
from kb.ledger import Entry, Key
from kb.model import Collection
from kb.options import content_option, index_option
from kb.publication import Pending, pending, require_order
from kb.settings import Settings
from kb.shown import changed, count, listed, short

__all__ = ["content_option", "index_option", "main"]


@click.group(cls=KbGroup, name="kb")
@click.version_option(__version__, prog_name="kb")
def main() -> None:
    """A searchable, citable knowledge base."""


@main.command()
@content_option
@click.pass_context
def check(ctx: click.Context, content: tuple[Path, ...]) -> None:
    """Check the content and list everything that is wrong with it."""
    survey = collection.survey(Settings.read(content).content)
    if survey.faults:
        click.echo(listed(survey.faults))
        ctx.exit(1)
    click.echo(_counts(survey.collection))
    waiting = sum(len(one.entries) for one in pending(survey, datetime.date.today()))
    if waiting:
        click.echo(f"{count(waiting, 'passage')} not published yet: run kb publish", err=True)


@main.command()
@content_option
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of publication, YYYY-MM-DD. Default: today.",
)
def publish(content: tuple[Path, ...], yes: bool, date: datetime.datetime | None) -> None:
    """Enter new, changed and withdrawn passages in the ledger, so that citations of them last."""
    survey = collection.survey(Settings.read(content).content)
    if survey.faults:
        raise ContentError(survey.faults)
    day = date.date() if date else datetime.date.today()
    found = pending(survey, day)
    require_order(found, day)
    if not found:
        click.echo("Nothing to publish: the ledger has every passage as it stands.")
        return
    _show(found)
    if not yes:
        click.confirm("Enter these in the ledger for good?", abort=True)
    for one in found:
        one.write()
    click.echo(f"{count(sum(len(one.entries) for one in found), 'entry', 'entries')} written.")


def _counts(found: Collection) -> str:
    counts = (
        count(len(found.themes), "theme"),
        count(sum(len(theme.subpoints) for theme in found.themes), "sub-point"),
        count(len(found.documents), "document"),
        count(sum(map(len, found.passages.values())), "passage"),
    )
    return f"No faults: {', '.join(counts)}."


def _show(found: Sequence[Pending]) -> None:
    table = Table("status", Column("passage", overflow="fold"), "words", title="To be published")
    for one in found:
        last = ledger.standing(one.before)
        for entry in one.entries:
            table.add_row(entry.status, f"{entry.document}/{entry.id}", Text(_words(entry, last)))
    Console().print(table)


def _words(entry: Entry, last: Mapping[Key, Entry]) -> str:
    return changed(last[entry.key].text, entry.text) if entry.status == "amended" else short(entry.text)
