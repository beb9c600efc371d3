"""`kb init`: a collection that runs at once, to be filled."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import click

from kb.curated.site_file import MAX_TITLE_CHARS, SITE_FILE
from kb.editing.suggested_commands import quoted
from kb.english import ENGLISH
from kb.errors import BadRequest, ContentError, Fault, FileUnwritable
from kb.files.durable import make_folder, remove, sync_folder, write_synced
from kb.formats.yaml_nodes import quote_yaml
from kb.messages import Message, words
from kb.permanence.ledger import LEDGER_FILE
from kb.settings import shipped_content

__all__ = ["init"]

STARTER = Path(__file__).resolve().parents[1] / "starter"
"""What a new collection begins with, besides the thesaurus that ships."""

THESAURUS = "thesaurus.yaml"
EMPTY_FOLDERS = ("documents", "sources")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--title", default="", help="The name of the collection, as readers see it.")
def init(folder: Path, title: str) -> None:
    """Make a new collection in DIR, with themes to rewrite, a thesaurus and a guide for editors.

    Existing files are never overwritten.
    """
    name = _checked(title)
    files = _files(name)
    _require_free(folder, files)
    made: list[Path] = []
    try:
        _make(folder, files, made)
    except BaseException as exc:  # Ctrl+C, too
        _remove(made)  # so that the command can be repeated
        if isinstance(exc, OSError):
            raise FileUnwritable(folder, exc) from exc
        raise
    click.echo(words(Message("collection-made", folder=quoted(folder)), ENGLISH))


def _make(folder: Path, files: Mapping[str, bytes], made: list[Path]) -> None:
    """Notes each file and folder before making it, as an interruption may come in between."""
    for path, data in files.items():
        file = folder / path
        _make_folder(file.parent, made)
        if os.path.lexists(file):  # somebody else has made it in the meantime
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file))
        made.append(file)
        write_synced(file, data)
        sync_folder(file.parent)
    for empty in EMPTY_FOLDERS:
        _make_folder(folder / empty, made)


def _make_folder(folder: Path, made: list[Path]) -> None:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    made += reversed(missing)
    make_folder(folder)


def _remove(made: Iterable[Path]) -> None:
    """Removes files and folders, last first. A folder into which others have put something stays."""
    for path in reversed([*made]):
        if path.is_dir() and not path.is_symlink():
            with suppress(OSError):
                path.rmdir()
        else:
            remove(path)


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
    """Raises ContentError if anything there would be overwritten or become part of the collection."""
    if folder.exists() and not folder.is_dir():
        raise ContentError([Fault(folder, 0, Message("not-a-folder"))])
    there = [folder / name for name in (*_parts(files), LEDGER_FILE) if os.path.lexists(folder / name)]
    taken = [Fault(path, 0, Message("already-there")) for path in there]
    if taken:
        raise ContentError(taken)


def _parts(files: Mapping[str, bytes]) -> Iterable[str]:
    """The files and folders at the top of the collection."""
    return dict.fromkeys(path.partition("/")[0] for path in (*files, *EMPTY_FOLDERS))
