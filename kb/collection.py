"""All content together: folders in either form, merged, checked, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path

from kb import crosscheck, folder, ledger, permanence, sources, tags
from kb.draft import Draft
from kb.errors import ContentError, Fault
from kb.folder import Folder
from kb.ledger import Entry
from kb.merge import merged_documents, merged_themes
from kb.model import Collection, Passage, Withdrawal
from kb.settings import distinct

__all__ = ["Survey", "load", "read", "survey"]


@dataclass(frozen=True, slots=True)
class Survey:
    """All content as far as it can be read, every fault there is, and the folders it comes from."""

    collection: Collection
    faults: tuple[Fault, ...]
    folders: tuple[Folder, ...]


def load(folders: Sequence[Path]) -> Collection:
    """The content of the folders. Raises ContentError with every fault there is."""
    collection, faults = read(folders)
    if faults:
        raise ContentError(faults)
    return collection


def read(folders: Sequence[Path]) -> tuple[Collection, tuple[Fault, ...]]:
    """The content of the folders as far as it can be read, and every fault there is, in order."""
    found = survey(folders)
    return found.collection, found.faults


def survey(folders: Sequence[Path]) -> Survey:
    """Read and check the folders; one given twice is read once."""
    parts = [folder.read(path) for path in distinct(folders)]
    drafts = [draft for part in parts for draft in part.drafts]
    found, wrong = _merged(drafts, parts)
    places = {document: path for draft in drafts for document, path in draft.places.items()}
    moved, missed = permanence.check(_history(drafts, parts), found, places)
    unread = reduce(or_, (draft.unread for draft in drafts), missed)
    faults = [
        *(fault for part in parts for fault in part.faults),
        *(fault for draft in drafts for fault in draft.faults),
        *wrong,
        *crosscheck.check(found, places, _instruments_known(parts), unread),
        *(fault for part in parts for fault in _against_sources(part, found, places)),
        *moved,
    ]
    return Survey(found, tuple(sorted(dict.fromkeys(faults))), tuple(parts))


def _instruments_known(parts: Sequence[Folder]) -> bool:
    return any(part.thesaurus for part in parts) and all(part.sound_thesaurus for part in parts)


def _history(drafts: Sequence[Draft], parts: Sequence[Folder]) -> list[Entry]:
    """What all ledgers and lists of withdrawals say, in the order of the days.

    A ledger with faults is left out: what it seems to say may follow from them.
    """
    gone = [one for draft in drafts for one in draft.withdrawn]
    every = [Entry(one.document, one.passage, one.fingerprint, one.date, "withdrawn", "") for one in gone]
    every += [entry for part in parts if part.sound_ledger for entry in part.entries]
    return sorted(every, key=lambda entry: entry.date)


def _against_sources(part: Folder, found: Collection, places: Mapping[str, Path]) -> list[Fault]:
    own = set(part.documents)
    faults = []
    for document in found.documents:
        if document.source and document.id in own:
            place = places.get(document.id, document.path)
            faults += sources.check(part.path, document, found.passages.get(document.id, ()), place)
    return faults


def _merged(drafts: Sequence[Draft], parts: Sequence[Folder]) -> tuple[Collection, list[Fault]]:
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
    drafts: Sequence[Draft], parts: Sequence[Folder], passages: Mapping[str, tuple[Passage, ...]]
) -> tuple[Withdrawal, ...]:
    """Withdrawn passages of all ledgers and drafts, without those that stand again."""
    here = {(document, one.id) for document, found in passages.items() for one in found}
    every = [one for part in parts for one in ledger.withdrawals(part.entries)]
    every += [one for draft in drafts for one in draft.withdrawn]
    kept = {(one.document, one.passage): one for one in reversed(every)}
    return tuple(one for key, one in reversed(kept.items()) if key not in here)


def _instruments(drafts: Sequence[Draft], parts: Sequence[Folder]) -> dict[str, str]:
    named = [part.thesaurus.instruments for part in parts if part.thesaurus]
    named += [draft.instruments for draft in drafts]
    return {name: title for one in reversed(named) for name, title in one.items()}
