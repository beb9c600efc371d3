"""`kb build`."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from index.cli.engine_options import engine_options
from index.engine import Built
from index.engine import Progress as Report
from index.engines.registry import index_place, open_builder, with_engine
from index.engines.site_engine import save_record
from index.english import say
from kb.cli.options import content_option, index_option, leave_out_option
from kb.cli.remarks import site_remark
from kb.collection.folder import site_of
from kb.collection.incremental.refresh import refresh
from kb.collection.leaving_out.list_file import write_list
from kb.collection.leaving_out.summary import summarised, tally
from kb.errors import IndexUnusable
from kb.interchange.size import expected_passages
from kb.messages import Message
from kb.settings import Settings

__all__ = ["build", "build_with_progress", "progress", "summary"]

_INDEXING = Message("indexing-passages")


@click.command()
@content_option
@leave_out_option
@index_option
@engine_options
@click.option("--from-scratch", is_flag=True, help="Read and index everything again.")
def build(
    content: tuple[Path, ...],
    leave_out_faulty: bool,
    index: Path | None,
    engine: str,
    url: str,
    from_scratch: bool,
) -> None:
    """Build the index from the content. Only what changed is indexed, and all of it is published or nothing.

    With --leave-out-faulty, records with faults are left out and listed in left-out.jsonl beside the
    index.
    """
    settings = with_engine(Settings.read(content, index, engine=engine, cluster=url), building=True)
    built = build_with_progress(settings, from_scratch=from_scratch, leave_out_faulty=leave_out_faulty)
    click.echo(summary(built))
    click.echo(say(Message("index-folder", folder=index_place(settings))))


def build_with_progress(
    settings: Settings, *, from_scratch: bool = False, leave_out_faulty: bool = False
) -> Built:
    """Reads what changed and builds the index, showing progress on standard error of a terminal."""
    console = Console(stderr=True)
    builder = open_builder(settings, from_scratch=from_scratch)
    site = site_of(settings.content)  # an index in which nothing changed does not have all of it
    last = builder.last()
    if which := site_remark(settings.content):
        click.echo(say(which), err=True)
    # once there is a build, little is indexed again, as a rule
    expected = 0 if last.generation else sum(map(expected_passages, settings.content))
    with builder.expecting(expected) as listener, _without_collecting():
        with console.status(say(Message("reading-content"))):
            content = refresh(settings.content, last, leave_out_faulty, listener)
        with progress(console) as report:
            built = builder.build(
                content.collection,
                report,
                unchanged=content.unchanged,
                since=last.generation,
                manifest=content.manifest.to_json(),
            )
    try:
        save_record(settings.index, site)
    except IndexUnusable as error:  # what was built on a cluster is published all the same
        click.echo(str(error), err=True)
    if path := write_list(settings.index, content.collection):
        counts = tally(summarised(content.collection))
        click.echo(say(Message("records-left-out-listed", tally=counts, path=str(path))), err=True)
    return built


def summary(built: Built) -> str:
    """What a build did, in one line."""
    documents = say(
        Message(
            "built",
            count=built.added,
            changed=built.changed,
            removed=built.removed,
            unchanged=built.unchanged,
            passages=say(Message("count-passages", count=built.passages)),
        )
    )
    return documents if built.published else say(Message("nothing-built", summary=documents))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Pauses garbage collection: what is read is kept, without cycles, and it takes an eighth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def progress(console: Console, doing: Message = _INDEXING) -> Iterator[Report]:
    columns = (TextColumn(say(doing)), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def report(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield report
