"""What became of the passages that somebody's text refers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.engine import Snapshot
from kb.ids import address, shortened
from kb.model import Passage
from kb.permanence.cited_version import verdict
from kb.quoting.passage_references import Reference
from kb.text.fingerprint import fingerprint
from kb.text.phrasing import changed

__all__ = ["Referred", "follow"]

State = Literal["found", "moved", "changed since", "withdrawn", "unknown"]


@dataclass(frozen=True, slots=True)
class Referred:
    """A reference, what became of its passage, and what there is to say about that."""

    reference: Reference
    word: State
    remark: str = ""


def follow(reference: Reference, snapshot: Snapshot) -> Referred:
    """Follows a reference to its passage: found, moved, changed since, withdrawn, or unknown."""
    typed = reference.document, reference.passage
    moved = snapshot.moves.last(typed)
    key = moved or typed
    if gone := snapshot.withdrawn.get(address(*key)):
        return Referred(reference, "withdrawn", f"on {gone.date}, no longer part of the collection")
    passage = snapshot.passage(*key)
    if passage is None:
        known = reference.document in snapshot.documents
        remark = "the document has no such passage" if known else "there is no such document"
        return Referred(reference, "unknown", remark)
    if other := _changed(reference, passage, snapshot):
        return Referred(reference, "changed since", other)
    if moved:
        return Referred(reference, "moved", f"these words are now at {address(*moved)}")
    document = snapshot.documents[passage.document]
    return Referred(
        reference, "found", "" if document.status == "current" else f"its document is {document.status}"
    )


def _changed(reference: Reference, passage: Passage, snapshot: Snapshot) -> str:
    """How the words that were cited differ from those of now; empty where they do not."""
    if not reference.fingerprint:
        return ""
    found = verdict(reference.fingerprint, snapshot.published.get(passage.address, ()), passage.text)
    if found.state == "unchanged":
        return ""
    cited, now = (shortened(each) for each in (reference.fingerprint, fingerprint(passage.text)))
    if found.cited is None:
        return f"cited as sha256:{cited}, never published here, now sha256:{now}"
    when = f"published on {found.cited.date}" + (f", changed on {found.since}" if found.since else "")
    words = changed(found.cited.text, passage.text).replace("\n", "; ")
    return f"cited as sha256:{cited}, {when}, now sha256:{now}: {words}"
