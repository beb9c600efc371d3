"""`kb accept`: drafts that become documents."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli.options import content_option, single_folder
from kb.collection.file_scan import DOCUMENTS_FOLDER
from kb.editing.acceptance import accept_drafts, draft_paths
from kb.editing.lock import editing
from kb.english import ENGLISH
from kb.errors import BadRequest, ContentError
from kb.formats.front_matter import GUESSED, field_comments
from kb.formats.text_file import read_text_file
from kb.messages import Message, words

__all__ = ["accept"]


@click.command()
@click.argument("slugs", nargs=-1, metavar="SLUG...")
@click.option("--all", "every", is_flag=True, help="Accept all drafts.")
@click.option("--yes", is_flag=True, help="Unsettled pairs of passages are different passages.")
@content_option
def accept(slugs: tuple[str, ...], every: bool, yes: bool, content: tuple[Path, ...]) -> None:
    """Move drafts to the documents, each if it has no faults."""
    folder = single_folder(content)
    if not (slugs or every):
        raise BadRequest("SLUG", Message("no-draft-named"))
    with editing(folder):
        named = [path.stem for path in draft_paths(folder)] if every else slugs
        outcomes = accept_drafts(folder, named, open_pairs_differ=yes)
    for slug, faults in outcomes.items():
        if not faults:
            click.echo(words(Message("draft-accepted", slug=slug), ENGLISH))
            if guessed := guessed_fields(folder / DOCUMENTS_FOLDER / f"{slug}.md"):
                click.echo(f"  {words(Message('fields-guessed', fields=guessed), ENGLISH)}")
    if refused := [fault for faults in outcomes.values() for fault in faults]:
        raise ContentError(refused)


def guessed_fields(path: Path) -> str:
    """The names of the fields that were guessed when the file was imported, and still say so."""
    text, _ = read_text_file(path)
    comments = field_comments(text)
    return ", ".join(key for key, comment in comments.items() if comment.startswith(GUESSED))
