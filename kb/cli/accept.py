"""`kb accept`: drafts that become documents."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli.documents.accepting import accept_and_say
from kb.cli.options import content_option, single_folder
from kb.editing.draft_list import draft_paths
from kb.editing.lock import editing
from kb.errors import BadRequest
from kb.messages import Message

__all__ = ["accept"]


@click.command()
@click.argument("slugs", nargs=-1, metavar="SLUG...")
@click.option("--all", "every", is_flag=True, help="Accept all drafts.")
@click.option("--yes", is_flag=True, help="Treat unsettled pairs of passages as different passages.")
@content_option
def accept(slugs: tuple[str, ...], every: bool, yes: bool, content: tuple[Path, ...]) -> None:
    """Accept drafts as documents; those with faults stay drafts."""
    folder = single_folder(content)
    if not (slugs or every):
        raise BadRequest("SLUG", Message("no-draft-named"))
    with editing(folder):
        named = [path.stem for path in draft_paths(folder)] if every else slugs
        accept_and_say(folder, named, open_pairs_differ=yes)
