"""A draft that takes the place of a document, and the pairs of passages that an editor settled in it."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb.collection.extract_file import dump_extract, read_extract
from kb.collection.file_scan import DOCUMENTS_FOLDER
from kb.collection.folder import ContentFolder
from kb.collection.source_files import SOURCES_FOLDER, extract_name, extract_names, extract_of
from kb.curated.document_file import dump_document
from kb.editing.removal import copy_files, move_files, set_aside_name, sources_in_use
from kb.editing.suggested_commands import content_flag
from kb.editing.versions.carried_over import Carrier
from kb.editing.versions.id_history import IdHistory, id_history
from kb.editing.versions.new_version import with_passage_ids
from kb.editing.versions.passage_pairs import PAIRS_KEY, PassagePair, read_pairs
from kb.errors import Fault
from kb.files.durable import make_folder, sync_folder, write_synced
from kb.files.listing import is_there
from kb.files.reading import read_regular
from kb.formats.front_matter import field_comments
from kb.formats.text_file import read_text_file
from kb.messages import Message
from kb.model import Document, Passage

__all__ = ["REPLACES_KEY", "SettledDraft", "settled_draft", "take_place"]

REPLACES_KEY = "replaces"
"""In the front matter of a draft: the SHA-256 of the document's file that it was made to replace."""


@dataclass(frozen=True, slots=True)
class SettledDraft:
    """A draft as it would be accepted; `replaced` is the document whose place it takes.

    `renamed` gives the ids that passages have in the draft's file and extract, for those that they get.
    """

    document: Document
    passages: tuple[Passage, ...]
    faults: tuple[Fault, ...] = ()
    replaced: Document | None = None
    renamed: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    """Of the fields, as the draft has them."""

    @property
    def data(self) -> bytes:
        return dump_document(self.document, self.passages, self.comments).encode()


def settled_draft(
    content: ContentFolder,
    path: Path,
    draft: tuple[Document, tuple[Passage, ...], tuple[Fault, ...]],
    open_pairs_differ: bool = False,
) -> SettledDraft:
    """The draft at the path, with its pairs settled; an open one is a fault unless `open_pairs_differ`."""
    document, passages, faults = draft
    further = dict(document.further)
    if REPLACES_KEY not in further and PAIRS_KEY not in further:
        return SettledDraft(document, passages, faults)
    known = ((one, own) for own in content.drafts for one in own.documents if one.id == document.id)
    replaced, own = next(known, (None, None))
    pairs, wrong = read_pairs(path)
    bare = replace(
        document,
        further=tuple(
            (key, value) for key, value in document.further if key not in (REPLACES_KEY, PAIRS_KEY)
        ),
    )
    if replaced is None or own is None:
        missing = Fault(
            path, 1, Message("replaced-not-there", slug=document.id, content=content_flag([content.path]))
        )
        return SettledDraft(bare, passages, (*faults, *wrong, missing))
    old = own.passages.get(document.id, ())
    settling = _Settling(path, old, id_history(content, document.id, old), list(passages), open_pairs_differ)
    settling.settle(pairs)
    settled = SettledDraft(
        bare,
        tuple(settling.passages),
        (*faults, *wrong, *settling.faults),
        replaced,
        settling.renamed,
        field_comments(read_text_file(path)[0]),
    )
    now = read_regular(replaced.path)
    if hashlib.sha256(now).hexdigest() == further.get(REPLACES_KEY) or now == settled.data:
        return settled
    file = f"{DOCUMENTS_FOLDER}/{replaced.path.name}"
    edited = Fault(
        path,
        1,
        Message("replaced-was-edited", file=file, slug=document.id, content=content_flag([content.path])),
    )
    return replace(settled, faults=(*settled.faults, edited))


@dataclass(slots=True)
class _Settling:
    path: Path
    old: Sequence[Passage]
    history: IdHistory
    passages: list[Passage]
    open_pairs_differ: bool
    faults: list[Fault] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)

    def settle(self, pairs: Sequence[PassagePair]) -> None:
        """Gives each new passage the longest of the old ones that it is; published others lead to it."""
        before = {one.id: one for one in self.old}
        settled_by_hand = {one.id for one in self.passages}
        open_ones = [one for one in pairs if one.old in before and one.old not in settled_by_hand]
        for at, passage in enumerate(self.passages):
            own = [one for one in open_ones if one.new == passage.id]
            if not self.open_pairs_differ:
                self.faults += (self._fault(passage, one) for one in own if one.answer == "?")
            same = [before[one.old] for one in own if one.answer == "yes"]
            if same:
                self._take(at, sorted(same, key=lambda one: -len(one.text)))

    def _fault(self, passage: Passage, pair: PassagePair) -> Fault:
        return Fault(self.path, passage.line, Message("unsettled-pair", old=pair.old, new=pair.new))

    def _take(self, at: int, olds: Sequence[Passage]) -> None:
        passage = self.passages[at]
        main = next((one for one in olds if self.history.may_keep(one.id, passage.text)), None)
        if main:
            self.renamed[passage.id] = main.id
            carried = Carrier(None).passage(main, passage)
            former = self.history.claimed(carried.formerly, carried.text)
            self.passages[at] = replace(carried, themes=passage.themes or main.themes, formerly=former)
        for one in olds:
            if one is not main and self.history.is_published(one.id):
                self._lead(at, one)

    def _lead(self, at: int, old: Passage) -> None:
        passage = self.passages[at]
        if self.history.may_lead(old.id, passage.text):
            former = dict.fromkeys((*passage.formerly, old.address, *old.formerly))
            self.passages[at] = replace(passage, formerly=self.history.claimed(former, passage.text))
        else:
            message = Message("pair-not-possible", old=old.id, new=passage.id)
            self.faults.append(Fault(self.path, passage.line, message))


def take_place(content: ContentFolder, path: Path, settled: SettledDraft, day: datetime.date) -> None:
    """Puts the draft in the place of the document it replaces, whose files go among the removed ones.

    The document's file changes by one rename. Whatever stops this before leaves the old version whole, after
    it the new one, and it can be started again.
    """
    replaced, folder = settled.replaced, content.path
    if replaced is None:
        raise ValueError(path)
    place = ""
    if read_regular(replaced.path) != settled.data:
        place = _copied_aside(folder, replaced, day)
        _rename_in_extract(folder, settled)
        write_synced(replaced.path, settled.data)
        sync_folder(replaced.path.parent)
    path.unlink()
    sync_folder(path.parent)
    if place:
        _tidy(content, path, settled, place)


def _copied_aside(folder: Path, replaced: Document, day: datetime.date) -> str:
    """Copies the old document's file to the removed ones; gives the folder there."""
    place = set_aside_name(folder, replaced.id, day)
    target = folder / place / replaced.path.relative_to(folder)
    make_folder(target.parent)
    write_synced(target, read_regular(replaced.path))
    sync_folder(target.parent)
    return place


def _rename_in_extract(folder: Path, settled: SettledDraft) -> None:
    path = extract_of(folder, settled.document)
    if path is None or not settled.renamed:
        return
    extract, faults = read_extract(path)
    if not faults:
        write_synced(path, "".join(dump_extract(with_passage_ids(extract, settled.renamed))).encode())
        sync_folder(path.parent)


def _tidy(content: ContentFolder, path: Path, settled: SettledDraft, place: str) -> None:
    """Puts the old source and its extract beside the old document; the new extract takes the usual name."""
    folder, replaced = content.path, settled.replaced
    if replaced is None or replaced.sha256 == settled.document.sha256:
        return
    kept = {*sources_in_use(content, {replaced.path, path}), settled.document.source}
    own, shared = _left_over(folder, replaced, kept)
    move_files(folder, folder / place, own)
    copy_files(folder, folder / place, shared)
    new, usual = extract_of(folder, settled.document), folder / extract_name(replaced.id)
    if new and new != usual and not is_there(usual):
        new.rename(usual)
        sync_folder(usual.parent)


def _left_over(folder: Path, replaced: Document, kept: Container[str]) -> tuple[list[str], list[str]]:
    """The source and extracts of the old document, and the source if others have it, too."""
    source = [f"{SOURCES_FOLDER}/{replaced.source}"] if replaced.source else []
    there = [name for name in (*source, *extract_names(replaced)) if is_there(folder / name)]
    shared = [name for name in there if name in source and replaced.source in kept]
    return [name for name in there if name not in shared], shared
