"""Puts an export in its place: whole or not at all, and over nothing but an earlier export.

It is written beside its place and renamed, so an interrupted run leaves what was there. Entries published
in an earlier export, perhaps the only copy, are never lost by replacing it.
"""

from __future__ import annotations

import os
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kb.errors import ContentError, Fault
from kb.files.durable import NEW, make_folder, remove_folder, sync_folder
from kb.files.listing import entries_of, is_folder, is_there
from kb.files.reading import read_regular
from kb.messages import Message
from kb.permanence.ledger import LEDGER_FILE

__all__ = ["placed", "require_place"]


Owns = Callable[[str], bool]
"""Whether a file or folder of this name is part of an export."""


def require_place(out: Path, content: Sequence[Path], owns: Owns | None, *, force: bool) -> None:
    """Raises ContentError if an export must not be written there.

    `owns` tells what a folder of this format holds; it is None for a single-file format. An empty folder
    may be filled. With `force`, an earlier export may be replaced.
    """
    if message := _why_not(out, content, owns, force=force):
        raise ContentError([Fault(out, 0, message)])


def _why_not(out: Path, content: Sequence[Path], owns: Owns | None, *, force: bool) -> Message | None:
    place = out.resolve()
    if any(folder.resolve().is_relative_to(place) for folder in content):
        return Message("export-over-content")
    if not is_there(out):
        return None
    if out.is_symlink() or is_folder(out) != (owns is not None):
        return Message("export-of-other-kind")
    found = [entry.name for entry in entries_of(out)] if is_folder(out) else []
    if not force:
        return None if is_folder(out) and not found else Message("export-exists")
    others = [name for name in found if owns is not None and not owns(name)]
    return Message("export-over-others", name=others[0]) if others else None


@contextmanager
def placed(out: Path) -> Iterator[Path]:
    """A name beside `out` to write the export to; what was there goes when it is complete.

    Raises ContentError, and leaves what was there, if its ledger has entries that the export lacks.
    """
    make_folder(out.absolute().parent)
    new = out.with_name(f".{out.name}-{secrets.token_hex(4)}{NEW}")
    try:
        yield new
        _synced(new)
        _require_published(new, out)
        _replace(new, out)
    except BaseException:
        remove_folder(new)
        raise


def _synced(new: Path) -> None:
    """Waits until all files and folders of the export are on the disk."""
    for folder, _, files in os.walk(new):
        for name in files:
            _sync(Path(folder) / name)
        sync_folder(Path(folder))
    if not is_folder(new):
        _sync(new)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _require_published(new: Path, out: Path) -> None:
    """Raises ContentError if the ledger there has an entry that the new one lacks.

    Entries are counted, not compared in turn, as merging several folders by date may change their order.
    """
    if _entries(out) - _entries(new):
        raise ContentError([Fault(out / LEDGER_FILE, 0, Message("export-over-published"))])


def _entries(export: Path) -> Counter[bytes]:
    ledger = export / LEDGER_FILE
    return Counter(read_regular(ledger).splitlines() if is_there(ledger) else ())


def _replace(new: Path, out: Path) -> None:
    """Gives the export its name; a folder cannot replace another, so the old one is moved away first."""
    old = new.with_suffix(".old")
    if is_folder(new) and is_there(out):
        out.rename(old)
        try:
            new.rename(out)
        except OSError:
            old.rename(out)
            raise
    else:
        new.replace(out)
    sync_folder(out.absolute().parent)
    remove_folder(old)
