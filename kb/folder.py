"""One content folder as it stands on disk: drafts of either form, thesaurus, ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb import documents, interchange, ledger, themes, thesaurus
from kb.draft import ANY, Draft, Unread
from kb.errors import Fault
from kb.ledger import Entry
from kb.model import Collection, Document, Passage, Theme
from kb.thesaurus import Thesaurus

__all__ = ["Folder", "read"]

TEXTS = {".md", ".markdown", ".mdown", ".txt", ".text", ".doc", ".docx", ".odt", ".rtf", ".pdf", ".html"}
NUMBER = re.compile(r"\d+-")
"""What a theme file's name may have before the slug."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What one content folder holds, and what is wrong with it.

    `entries` are those of its ledger; a sound ledger or thesaurus is one without faults, or none.
    """

    path: Path
    drafts: tuple[Draft, ...]
    thesaurus: Thesaurus | None
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    sound_thesaurus: bool = True
    sound_ledger: bool = True

    @property
    def documents(self) -> list[str]:
        """The ids of the documents that were read from this folder, those of notes among them."""
        return [document.id for draft in self.drafts for document in draft.documents]

    def passages(self, collection: Collection) -> list[Passage]:
        """The passages of its documents, as they stand in the whole collection."""
        return [passage for id in self.documents for passage in collection.passages.get(id, ())]


def read(path: Path) -> Folder:
    """Read what is in a folder."""
    drafts = []
    if (path / "documents").is_dir() or (path / "themes").is_dir():
        drafts.append(_curated(path))
    if interchange.is_here(path):
        drafts.append(interchange.read(path))
    terms, term_faults = _thesaurus(path / thesaurus.NAME)
    entries, ledger_faults = ledger.read(path / ledger.NAME)
    faults = (*term_faults, *ledger_faults, *_nothing(path, drafts))
    return Folder(path, tuple(drafts), terms, entries, faults, not term_faults, not ledger_faults)


def _thesaurus(path: Path) -> tuple[Thesaurus | None, tuple[Fault, ...]]:
    return thesaurus.read(path) if path.exists() else (None, ())


def _nothing(path: Path, drafts: Sequence[Draft]) -> Iterator[Fault]:
    """A folder of which nothing could be read has faults that say so already."""
    if not any(draft.documents or draft.faults for draft in drafts):
        remedy = "put documents/ and themes/, or documents.jsonl and passages.jsonl, in it"
        yield Fault(path, 0, "this folder has no content", remedy)


def _curated(folder: Path) -> Draft:
    notes = [themes.read(path) for path in _files(folder / "themes")]
    texts = [documents.read(path) for path in _files(folder / "documents")]
    found = [(document, passages) for document, passages, _ in texts]
    found += [(document, passages) for _, document, passages, _ in notes]
    known = [(document, passages) for document, passages in found if document.id]
    faults = [*_overlooked(folder), *(fault for _, _, wrong in texts for fault in wrong)]
    faults += [fault for _, _, _, wrong in notes for fault in wrong]
    return Draft(
        themes=tuple(theme for theme, _, _, _ in notes if theme.slug),
        documents=tuple(document for document, _ in known),
        passages={document.id: passages for document, passages in reversed(known)},
        places={document.id: document.path for document, _ in reversed(known)},
        faults=tuple(faults),
        unread=_unread(
            [document for document, _, wrong in texts if wrong],
            [theme for theme, _, _, wrong in notes if wrong],
        ),
    )


def _files(place: Path) -> list[Path]:
    return sorted(place.glob("*.md"))


def _unread(texts: Iterable[Document], notes: Iterable[Theme]) -> Unread:
    """What files with faults may hold besides what was read of them; a name unread is the file's."""
    names: set[tuple[str, str]] = set()
    for document in texts:
        id = document.id or document.path.stem
        names |= {("documents", id), ("passages", f"{id}/{ANY}")}
    for theme in notes:
        slug = theme.slug or NUMBER.sub("", theme.path.stem, count=1)
        names |= {("documents", slug), ("passages", f"{slug}/{ANY}"), ("themes", f"{slug}/{ANY}")}
    return Unread(frozenset(names))


def _overlooked(folder: Path) -> Iterator[Fault]:
    """What lies among the documents and themes without being read."""
    for path in (one for name in ("documents", "themes") for one in sorted((folder / name).glob("*"))):
        if path.is_dir() and path.suffix != ".md" and not path.name.startswith("."):
            remedy = f"move its files up into {path.parent.name}/, or it elsewhere"
            yield Fault(path, 0, "this folder is not read", remedy)
        elif path.suffix != ".md" and path.suffix.lower() in TEXTS:
            problem = "this file is not read: its name does not end in .md"
            yield Fault(path, 0, problem, "rename or move it")
