"""What became of the passages that somebody's text refers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.engine import Snapshot
from kb.ids import address, shortened
from kb.model import Passage
from kb.permanence.cited_version import verdict
from kb.permanence.location import Here, Moved, Withdrawn, locate
from kb.quoting.passage_references import PassageReference
from kb.text.fingerprint import fingerprint
from kb.text.phrasing import describe_changes

__all__ = ["ReferenceVerdict", "check_reference"]

State = Literal["found", "moved", "changed since", "withdrawn", "unknown"]


@dataclass(frozen=True, slots=True)
class ReferenceVerdict:
    """A reference, what became of its passage, and what there is to say about that."""

    reference: PassageReference
    word: State
    remark: str = ""


def check_reference(reference: PassageReference, snapshot: Snapshot) -> ReferenceVerdict:
    """What became of the passage that a reference names: found, moved, changed since, withdrawn, unknown."""
    match locate(snapshot, *reference.ids):
        case Withdrawn(left) | Moved(_, Withdrawn(left)):
            remark = f"on {left.date}, no longer part of the collection"
            return ReferenceVerdict(reference, "withdrawn", remark)
        case Here(passage, document):
            remark = "" if document.status == "current" else f"its document is {document.status}"
            found = ReferenceVerdict(reference, "found", remark)
            return _changed(reference, passage, snapshot) or found
        case Moved(to, Here(passage)):
            moved = ReferenceVerdict(reference, "moved", f"these words are now at {address(*to)}")
            return _changed(reference, passage, snapshot) or moved
        case _:
            known = reference.document in snapshot.documents
            remark = "the document has no such passage" if known else "there is no such document"
            return ReferenceVerdict(reference, "unknown", remark)


def _changed(reference: PassageReference, passage: Passage, snapshot: Snapshot) -> ReferenceVerdict | None:
    """The verdict on words that are not those cited; None where they are, or where that is not known."""
    remark = _difference(reference, passage, snapshot) if reference.fingerprint else ""
    return ReferenceVerdict(reference, "changed since", remark) if remark else None


def _difference(reference: PassageReference, passage: Passage, snapshot: Snapshot) -> str:
    """How the words that were cited differ from today's; empty where they do not."""
    found = verdict(reference.fingerprint, snapshot.published.get(passage.address, ()), passage.text)
    if found.state == "unchanged":
        return ""
    cited, now = (shortened(each) for each in (reference.fingerprint, fingerprint(passage.text)))
    if found.cited is None:
        return f"cited as sha256:{cited}, never published here, now sha256:{now}"
    when = f"published on {found.cited.date}" + (f", changed on {found.since}" if found.since else "")
    words = describe_changes(found.cited.text, passage.text).replace("\n", "; ")
    return f"cited as sha256:{cited}, {when}, now sha256:{now}: {words}"
