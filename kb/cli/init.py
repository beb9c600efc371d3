"""`kb init`: a collection that runs at once, to be filled."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from kb.cli.options import quoted
from kb.curated.site_file import MAX_TITLE_CHARS, SITE_FILE
from kb.english import ENGLISH
from kb.errors import BadRequest, ContentError, Fault, FileUnwritable
from kb.files.durable import make_folder, remove_folder, sync_folder, write_synced
from kb.formats.yaml_nodes import quote_yaml
from kb.messages import Message, words
from kb.permanence.ledger import LEDGER_FILE
from kb.settings import shipped_content

__all__ = ["init"]

STARTER = Path(__file__).resolve().parents[1] / "starter"
"""What a new collection begins with, beside the thesaurus that ships."""

THESAURUS = "thesaurus.yaml"
EMPTY_FOLDERS = ("documents", "sources")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--title", default="", help="The name of the collection, as readers see it.")
def init(folder: Path, title: str) -> None:
    """Make a new collection in DIR, with themes to rewrite, a thesaurus and a guide for editors.

    Nothing that is there is overwritten.
    """
    name = _checked(title)
    files = _files(name)
    _require_free(folder, files)
    try:
        _make(folder, files)
    except OSError as exc:
        for part in _parts(files):
            remove_folder(folder / part)  # so that the command can be repeated
        raise FileUnwritable(folder, exc) from exc
    click.echo(words(Message("collection-made", folder=quoted(folder)), ENGLISH))


def _make(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        make_folder((folder / path).parent)
        write_synced(folder / path, data)
        sync_folder((folder / path).parent)
    for empty in EMPTY_FOLDERS:
        make_folder(folder / empty)


def _checked(title: str) -> str:
    name = " ".join(title.split())
    if len(name) > MAX_TITLE_CHARS or not name.isprintable():
        raise BadRequest("title", Message("bad-collection-title", limit=MAX_TITLE_CHARS))
    return name


def _files(title: str) -> Mapping[str, bytes]:
    """What goes into the folder, by path."""
    starter = {
        path.relative_to(STARTER).as_posix(): path.read_bytes()
        for path in sorted(STARTER.rglob("*"))
        if path.suffix in (".md", ".yaml")
    }
    if title:
        given = f"title: {quote_yaml(title)}\n".encode()
        starter[SITE_FILE] = re.sub(rb"(?m)^title: .*\n", lambda _: given, starter[SITE_FILE])
    return {**starter, THESAURUS: (shipped_content() / THESAURUS).read_bytes()}


def _require_free(folder: Path, files: Mapping[str, bytes]) -> None:
    """Raises ContentError if something is there that would be overwritten or taken in."""
    if folder.exists() and not folder.is_dir():
        raise ContentError([Fault(folder, 0, Message("not-a-folder"))])
    there = [folder / name for name in (*_parts(files), LEDGER_FILE) if os.path.lexists(folder / name)]
    taken = [Fault(path, 0, Message("already-there")) for path in there]
    if taken:
        raise ContentError(taken)


def _parts(files: Mapping[str, bytes]) -> Iterable[str]:
    """The files and folders that the collection has at its top."""
    return dict.fromkeys(path.partition("/")[0] for path in (*files, *EMPTY_FOLDERS))
