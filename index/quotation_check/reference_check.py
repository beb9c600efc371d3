"""What became of the passages that somebody's text refers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.engine import Snapshot
from kb.ids import address, shortened
from kb.messages import Message
from kb.model import Document, LeftOutPassage, Passage, Withdrawal
from kb.permanence.cited_version import cited_version
from kb.permanence.location import Here, LeftOut, Moved, Withdrawn, locate
from kb.quoting.passage_references import PassageReference
from kb.text.fingerprint import fingerprint
from kb.text.phrasing import describe_changes

__all__ = ["ReferenceVerdict", "check_reference"]

ReferenceState = Literal["found", "moved", "changed since", "withdrawn", "left out at present", "unknown"]


@dataclass(frozen=True, slots=True)
class ReferenceVerdict:
    """A reference, what became of its passage, and what there is to say about that."""

    reference: PassageReference
    word: ReferenceState
    remark: Message | None = None


def check_reference(reference: PassageReference, snapshot: Snapshot) -> ReferenceVerdict:
    """What became of the passage that a reference names."""
    match locate(snapshot, *reference.ids):
        case Withdrawn(left) | Moved(_, Withdrawn(left)):
            return ReferenceVerdict(reference, "withdrawn", _withdrawn(left))
        case LeftOut(missing) | Moved(_, LeftOut(missing)):
            return ReferenceVerdict(reference, "left out at present", _left_out(missing))
        case Here(passage, document):
            found = ReferenceVerdict(reference, "found", _status(document))
            return _changed(reference, passage, snapshot) or found
        case Moved(to, Here(passage)):
            moved = ReferenceVerdict(reference, "moved", Message("reference-moved", address=address(*to)))
            return _changed(reference, passage, snapshot) or moved
        case _ if reference.document in snapshot.documents:
            return ReferenceVerdict(reference, "unknown", Message("no-passage-in-document"))
        case _:
            return ReferenceVerdict(reference, "unknown", Message("no-such-document"))


def _withdrawn(left: Withdrawal) -> Message:
    if left.date:
        return Message("reference-withdrawn-on", date=left.date)
    return Message("reference-withdrawn")


def _left_out(missing: LeftOutPassage) -> Message:
    return Message("reference-left-out", fingerprint=shortened(missing.fingerprint))


def _status(document: Document) -> Message | None:
    return None if document.status == "current" else Message("document-status", status=document.status)


def _changed(reference: PassageReference, passage: Passage, snapshot: Snapshot) -> ReferenceVerdict | None:
    """The verdict on words that are not those cited; None where they are, or where that is not known."""
    remark = _difference(reference, passage, snapshot) if reference.fingerprint else None
    return ReferenceVerdict(reference, "changed since", remark) if remark else None


def _difference(reference: PassageReference, passage: Passage, snapshot: Snapshot) -> Message | None:
    """How the words that were cited differ from today's; None where they do not."""
    found = cited_version(reference.fingerprint, snapshot.published.get(passage.address, ()), passage.text)
    if found.state == "unchanged":
        return None
    cited, now = (shortened(each) for each in (reference.fingerprint, fingerprint(passage.text)))
    if found.cited is None:
        return Message("cited-never-published", cited=cited, now=now)
    changes, day = describe_changes(found.cited.text, passage.text).replace("\n", "; "), found.cited.date
    if not found.since:
        return Message("cited-since-changed", cited=cited, published=day, now=now, changes=changes)
    return Message(
        "cited-since-changed-on", cited=cited, published=day, changed=found.since, now=now, changes=changes
    )
