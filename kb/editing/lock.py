"""One command at a time changes the files of a content folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from kb.errors import CollectionBusy, KbError
from kb.files.durable import remove
from kb.files.exclusive import FolderBusy, Holder, exclusive
from kb.messages import Message

__all__ = ["editing"]

_LOCK = ".editing.lock"
_HOLDER = ".editing.json"


@contextmanager
def editing(folder: Path) -> Iterator[None]:
    """Holds the lock of a content folder; a killed command leaves no stale lock.

    Commands take it before they read what they will change, and hold it until they end; it is not
    reentrant. Raises CollectionBusy, naming the holder, if another process has it, and KbError if the folder
    cannot be written to or a file in it cannot be changed.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(exclusive(folder / _LOCK, folder / _HOLDER))
        except FolderBusy as exc:
            raise CollectionBusy(_busy(folder, exc.holder)) from None
        except OSError as exc:
            reason = exc.strerror or str(exc)
            raise KbError(Message("folder-not-editable", folder=str(folder), reason=reason)) from exc
        # a process that opened this file meanwhile checks that it still has its name
        stack.callback(remove, folder / _LOCK)
        try:
            yield
        except OSError as exc:
            raise KbError(_unchanged(exc, folder)) from exc


def _unchanged(error: OSError, folder: Path) -> Message:
    file = str(error.filename or folder)
    return Message("file-not-changed", file=file, reason=error.strerror or str(error))


def _busy(folder: Path, holder: Holder | None) -> Message:
    if holder is None:
        return Message("collection-busy", folder=str(folder))
    return Message(
        "collection-busy-holder",
        folder=str(folder),
        process=holder.process,
        computer=holder.computer,
        since=holder.since,
    )
