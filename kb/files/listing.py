"""Folders: what is in them, and whether a name in one leads out of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

__all__ = ["entries_of", "is_folder", "is_there", "leads_out", "walk"]


def is_folder(path: Path) -> bool:
    """Whether there is a folder; False for a name that cannot be examined, whatever the reason."""
    return os.path.isdir(path)  # noqa: PTH112  # Path.is_dir raises for a name too long or out of reach


def is_there(path: Path) -> bool:
    """Whether anything has this name, even a link that leads nowhere."""
    return os.path.lexists(path)


def entries_of(folder: Path) -> list[os.DirEntry[str]]:
    """The entries of a folder by name. Raises OSError if it cannot be listed."""
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def walk(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Everything but folders in a folder and those below it; folders that cannot be listed are skipped.

    A link to a folder is an entry of its own, and is not entered.
    """
    waiting = [folder]
    while waiting:
        for entry in _listed(waiting.pop()):
            if entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
            else:
                yield entry


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        return entries_of(folder)
    except OSError:
        return []


def leads_out(path: str | os.PathLike[str], folder: Path) -> bool:
    """Whether the path is a link to something outside the folder; False where links lead in a circle."""
    try:
        # os.path, as few are links, and making a pathlib path takes longer than looking at it
        is_link = os.path.islink(path)  # noqa: PTH114
        return is_link and not Path(path).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False
