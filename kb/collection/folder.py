"""One content folder on disk: drafts of either form, thesaurus, ledger."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from kb.collection.edit import Edit
from kb.collection.source_files import SOURCES_FOLDER
from kb.curated.document_file import read_document_file
from kb.curated.instruments_file import INSTRUMENTS_FILE, read_instruments
from kb.curated.site_file import SITE_FILE, read_site
from kb.curated.theme_file import read_theme_file
from kb.curated.thesaurus_file import THESAURUS_FILE, Thesaurus, read_thesaurus
from kb.draft import Draft, UnreadNames
from kb.errors import ANY_NAME, Fault, FaultyRecord
from kb.files.listing import entries_of, is_there, leads_out, walk
from kb.files.reading import special_kind, why_unreadable
from kb.interchange.read_listener import ReadListener
from kb.interchange.reader import has_interchange_files, read_interchange
from kb.messages import Message
from kb.model import NOTE, Collection, Document, Passage, Theme
from kb.permanence.ledger import LEDGER_FILE, LedgerEntry, read_ledger
from kb.site import Site
from kb.sources.instrument import Instrument

__all__ = ["CURATED_FOLDERS", "ContentFolder", "list_entries", "read_folder", "site_of", "why_unread"]

CURATED_FOLDERS = ("documents", "themes")
TEXT_SUFFIXES = {
    *(".md", ".markdown", ".mdown", ".txt", ".text"),
    *(".doc", ".docx", ".odt", ".rtf", ".pdf", ".html"),
}
ORDER_PREFIX = re.compile(r"\d+-")
"""The optional number before the slug in the name of a theme file."""


@dataclass(frozen=True, slots=True)
class ContentFolder:
    """The content of one folder, and its faults.

    `entries` are those of its ledger. A ledger, thesaurus or registry of instruments is sound if it is
    absent or has no faults.
    """

    path: Path
    drafts: tuple[Draft, ...]
    thesaurus: Thesaurus | None
    instruments: tuple[Instrument, ...] | None
    site: Site | None
    entries: tuple[LedgerEntry, ...]
    faults: tuple[Fault, ...]
    sound_thesaurus: bool = True
    sound_instruments: bool = True
    sound_ledger: bool = True

    @property
    def documents(self) -> list[str]:
        """The ids of the documents read from this folder, notes included."""
        return [document.id for draft in self.drafts for document in draft.documents]

    def passages(self, collection: Collection) -> list[Passage]:
        """The passages of its documents in the collection."""
        return [passage for id in self.documents for passage in collection.passages.get(id, ())]


def read_folder(path: Path, edit: Edit | None = None, listener: ReadListener | None = None) -> ContentFolder:
    """Read a folder; after an edit, without the kept documents and the ledger.

    A `listener` is told of documents in the interchange form if there are no others before them.
    """
    drafts = []
    if any(is_there(path / name) for name in CURATED_FOLDERS):
        drafts.append(_curated(path, edit))
    if has_interchange_files(path):
        known = edit.lines.get(path) if edit else None
        drafts.append(read_interchange(path, known, None if drafts else listener))
    terms, term_faults = _thesaurus(path / THESAURUS_FILE)
    instruments, instrument_faults = _instruments(path / INSTRUMENTS_FILE)
    entries, ledger_faults = _ledger(path / LEDGER_FILE, edit)
    site, site_faults = _site(path / SITE_FILE)
    single = (*term_faults, *instrument_faults, *site_faults, *ledger_faults)
    faults = (*single, *_unlisted(path), *_nothing(path, drafts))
    sound = not term_faults, not instrument_faults, not ledger_faults
    return ContentFolder(path, tuple(drafts), terms, instruments, site, entries, faults, *sound)


def site_of(folders: Iterable[Path]) -> Site:
    """The site of the first folder that has a site file, without reading anything else; see `read_site`."""
    sites = (_site(folder / SITE_FILE)[0] for folder in folders)
    return next((site for site in sites if site), Site())


def _thesaurus(path: Path) -> tuple[Thesaurus | None, tuple[Fault, ...]]:
    outside = _outside(path, path.parent)
    return read_thesaurus(path) if is_there(path) and not outside else (None, outside)


def _instruments(path: Path) -> tuple[tuple[Instrument, ...] | None, tuple[Fault, ...]]:
    outside = _outside(path, path.parent)
    return read_instruments(path) if is_there(path) and not outside else (None, outside)


def _site(path: Path) -> tuple[Site | None, tuple[Fault, ...]]:
    outside = _outside(path, path.parent)
    return read_site(path) if is_there(path) and not outside else (None, outside)


def _ledger(path: Path, edit: Edit | None) -> tuple[tuple[LedgerEntry, ...], tuple[Fault, ...]]:
    outside = _outside(path, path.parent)
    return ((), outside) if edit or outside else read_ledger(path)


def _nothing(path: Path, drafts: Sequence[Draft]) -> Iterator[Fault]:
    """An empty folder is a fault, unless other faults say why nothing was read."""
    if not any(draft.documents or draft.faults for draft in drafts):
        yield Fault(path, 0, Message("empty-folder"), FaultyRecord("files", path.name, read=False))


def _curated(folder: Path, edit: Edit | None) -> Draft:
    notes = [_theme(path, folder) for path in _files(folder, "themes")]
    texts = [_document(path, folder, edit) for path in _files(folder, "documents")]
    found = [(document, passages) for document, passages, _ in texts]
    found += [(document, passages) for _, document, passages, _ in notes]
    known = [(document, passages) for document, passages in found if document.id]
    passages = {document.id: found for document, found in reversed(known)}
    faults = [*_overlooked(folder)]
    for document, _, wrong in texts:
        record = FaultyRecord("documents", document.id or document.path.stem, bool(document.id))
        faults += [_attributed(fault, record) for fault in wrong]
    for theme, _, _, wrong in notes:
        record = FaultyRecord("themes", theme.slug or _slug_of(theme.path), bool(theme.slug))
        faults += [_attributed(fault, record) for fault in wrong]
    return Draft(
        themes=tuple(theme for theme, _, _, _ in notes if theme.slug),
        documents=tuple(document for document, _ in known),
        passages={id: found for id, found in passages.items() if found is not None},
        places={document.id: document.path for document, _ in reversed(known)},
        faults=tuple(faults),
        unread=_unread(
            [document for document, _, wrong in texts if wrong],
            [theme for theme, _, _, wrong in notes if wrong],
        ),
    )


def _attributed(fault: Fault, record: FaultyRecord) -> Fault:
    """The fault with its record: the whole file, if it is not in one part of it."""
    return fault if fault.record else replace(fault, record=record)


def _slug_of(path: Path) -> str:
    """The slug in the name of a theme file."""
    return ORDER_PREFIX.sub("", path.stem, count=1)


def _document(
    path: Path, folder: Path, edit: Edit | None
) -> tuple[Document, tuple[Passage, ...] | None, tuple[Fault, ...]]:
    """Like `read_document_file`, but a document that the edit kept comes without passages."""
    if outside := _outside(path, folder):
        return Document("", "", path=path), (), outside
    kept = edit.kept.get(str(path)) if edit else None
    return (replace(kept, path=path), None, ()) if kept else read_document_file(path)


def _theme(path: Path, folder: Path) -> tuple[Theme, Document, tuple[Passage, ...], tuple[Fault, ...]]:
    if outside := _outside(path, folder):
        return Theme("", "", "", 0, path=path), Document("", "", NOTE, path=path), (), outside
    return read_theme_file(path)


def _outside(path: Path, folder: Path) -> tuple[Fault, ...]:
    """The fault of a link that leads out of its content folder; none for anything else."""
    return (Fault(path, 1, Message("leads-out")),) if leads_out(path, folder) else ()


def list_entries(folder: Path, name: str) -> list[os.DirEntry[str]]:
    """The entries of a folder within the content folder by name; none if it cannot be listed."""
    try:
        return [] if leads_out(folder / name, folder) else entries_of(folder / name)
    except OSError:
        return []


def _files(folder: Path, name: str) -> list[Path]:
    place = folder / name
    return [place / one.name for one in list_entries(folder, name) if one.name.endswith(".md")]


def _unread(texts: Iterable[Document], notes: Iterable[Theme]) -> UnreadNames:
    """What files with faults may hold besides what was read; the file's name stands in for a missing slug."""
    names: set[tuple[str, str]] = set()
    for document in texts:
        id = document.id or document.path.stem
        names |= {("documents", id), ("passages", f"{id}/{ANY_NAME}")}
    for theme in notes:
        slug = theme.slug or _slug_of(theme.path)
        names |= {("documents", slug), ("passages", f"{slug}/{ANY_NAME}"), ("themes", f"{slug}/{ANY_NAME}")}
    return UnreadNames(frozenset(names))


def _overlooked(folder: Path) -> Iterator[Fault]:
    """Files and folders among the documents and themes that are not read."""
    for name in CURATED_FOLDERS:
        for entry in list_entries(folder, name):
            if message := why_unread(entry, name):
                record = FaultyRecord("files", f"{name}/{entry.name}", read=False)
                yield Fault(folder / name / entry.name, 0, message, record)


def _unlisted(folder: Path) -> Iterator[Fault]:
    """The folders within a content folder that are not looked into, and special files among the sources."""
    for name in (*CURATED_FOLDERS, SOURCES_FOLDER):
        place = folder / name
        yield from _outside(place, folder)
        try:
            if is_there(place):
                os.scandir(place).close()
        except OSError as exc:
            yield Fault(place, 0, why_unreadable(exc))
    sources = folder / SOURCES_FOLDER
    for entry in () if leads_out(sources, folder) else walk(sources):
        if message := _special(entry):
            name = Path(entry.path).relative_to(folder).as_posix()
            yield Fault(Path(entry.path), 0, message, FaultyRecord("files", name, read=False))


def _special(entry: os.DirEntry[str]) -> Message | None:
    """What a pipe, device or socket is called; None for anything else."""
    try:
        return None if entry.is_file() else special_kind(entry.stat().st_mode)
    except OSError:
        return None  # a broken link


def why_unread(entry: os.DirEntry[str], among: str) -> Message | None:
    """Why something that looks like content is not read; None for anything else."""
    if entry.name.endswith(".md"):
        return None
    if message := _special(entry):
        return message
    if entry.is_dir() and not entry.name.startswith("."):
        return Message("unread-folder", folder=among)
    if PurePath(entry.name).suffix.lower() in TEXT_SUFFIXES:
        return Message("unread-file")
    return None
