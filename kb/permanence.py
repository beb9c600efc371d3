"""Whether published ids still mean what they meant: none reused, none renumbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kb.draft import ANY, Unread
from kb.errors import Fault
from kb.ledger import Entry, Key, standing
from kb.likeness import amended
from kb.model import Collection, Passage, address
from kb.provenance import fingerprint

__all__ = ["check"]

FEWEST_WORDS = 3
"""Within a document, fewer words (“[Reserved]”, “Use”) may well stand in several places."""

TELLING_WORDS = 20
"""In another document, only so many words show that the document was renamed."""

Finding = tuple[str, str]
"""Problem, remedy."""


def check(
    entries: Sequence[Entry], collection: Collection, places: Mapping[str, Path]
) -> tuple[list[Fault], Unread]:
    """Faults of content against all that was published, and the ids that are missed for that reason.

    `entries` are in the order of their days; `places` gives each document's file. Notes may be
    rewritten under the same id, as a note's id is its sub-point's slug.
    """
    if not entries:
        return [], Unread()
    history = _History(entries, collection)
    notes = {document.id for document in collection.documents if document.is_note}
    findings = ((passage, history.finding(passage, notes)) for passage in collection.all_passages())
    faults = [
        Fault(places.get(passage.document, Path()), passage.line, *finding)
        for passage, finding in findings
        if finding
    ]
    return faults, Unread(frozenset(history.missed))


class _History:
    """The last entry of every id, beside what stands now."""

    def __init__(self, entries: Sequence[Entry], collection: Collection) -> None:
        self.last = standing(entries)
        here = {(one.document, one.id): one for one in collection.all_passages()}
        self.prints = {key: fingerprint(here[key].text) for key in self.last.keys() & here.keys()}
        self.missed: set[tuple[str, str]] = set()
        self.origins: dict[str, list[Key]] = {}
        for key, entry in self.last.items():
            if self.prints.get(key) != entry.fingerprint:
                self.origins.setdefault(entry.fingerprint, []).append(key)
        self.kept = {
            one.fingerprint for key, one in self.last.items() if self.prints.get(key) == one.fingerprint
        }

    def finding(self, passage: Passage, notes: set[str]) -> Finding | None:
        key = (passage.document, passage.id)
        old, print_ = self.last.get(key), self.prints.get(key)
        if old and old.fingerprint == print_:
            return None
        if origin := self.origin(passage, print_):
            inside = origin[0] == passage.document
            self.missed.add(("passages", address(origin[0], origin[1] if inside else ANY)))
            return _renumbered(passage, origin)
        reused = old and passage.document not in notes and _reused(passage, old)
        return _taken(passage) if reused else None

    def origin(self, passage: Passage, print_: str | None) -> Key | None:
        """Where these very words were published, if that id no longer has them."""
        words = len(passage.text.split())
        if not self.origins or words < FEWEST_WORDS:
            return None
        print_ = print_ or fingerprint(passage.text)
        return next(self._origins(passage, print_, words), None)

    def _origins(self, passage: Passage, print_: str, words: int) -> Iterator[Key]:
        keys = [key for key in self.origins.get(print_, ()) if key != (passage.document, passage.id)]
        yield from (key for key in keys if key[0] == passage.document)
        if words >= TELLING_WORDS and print_ not in self.kept:
            yield from keys


def _reused(passage: Passage, old: Entry) -> bool:
    return old.status == "withdrawn" or not amended(passage.text, old.text)


def _renumbered(passage: Passage, origin: Key) -> Finding:
    if origin[0] == passage.document:
        problem = f"these words were published as “{origin[1]}” and now stand under “{passage.id}”"
        return problem, f"keep the id “{origin[1]}” for them"
    old = address(*origin)
    problem = f"these words were published as “{old}” and now stand under “{passage.address}”"
    return problem, f"keep the document's slug “{origin[0]}” and the id “{origin[1]}”, so that links last"


def _taken(passage: Passage) -> Finding:
    problem = f"the id “{passage.id}” was published with other words"
    return problem, f"keep “{passage.id}” for those words alone and give these a new id"
