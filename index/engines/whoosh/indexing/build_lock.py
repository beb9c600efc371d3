"""Allows one build at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.english import ENGLISH
from kb.errors import IndexBusy
from kb.files.durable import make_folder
from kb.files.exclusive import FolderBusy, Holder, exclusive
from kb.messages import Message

__all__ = ["building"]

_LOCK = "build.lock"
_HOLDER = "build.json"


@contextmanager
def building(folder: Path) -> Iterator[None]:
    """Holds the build lock of `folder`; a killed build leaves no stale lock.

    Raises IndexBusy, naming the holder, if it is taken, and OSError for a lock that is not a file.
    """
    make_folder(folder)
    try:
        with exclusive(folder / _LOCK, folder / _HOLDER):
            yield
    except FolderBusy as exc:
        raise IndexBusy(_busy(folder, exc.holder), ENGLISH) from None


def _busy(folder: Path, holder: Holder | None) -> Message:
    if holder is None:
        return Message("index-busy", folder=str(folder))
    return Message(
        "index-busy-holder",
        folder=str(folder),
        process=holder.process,
        computer=holder.computer,
        since=holder.since,
    )
