"""Keeps pictures in files of a folder with a limited size, and failures for a while."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from pathlib import Path

from kb.files.durable import NEW, create, remove
from kb.files.reading import read_regular
from kb.kept_sources.picture_file import is_png
from kb.messages import Message

__all__ = ["MAX_CACHE_BYTES", "MAX_FAILURE_SECONDS", "PictureCache"]

MAX_CACHE_BYTES = 200_000_000
"""Some 2,500 pages."""

MAX_FAILURE_SECONDS = 600.0
"""After that a page is tried again: it may have failed because the machine was busy."""

_PICTURE, _FAILURE = ".png", ".failed"


class PictureCache:
    """Any number of processes may share the folder. Its pictures can be drawn again, so nothing is synced."""

    def __init__(self, folder: Path, max_bytes: int = MAX_CACHE_BYTES) -> None:
        self._folder, self._max_bytes = folder, max_bytes

    def picture(self, key: str) -> bytes | None:
        path = self._folder / f"{key}{_PICTURE}"
        try:
            data = read_regular(path, self._max_bytes)
        except OSError:
            return None
        if not is_png(data):
            remove(path)
            return None
        with suppress(OSError):
            os.utime(path)  # the least recently used go first
        return data

    def keep(self, key: str, picture: bytes) -> None:
        """Keeps a picture, if there is room on the disk."""
        self._write(f"{key}{_PICTURE}", picture)

    def failure(self, key: str) -> Message | None:
        """Why drawing this page failed not long ago; None if it did not."""
        path = self._folder / f"{key}{_FAILURE}"
        try:
            age = time.time() - path.stat().st_mtime
            return Message.from_json(json.loads(read_regular(path))) if age < MAX_FAILURE_SECONDS else None
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def keep_failure(self, key: str, message: Message) -> None:
        self._write(f"{key}{_FAILURE}", json.dumps(message.to_json()).encode())

    def _write(self, name: str, data: bytes) -> None:
        new = self._folder / f"{name}{NEW}"
        try:
            with create(new) as file:
                file.write(data)
            new.replace(self._folder / name)
            self._trim()
        except OSError:
            remove(new)

    def _trim(self) -> None:
        """Removes the least recently used pictures until nine tenths of the size are enough."""
        with os.scandir(self._folder) as entries:
            files = [
                (entry.stat(), entry.path) for entry in entries if entry.name.endswith((_PICTURE, _FAILURE))
            ]
        room = self._max_bytes - sum(state.st_size for state, _ in files)
        if room >= 0:
            return
        for state, path in sorted(files, key=lambda one: one[0].st_mtime):
            remove(Path(path))
            room += state.st_size
            if room >= self._max_bytes // 10:
                return
