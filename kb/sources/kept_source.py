"""The source of a document as an index keeps it: which files, by checksum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["KeptFile", "KeptSource"]

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file by its SHA-256 and its size; `path` is where a build found it, and is not stored."""

    sha256: str
    bytes: int
    path: Path = field(default=Path(), compare=False)


@dataclass(frozen=True, slots=True)
class KeptSource:
    """The unaltered file and, for a format that is not plain text, its extract.

    `pages` is the number of pages that can be shown: 0 for anything but a PDF with an extract.
    """

    file: KeptFile
    extract: KeptFile | None = None
    pages: int = 0

    def files(self) -> Iterator[KeptFile]:
        yield self.file
        if self.extract:
            yield self.extract

    def to_json(self) -> list[Any]:
        """The source as JSON values, which `from_json` reads back."""
        return [self.pages, *([one.sha256, one.bytes] for one in self.files())]

    @classmethod
    def from_json(cls, values: list[Any]) -> KeptSource:
        """Raises ValueError for a name that is not a checksum: it might lead outside the folder."""
        pages, file, *extract = values
        return cls(_file(*file), _file(*extract[0]) if extract else None, pages)


def _file(sha256: str, size: int) -> KeptFile:
    if not _SHA256.fullmatch(sha256):
        raise ValueError(sha256)
    return KeptFile(sha256, size)
