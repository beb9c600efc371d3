"""The drafts and documents of a content folder that can be edited, each read when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kb.collection.folder import list_entries
from kb.curated.document_file import read_document_file
from kb.document_edits.document_state import DocumentFiles
from kb.document_edits.open_document import OpenDocument, open_document
from kb.ids import is_id
from kb.model import Document, Passage

__all__ = ["PLACES", "ListedDocument", "Place", "Shelf"]

Place = Literal["drafts", "documents"]
PLACES: tuple[Place, ...] = ("drafts", "documents")


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document as the first page lists it, with what an editor may have to look at.

    `guessed` names the fields that the source does not state.
    """

    place: Place
    slug: str
    document: Document
    passages: int
    without_locator: int
    without_theme: int
    faults: int

    @property
    def guessed(self) -> Sequence[str]:
        return self.document.supplied


@dataclass(frozen=True, slots=True)
class Shelf:
    """One content folder."""

    folder: Path

    def slugs(self, place: Place) -> list[str]:
        """The names of the files, which are those of addresses here."""
        names = (one.name for one in list_entries(self.folder, place))
        stems = (name.removesuffix(".md") for name in names if name.endswith(".md"))
        return [stem for stem in stems if is_id(stem)]

    def listed(self, place: Place, slug: str) -> ListedDocument:
        document, passages, faults = read_document_file(self.path(place, slug))
        return ListedDocument(
            place,
            slug,
            document,
            len(passages),
            _count(passages, "locator"),
            _count(passages, "themes"),
            len(faults),
        )

    def path(self, place: Place, slug: str) -> Path:
        return self.folder / place / f"{slug}.md"

    def files(self, place: Place, slug: str) -> DocumentFiles:
        return DocumentFiles.of(self.folder, self.path(place, slug))

    def open(self, place: Place, slug: str) -> OpenDocument:
        """Raises OSError, FileNotFoundError if there is no such document."""
        files = self.files(place, slug)
        return open_document(files.read(), files.markdown, files.extract)


def _count(passages: Sequence[Passage], field: str) -> int:
    """How many lack it."""
    return sum(not getattr(passage, field) for passage in passages)
