"""One reader on trial: each input in a file of its own, watched while it is read."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from tests.fuzz.readers import Reader
from tests.fuzz.watching import cost, observed

__all__ = ["Trial"]

_MEMORY = Path("/dev/shm")  # noqa: S108  # files in memory, where there are any
"""Where inputs are written."""


class Trial:
    """Gives inputs to a reader; `dearest` is the cost of the most expensive one, in units."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.dearest = 0.0
        place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
        self._folder = tempfile.TemporaryDirectory(prefix="kb-fuzz-", dir=place)

    def __enter__(self) -> Trial:
        with suppress(Exception):
            self._read(b"", watched=False)  # lets the reader load what it keeps for good
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, where: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def take(self, data: bytes) -> None:
        """Reads an input. Raises whatever the reader raises but should not."""
        self._read(data, watched=True)

    def failure(self, data: bytes) -> str:
        """What is wrong with how an input is read; empty if nothing is."""
        try:
            self.take(data)
        except Exception as exc:  # whatever it is, it is a finding
            return f"{type(exc).__name__}: {str(exc)[:200]}"
        return ""

    def reduced(self, data: bytes) -> bytes:
        """A shorter input that fails in the same way: stretches are removed for as long as it does."""
        kind = self.failure(data).partition(":")[0]
        size = max(1, len(data) // 2)
        while kind and size:
            at = 0
            while at < len(data):
                shorter = data[:at] + data[at + size :]
                if self.failure(shorter).partition(":")[0] == kind:
                    data = shorter
                else:
                    at += size
            size //= 2
        return data

    def _read(self, data: bytes, watched: bool) -> None:
        folder = Path(self._folder.name)
        path = folder / self.reader.file

        def read() -> object:
            path.write_bytes(data)
            return self.reader.read(path)

        if not watched:
            cost(read, len(data))
            return
        with observed(folder):
            self.dearest = max(self.dearest, cost(read, len(data)))
