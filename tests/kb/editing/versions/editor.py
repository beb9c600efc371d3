"""An editor who replaces one report again and again."""

from __future__ import annotations

import datetime
from pathlib import Path

from kb.collection.folder import read_folder
from kb.collection.loader import read_collection, survey
from kb.collection.publication import pending_entries
from kb.curated.document_file import read_document_file
from kb.editing.acceptance import accept_drafts
from kb.editing.draft_files import DraftFolder, sha256_of
from kb.editing.named_document import named_document
from kb.editing.versions.replacing import PlannedVersion, planned_version
from kb.importers.draft import draft_of
from kb.model import Collection, Passage
from kb.permanence.location import Location, locate
from kb.permanence.moves import Moves

__all__ = ["Editor"]

DAY = datetime.date(2026, 11, 26)


def text_of(*paragraphs: str) -> str:
    return "\n\n".join(f"{at}. {one}" for at, one in enumerate(paragraphs, 1)) + "\n"


class Editor:
    """An editor with one collection and one report."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = folder / "content"
        (self.content / "documents").mkdir(parents=True)

    def file(self, name: str, *paragraphs: str) -> Path:
        path = self.folder / name
        path.write_text(text_of(*paragraphs), encoding="utf-8")
        return path

    def add(self, *paragraphs: str) -> None:
        path = self.file("report.txt", *paragraphs)
        assert DraftFolder.read(self.content).write(path, draft_of(path), sha256_of(path)) == "report"
        self.accept()

    def accept(self, open_pairs_differ: bool = False) -> None:
        assert accept_drafts(self.content, ["report"], open_pairs_differ=open_pairs_differ) == {"report": ()}

    def publish(self) -> None:
        found = survey([self.content])
        assert found.faults == ()
        for one in pending_entries(found, DAY):
            one.write()

    def plan(self, *paragraphs: str) -> PlannedVersion:
        content = read_folder(self.content)
        path = self.file("report v2.txt", *paragraphs)
        return planned_version(content, named_document(content, "report"), path, draft_of)

    def replace(self, *paragraphs: str) -> PlannedVersion:
        planned = self.plan(*paragraphs)
        planned.write(read_folder(self.content), DAY)
        return planned

    def edit(self, place: str, old: str, new: str) -> None:
        path = self.content / place
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    @property
    def passages(self) -> dict[str, Passage]:
        return {one.id: one for one in read_document_file(self.content / "documents/report.md")[1]}

    def at(self, id: str) -> Location:
        return locate(Served(read_collection([self.content])[0]), "report", id)


class Served:
    """A collection as the site looks up readers' addresses in it."""

    def __init__(self, collection: Collection) -> None:
        self.documents = {one.id: one for one in collection.documents}
        self.withdrawn = {f"{one.document}/{one.passage}": one for one in collection.withdrawn}
        self.left_out_passages = {}
        self._passages = {one.address: one for one in collection.all_passages()}
        self.moves = Moves(collection.moves, lambda ids: "/".join(ids) in self._passages)

    def passage(self, document: str, passage: str) -> Passage | None:
        return self._passages.get(f"{document}/{passage}")
