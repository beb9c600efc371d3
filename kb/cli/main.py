"""The `kb` command with `check` and `publish`; other rooms add commands by entry points."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from kb import __version__
from kb.cli.content_words import NEXT_LINE, counted_content, described, tally_words
from kb.cli.group import KbGroup, format_faults, index_check
from kb.cli.options import content_option, index_option, leave_out_option
from kb.cli.remarks import remarks, site_remark
from kb.collection import loader
from kb.collection.leaving_out.rest import survey_rest
from kb.collection.leaving_out.summary import summarised, tally
from kb.collection.publication import (
    PendingEntries,
    default_day,
    last_publication_date,
    pending_entries,
    require_valid_date,
)
from kb.editing.suggested_commands import content_flag
from kb.english import ENGLISH
from kb.errors import ContentError, Fault, tallied
from kb.messages import Message, words
from kb.settings import Settings

__all__ = ["content_option", "index_option", "main"]


MAX_CHANGES_LISTED = 10
"""How many changed passages `kb check` lists."""


@click.group(cls=KbGroup, name="kb")
@click.version_option(__version__, prog_name="kb")
def main() -> None:
    """A searchable, citable knowledge base."""


@main.command()
@content_option
@leave_out_option
@click.option(
    "--index",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Verify every byte of this index instead of the content.",
)
@click.option("--drafts", is_flag=True, help="Also check the drafts that kb add made.")
@click.pass_context
def check(
    ctx: click.Context, content: tuple[Path, ...], leave_out_faulty: bool, index: Path | None, drafts: bool
) -> None:
    """Check the content, or an index, and list everything that is wrong with it.

    With --leave-out-faulty, list what would be left out; the exit code is 0 if the rest can be built.
    """
    if index is not None:
        ctx.exit(0 if index_check()(index) else 1)
    folders = Settings.read(content).content
    survey = survey_rest(folders) if leave_out_faulty else loader.survey(folders)
    if faults := (*survey.faults, *(_of_drafts(folders) if drafts else ())):
        click.echo(format_faults(faults))
        ctx.exit(1)
    if left_out := survey.collection.left_out:
        click.echo(format_faults(tallied(left_out)))
        _say(Message("records-left-out", tally=tally(summarised(survey.collection))))
    _say(counted_content(survey.collection))
    if which := site_remark(folders):
        click.echo(words(which, ENGLISH), err=True)
    today = datetime.date.today()
    if noted := remarks(survey, today):
        click.echo(words(Message("remarks", count=len(noted)), ENGLISH), err=True)
        click.echo(format_faults(noted), err=True)
    if not left_out and (pending := pending_entries(survey, today)):
        click.echo(_unpublished(pending, survey), err=True)


def _of_drafts(folders: Sequence[Path]) -> tuple[Fault, ...]:
    # only this needs the importers, a fifth of all imports
    from kb.editing.acceptance import draft_faults, draft_paths

    found = (draft_faults(folder, draft_paths(folder)).values() for folder in folders)
    return tallied(fault for drafts in found for faults in drafts for fault in faults)


@main.command()
@content_option
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of publication, YYYY-MM-DD. Default: today.",
)
def publish(content: tuple[Path, ...], yes: bool, date: datetime.datetime | None) -> None:
    """Record new, changed, moved and withdrawn passages in the ledger, so that citations of them last."""
    survey = loader.survey(Settings.read(content).content)
    if faults := survey.faults:
        raise ContentError(faults)
    today = datetime.date.today()
    latest = default_day(survey, today)
    day = date.date() if date else latest
    pending = pending_entries(survey, day)
    require_valid_date(pending, day, latest)
    if not pending:
        _say(Message("nothing-to-publish"))
        return
    _show(pending, survey)
    if day > today:
        click.echo(words(Message("clock-behind", today=str(today), last=str(day)), ENGLISH), err=True)
    if not yes:
        click.confirm(words(Message("confirm-publish"), ENGLISH), abort=True)
    for one in pending:
        one.write()
    _say(Message("published", count=sum(len(one.entries) for one in pending)))


def _say(message: Message) -> None:
    click.echo(words(message, ENGLISH))


def _unpublished(pending: Sequence[PendingEntries], survey: loader.Survey) -> str:
    """How many entries are unpublished, and the first of those that are not new."""
    last = last_publication_date(survey)
    counts = tally_words([entry for one in pending for entry in one.entries], survey.collection)
    flag = content_flag([one.path for one in survey.folders])
    unpublished = Message("not-published", tally=counts, content=flag)
    said = Message("changed-since", date=last, tally=counts, content=flag) if last else unpublished
    lines = list(_changes(pending))
    shown = lines[:MAX_CHANGES_LISTED]
    if rest := len(lines) - len(shown):
        shown.append(words(Message("more-changed-passages", count=rest), ENGLISH))
    return "\n  ".join([words(said, ENGLISH), *shown])


def _changes(pending: Sequence[PendingEntries]) -> Iterator[str]:
    for entry, shown in described(pending):
        if entry.status != "published":
            yield f"{entry.address} {entry.status}: {shown.replace(NEXT_LINE, '; ')}"


def _show(pending: Sequence[PendingEntries], survey: loader.Survey) -> None:
    last = last_publication_date(survey)
    title = Message("changes-title", date=last) if last else Message("publish-title")
    table = Table("status", Column("passage", overflow="fold"), "words", title=words(title, ENGLISH))
    listed = list(described(pending))
    for entry, shown in listed:
        table.add_row(entry.status, entry.address, Text(shown))
    Console().print(table)
    click.echo(f"{tally_words([entry for entry, _ in listed], survey.collection)}.")
