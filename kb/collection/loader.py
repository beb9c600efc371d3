"""All content: folders in either form, merged, checked, and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from pathlib import Path

from kb import tags
from kb.collection.cross_references import check_references
from kb.collection.edit import Edit, RecalledPassages
from kb.collection.folder import ContentFolder, read_folder
from kb.collection.ledger_excerpt import with_relevant_entries
from kb.collection.merge import merge_documents, merge_themes
from kb.collection.source_files import CheckedSource, check_source
from kb.curated.instruments_file import instruments_of_titles
from kb.curated.thesaurus_file import merge_thesauri, shipped_thesaurus
from kb.draft import Draft, UnreadNames
from kb.errors import ContentError, Fault, tallied
from kb.ids import IdPair, split_address
from kb.interchange.passage_shelf import arranged
from kb.interchange.read_listener import ReadListener
from kb.model import Collection, Document, Passage, Thesaurus
from kb.permanence.former_ids import PublicationRecord, check_former_ids, former_id_claims
from kb.permanence.history import CurrentPassages, history_of
from kb.permanence.id_reuse import check_id_reuse
from kb.permanence.ledger import LedgerEntry
from kb.permanence.moves import Moves
from kb.permanence.new_ids import check_new_ids
from kb.permanence.note_dates import dated_notes
from kb.settings import distinct_folders
from kb.site import Site
from kb.sources.instrument import Instrument, merge_instruments
from kb.sources.kept_source import KeptSource

__all__ = ["Survey", "load", "read_collection", "survey", "survey_parts"]

NOTHING_LEFT_OUT = UnreadNames()


@dataclass(frozen=True, slots=True)
class Survey:
    """All content as far as it can be read, its faults, and the folders it comes from.

    `faults` are as they are listed, `every_fault` without counting those beyond the first 200 of a
    file. `left_out` are published passages that could not be read, each with its last entry.
    `touched` are the documents compared with what was published: after an edit the changed ones,
    otherwise all. Of these, `repeating` have words that are published elsewhere (see
    `kb.permanence.id_reuse.IdReuse`), and `claiming` declare former ids.
    """

    collection: Collection
    every_fault: tuple[Fault, ...]
    folders: tuple[ContentFolder, ...]
    touched: frozenset[str]
    repeating: frozenset[str]
    claiming: frozenset[str]
    left_out: tuple[LedgerEntry, ...] = ()

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tallied(self.every_fault)


def load(folders: Sequence[Path]) -> Collection:
    """The content of the folders. Raises ContentError with every fault."""
    collection, faults = read_collection(folders)
    if faults:
        raise ContentError(faults)
    return collection


def read_collection(folders: Sequence[Path]) -> tuple[Collection, tuple[Fault, ...]]:
    """The content of the folders as far as it can be read, and its faults in order."""
    result = survey(folders)
    return result.collection, result.faults


def survey(folders: Sequence[Path], edit: Edit | None = None, listener: ReadListener | None = None) -> Survey:
    """Read and check the folders, each once.

    After an edit, which starts from content without faults, only what the edit may affect is checked. A
    `listener` is told of the documents of a single folder while it is read.
    """
    paths = distinct_folders(folders)
    told = listener if len(paths) == 1 else None
    return survey_parts([read_folder(path, edit, told) for path in paths], edit)


def survey_parts(
    parts: Sequence[ContentFolder], edit: Edit | None = None, left_out: UnreadNames = NOTHING_LEFT_OUT
) -> Survey:
    """Check folders as they were read; `left_out` names what was taken out of them before."""
    drafts = [draft for part in parts for draft in part.drafts]
    touched = _touched(drafts, edit)
    if edit:
        parts = with_relevant_entries(parts, touched)
    collection, merge_faults = _merged(drafts, parts, edit)
    changed = [document for document in collection.documents if document.id in touched]
    record, present = _publication_record(drafts, parts, changed, collection), CurrentPassages(collection)
    missing = reduce(or_, (draft.unread for draft in drafts), left_out)
    history = (
        edit.history.after(record, present, touched) if edit else history_of(record, present, unread=missing)
    )
    collection = replace(
        collection, withdrawn=history.withdrawn, moves=history.moves, published=history.published
    )
    if not edit:
        entries = (entry for part in parts for entry in part.entries)
        notes = dated_notes(collection.documents, collection.passages, entries)
        collection = replace(collection, documents=notes)
    places, moves = _places(drafts), Moves(history.moves, present.has)
    ids = {document.id for document in collection.documents}

    def is_unread(key: IdPair) -> bool:
        return missing.names_passage(key, ids)

    def is_current(key: IdPair) -> bool:
        return present.has(key) or is_unread(key)

    checked = {id: one for part in parts for id, one in _against_sources(part, changed, collection, places)}
    collection = replace(collection, sources=_sources(collection, checked, edit))
    reuse = check_id_reuse(record.entries, collection, changed, places, present, moves, is_unread)
    unread = reduce(or_, (draft.unread for draft in drafts), reuse.missed)
    faults = [
        *(fault for part in parts for fault in part.faults),
        *(fault for draft in drafts for fault in draft.every_fault),
        *merge_faults,
        *check_references(collection, _read(collection, drafts), places, _instruments_known(parts), unread),
        *(fault for one in checked.values() for fault in one.faults),
        *reuse.faults,
        *(check_former_ids(record, collection, is_current) if _sound_ledgers(parts) else ()),
        *(check_new_ids(record, collection, changed, places) if _sound_ledgers(parts) else ()),
    ]
    claiming = frozenset(split_address(claim.move.to)[0] for claim in record.claims)
    return Survey(
        collection, tuple(faults), tuple(parts), touched, reuse.repeating, claiming, history.left_out
    )


def _places(drafts: Sequence[Draft]) -> dict[str, Path]:
    """The file that holds the passages of each document."""
    return {document: path for draft in drafts for document, path in draft.places.items()}


def _sound_ledgers(parts: Sequence[ContentFolder]) -> bool:
    return all(part.sound_ledger for part in parts)


def _touched(drafts: Sequence[Draft], edit: Edit | None) -> frozenset[str]:
    every = (document for draft in drafts for document in draft.documents)
    if edit is None:
        return frozenset(document.id for document in every)
    filed = (document.id for document in every if str(document.path) in edit.files)
    return edit.touched.union(filed, *(draft.changed for draft in drafts))


def _read(collection: Collection, drafts: Sequence[Draft]) -> list[Document]:
    """The documents whose passages were read."""
    read = {id for draft in drafts for id in draft.passages}
    return [document for document in collection.documents if document.id in read]


def _instruments_known(parts: Sequence[ContentFolder]) -> bool:
    """Whether instruments are listed anywhere, and every list is sound."""
    listed = any(part.thesaurus or part.instruments is not None for part in parts)
    return listed and all(part.sound_thesaurus and part.sound_instruments for part in parts)


def _history(drafts: Sequence[Draft], parts: Sequence[ContentFolder]) -> list[LedgerEntry]:
    """The entries of all ledgers and lists of withdrawals, by date.

    A ledger with faults is left out, since its entries may be wrong.
    """
    gone = [one for draft in drafts for one in draft.withdrawn]
    every = [
        LedgerEntry(one.document, one.passage, one.fingerprint, one.date, "withdrawn", "") for one in gone
    ]
    every += [entry for part in parts if part.sound_ledger for entry in part.entries]
    return sorted(every, key=lambda entry: entry.date)


def _against_sources(
    part: ContentFolder, documents: Iterable[Document], collection: Collection, places: Mapping[str, Path]
) -> Iterator[tuple[str, CheckedSource]]:
    own = set(part.documents)
    for document in documents:
        if document.source and document.id in own:
            place = places.get(document.id, document.path)
            passages = collection.passages.get(document.id, ())
            yield document.id, check_source(part.path, document, passages, place)


def _sources(
    collection: Collection, checked: Mapping[str, CheckedSource], edit: Edit | None
) -> dict[str, KeptSource]:
    """The source files as checked; for documents that an edit kept, as of the last build."""
    known = {id: one.kept for id, one in checked.items()}
    kept = {**edit.sources, **known} if edit else known
    every = ((document.id, kept.get(document.id)) for document in collection.documents if document.source)
    return {id: source for id, source in every if source}


def _merged(
    drafts: Sequence[Draft], parts: Sequence[ContentFolder], edit: Edit | None
) -> tuple[Collection, list[Fault]]:
    all_themes, theme_faults = merge_themes(drafts)
    all_documents, document_faults = merge_documents(drafts, all_themes)
    order = tags.TagOrder(all_themes)
    given: dict[str, Mapping[str, tuple[Passage, ...]]] = {}
    for draft in reversed(drafts):
        given.update(dict.fromkeys(draft.passages, draft.passages))
    read = arranged({one.id: given[one.id] for one in all_documents if one.id in given}, order.apply)
    passages = RecalledPassages(all_documents, read, edit.recall) if edit else read
    collection = Collection(
        themes=all_themes,
        documents=all_documents,
        passages=passages,
        instruments=_instruments(drafts, parts),
        thesaurus=_thesaurus(parts),
        site=next((part.site for part in parts if part.site), Site()),
    )
    return collection, theme_faults + document_faults


def _publication_record(
    drafts: Sequence[Draft],
    parts: Sequence[ContentFolder],
    documents: Iterable[Document],
    collection: Collection,
) -> PublicationRecord:
    return PublicationRecord(
        tuple(_history(drafts, parts)),
        tuple(one for draft in drafts for one in draft.moves),
        tuple(one for draft in drafts for one in draft.published),
        tuple(former_id_claims(documents, collection, _places(drafts))),
    )


def _thesaurus(parts: Sequence[ContentFolder]) -> Thesaurus:
    """The thesaurus of the folders, or the shipped one if they have none."""
    own = [part.thesaurus for part in parts if part.thesaurus]
    thesaurus = merge_thesauri(own) if own else shipped_thesaurus()
    return replace(thesaurus, instruments={})  # the collection keeps them separately


def _instruments(drafts: Sequence[Draft], parts: Sequence[ContentFolder]) -> dict[str, Instrument]:
    """The instruments of the registries, then of the interchange form, then what thesauri list besides."""
    registered = [part.instruments for part in parts if part.instruments]
    merged = merge_instruments((*registered, *(draft.instruments.values() for draft in drafts)))
    listed = [part.thesaurus.instruments for part in parts if part.thesaurus]
    titles = {name: title for one in reversed(listed) for name, title in one.items()}
    return merge_instruments((merged.values(), instruments_of_titles(titles, merged)))
