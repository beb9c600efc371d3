"""The `kb` command: what belongs to the content itself; other rooms add theirs by entry points."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from kb import __version__, collection, ledger
from kb.errors import BadRequest, ContentError, Fault
from kb.lazy import KbGroup
from kb.ledger import Entry
from kb.model import Collection
from kb.options import content_option, index_option
from kb.settings import Settings

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
    folders = Settings.read(content).content
    found, faults = collection.read(folders)
    if faults:
        click.echo(_listed(faults))
        ctx.exit(1)
    click.echo(_counts(found))
    waiting = sum(len(entries) for _, entries in _pending(folders, found, datetime.date.today()))
    if waiting:
        click.echo(f"{_some(waiting, 'passage')} not published yet: run kb publish", err=True)


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
    folders = Settings.read(content).content
    found = _checked(folders)
    day = date.date() if date else datetime.date.today()
    pending = _pending(folders, found, day)
    if not pending:
        click.echo("Nothing to publish: the ledger has every passage as it stands.")
        return
    _require_order(pending, day)
    _show([entry for _, entries in pending for entry in entries])
    if not yes:
        click.confirm("Enter these in the ledger for good?", abort=True)
    for folder, entries in pending:
        ledger.append(folder / ledger.NAME, entries)
    click.echo(f"{_some(sum(len(entries) for _, entries in pending), 'entry', 'entries')} written.")


def _checked(folders: Sequence[Path]) -> Collection:
    try:
        return collection.load(folders)
    except ContentError as exc:
        raise ContentError([_nearby(fault) for fault in exc.faults]) from exc


def _listed(faults: Sequence[Fault]) -> str:
    return "\n".join(str(_nearby(fault)) for fault in faults)


def _nearby(fault: Fault) -> Fault:
    """The fault with its path as seen from the working folder, where it lies below it."""
    try:
        return replace(fault, path=fault.path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return fault


def _counts(found: Collection) -> str:
    subpoints = sum(len(theme.subpoints) for theme in found.themes)
    passages = sum(map(len, found.passages.values()))
    counts = (
        _some(len(found.themes), "theme"),
        _some(subpoints, "sub-point"),
        _some(len(found.documents), "document"),
        _some(passages, "passage"),
    )
    return f"No faults: {', '.join(counts)}."


def _some(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _pending(
    folders: Sequence[Path], found: Collection, day: datetime.date
) -> list[tuple[Path, tuple[Entry, ...]]]:
    """What each folder's ledger lacks, folders with nothing to publish left out."""
    pairs = []
    for folder in folders:
        own = collection.passages_of(folder, found)
        entries = ledger.read(folder / ledger.NAME)[0]
        pairs.append((folder, ledger.pending(entries, own, day.isoformat())))
    return [(folder, entries) for folder, entries in pairs if entries]


def _require_order(pending: Sequence[tuple[Path, tuple[Entry, ...]]], day: datetime.date) -> None:
    """Refuse a day before a ledger's last, which would make the ledger faulty."""
    for folder, _ in pending:
        last = max((entry.date for entry in ledger.read(folder / ledger.NAME)[0]), default="")
        if day.isoformat() < last:
            raise BadRequest(
                "--date", f"{day} is earlier than the last publication, {last}; give a later day"
            )


def _show(entries: Sequence[Entry]) -> None:
    table = Table("status", Column("passage", overflow="fold"), "words", title="To be published")
    for entry in entries:
        words = entry.text if len(entry.text) <= 60 else entry.text[:57] + "..."
        table.add_row(entry.status, f"{entry.document}/{entry.id}", Text(" ".join(words.split())))
    Console().print(table)
