"""The `kb` command: what belongs to the content itself; other rooms add theirs by entry points."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from kb import __version__
from kb.cli.group import KbGroup
from kb.cli.options import content_option, index_option
from kb.cli.output import listed, tally
from kb.collection import loader
from kb.collection.publication import Pending, latest, pending, require_order
from kb.errors import ContentError
from kb.ids import IdPair
from kb.model import Collection
from kb.permanence import ledger
from kb.permanence.ledger import HERE, Entry
from kb.settings import Settings
from kb.text.phrasing import changed, count, short

__all__ = ["content_option", "index_option", "main"]


MOST_REMARKED = 10
"""Changed passages that are listed where nobody asked for them."""

NEXT = "\n"


@click.group(cls=KbGroup, name="kb")
@click.version_option(__version__, prog_name="kb")
def main() -> None:
    """A searchable, citable knowledge base."""


@main.command()
@content_option
@click.pass_context
def check(ctx: click.Context, content: tuple[Path, ...]) -> None:
    """Check the content and list everything that is wrong with it."""
    survey = loader.survey(Settings.read(content).content)
    if survey.faults:
        click.echo(listed(survey.faults))
        ctx.exit(1)
    click.echo(_counts(survey.collection))
    if found := pending(survey, datetime.date.today()):
        click.echo(_remark(found, latest(survey)), err=True)


@main.command()
@content_option
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of publication, YYYY-MM-DD. Default: today.",
)
def publish(content: tuple[Path, ...], yes: bool, date: datetime.datetime | None) -> None:
    """Enter new, changed, moved and withdrawn passages in the ledger, so that citations of them last."""
    survey = loader.survey(Settings.read(content).content)
    if survey.faults:
        raise ContentError(survey.faults)
    day = date.date() if date else datetime.date.today()
    found = pending(survey, day)
    require_order(found, day)
    if not found:
        click.echo("Nothing to publish: the ledger has every passage as it stands.")
        return
    _show(found, latest(survey))
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


def _remark(found: Sequence[Pending], last: str) -> str:
    """What is not published yet, with the words of what is not only new."""
    entries = [entry for one in found for entry in one.entries]
    said = f"Changed since the last publication on {last}" if last else "Not published yet"
    words = [f"  {line}" for line in _changes(found)]
    more = [f"  and {len(words) - MOST_REMARKED:,} more"] if len(words) > MOST_REMARKED else []
    return "\n".join([f"{said}: {tally(entries)}; run kb publish", *words[:MOST_REMARKED], *more])


def _changes(found: Sequence[Pending]) -> Iterator[str]:
    for entry, words in _described(found):
        if entry.status != "published":
            yield f"{entry.address} {entry.status}: {words.replace(NEXT, '; ')}"


def _show(found: Sequence[Pending], last: str) -> None:
    title = f"Changes since the last publication on {last}" if last else "To be published"
    table = Table("status", Column("passage", overflow="fold"), "words", title=title)
    described = list(_described(found))
    for entry, words in described:
        table.add_row(entry.status, entry.address, Text(words))
    Console().print(table)
    click.echo(f"{tally([entry for entry, _ in described])}.")


def _described(found: Sequence[Pending]) -> Iterator[tuple[Entry, str]]:
    """What is to be entered, each with the words to show for it."""
    now = {entry.address: entry.text for one in found for entry in one.entries if entry.status in HERE}
    for one in found:
        last = ledger.standing(one.before)
        yield from ((entry, _words(entry, last, now)) for entry in one.entries)


def _words(entry: Entry, last: Mapping[IdPair, Entry], now: Mapping[str, str]) -> str:
    if entry.status == "amended":
        return changed(last[entry.key].text, entry.text)
    if entry.status == "moved":
        return NEXT.join(filter(None, (f"to {entry.to}", changed(entry.text, now.get(entry.to, entry.text)))))
    return short(entry.text)
