"""Accepts drafts, and says of each what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from kb.collection.file_scan import DOCUMENTS_FOLDER
from kb.editing.acceptance import accept_drafts
from kb.editing.removal import removals_of
from kb.editing.suggested_commands import content_flag
from kb.english import ENGLISH
from kb.errors import ContentError
from kb.formats.front_matter import GUESSED, field_comments, split_front_matter
from kb.formats.text_file import read_text_file
from kb.messages import Message, words

__all__ = ["accept_and_say"]


def accept_and_say(folder: Path, slugs: Sequence[str], open_pairs_differ: bool) -> None:
    """Accepts the drafts that have no faults. Raises ContentError with the faults of the others."""
    before = {slug: len(removals_of(folder, slug)) for slug in slugs}
    outcomes = accept_drafts(folder, slugs, open_pairs_differ=open_pairs_differ)
    for slug, faults in outcomes.items():
        if not faults:
            click.echo(words(_said(folder, slug, before[slug]), ENGLISH))
            for remark in _remarks(f"{DOCUMENTS_FOLDER}/{slug}.md", folder):
                click.echo(f"  {words(remark, ENGLISH)}")
    if refused := [fault for faults in outcomes.values() for fault in faults]:
        raise ContentError(refused)


def _said(folder: Path, slug: str, removals: int) -> Message:
    places = removals_of(folder, slug)
    if len(places) == removals:
        return Message("draft-accepted", slug=slug)
    place = places[-1].relative_to(folder).as_posix()
    return Message("version-accepted", slug=slug, place=place, content=content_flag([folder]))


def _remarks(place: str, folder: Path) -> Iterator[Message]:
    """Which fields were guessed when the file was imported, and still say so; whether it has no language."""
    text, _ = read_text_file(folder / place)
    guessed = [key for key, comment in field_comments(text).items() if comment.startswith(GUESSED)]
    if guessed:
        yield Message("fields-guessed", fields=", ".join(guessed))
    if not split_front_matter(text, folder / place)[0].text("language"):
        yield Message("language-not-found", place=place)
