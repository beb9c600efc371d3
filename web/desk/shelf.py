"""The drafts and documents of a content folder that can be edited, each read on demand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from kb.cli.content_words import counted_passages
from kb.collection.folder import list_entries
from kb.collection.source_files import MAX_SOURCE_BYTES, SOURCES_FOLDER
from kb.curated.document_file import read_document_file
from kb.curated.theme_file import read_theme_file
from kb.document_edits.document_state import DocumentFiles
from kb.document_edits.editor import DocumentEditor
from kb.document_edits.open_document import OpenDocument
from kb.editing.versions.passage_pairs import read_pairs
from kb.files.listing import is_there, leads_out
from kb.files.reading import read_regular
from kb.formats.front_matter import GUESSED, field_comments
from kb.formats.text_file import read_text_file
from kb.ids import is_id
from kb.model import Document, Passage, Theme
from kb.permanence.ledger import LEDGER_FILE, read_ledger

__all__ = ["PLACES", "ListedDocument", "Place", "Shelf"]

Place = Literal["drafts", "documents"]
PLACES: tuple[Place, ...] = ("drafts", "documents")


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document as the first page lists it, with what an editor may need to look at.

    `content` says in words how many passages and headings it has. `guessed` names the fields that the source
    does not state, or that were guessed from it.
    """

    place: Place
    slug: str
    document: Document
    content: str
    without_locator: int
    without_theme: int
    suggested: int
    unsettled: int
    faults: int
    guessed: Sequence[str]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One content folder."""

    folder: Path

    def slugs(self, place: Place) -> list[str]:
        """The names of the files, which addresses use as well."""
        names = (one.name for one in list_entries(self.folder, place))
        stems = (name.removesuffix(".md") for name in names if name.endswith(".md"))
        return [stem for stem in stems if is_id(stem)]

    def listed(self, place: Place, slug: str) -> ListedDocument:
        document, passages, faults = read_document_file(self.path(place, slug))
        return ListedDocument(
            place,
            slug,
            document,
            counted_passages(passages),
            without_locator=_lacking(passages, "locator"),
            without_theme=sum(one.retrievable and not one.themes and not one.suggested for one in passages),
            suggested=sum(bool(one.suggested) for one in passages),
            unsettled=_unsettled(self.path(place, slug)),
            faults=len(faults),
            guessed=_guessed(document),
        )

    def path(self, place: Place, slug: str) -> Path:
        return self.folder / place / f"{slug}.md"

    def editor(self, place: Place, slug: str) -> DocumentEditor:
        """The editor of a document. Raises FileNotFoundError if there is no such document."""
        path = self.path(place, slug)
        if not is_there(path):
            raise FileNotFoundError(path)
        return DocumentEditor(
            self.folder, DocumentFiles.of(self.folder, path), self.history_name(place, slug)
        )

    def passages_before(self, draft: OpenDocument) -> Mapping[str, Passage]:
        """The passages, by id, of the document that a draft would replace; empty if it replaces none."""
        path = self.path("documents", draft.document.id)
        if not is_id(draft.document.id) or not is_there(path):
            return {}
        return {passage.id: passage for passage in read_document_file(path)[1]}

    def plain_source(self, open_: OpenDocument) -> str | None:
        """The text of a document's source if that is plain text; None if it has an extract, or no source."""
        name = open_.document.source
        path = self.folder / SOURCES_FOLDER / name
        if open_.state.extract is not None or not name or "/" in name or leads_out(path, path.parent):
            return None
        try:
            return read_regular(path, MAX_SOURCE_BYTES).decode("utf-8-sig")
        except (OSError, ValueError):
            return None

    def history_name(self, place: Place, slug: str) -> str:
        """The name under which the history of a document is kept."""
        return f"{place}.{slug}"

    def themes(self) -> Sequence[Theme]:
        """The themes that passages can have."""
        entries = [one for one in list_entries(self.folder, "themes") if one.name.endswith(".md")]
        return _themes(tuple((one.path, one.stat().st_mtime_ns) for one in entries))

    def published(self, document: str) -> Set[str]:
        """The ids of a document's passages that are in the ledger."""
        ledger = self.folder / LEDGER_FILE
        entries = read_ledger(ledger)[0] if is_there(ledger) else ()
        return {one.id for one in entries if one.document == document}


@lru_cache(maxsize=4)
def _themes(files: tuple[tuple[str, int], ...]) -> Sequence[Theme]:
    themes = (read_theme_file(Path(name))[0] for name, _ in files)
    return sorted((one for one in themes if one.slug), key=lambda one: one.order)


def _guessed(document: Document) -> Sequence[str]:
    text, _ = read_text_file(document.path)
    guessed = [key for key, comment in field_comments(text).items() if comment.startswith(GUESSED)]
    return list(dict.fromkeys((*document.supplied, *guessed)))


def _lacking(passages: Sequence[Passage], field: str) -> int:
    return sum(not getattr(passage, field) for passage in passages)


def _unsettled(path: Path) -> int:
    """The number of pairs of passages in a new version that are still to be settled."""
    return sum(pair.answer == "?" for pair in read_pairs(path)[0])
