"""Takes faulty records out of folders as they were read, and all that depends on them.

    left out           left out with it                  kept, without the reference
    -----------------  --------------------------------  ----------------------------------
    a document         its passages                      documents that it supersedes
    a theme            its sub-points, its notes         passages on it
    a sub-point        its note                          passages on it
    a passage          notes that quote it
    all its passages   a document that people edit

Former ids and moves stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb.collection.folder import ContentFolder
from kb.collection.leaving_out.omissions import Omissions
from kb.collection.merge import merge_themes
from kb.draft import Draft, UnreadNames
from kb.errors import Fault, FaultyRecord
from kb.ids import IdPair, address
from kb.messages import Message
from kb.model import Document, Passage, SubPoint, Theme
from kb.tags import TagOrder, normalized, themes_from_tags

__all__ = ["subtract"]


def subtract(
    parts: Sequence[ContentFolder], faults: Iterable[Fault], omissions: Omissions
) -> list[ContentFolder]:
    """The folders without the records that have faults and what depends on them; `omissions` grows."""
    for fault in faults:
        # in a theme file a duplicate section says so itself
        if fault.message.code != "duplicate-subpoint" or fault.path.suffix != ".md":
            omissions.add(fault)
    drafts = [draft for part in parts for draft in part.drafts]
    for draft in drafts:
        if draft.refused:
            omissions.missing.update(draft.unread.names)
    for orphan in (orphan for draft in drafts for orphan in draft.orphans):
        omissions.add(replace(orphan, root=omissions.root(orphan.record.name) if orphan.record else None))
    kept = _without_references(_without_quotations(_without_records(drafts, omissions), omissions), omissions)
    left = iter(kept)
    return [replace(part, drafts=tuple(next(left) for _ in part.drafts), faults=()) for part in parts]


@dataclass(slots=True)
class _Remover:
    """Takes records out of drafts in turn; of two with one name the first stays."""

    omissions: Omissions
    themes: dict[str, Theme] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)

    def draft(self, draft: Draft) -> Draft:
        themes = [self.theme(theme) for theme in draft.themes if self.is_kept_theme(theme)]
        documents = [one for one in draft.documents if self.is_kept_document(one, draft)]
        passages = {one.id: self.passages(one, draft) for one in documents if one.id in draft.passages}
        documents = [one for one in documents if self.has_passages(one, passages)]
        ids = {one.id for one in documents}
        return replace(
            draft,
            themes=tuple(themes),
            documents=tuple(documents),
            passages={id: found for id, found in passages.items() if id in ids},
            places={id: place for id, place in draft.places.items() if id in ids},
            faults=(),
            refused=(),
            orphans=(),
            unread=UnreadNames(),
        )

    def fault(self, part: str, name: str, path: Path) -> Fault | None:
        """The fault for which a record that was read is left out."""
        return self.omissions.faults.get((part, name, str(path), ""))

    def is_kept_theme(self, theme: Theme) -> bool:
        first = self.themes.setdefault(theme.slug, theme)
        if not (fault := self.fault("themes", theme.slug, theme.path)):
            return first == theme
        for subpoint in theme.subpoints:
            name = address(theme.slug, subpoint.slug)
            message, record = Message("theme-left-out", theme=theme.slug), FaultyRecord("subpoints", name)
            root = fault.root or fault.message
            self.omissions.add(Fault(theme.path, theme.line, message, record, root))
        return False

    def theme(self, theme: Theme) -> Theme:
        subpoints: dict[str, SubPoint] = {}
        for one in theme.subpoints:
            if one.slug and not self.fault("subpoints", address(theme.slug, one.slug), theme.path):
                subpoints.setdefault(one.slug, one)
        return replace(theme, subpoints=tuple(subpoints.values()))

    def is_kept_document(self, document: Document, draft: Draft) -> bool:
        first = document.id not in self.documents
        self.documents.add(document.id)
        parts = ("themes", "documents")  # a theme file is a theme and a document
        found = (self.fault(part, document.id, document.path) for part in parts)
        fault = next(filter(None, found), None)
        if fault is None and first:
            return True
        if fault:
            self.omissions.add_former("documents", document.formerly, fault)
        # of two files with one slug in the same folder, the passages of the first were read
        if document.path.suffix != ".md" or draft.places.get(document.id) == document.path:
            self.omit_passages(document, draft, fault)
        return False

    def omit_passages(self, document: Document, draft: Draft, fault: Fault | None) -> None:
        message = (
            Message("theme-left-out", theme=document.id)
            if fault and fault.record and fault.record.part == "themes"
            else Message("document-left-out", document=document.id)
        )
        for passage in draft.passages.get(document.id, ()):
            place = draft.places.get(document.id, document.path)
            self.omit(passage, message, (fault.root or fault.message) if fault else None, place)

    def omit(self, passage: Passage, message: Message, root: Message | None, place: Path) -> None:
        fault = Fault(place, passage.line, message, FaultyRecord("passages", passage.address), root)
        self.omissions.add(fault)
        self.omissions.add_former("passages", passage.formerly, fault)

    def passages(self, document: Document, draft: Draft) -> tuple[Passage, ...]:
        place = draft.places.get(document.id, document.path)
        return tuple(one for one in draft.passages[document.id] if self.is_kept_passage(one, place))

    def is_kept_passage(self, passage: Passage, place: Path) -> bool:
        if fault := self.fault("passages", passage.address, place):
            self.omissions.add_former("passages", passage.formerly, fault)
            return False
        if fault := self.fault("subpoints", passage.address, place):
            message = Message("subpoint-left-out", subpoint=passage.address)
            self.omit(passage, message, fault.root or fault.message, place)
            return False
        return True

    def has_passages(self, document: Document, passages: Mapping[str, Sequence[Passage]]) -> bool:
        """Whether something is left of a document that people edit."""
        if document.is_note or document.path.suffix != ".md" or passages.get(document.id):
            return True
        record = FaultyRecord("documents", document.id)
        fault = Fault(document.path, document.line, Message("no-passages-left"), record)
        self.omissions.add(fault)
        self.omissions.add_former("documents", document.formerly, fault)
        return False


def _without_records(drafts: Sequence[Draft], omissions: Omissions) -> list[Draft]:
    remover = _Remover(omissions)
    return [remover.draft(draft) for draft in drafts]


def _without_quotations(drafts: list[Draft], omissions: Omissions) -> list[Draft]:
    """Without passages that quote what is left out, and those that quote these, and so on."""
    present = {one.address for draft in drafts for found in draft.passages.values() for one in found}
    quoting: dict[IdPair, list[tuple[Passage, Path]]] = {}
    for draft in drafts:
        for passage in (one for found in draft.passages.values() for one in found):
            if passage.quotation:
                place = draft.places[passage.document]
                quoting.setdefault(passage.quotation.key, []).append((passage, place))
    missing = [key for key in quoting if address(*key) not in present and omissions.names.may_have(key)]
    while missing:
        quoted = missing.pop()
        for passage, place in quoting.pop(quoted, ()):
            present.discard(passage.address)
            _omit_quoting(passage, place, quoted, omissions)
            missing.append((passage.document, passage.id))
    return [_with_passages(draft, _present(draft, present)) for draft in drafts]


def _omit_quoting(passage: Passage, place: Path, quoted: IdPair, omissions: Omissions) -> None:
    message = Message("quoted-left-out", address=address(*quoted))
    record = FaultyRecord("passages", passage.address)
    fault = Fault(place, passage.line, message, record, omissions.root(address(*quoted)))
    omissions.add(fault)
    omissions.add_former("passages", passage.formerly, fault)


def _present(draft: Draft, present: set[str]) -> dict[str, tuple[Passage, ...]]:
    return {id: tuple(one for one in found if one.address in present) for id, found in draft.passages.items()}


def _with_passages(draft: Draft, passages: Mapping[str, tuple[Passage, ...]]) -> Draft:
    """The draft with these passages; themes that were made from tags are made anew."""
    made = themes_from_tags(passages, draft.made[0].path) if draft.made else ()
    return replace(draft, passages=passages, made=made)


def _without_references(drafts: list[Draft], omissions: Omissions) -> list[Draft]:
    """With all records, but without their references to themes and documents that are left out."""
    order = TagOrder(merge_themes(drafts)[0])
    ids = {document.id for draft in drafts for document in draft.documents}
    return [
        replace(
            draft,
            documents=tuple(_succeeded(document, ids, omissions) for document in draft.documents),
            passages={
                id: tuple(_tagged(one, order, draft.places[id], omissions) for one in found)
                for id, found in draft.passages.items()
            },
        )
        for draft in drafts
    ]


def _succeeded(document: Document, ids: set[str], omissions: Omissions) -> Document:
    newer = document.superseded_by
    if not newer or newer in ids or not omissions.names.excuses("documents", newer):
        return document
    message = Message("successor-left-out", document=newer)
    _note(document.id, newer, document.path, document.line, message, omissions)
    return replace(document, superseded_by="")


def _tagged(passage: Passage, order: TagOrder, place: Path, omissions: Omissions) -> Passage:
    dropped = [tag for tag in order.unknown(passage.themes) if omissions.names.excuses("themes", tag)]
    for tag in dropped:
        message = Message("tag-left-out", tag=tag)
        _note(passage.address, tag, place, passage.line, message, omissions)
    if not dropped:
        return passage
    return replace(passage, themes=normalized(tag for tag in passage.themes if tag not in dropped))


def _note(holder: str, target: str, path: Path, line: int, message: Message, omissions: Omissions) -> None:
    record = FaultyRecord("references", f"{holder} -> {target}")
    omissions.add(Fault(path, line, message, record, omissions.root(target)))
