"""What became of the passages that somebody's text refers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.engine import Snapshot
from kb.model import address
from kb.provenance import fingerprint
from kb.references import Reference

__all__ = ["Referred", "follow"]

State = Literal["found", "changed since", "withdrawn", "unknown"]


@dataclass(frozen=True, slots=True)
class Referred:
    """A reference, what became of its passage, and what there is to say about that."""

    reference: Reference
    word: State
    remark: str = ""


def follow(reference: Reference, snapshot: Snapshot) -> Referred:
    """Follows a reference to its passage: found, changed since, withdrawn, or unknown."""
    name = address(reference.document, reference.passage)
    if gone := snapshot.withdrawn.get(name):
        return Referred(reference, "withdrawn", f"on {gone.date}, no longer part of the collection")
    passage = snapshot.passage(reference.document, reference.passage)
    if passage is None:
        known = reference.document in snapshot.documents
        remark = "the document has no such passage" if known else "there is no such document"
        return Referred(reference, "unknown", remark)
    now = fingerprint(passage.text)
    if not now.startswith(reference.fingerprint):
        cited = reference.fingerprint[:12]
        return Referred(reference, "changed since", f"cited as sha256:{cited}, now sha256:{now[:12]}")
    document = snapshot.documents[reference.document]
    return Referred(
        reference, "found", "" if document.status == "current" else f"its document is {document.status}"
    )
