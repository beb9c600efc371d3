"""Pictures of the pages of a document's source, drawn as on the site, in a separate process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore

from kb.collection.source_files import SOURCES_FOLDER
from kb.document_edits.document_state import DocumentFiles
from kb.document_edits.open_document import OpenDocument
from kb.document_edits.undo_history import DESK_FOLDER
from kb.errors import PageNotDrawn
from kb.files.durable import make_folder
from kb.files.listing import leads_out
from kb.files.reading import open_regular
from kb.kept_sources.drawing import AskedPage
from kb.kept_sources.page_drawer import PageDrawer
from kb.kept_sources.store import SourceStore
from kb.messages import Message
from kb.model import Passage
from kb.sources.kept_source import KeptFile, KeptSource

__all__ = ["SourcePictures", "has_pictures"]

PICTURE_PX = 1_100
MAX_DRAWN_AT_ONCE = 2
_PDF_WITHIN = 1_024
_drawing = BoundedSemaphore(MAX_DRAWN_AT_ONCE)


class SourcePictures:
    """The pictures of one content folder, kept with the histories of its documents."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._store = SourceStore(folder / DESK_FOLDER)
        self._drawer = PageDrawer(self._store, folder / DESK_FOLDER / "pages", _one_of_few)
        self._store.sweep(())  # what earlier runs left behind

    def picture(self, open_: OpenDocument, files: DocumentFiles, passage: Passage, page: int) -> bytes:
        """A page as a PNG, with the passage's words marked. Raises PageNotDrawn."""
        source = self._path(open_)
        if source is None or open_.state.extract is None or not has_pictures(open_):
            raise PageNotDrawn(Message("page-source-missing"))
        extract = hashlib.sha256(open_.state.extract).hexdigest()
        kept = KeptSource(
            KeptFile(open_.document.sha256, source.stat().st_size, source),
            KeptFile(extract, len(open_.state.extract), files.extract),
            open_.extract.pages if open_.extract else 0,
        )
        try:
            make_folder(self._folder / DESK_FOLDER / "pages")
            self._store.put(kept.files())
        except OSError as exc:
            raise PageNotDrawn(Message("page-source-missing")) from exc
        return self._drawer.picture(AskedPage(kept, passage.id, passage.text, page, PICTURE_PX))

    def is_pdf(self, open_: OpenDocument) -> bool:
        """Whether there is a source whose pages can be drawn."""
        source = self._path(open_)
        try:
            if source is None or not has_pictures(open_):
                return False
            with open_regular(source) as file:
                return b"%PDF-" in file.read(_PDF_WITHIN)
        except OSError:
            return False

    def _path(self, open_: OpenDocument) -> Path | None:
        name = open_.document.source
        path = self._folder / SOURCES_FOLDER / name
        is_plain = bool(name) and "/" not in name and "\\" not in name and name not in (".", "..")
        return path if is_plain and not leads_out(path, path.parent) else None


def has_pictures(open_: OpenDocument) -> bool:
    """Whether the extract says which pages its lines are on."""
    return bool(open_.extract and open_.extract.pages)


@contextmanager
def _one_of_few() -> Iterator[None]:
    with _drawing:
        yield
