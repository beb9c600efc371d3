"""`kb remove`: a document or a draft leaves the collection, and can come back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import click

from kb.cli.group import format_faults
from kb.cli.options import content_option, single_folder
from kb.collection.folder import read_folder
from kb.editing.lock import editing
from kb.editing.named_document import named_document
from kb.editing.removal import Removal, planned_removal, restore
from kb.english import ENGLISH
from kb.messages import Message, words

__all__ = ["remove"]


@click.command()
@click.argument("slug")
@click.option("--draft", "only_draft", is_flag=True, help="Remove only the draft of a new version.")
@click.option("--undo", is_flag=True, help="Bring back what was removed last under this slug.")
@click.option("--yes", is_flag=True, help="Do not ask before removing.")
@content_option
def remove(slug: str, only_draft: bool, undo: bool, yes: bool, content: tuple[Path, ...]) -> None:
    """Remove the document SLUG, or the draft if there is no such document.

    Its files go to removed/. The next kb publish withdraws its published passages: their addresses then
    answer “410 Gone”, with what is left of them.
    """
    folder = single_folder(content)
    with editing(folder):
        if undo:
            for name in restore(folder, slug):
                click.echo(words(Message("file-back", file=name), ENGLISH))
            return
        found = read_folder(folder)
        removal = planned_removal(found, named_document(found, slug), only_draft)
        click.echo("\n".join(_shown(removal)))
        if not yes:
            click.confirm(words(Message("confirm-remove"), ENGLISH), abort=True)
        place = removal.carry_out(datetime.date.today())
        click.echo(words(Message("document-removed", slug=slug, place=place), ENGLISH))


def _shown(removal: Removal) -> Iterator[str]:
    yield words(Message("to-be-removed", files=", ".join(removal.files), count=removal.passages), ENGLISH)
    if removal.published:
        yield words(Message("withdrawn-by-removal", count=removal.published), ENGLISH)
    if removal.faults:
        yield words(Message("faults-after-removal", count=len(removal.faults)), ENGLISH)
        yield format_faults(removal.faults)
