"""The draft of a new version of a document: its passages under the ids that their words have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kb.collection.extract_file import SourceExtract
from kb.editing.named_document import DocumentVersion
from kb.editing.versions.carried_over import Carrier
from kb.editing.versions.id_history import IdHistory
from kb.editing.versions.passage_alignment import PassageAlignment, align_passages
from kb.editing.versions.passage_pairs import PassagePair
from kb.editing.versions.structure import edited_as_before
from kb.importers.draft import ImportDraft
from kb.messages import Message
from kb.model import Passage
from kb.text.fingerprint import fingerprint
from kb.text.phrasing import describe_changes, shorten

__all__ = ["NewVersion", "new_version", "with_passage_ids"]


NEXT = "\n"

MAX_PAIRS = 300
"""More lines than an editor will settle; front matter has a limit, too."""

MAX_COMPARED_CHARS = 250


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A draft with the ids and the editor's work of the version before; `pairs` wait for the editor."""

    draft: ImportDraft
    pairs: tuple[PassagePair, ...]
    remarks: tuple[Message, ...]


def new_version(
    ours: DocumentVersion, theirs: ImportDraft, read: ImportDraft | None, history: IdHistory
) -> NewVersion:
    """The draft `theirs` as the successor of `ours`.

    `read` is the version before as an importer reads its source now, None if that is not to be had.
    """
    theirs, said = edited_as_before(theirs, read, ours.passages) if read else (theirs, ())
    old, new = ours.passages, theirs.passages
    found = align_passages(
        [one.text for one in old],
        [one.text for one in new],
        {at: history.last[one.id].text for at, one in enumerate(old) if one.id in history.last},
        lambda i, j: history.may_keep(old[i].id, new[j].text),
        lambda i, j: history.may_lead(old[i].id, new[j].text),
    )
    carrier = Carrier(read.document, read.passages) if read else Carrier(None)
    document = carrier.document(ours.document, theirs.document)
    ids = _ids(found, old, new, history)
    led = _led(found, old, history)
    passages = []
    for at, passage in enumerate(new):
        named = replace(passage, id=ids[at], document=document.id, formerly=led.get(at, ()))
        kept = found.kept.get(at)
        made = named if kept is None else carrier.passage(old[kept], named, ours.document.numbering)
        passages.append(replace(made, formerly=history.claimed(made.formerly, made.text)))
    draft = replace(
        theirs,
        document=document,
        passages=tuple(passages),
        extract=with_passage_ids(theirs.extract, {one.id: id for one, id in zip(new, ids, strict=True)}),
    )
    pairs = [
        PassagePair(old[i].id, ids[j], words=_compared(old[i].text, new[j].text))
        for i, j in found.unsure[:MAX_PAIRS]
    ]
    if more := len(found.unsure) - len(pairs):
        carrier.remarks.append(Message("more-pairs", count=more))
    return NewVersion(draft, tuple(pairs), (*theirs.remarks, *said, *carrier.remarks))


def _compared(old: str, new: str) -> str:
    """The beginning of the old words, and what differs, on one line."""
    return f"{shorten(old)} [{describe_changes(old, new).replace(NEXT, '; ')[:MAX_COMPARED_CHARS]}]"


def _ids(
    found: PassageAlignment, old: Sequence[Passage], new: Sequence[Passage], history: IdHistory
) -> list[str]:
    """The id of each new passage: its old one's, one that was withdrawn with these words, or a new one."""
    ids = {at: old[kept].id for at, kept in found.kept.items()}
    withdrawn = dict(history.returning(old))
    for at, passage in enumerate(new):
        if at not in ids and (id := withdrawn.pop(fingerprint(passage.text), "")):
            ids[at] = id
    others = [at for at in range(len(new)) if at not in ids]
    made = history.new_ids([new[at].id for at in others])
    ids |= dict(zip(others, made, strict=True))
    return [ids[at] for at in range(len(new))]


def _led(
    found: PassageAlignment, old: Sequence[Passage], history: IdHistory
) -> Mapping[int, tuple[str, ...]]:
    """The published ids that lead to a new passage, with those that led to them."""
    led: dict[int, tuple[str, ...]] = {}
    for at, to in sorted(found.moved.items()):
        if history.is_published(old[at].id):
            led[to] = (*led.get(to, ()), old[at].address, *old[at].formerly)
    return led


def with_passage_ids(extract: SourceExtract, ids: Mapping[str, str]) -> SourceExtract:
    """The extract with other ids for some passages."""
    return replace(extract, passages={ids.get(id, id): made for id, made in extract.passages.items()})
