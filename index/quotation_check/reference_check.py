"""What became of the passages that somebody's text refers to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.engine import Snapshot
from kb.citing.excerpt import reference_fault
from kb.ids import IdPair, address, shortened
from kb.messages import Message
from kb.model import Document
from kb.permanence.cited_version import cited_version
from kb.permanence.location import Here, LeftOut, Moved, Unknown, Withdrawn
from kb.permanence.span_history import span_history
from kb.permanence.span_location import SpanHere, SpanMoved, SpanRefused, locate_place
from kb.published import LeftOutPassage, Published, Withdrawal
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
    """What became of the passage, or of the span of passages, that a reference names."""
    return _checked(reference, reference.ids, snapshot)


def _checked(reference: PassageReference, at: IdPair, snapshot: Snapshot) -> ReferenceVerdict:
    match locate_place(snapshot, *at):
        case Withdrawn(left) | Moved(_, Withdrawn(left)):
            return ReferenceVerdict(reference, "withdrawn", _withdrawn(left))
        case LeftOut(missing) | Moved(_, LeftOut(missing)):
            return ReferenceVerdict(reference, "left out at present", _left_out(missing))
        case (Here(passage, document)) | Moved(_, Here(passage, document)):
            history = snapshot.published.get(passage.address, ())
            text, at = passage.text, (passage.document, passage.id)
            changed = _changed(reference, text, history)
            return changed or _lost(reference, text) or _found(reference, at, document)
        case SpanHere(document) as here:
            history = span_history(here, snapshot.published)
            changed = _changed(reference, here.text, history) or _lost(reference, here.text)
            return changed or _found(reference, here.ids, document)
        case SpanMoved(to):
            return _checked(reference, to, snapshot)
        case SpanRefused(message):
            return ReferenceVerdict(reference, "unknown", message)
        case Unknown() | Moved():
            known = reference.document in snapshot.documents
            why = Message("no-passage-in-document") if known else Message("no-such-document")
            return ReferenceVerdict(reference, "unknown", why)


def _found(reference: PassageReference, at: IdPair, document: Document) -> ReferenceVerdict:
    if at != reference.ids:
        now = f"{address(*at)}{reference.numbers}"
        return ReferenceVerdict(reference, "moved", Message("reference-moved", address=now))
    return ReferenceVerdict(reference, "found", _status(document))


def _lost(reference: PassageReference, text: str) -> ReferenceVerdict | None:
    """The verdict on a reference to words that are not in the text; None if they are there."""
    fault = reference_fault(reference.ref, text)
    return ReferenceVerdict(reference, "unknown", fault) if fault else None


def _withdrawn(left: Withdrawal) -> Message:
    if left.date:
        return Message("reference-withdrawn-on", date=left.date)
    return Message("reference-withdrawn")


def _left_out(missing: LeftOutPassage) -> Message:
    return Message("reference-left-out", fingerprint=shortened(missing.fingerprint))


def _status(document: Document) -> Message | None:
    return None if document.status == "current" else Message("document-status", status=document.status)


def _changed(reference: PassageReference, text: str, history: Sequence[Published]) -> ReferenceVerdict | None:
    """The verdict on words that are not those cited; None where they are, or where that is not known."""
    remark = _difference(reference, text, history) if reference.fingerprint else None
    return ReferenceVerdict(reference, "changed since", remark) if remark else None


def _difference(reference: PassageReference, text: str, history: Sequence[Published]) -> Message | None:
    """How the words that were cited differ from today's; None where they do not."""
    found = cited_version(reference.fingerprint, history, text)
    if found.state == "unchanged":
        return None
    cited, now = (shortened(each) for each in (reference.fingerprint, fingerprint(text)))
    if found.cited is None:
        return Message("cited-never-published", cited=cited, now=now)
    changes, day = describe_changes(found.cited.text, text).replace("\n", "; "), found.cited.date
    if not found.since:
        return Message("cited-since-changed", cited=cited, published=day, now=now, changes=changes)
    return Message(
        "cited-since-changed-on", cited=cited, published=day, changed=found.since, now=now, changes=changes
    )
