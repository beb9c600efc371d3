"""All content together: folders in either form, merged, checked, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb import crosscheck, documents, interchange, ledger, permanence, sources, tags, themes, thesaurus
from kb.draft import Draft
from kb.errors import ContentError, Fault
from kb.ledger import Entry
from kb.merge import merged_documents, merged_themes
from kb.model import Collection, Passage, Withdrawal
from kb.thesaurus import Thesaurus

__all__ = ["load", "passages_of", "read"]

TEXTS = {".md", ".markdown", ".mdown", ".txt", ".text", ".doc", ".docx", ".odt", ".rtf", ".pdf", ".html"}


@dataclass(frozen=True, slots=True)
class _Folder:
    """What one content folder holds: drafts of either form, thesaurus, ledger."""

    path: Path
    drafts: tuple[Draft, ...]
    thesaurus: Thesaurus | None
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


def load(folders: Sequence[Path]) -> Collection:
    """The content of the folders. Raises ContentError with every fault there is."""
    collection, faults = read(folders)
    if faults:
        raise ContentError(faults)
    return collection


def read(folders: Sequence[Path]) -> tuple[Collection, tuple[Fault, ...]]:
    """The content of the folders as far as it can be read, and every fault there is, in order."""
    parts = [_folder(path) for path in dict.fromkeys(folders)]
    drafts = [draft for part in parts for draft in part.drafts]
    found, wrong = _merged(drafts, parts)
    places = {document: path for draft in drafts for document, path in draft.places.items()}
    faults = [
        *(fault for part in parts for fault in part.faults),
        *(fault for draft in drafts for fault in draft.faults),
        *wrong,
        *crosscheck.check(found, places, any(part.thesaurus for part in parts)),
        *(fault for part in parts for fault in _folder_faults(part, found, places)),
    ]
    return found, tuple(sorted(dict.fromkeys(faults)))


def passages_of(folder: Path, collection: Collection) -> list[Passage]:
    """The passages whose documents were read from that folder."""
    own = [document for document in collection.documents if document.path.is_relative_to(folder)]
    return [passage for document in own for passage in collection.passages.get(document.id, ())]


def _folder(path: Path) -> _Folder:
    drafts = []
    if (path / "documents").is_dir() or (path / "themes").is_dir():
        drafts.append(_curated(path))
    if interchange.is_here(path):
        drafts.append(interchange.read(path))
    terms, wrong = _thesaurus(path / thesaurus.NAME)
    entries, faults = ledger.read(path / ledger.NAME)
    if not drafts:
        remedy = "put documents/ and themes/, or documents.jsonl and passages.jsonl, in it"
        faults = (*faults, Fault(path, 1, "this folder has no content", remedy))
    return _Folder(path, tuple(drafts), terms, entries, (*wrong, *faults))


def _thesaurus(path: Path) -> tuple[Thesaurus | None, tuple[Fault, ...]]:
    return thesaurus.read(path) if path.exists() else (None, ())


def _curated(folder: Path) -> Draft:
    notes = [themes.read(path) for path in sorted((folder / "themes").glob("*.md"))]
    texts = [documents.read(path) for path in sorted((folder / "documents").glob("*.md"))]
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
    )


def _overlooked(folder: Path) -> Iterator[Fault]:
    """Files among the documents and themes that their names keep from being read."""
    for place in (folder / "documents", folder / "themes"):
        for path in sorted(place.glob("*")):
            if path.suffix != ".md" and path.suffix.lower() in TEXTS:
                yield Fault(
                    path, 1, "this file is not read: its name does not end in .md", "rename or move it"
                )


def _merged(drafts: Sequence[Draft], parts: Sequence[_Folder]) -> tuple[Collection, list[Fault]]:
    all_themes, theme_faults = merged_themes(drafts)
    all_documents, document_faults = merged_documents(drafts, all_themes)
    passages: dict[str, tuple[Passage, ...]] = {}
    for draft in reversed(drafts):
        passages.update(draft.passages)
    order = tags.Order(all_themes)
    found = Collection(
        themes=all_themes,
        documents=all_documents,
        passages={one.id: tuple(map(order.apply, passages.get(one.id, ()))) for one in all_documents},
        withdrawn=_withdrawn(drafts, parts, passages),
        instruments=_instruments(drafts, parts),
    )
    return found, theme_faults + document_faults


def _withdrawn(
    drafts: Sequence[Draft], parts: Sequence[_Folder], passages: Mapping[str, tuple[Passage, ...]]
) -> tuple[Withdrawal, ...]:
    """Withdrawn passages of all ledgers and drafts, without those that stand again."""
    here = {(document, one.id) for document, found in passages.items() for one in found}
    every = [one for part in parts for one in ledger.withdrawals(part.entries)]
    every += [one for draft in drafts for one in draft.withdrawn]
    kept = {(one.document, one.passage): one for one in reversed(every)}
    return tuple(one for key, one in reversed(kept.items()) if key not in here)


def _instruments(drafts: Sequence[Draft], parts: Sequence[_Folder]) -> dict[str, str]:
    named = [part.thesaurus.instruments for part in parts if part.thesaurus]
    named += [draft.instruments for draft in drafts]
    return {name: title for one in reversed(named) for name, title in one.items()}


def _folder_faults(part: _Folder, found: Collection, places: Mapping[str, Path]) -> list[Fault]:
    own = [document for document in found.documents if document.path.is_relative_to(part.path)]
    passages = passages_of(part.path, found)
    notes = frozenset(document.id for document in own if document.is_note)
    faults = permanence.check(part.entries, passages, places, notes) if part.entries else []
    for document in own:
        if document.source:
            place = places.get(document.id, document.path)
            faults += sources.check(part.path, document, found.passages.get(document.id, ()), place)
    return faults
