"""`kb add`: documents from files in any format that is read, as drafts to be looked over."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from kb.cli.documents.adding import Adding
from kb.cli.documents.field_options import chosen_slug, field_options, supplied_fields
from kb.cli.documents.replace import replace_document
from kb.cli.options import content_option, single_folder
from kb.editing.draft_files import DraftFolder
from kb.editing.lock import editing
from kb.english import ENGLISH
from kb.errors import BadRequest
from kb.fetching.address import is_address
from kb.fetching.downloads import Downloads
from kb.files.listing import is_folder, walk
from kb.messages import Message, words

__all__ = ["add"]

STOPPED_CODE = 130
"""The exit code of a command stopped by Ctrl-C."""


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE|FOLDER|ADDRESS...")
@content_option
@click.option("--accept", "at_once", is_flag=True, help="Accept each draft at once, as kb accept does.")
@click.option("--replace", "replaced", metavar="SLUG", help="FILE is a new version of this document.")
@click.option(
    "--yes", is_flag=True, help="With --replace and --accept: treat unsettled pairs as different passages."
)
@click.option(
    "--slug", metavar="SLUG", help="The slug that the document's address ends with; only with a single FILE."
)
@field_options
@click.pass_context
def add(
    ctx: click.Context,
    /,
    files: tuple[str, ...],
    content: tuple[Path, ...],
    at_once: bool,
    replaced: str | None,
    yes: bool,
    slug: str | None,
    **fields: Any,
) -> None:
    """Make drafts of documents from FILES: their passages, each with its place in the source.

    A FOLDER is searched with all its subfolders; the document at an ADDRESS (https://...) is downloaded.
    What was added before is left as it is, so you can run an interrupted command again.
    """
    folder = single_folder(content)
    supplied = supplied_fields(fields, files)
    chosen = chosen_slug(slug, files)
    if (supplied or chosen) and replaced is not None:
        raise BadRequest("--replace", Message("replaced-keeps-fields"))
    with editing(folder), tempfile.TemporaryDirectory(prefix="kb-add-", ignore_cleanup_errors=True) as place:
        downloads = Downloads(Path(place))
        if replaced is not None:
            replace_document(folder, files, replaced, downloads, at_once=at_once, yes=yes)
            return
        adding = Adding(DraftFolder.read(folder), downloads, at_once, supplied, chosen)
        stopped = _run(adding, list(_sources(files)))
    for line in (*adding.unchanged, *adding.added, *adding.failed):
        click.echo(line)
    click.echo(adding.tally())
    if stopped:
        click.echo(words(Message("adding-stopped"), ENGLISH), err=True)
    ctx.exit(STOPPED_CODE if stopped else bool(adding.failed))


def _run(adding: Adding, sources: Sequence[Path | str]) -> bool:
    """Adds the files, and accepts them if so asked; True if the user stopped it."""
    try:
        adding.run(sources)
        if adding.at_once:
            adding.accept()
    except KeyboardInterrupt:
        return True
    return False


def _sources(given: Iterable[str]) -> Iterator[Path | str]:
    """Addresses and files, each once; files in folders by name, hidden ones only if named."""
    seen = set()
    for one in given:
        for source in _meant(one):
            key = source.absolute() if isinstance(source, Path) else source
            if key not in seen:
                seen.add(key)
                yield source


def _meant(given: str) -> Iterable[Path | str]:
    if is_address(given):
        return [given]
    return _within(Path(given)) if is_folder(Path(given)) else [Path(given)]


def _within(folder: Path) -> Iterator[Path]:
    below = sorted(Path(entry.path) for entry in walk(folder))
    return (one for one in below if not any(part[0] in ".~" for part in one.relative_to(folder).parts))
