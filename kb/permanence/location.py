"""Where an address leads today: to its passage, to another address, to what is left of it, or nowhere.

Everything that takes an address from a reader asks here, so that pages, the API and commands agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from kb.ids import IdPair, address
from kb.model import Document, Passage
from kb.permanence.moves import Moves
from kb.published import LeftOutPassage, Withdrawal

__all__ = [
    "DocumentGone",
    "DocumentHere",
    "DocumentLeftOut",
    "DocumentMoved",
    "Here",
    "LeftOut",
    "Locatable",
    "Location",
    "Moved",
    "Named",
    "Unknown",
    "Withdrawn",
    "current_document",
    "current_theme",
    "locate",
    "locate_document",
]


class Named(Protocol):
    """What document ids are looked up in."""

    @property
    def documents(self) -> Mapping[str, Document]: ...

    @property
    def moves(self) -> Moves: ...


class Locatable(Named, Protocol):
    """What addresses are looked up in; a snapshot of an index is one."""

    @property
    def withdrawn(self) -> Mapping[str, Withdrawal]:
        """Withdrawn passages by address."""

    @property
    def left_out_passages(self) -> Mapping[str, LeftOutPassage]:
        """Published passages that the build left out, by address."""

    def passage(self, document: str, passage: str) -> Passage | None: ...


@dataclass(frozen=True, slots=True)
class Here:
    """A passage at its present address."""

    passage: Passage
    document: Document


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A passage that was published and withdrawn, and what is left of it."""

    left: Withdrawal


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A published passage that is left out at present because something is wrong with its record."""

    left: LeftOutPassage


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing was ever published at the address, as far as is known."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An address that was given up for another, and what is there now."""

    to: IdPair
    target: Here | Withdrawn | LeftOut | Unknown


Location = Here | Moved | Withdrawn | LeftOut | Unknown


def locate(collection: Locatable, document: str, passage: str) -> Location:
    """What is at the address of a passage; any two strings may be asked for."""
    ids = document, passage
    if to := collection.moves.target(ids):
        return Moved(to, _at(collection, to))
    return _at(collection, ids)


def _at(collection: Locatable, ids: IdPair) -> Here | Withdrawn | LeftOut | Unknown:
    if passage := collection.passage(*ids):
        return Here(passage, collection.documents[passage.document])
    if withdrawn := collection.withdrawn.get(address(*ids)):
        return Withdrawn(withdrawn)
    left_out = collection.left_out_passages.get(address(*ids))
    return LeftOut(left_out) if left_out else Unknown()


@dataclass(frozen=True, slots=True)
class DocumentHere:
    """A document under its present id."""

    document: Document


@dataclass(frozen=True, slots=True)
class DocumentMoved:
    """An id of a document that was given up for another."""

    to: str


@dataclass(frozen=True, slots=True)
class DocumentGone:
    """A document that is no longer there: its passages that were withdrawn, and those that moved."""

    withdrawn: tuple[Withdrawal, ...]
    moved: tuple[tuple[str, IdPair], ...]


@dataclass(frozen=True, slots=True)
class DocumentLeftOut:
    """A document that is left out at present, with its published passages."""

    passages: tuple[LeftOutPassage, ...]


def current_document(collection: Named, document: str) -> str:
    """The present id of a document or theme; the given one if no other is known."""
    trail = [document]
    while trail[-1] not in collection.documents:
        to = collection.moves.document(trail[-1])
        if not to or to in trail:  # only a damaged file has a cycle
            break
        trail.append(to)
    return trail[-1]


def current_theme(collection: Named, value: str) -> str:
    """What a theme, or a sub-point of one as `slug/subpoint`, is called now; the value given if unknown."""
    slug, _, subpoint = value.partition("/")
    if not subpoint:
        return current_document(collection, slug)
    if to := collection.moves.target((slug, subpoint)):
        return address(*to)
    return f"{current_document(collection, slug)}/{subpoint}"


def locate_document(
    collection: Locatable, document: str
) -> DocumentHere | DocumentMoved | DocumentLeftOut | DocumentGone | Unknown:
    """What became of a document, or of a theme, whose notes are a document."""
    if document in collection.documents:
        return DocumentHere(collection.documents[document])
    if to := collection.moves.document(document):
        return DocumentMoved(to)
    if left_out := [each for each in collection.left_out_passages.values() if each.document == document]:
        return DocumentLeftOut(tuple(left_out))
    withdrawn = [each for each in collection.withdrawn.values() if each.document == document]
    moved = collection.moves.from_document(document)
    if not withdrawn and not moved:
        return Unknown()
    withdrawn.sort(key=lambda each: (len(each.passage), each.passage))
    return DocumentGone(tuple(withdrawn), tuple(moved))
