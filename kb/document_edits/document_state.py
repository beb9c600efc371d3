"""The bytes of a document on disk, which are replaced only if nobody else has changed them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kb.collection.source_files import MAX_EXTRACTED_BYTES, extract_name, extract_of
from kb.errors import KbError
from kb.files.durable import sync_folder, write_synced
from kb.files.listing import is_there, leads_out
from kb.files.reading import read_regular
from kb.formats.front_matter import split_front_matter
from kb.formats.text_file import MAX_FILE_BYTES, read_text_file
from kb.model import Document

__all__ = ["ChangedMeanwhile", "DocumentFiles", "DocumentState", "EditRefused"]


class ChangedMeanwhile(Exception):
    """The files are no longer those that an edit was made for; `current` is what they are now."""

    def __init__(self, current: DocumentState) -> None:
        self.current = current
        super().__init__(current.code)


class EditRefused(KbError):
    """An edit that would damage the document, or that cannot be made to it as it is."""


@dataclass(frozen=True)
class DocumentState:
    """The bytes of a document's file and of its extract, or None if there is no extract."""

    markdown: bytes
    extract: bytes | None = None

    @cached_property
    def code(self) -> str:
        """A hash of both, which shows whether either has changed."""
        parts = (hashlib.sha256(one or b"").digest() for one in (self.markdown, self.extract))
        known = b"\1" if self.extract is None else b"\0"
        return hashlib.sha256(b"".join((*parts, known))).hexdigest()


@dataclass(frozen=True, slots=True)
class DocumentFiles:
    """Where a document is: its Markdown file, and the extract of its source, which may not exist."""

    markdown: Path
    extract: Path

    @classmethod
    def of(cls, folder: Path, markdown: Path) -> DocumentFiles:
        """A document's files in a content folder; its slug, not always the file's name, is read from it."""
        text, _ = read_text_file(markdown)
        entries, _, _ = split_front_matter(text, markdown)
        document = Document(entries.text("slug"), "", sha256=entries.text("sha256"))
        return cls(markdown, extract_of(folder, document) or folder / extract_name(markdown.stem))

    def read(self) -> DocumentState:
        """What is there now. Raises OSError, FileNotFoundError if there is no such document."""
        for path in (self.markdown, self.extract):
            if leads_out(path, path.parent):
                raise PermissionError(1, "a link that leads out of the folder", str(path))
        extract = read_regular(self.extract, MAX_EXTRACTED_BYTES) if is_there(self.extract) else None
        return DocumentState(read_regular(self.markdown, MAX_FILE_BYTES), extract)

    def write(self, new: DocumentState, before: DocumentState) -> None:
        """Replaces `before` with `new`. Raises ChangedMeanwhile if `before` is no longer there, and OSError.

        The extract goes first: if only it is replaced, it still has the words of the old file.
        """
        if (current := self.read()).code != before.code:
            raise ChangedMeanwhile(current)
        if new.extract is not None and new.extract != before.extract:
            write_synced(self.extract, new.extract)
            sync_folder(self.extract.parent)
        if new.markdown != before.markdown:
            write_synced(self.markdown, new.markdown)
            sync_folder(self.markdown.parent)
