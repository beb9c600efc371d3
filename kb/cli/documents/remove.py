"""`kb remove`: a document or a draft leaves the collection, and can come back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from kb.cli.content_words import counted_passages
from kb.cli.group import format_faults
from kb.cli.options import content_option, single_folder
from kb.collection.folder import read_folder
from kb.editing.lock import editing
from kb.editing.named_document import named_document
from kb.editing.removal import Removal, planned_removal, removals_of
from kb.editing.restoring import restore, set_aside
from kb.editing.suggested_commands import content_flag
from kb.english import ENGLISH
from kb.messages import Message, words

__all__ = ["remove"]


@click.command()
@click.argument("slug")
@click.option("--draft", "only_draft", is_flag=True, help="Remove only the draft of a new version.")
@click.option("--undo", is_flag=True, help="Bring back what was removed or replaced last under this slug.")
@click.option(
    "--from", "name", metavar="NAME", default="", help="With --undo: bring back this version, not the last."
)
@click.option("--list", "only_list", is_flag=True, help="List what can be brought back.")
@click.option("--yes", is_flag=True, help="Do not ask before removing.")
@content_option
def remove(
    slug: str,
    only_draft: bool,
    undo: bool,
    name: str,
    only_list: bool,
    yes: bool,
    content: tuple[Path, ...],
) -> None:
    """Remove the document SLUG, or the draft if there is no such document.

    Its files go to removed/. The next kb publish withdraws its published passages: their addresses then
    answer “410 Gone” and say what was there.

    With --undo, what was removed or replaced comes back. A version in its place then goes to removed/ itself,
    and --undo swaps them again.
    """
    folder = single_folder(content)
    if only_list:
        _say(_listed(folder, slug))
        return
    with editing(folder):
        if undo or name:
            _say(_brought_back(folder, slug, name))
            return
        found = read_folder(folder)
        removal = planned_removal(found, named_document(found, slug), only_draft)
        click.echo("\n".join(_shown(removal)))
        if not yes:
            click.confirm(words(Message("confirm-remove"), ENGLISH), abort=True)
        place = removal.carry_out(datetime.date.today())
        click.echo(
            words(
                Message("document-removed", slug=slug, place=place, content=content_flag([folder])), ENGLISH
            )
        )


def _say(messages: Iterable[Message]) -> None:
    for message in messages:
        click.echo(words(message, ENGLISH))


def _listed(folder: Path, slug: str) -> Iterator[Message]:
    every = set_aside(folder, slug)
    for one in every:
        files = ", ".join(reversed(one.files))
        passages = counted_passages(one.passages)
        yield Message("set-aside", place=one.name, title=one.title, files=files, passages=passages)
    yield Message("set-aside-remedy", slug=slug, name=every[-1].name, content=content_flag([folder]))


def _brought_back(folder: Path, slug: str, name: str) -> Iterator[Message]:
    back = restore(folder, slug, datetime.date.today(), name)
    yield from (Message("file-back", file=file) for file in back.files)
    if back.swapped:
        yield Message("version-swapped", slug=slug, place=back.swapped, content=content_flag([folder]))
    if more := len(removals_of(folder, slug)) - bool(back.swapped):
        yield Message("more-set-aside", slug=slug, count=more, content=content_flag([folder]))


def _shown(removal: Removal) -> Iterator[str]:
    passages = counted_passages(removal.passages)
    yield words(Message("to-be-removed", files=", ".join(removal.files), passages=passages), ENGLISH)
    if removal.published:
        yield words(Message("withdrawn-by-removal", count=removal.published), ENGLISH)
    if removal.faults:
        yield words(Message("faults-after-removal", count=len(removal.faults)), ENGLISH)
        yield format_faults(removal.faults)
