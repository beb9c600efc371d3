"""The drafts of a content folder: what is there already, and how another is written.

A draft is complete when `drafts/SLUG.md` is there, which is written last.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from kb.collection.extract_file import EXTRACT_ENDING, MAX_EXTRACT_BYTES, dump_extract
from kb.collection.folder import CURATED_FOLDERS, ContentFolder, list_entries, read_folder
from kb.collection.source_files import SOURCES_FOLDER, extract_name
from kb.curated.document_file import dump_document, read_document_file
from kb.editing.draft_list import DRAFTS_FOLDER, draft_paths
from kb.editing.new_slugs import slug_for
from kb.editing.theme_suggestions import Suggest, theme_suggestions
from kb.english import ENGLISH
from kb.errors import FileUnwritable, SourceUnreadable
from kb.files.device_names import is_device_name
from kb.files.durable import NEW, make_folder, sync_folder, write_synced
from kb.files.listing import is_there
from kb.files.reading import open_regular, read_regular
from kb.formats.text_file import MAX_FILE_BYTES as MAX_TEXT_BYTES
from kb.importers.draft import ImportDraft
from kb.importers.registry import MAX_FILE_BYTES
from kb.messages import Message, words

__all__ = ["DraftFolder", "sha256_of"]

_SAFE_NAME = re.compile(r'[^\x00-\x1f\x7f"*/:<>?\\|]{1,150}')
"""Names that every system and `kb check` accept."""


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError."""
    with open_regular(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(slots=True)
class DraftFolder:
    """A content folder that drafts are added to.

    `taken` are slugs that a new document cannot have: those of documents, themes and drafts, and all that
    were ever published. `slugs` gives the document by its source's checksum, `addresses` by where that was
    fetched, `sources` by its name, case-folded as file systems may do.
    """

    folder: Path
    suggest: Suggest
    taken: set[str] = field(default_factory=set)
    slugs: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    suggested: dict[str, int] = field(default_factory=dict)
    """How many passages of each draft written have suggested themes."""

    numbers: dict[str, int] = field(default_factory=dict)
    """The last number tried for each name, so that finding the thousandth takes no longer than the first."""

    @classmethod
    def read(cls, folder: Path) -> DraftFolder:
        return cls.of(read_folder(folder))

    @classmethod
    def of(cls, content: ContentFolder) -> DraftFolder:
        """The folder as it was read."""
        folder = content.path
        documents = [one for draft in content.drafts for one in draft.documents]
        documents += [read_document_file(path)[0] for path in draft_paths(folder)]
        taken = {one.document for one in content.entries} | set(_stems(folder))
        taken |= {slug for one in documents for slug in (one.id, *one.formerly)}
        slugs = {one.sha256: one.id for one in documents if one.sha256}
        sources = {one.source.casefold(): one.id for one in documents if one.source}
        addresses = {one.url: one.id for one in documents if one.url and one.sha256}
        folded = {slug.casefold() for slug in taken}
        return cls(folder, theme_suggestions(content), folded, slugs, sources, addresses)

    def write(self, path: Path, draft: ImportDraft, sha256: str, chosen: str = "") -> str:
        """Writes the source, its extract and the draft, in this order, and returns the slug, `chosen` or not.

        Raises SourceUnreadable if the chosen slug is taken, the checksum is not that of the file or the draft
        is too large, FileUnwritable, and OSError if the file cannot be read.
        """
        data = read_regular(path, MAX_FILE_BYTES)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise SourceUnreadable(Message("changed-while-read", name=path.name))
        slug = self._free_slug(chosen, path.name, draft)
        source = self.source_name(path.name, slug, sha256)
        named = draft.named(slug, source, sha256)
        extract = "".join(dump_extract(named.extract)).encode()
        text = self._text(named)
        for made, most in ((extract, MAX_EXTRACT_BYTES), (text, MAX_TEXT_BYTES)):
            if len(made) > most:
                raise SourceUnreadable(Message("draft-too-large", name=path.name, bytes=most))
        self._keep({f"{SOURCES_FOLDER}/{source}": data, extract_name(slug): extract})
        self._keep({f"{DRAFTS_FOLDER}/{slug}.md": text})
        self.taken.add(slug)
        self.slugs[sha256] = slug
        self.sources[source.casefold()] = slug
        if named.document.url:
            self.addresses[named.document.url] = slug
        return slug

    def _text(self, draft: ImportDraft) -> bytes:
        passages = self.suggest(draft.document, draft.passages)
        self.suggested[draft.document.id] = sum(bool(one.suggested) for one in passages)
        comments = {one.field: words(one.how, ENGLISH) for one in draft.origins}
        return dump_document(draft.document, passages, comments).encode()

    def _keep(self, files: Mapping[str, bytes]) -> None:
        """Writes files, given by their names within the content folder. Raises FileUnwritable."""
        for name, data in files.items():
            path = self.folder / name
            try:
                make_folder(path.parent)
                write_synced(path, data)
                sync_folder(path.parent)
            except OSError as exc:
                raise FileUnwritable(path, exc) from exc

    def _free_slug(self, chosen: str, name: str, draft: ImportDraft) -> str:
        if chosen in self.taken:
            raise SourceUnreadable(Message("slug-taken", slug=chosen))
        slugs = self._numbered(slug_for(name, draft.document))
        return chosen or next(slug for slug in slugs if slug not in self.taken)

    def source_name(self, name: str, slug: str, sha256: str) -> str:
        """The file's own name, or one like it that no other source has; a stopped run's copy is reused."""
        given = name if _is_safe(name) else slug + PurePath(name).suffix.lower()
        stem, suffix = PurePath(given).stem, PurePath(given).suffix
        names = (f"{one}{suffix}" for one in self._numbered(stem, suffix))
        return next(one for one in names if self._is_free(one, sha256))

    def _numbered(self, name: str, suffix: str = "") -> Iterator[str]:
        """The name, then the same with 2, 3 and so on; names passed over before are not tried again."""
        key = f"{name}/{suffix}".casefold()
        for number in range(self.numbers.get(key, 1), 1_000_000):
            self.numbers[key] = number
            yield f"{name}-{number}" if number > 1 else name

    def _is_free(self, name: str, sha256: str) -> bool:
        if name.casefold() in self.sources:
            return False
        path = self.folder / SOURCES_FOLDER / name
        try:
            return not is_there(path) or (not path.is_symlink() and sha256_of(path) == sha256)
        except OSError:
            return False


def _stems(folder: Path) -> Iterator[str]:
    """The slugs that file names stand for, whatever is in the files."""
    for name in (*CURATED_FOLDERS, DRAFTS_FOLDER):
        yield from (PurePath(one.name).stem for one in list_entries(folder, name))


def _is_safe(name: str) -> bool:
    """Whether a source may have this name; not one like that of an extract or of a file being written."""
    lower = name.lower()
    fits = _SAFE_NAME.fullmatch(name) and not lower.endswith((EXTRACT_ENDING, NEW)) and name[-1] not in " ."
    fits = fits and not is_device_name(name)
    return bool(fits) and name[0] not in " ." and name == unicodedata.normalize("NFC", name)
