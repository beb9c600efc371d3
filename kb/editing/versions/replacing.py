"""Makes the draft of a new version of a document: compared with the old one, then written whole."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from kb.collection.extract_file import dump_extract
from kb.collection.folder import ContentFolder
from kb.collection.source_files import SOURCES_FOLDER, new_extract_name
from kb.curated.document_file import DOCUMENT_FIELDS, dump_document
from kb.editing.consequences import faults_after, with_documents, without_documents
from kb.editing.draft_files import DraftFolder, sha256_of
from kb.editing.draft_list import DRAFTS_FOLDER
from kb.editing.named_document import DocumentVersion, NamedDocument
from kb.editing.removal import planned_removal
from kb.editing.theme_suggestions import Suggest, theme_suggestions
from kb.editing.versions.id_history import id_history
from kb.editing.versions.new_version import NewVersion, new_version
from kb.editing.versions.passage_pairs import with_pairs
from kb.editing.versions.succession import REPLACES_KEY
from kb.editing.versions.version_changes import PassageChange, version_changes
from kb.english import ENGLISH
from kb.errors import Fault, SourceUnreadable
from kb.files.durable import make_folder, sync_folder, write_synced
from kb.files.listing import is_there
from kb.files.reading import read_regular
from kb.formats.front_matter import field_comments
from kb.formats.text_file import read_text_file
from kb.importers.draft import ImportDraft
from kb.importers.registry import MAX_FILE_BYTES
from kb.messages import Message, words
from kb.model import Document

__all__ = ["PlannedVersion", "has_source", "planned_version"]

ReadDraft = Callable[[Path], ImportDraft]
"""Raises SourceUnreadable."""


@dataclass(frozen=True, slots=True)
class PlannedVersion:
    """A new version of a document, not written yet, with what became of the passages of the old one."""

    named: NamedDocument
    old: DocumentVersion
    new: NewVersion
    data: bytes
    changes: tuple[PassageChange, ...]
    faults: tuple[Fault, ...]
    """That other files would have if this were accepted as it is."""

    def write(self, content: ContentFolder, day: datetime.date) -> str:
        """Keeps the source, its extract and the draft, in this order; gives the draft's place.

        A draft that is in its place goes among the removed files first.
        """
        folder, slug, made = content.path, self.named.slug, self.new.draft
        text = self._text(theme_suggestions(content)).encode()  # of files that may be set aside next
        if self.named.draft:
            planned_removal(content, self.named, only_draft=True).carry_out(day)
        _keep(folder / SOURCES_FOLDER / made.document.source, self.data)
        extract = "".join(dump_extract(made.extract))
        _keep(folder / new_extract_name(slug, made.document.sha256), extract.encode())
        place = f"{DRAFTS_FOLDER}/{slug}.md"
        _keep(folder / place, text)
        return place

    def _text(self, suggest: Suggest) -> str:
        """The draft's file, with themes suggested for passages that the old version has not."""
        document, passages = self.new.draft.document, self.new.draft.passages
        known = {one.id for one in self.old.passages}
        suggested = suggest(document, passages)
        passages = tuple(
            one if one.id in known else new for one, new in zip(passages, suggested, strict=True)
        )
        if self.named.accepted:
            sha256 = sha256_of(self.old.document.path)
            document = replace(document, further=(*document.further, (REPLACES_KEY, sha256)))
        return with_pairs(dump_document(document, passages, self._comments), self.new.pairs)

    @property
    def _comments(self) -> dict[str, str]:
        """Of fields that kept their value what the old file says, of others where they are from."""
        old, new = _fields(self.old.document), _fields(self.new.draft.document)
        text, _ = read_text_file(self.old.document.path)
        said = {key: comment for key, comment in field_comments(text).items() if old.get(key) == new.get(key)}
        found = {one.field: words(one.how, ENGLISH) for one in self.new.draft.origins}
        return said | {key: how for key, how in found.items() if old.get(key) != new.get(key)}


def _fields(document: Document) -> dict[str, object]:
    return {name: getattr(document, name) for name in DOCUMENT_FIELDS} | dict(document.further)


def planned_version(
    content: ContentFolder, named: NamedDocument, path: Path, read: ReadDraft
) -> PlannedVersion:
    """The file as a new version of the named document, or of its draft if there is no document yet.

    Raises SourceUnreadable.
    """
    old = named.accepted or named.draft
    assert old is not None  # noqa: S101  # a slug names one of them
    sha256 = sha256_of(path)
    draft = read(path)
    data = read_regular(path, MAX_FILE_BYTES)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise SourceUnreadable(Message("changed-while-read", name=path.name))
    source = DraftFolder.of(content).source_name(path.name, named.slug, sha256)
    theirs = draft.named(named.slug, source, sha256)
    history = id_history(content, named.slug, old.passages)
    new = new_version(old, theirs, _as_read_now(content.path, old, read), history)
    if named.accepted is None:  # nothing of a draft was published, so no id of it must go on
        new = replace(new, pairs=())
    changes = version_changes(old.passages, new.draft.passages, new.pairs)
    faults = _elsewhere(content, old, new) if named.accepted else ()
    return PlannedVersion(named, old, new, data, changes, faults)


def _elsewhere(content: ContentFolder, old: DocumentVersion, new: NewVersion) -> tuple[Fault, ...]:
    """Faults that other files would have with the new version, such as notes that quote what is gone."""
    document = replace(new.draft.document, path=old.document.path)
    rest = without_documents(content, {document.id})
    faults = faults_after(content, with_documents(rest, [(document, new.draft.passages)]))
    return tuple(one for one in faults if one.path != document.path)


def has_source(named: NamedDocument, sha256: str) -> bool:
    """Whether the document has this source already, or a draft that was made to replace it as it is."""
    if named.accepted and named.accepted.document.sha256 == sha256:
        return True
    if named.draft is None or named.draft.document.sha256 != sha256:
        return False
    replaces = dict(named.draft.document.further).get(REPLACES_KEY)
    return named.accepted is None or replaces == sha256_of(named.accepted.document.path)


def _as_read_now(folder: Path, old: DocumentVersion, read: ReadDraft) -> ImportDraft | None:
    """What an importer makes of the old version's source today, if the source is there and untouched."""
    document = old.document
    path = folder / SOURCES_FOLDER / document.source
    try:
        if not document.source or not is_there(path) or sha256_of(path) != document.sha256:
            return None
        return read(path)
    except (OSError, SourceUnreadable):
        return None


def _keep(path: Path, data: bytes) -> None:
    make_folder(path.parent)
    write_synced(path, data)
    sync_folder(path.parent)
