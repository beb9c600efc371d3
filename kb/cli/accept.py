"""`kb accept`: drafts that become documents."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

import click

from kb.cli.options import content_option, single_folder
from kb.collection.folder import list_entries, read_folder
from kb.collection.source_files import check_source
from kb.curated.document_file import read_document_file
from kb.english import ENGLISH
from kb.errors import BadRequest, ContentError, Fault
from kb.files.durable import make_folder, sync_folder
from kb.files.listing import is_there
from kb.ids import is_id
from kb.messages import Message, words

__all__ = ["DRAFTS_FOLDER", "accept", "accept_draft", "draft_faults", "draft_paths"]

DRAFTS_FOLDER = "drafts"
"""Of a content folder; builds do not look into it."""

DOCUMENTS_FOLDER = "documents"


@click.command()
@click.argument("slugs", nargs=-1, metavar="SLUG...")
@click.option("--all", "every", is_flag=True, help="Accept all drafts.")
@content_option
def accept(slugs: tuple[str, ...], every: bool, content: tuple[Path, ...]) -> None:
    """Move drafts to the documents, each if it has no faults."""
    folder = single_folder(content)
    taken = [path.stem for path in draft_paths(folder)] if every else slugs
    if not (taken or every):
        raise BadRequest("SLUG", Message("no-draft-named"))
    documents = set(read_folder(folder).documents)
    refused: list[Fault] = []
    for slug in taken:
        try:
            accept_draft(folder, slug, documents)
        except ContentError as exc:
            refused += exc.faults
        else:
            click.echo(words(Message("draft-accepted", slug=slug), ENGLISH))
    if refused:
        raise ContentError(refused)


def accept_draft(folder: Path, slug: str, documents: Container[str] = ()) -> None:
    """Moves a draft to the documents, by one rename. Raises ContentError with its faults.

    `documents` are the ids that documents have.
    """
    path = folder / DRAFTS_FOLDER / f"{slug}.md"
    if not is_id(slug) or not is_there(path):
        raise ContentError([Fault(folder / DRAFTS_FOLDER, 0, Message("no-such-draft", slug=slug[:80]))])
    if faults := draft_faults(folder, path, documents):
        raise ContentError(faults)
    target = folder / DOCUMENTS_FOLDER / path.name
    make_folder(target.parent)
    path.rename(target)
    sync_folder(target.parent)
    sync_folder(path.parent)


def draft_faults(folder: Path, path: Path, documents: Container[str] = ()) -> tuple[Fault, ...]:
    """What keeps a draft from being accepted."""
    document, passages, faults = read_document_file(path)
    if document.source:
        faults = (*faults, *check_source(folder, document, passages, path))
    if document.id in documents or is_there(folder / DOCUMENTS_FOLDER / path.name):
        faults = (*faults, Fault(path, 1, Message("draft-of-document", slug=document.id)))
    return faults


def draft_paths(folder: Path) -> list[Path]:
    """The drafts of a content folder, by name."""
    entries = list_entries(folder, DRAFTS_FOLDER)
    return [folder / DRAFTS_FOLDER / one.name for one in entries if one.name.endswith(".md")]
