"""Sources beside an index, in files named by their SHA-256, so that a server needs no content folder.

A build puts them there before it publishes the generation that names them, as hard links where possible,
so that a collection of scans takes no extra room. An edit in the content folder then changes the file here,
too, so each file is checked against its name every time before it is used.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from io import BufferedReader
from pathlib import Path

from kb.files.durable import NEW, create, make_folder, remove, sync, sync_folder
from kb.files.listing import entries_of
from kb.files.reading import open_regular
from kb.messages import Message
from kb.sources.kept_source import KeptFile

__all__ = ["SourceStore"]

_FOLDER = "sources"
_OURS = re.compile(rf"[0-9a-f]{{64}}(?:{re.escape(NEW)})?")
_ALL_MAY_READ = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
_COPIED_BYTES = 1 << 20


class SourceStore:
    """The sources kept beside the index in the folder `index`."""

    def __init__(self, index: Path) -> None:
        self.index, self._folder = index, index / _FOLDER

    def path(self, file: KeptFile) -> Path:
        return self._folder / file.sha256

    def has(self, file: KeptFile) -> bool:
        """Whether there is a file of this name and size; its bytes are not checked."""
        try:
            found = self.path(file).lstat()
        except OSError:
            return False
        return stat.S_ISREG(found.st_mode) and found.st_size == file.bytes

    def put(self, files: Iterable[KeptFile]) -> None:
        """Keeps the files that a build has read, each synced. Raises OSError.

        Files without a path are already kept, and are skipped.
        """
        missing = [file for file in files if file.path != Path() and not self._is_kept(file)]
        if not missing:
            return
        make_folder(self._folder)
        for file in missing:
            self._keep(file)
        sync_folder(self._folder)

    def _is_kept(self, file: KeptFile) -> bool:
        path = self.path(file)
        if not self.has(file):
            return False
        return path.samefile(file.path) or self.damage(file) is None

    def _keep(self, file: KeptFile) -> None:
        path = self.path(file)
        new = path.with_name(path.name + NEW)
        if not _linked(file.path, new):
            _copied(file.path, new)
        new.replace(path)
        remove(new)  # a link that replaces itself stays

    def damage(self, file: KeptFile) -> Message | None:
        """What is wrong with a kept file, after reading every byte; None if nothing is."""
        try:
            with self.opened(file):
                return None
        except FileNotFoundError:
            return Message("kept-source-missing", path=str(self.path(file)))
        except OSError as exc:
            reason = exc.strerror or str(exc)
            return Message("kept-source-unreadable", path=str(self.path(file)), reason=reason)
        except ValueError:
            return Message("kept-source-damaged", path=str(self.path(file)))

    def opened(self, file: KeptFile) -> BufferedReader:
        """A kept file, open at its beginning. Raises OSError, and ValueError if its checksum is wrong."""
        opened = open_regular(self.path(file))
        try:
            if hashlib.file_digest(opened, "sha256").hexdigest() != file.sha256:
                raise ValueError(file.sha256)
            opened.seek(0)
            return opened
        except BaseException:
            opened.close()
            raise

    def sweep(self, named: Container[str]) -> None:
        """Removes all files but those with these checksums, and what a killed build left unfinished."""
        for path in self._kept():
            if path.name not in named:
                remove(path)

    def _kept(self) -> Iterator[Path]:
        with suppress(OSError):
            for entry in entries_of(self._folder):
                if _OURS.fullmatch(entry.name):
                    yield Path(entry.path)


def _linked(path: Path, new: Path) -> bool:
    """Makes `new` a hard link to a file that everybody may read; False if that is not possible."""
    remove(new)
    try:
        with open_regular(path) as file:
            if os.fstat(file.fileno()).st_mode & _ALL_MAY_READ != _ALL_MAY_READ:
                return False
            os.link(path.resolve(), new)
            with suppress(OSError):  # some systems sync only what is open for writing
                os.fsync(file.fileno())
    except OSError:
        remove(new)
        return False
    return True


def _copied(path: Path, new: Path) -> None:
    with open_regular(path) as file, create(new) as copy:
        while part := file.read(_COPIED_BYTES):
            copy.write(part)
        sync(copy)
